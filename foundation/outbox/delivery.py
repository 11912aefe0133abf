"""What a way of sending promises: to deliver one message, or to say which kind of failure it was."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from foundation.outbox.models import Channel

TIMEOUT_SECONDS = 20


class Undelivered(Exception):
    """It did not leave. `reason` is short and holds no address: it is logged and shown to staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(Undelivered):
    """The server does not answer, or lets nobody in: the other messages of this channel need not try now."""


class Deferred(Undelivered):
    """This message was put off by the server; another may pass."""


class Rejected(Undelivered):
    """The server will never take this message."""


@dataclass(frozen=True)
class Parcel:
    """All that sending needs of a message, free of the database session."""

    id: int
    recipient: str
    subject: str
    body: str
    calendar: str | None
    locale: str


class Carrier(Protocol):
    """Sends messages of one channel; entered once for a run, so that a connection serves several messages."""

    channel: Channel

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def deliver(self, parcel: Parcel) -> None:
        """Returns when the server has taken the message over; raises `Undelivered` otherwise."""
