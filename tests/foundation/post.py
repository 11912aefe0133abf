"""What a sender meets in tests: a real mail server, a real HTTP gateway, and messages that wait."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any

from aiosmtpd.controller import Controller

from foundation import clock
from foundation.db import db, transaction
from foundation.outbox.models import Channel, Message
from foundation.outbox.service import queue


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Inbox:
    """Keeps what the server took over; `answers` maps a recipient to the SMTP answer they get instead."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.arrival = Condition()
        self.before_answering: Callable[[], None] = lambda: None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd's name
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        with self.arrival:
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
            self.arrival.notify_all()
        self.before_answering()
        return "250 taken"

    def wait_for(self, count: int, seconds: float = 60) -> None:
        """Until so many letters have arrived."""
        with self.arrival:
            assert self.arrival.wait_for(lambda: len(self.letters) >= count, seconds), len(self.letters)


@contextmanager
def mail_server(port: int | None = None) -> Iterator[tuple[Inbox, str]]:
    """(what arrives, SMTP_URL) while the server runs."""
    inbox = Inbox()
    at = port or free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=at)
    controller.start()
    try:
        yield inbox, f"smtp://127.0.0.1:{at}"
    finally:
        controller.stop()


@contextmanager
def gateway(status: int = 200) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """(requests received with their headers, SMS_URL) of a gateway that answers `status`."""
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append({"json": json.loads(body), "headers": dict(self.headers)})
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield received, f"http://127.0.0.1:{server.server_address[1]}/send"
    finally:
        server.shutdown()
        server.server_close()


def queue_message(key: str = "one", **more: Any) -> int:
    """Write a message that waits, and commit it; returns its id."""
    given = {
        "key": key,
        "reference": "note:1",
        "channel": Channel.EMAIL,
        "recipient": f"{key}@example.org",
        "subject": f"About {key}",
        "body": "Bonjour à vous,\n\nc’est tout.",
        "locale": "fr",
    } | more
    with transaction():
        message_id = queue(**given)
        assert message_id is not None
        return message_id


def read(message_id: int) -> Message:
    """The message as the database holds it now."""
    return db.session.get_one(Message, message_id, populate_existing=True)


def claimed(message_id: int, ago: Any) -> None:
    """As a process that died left it: claimed `ago`, with no outcome."""
    with transaction():
        message = read(message_id)
        message.state, message.claimed_at, message.attempts = "sending", clock.now() - ago, 1
