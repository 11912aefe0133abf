"""Text messages through any gateway that takes a JSON request over HTTP."""

from __future__ import annotations

import json
from http.client import HTTPException
from types import TracebackType
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from foundation.outbox.delivery import TIMEOUT_SECONDS, Deferred, Parcel, Rejected, Unreachable
from foundation.outbox.models import Channel
from foundation.outbox.words import NO_ANSWER

TRY_LATER = {408, 425, 429}
LOCKED_OUT = {401, 403}


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that moved is a mistake to correct, not a place to send telephone numbers to."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


class Texter:
    """`POST {"to": "+33…", "text": "…"}` with a bearer token; any 2xx means that the gateway has taken it over."""

    channel = Channel.SMS

    def __init__(self, url: str, token: str, timeout: float = TIMEOUT_SECONDS) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError("SMS_URL starts with https:// or http://")
        self.url, self.token, self.timeout = url, token, timeout
        self.opener = build_opener(_NoRedirect)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between two messages."""

    def deliver(self, parcel: Parcel) -> None:
        request = Request(  # noqa: S310  The scheme was checked when the settings were read.
            self.url,
            data=json.dumps({"to": parcel.recipient, "text": parcel.body}).encode(),
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": f"parvis-message-{parcel.id}",
                **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            },
        )
        try:
            self.opener.open(request, timeout=self.timeout).close()
        except HTTPError as error:
            error.close()
            self._failed(error.code, error)
        except (OSError, HTTPException) as error:
            raise Unreachable(NO_ANSWER) from error

    def _failed(self, code: int, error: Exception) -> None:
        reason = f"HTTP {code}"
        if code in LOCKED_OUT:
            raise Unreachable(reason) from error
        if code >= 500 or code in TRY_LATER:
            raise Deferred(reason) from error
        raise Rejected(reason) from error
