"""E-mail by SMTP: plain text, with a calendar file when there is one."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from foundation import clock
from foundation.outbox.delivery import TIMEOUT_SECONDS, Deferred, Parcel, Rejected, Unreachable
from foundation.outbox.models import Channel
from foundation.outbox.words import BAD_ADDRESS, BROKEN_OFF, NO_ANSWER

PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Server:
    """Where and how to hand over e-mail.

    Attributes:
        security: `smtp` (plain), `smtps` (TLS from the start) or `smtp+starttls` (TLS before anything is said).
    """

    security: str
    host: str
    port: int
    user: str
    password: str


def server_of(url: str) -> Server:
    """Read `smtp://host:25`, `smtps://user:password@host` or `smtp+starttls://user:password@host:587`.

    Raises:
        ValueError: another scheme, or no host.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("SMTP_URL starts with smtp://, smtps:// or smtp+starttls://, then the name of the server")
    return Server(
        security=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class Mailer:
    """One connection for a run, opened at the first message."""

    channel = Channel.EMAIL

    def __init__(self, url: str, sender: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self.server = server_of(url)
        self.sender = sender
        self.timeout = timeout
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def deliver(self, parcel: Parcel) -> None:
        try:
            letter = letter_of(parcel, self.sender)
        except (ValueError, UnicodeError) as error:
            raise Rejected(BAD_ADDRESS) from error
        connection = self._connected()
        try:
            connection.send_message(letter, to_addrs=[parcel.recipient])
        except smtplib.SMTPRecipientsRefused as error:
            self._failed(next(iter(error.recipients.values()))[0], error)
        except smtplib.SMTPResponseException as error:
            self._failed(error.smtp_code, error)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            raise Rejected(BAD_ADDRESS) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(BROKEN_OFF) from error

    def _connected(self) -> smtplib.SMTP:
        if self.connection is None:
            try:
                self.connection = self._open()
            except smtplib.SMTPResponseException as error:
                raise Unreachable(f"SMTP {error.smtp_code}") from error
            except (smtplib.SMTPException, OSError) as error:
                raise Unreachable(NO_ANSWER) from error
        return self.connection

    def _open(self) -> smtplib.SMTP:
        server = self.server
        if server.security == "smtps":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self.timeout, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self.timeout)
        if server.security == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
        return connection

    def _failed(self, code: int, error: Exception) -> None:
        """4xx: come back later; 421: the server is closing; 5xx: never."""
        if code == 421:
            raise Unreachable("SMTP 421") from error
        if code >= 500:
            raise Rejected(f"SMTP {code}") from error
        raise Deferred(f"SMTP {code}") from error


def letter_of(parcel: Parcel, sender: str) -> EmailMessage:
    """The e-mail as it is handed over. Its Message-ID is the same at every attempt: a second copy is recognised.

    Raises:
        ValueError: an address or a subject that can not stand in a header.
    """
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = parcel.recipient
    letter["Subject"] = parcel.subject
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<parvis-message-{parcel.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = parcel.locale
    letter.set_content(parcel.body)
    if parcel.calendar:
        method = METHOD.search(parcel.calendar)
        letter.add_attachment(
            parcel.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="rendez-vous.ics",
            params={"charset": "utf-8", "method": method.group(1) if method else "PUBLISH"},
        )
    return letter
