"""What is told about reservations, when a message is still true, and when a kit no longer serves a loan. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from equipment.models import Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.rules.kits import Lendable

HORIZON = timedelta(days=28)
"""Borrowers of later loans are not worried: by then the kit may well be repaired."""
MOST_OFFERED = 3


class NoticeKind(StrEnum):
    """What a message says of a reservation."""

    RESERVED = "reserved"
    ASKED = "asked"
    TO_ANSWER = "to_answer"
    APPROVED = "approved"
    REFUSED = "refused"
    ANSWERED = "answered"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RETURN_SOON = "return_soon"
    LATE = "late"
    LATE_HERE = "late_here"
    NEXT_IS_LATE = "next_is_late"
    NOT_READY = "not_ready"
    IS_BACK = "is_back"
    SHORT = "short"
    WHOLE = "whole"


TO_COME = frozenset({ReservationState.REQUESTED, ReservationState.APPROVED})
STILL_TRUE = {
    NoticeKind.RESERVED: {ReservationState.APPROVED},
    NoticeKind.ASKED: {ReservationState.REQUESTED},
    NoticeKind.TO_ANSWER: {ReservationState.REQUESTED},
    NoticeKind.APPROVED: {ReservationState.APPROVED},
    NoticeKind.REFUSED: {ReservationState.REFUSED},
    NoticeKind.MOVED: TO_COME,
    NoticeKind.CANCELLED: {ReservationState.CANCELLED},
    NoticeKind.RETURN_SOON: {ReservationState.HANDED_OVER},
    NoticeKind.LATE: {ReservationState.HANDED_OVER},
    NoticeKind.LATE_HERE: {ReservationState.HANDED_OVER},
    NoticeKind.NEXT_IS_LATE: TO_COME,
    NoticeKind.NOT_READY: TO_COME,
    NoticeKind.IS_BACK: TO_COME,
    NoticeKind.SHORT: TO_COME,
    NoticeKind.WHOLE: TO_COME,
}
"""In which states of the reservation a message may leave; an answer to many dates is asked of their series."""
UNHURRIED = frozenset({NoticeKind.RETURN_SOON, NoticeKind.LATE, NoticeKind.LATE_HERE})
"""What can wait for the morning; the rest answers what was just done, or is worth nothing if it comes late."""

_WARNINGS = (ReservationEventKind.WARNED, ReservationEventKind.REASSURED, ReservationEventKind.MOVED)


def moment(reservation: Reservation) -> str:
    """The kit and the time that a message tells of, as `3-20260317T0800-20260317T1100`: it is untrue of any other."""
    return f"{reservation.kit_id}-{reservation.starts_at:%Y%m%dT%H%M}-{reservation.ends_at:%Y%m%dT%H%M}"


def too_few(kit: Lendable, units_wanted: int) -> bool:
    """Whether the kit no longer serves a loan: it does not go out at all, or fewer devices work than are wanted."""
    return not kit.goes_out or kit.working < units_wanted


def state_of(kit: Lendable) -> str:
    """`9/12`: a borrower is warned once of each."""
    return f"{kit.working}/{kit.units}"


def standing_warning(events: Iterable[ReservationEvent]) -> ReservationEvent | None:
    """The warning that the borrower still goes by: none came after it that all is well, nor another time or kit.

    `events` are those of one reservation, in order.
    """
    last = None
    for event in events:
        if event.kind in _WARNINGS:
            last = event
    return last if last is not None and last.kind is ReservationEventKind.WARNED else None
