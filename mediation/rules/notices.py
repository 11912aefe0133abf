"""What a resident is told of their appointment, and while it is true. Pure: `now` is an argument."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mediation.models import Attendance


class NoticeKind(StrEnum):
    """What a message to a resident says of their appointment."""

    BOOKED = "booked"
    MOVED = "moved"
    OTHER_MEDIATOR = "other_mediator"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


def may_tell(kind: NoticeKind, attendance: Attendance, starts_at: datetime, now: datetime) -> bool:
    """Whether the sentence is still true: only what is to come is told, and a no-show was never cancelled."""
    if starts_at <= now:
        return False
    cancelled = attendance in {Attendance.EXCUSED, Attendance.REVOKED}
    return cancelled if kind is NoticeKind.CANCELLED else attendance is Attendance.EXPECTED
