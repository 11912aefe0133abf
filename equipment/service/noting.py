"""What every verb of reservations and of devices writes down, and the words of a hold."""

from __future__ import annotations

from datetime import datetime

from equipment.models import Item, ItemEvent, ItemEventKind, Reservation, ReservationEvent, ReservationEventKind
from foundation.db import db
from foundation.period import Period

LONGEST_LABEL = 120


def note(
    reservation: Reservation, kind: ReservationEventKind, now: datetime, actor_id: int | None, reason: str = ""
) -> ReservationEvent:
    """Append one thing that happened. The reservation has its number already."""
    event = ReservationEvent(
        reservation_id=reservation.id, kind=kind, at=now, actor_id=actor_id, reason=reason.strip()
    )  # fmt: skip
    db.session.add(event)
    return event


def note_moved(
    reservation: Reservation, was_kit_id: int, was: Period, now: datetime, actor_id: int | None, reason: str = ""
) -> ReservationEvent:
    """The same of a move, with what it had until then."""
    event = note(reservation, ReservationEventKind.MOVED, now, actor_id, reason)
    event.was_kit_id, event.was_starts_at, event.was_ends_at = was_kit_id, was.start, was.end
    return event


def note_item(
    item: Item, kind: ItemEventKind, now: datetime, actor_id: int | None, *, was: str = "", became: str = "",
    note: str = "",
) -> ItemEvent:  # fmt: skip
    """Append one thing that happened to a device, which has its number already."""
    event = ItemEvent(item_id=item.id, kind=kind, at=now, actor_id=actor_id, was=was, became=became, note=note.strip())
    db.session.add(event)
    return event


def label_of(reservation: Reservation) -> str:
    """What colleagues read where the kit is held: the school or the home, or what it is for. Hosts never see it."""
    place = reservation.school or reservation.care_home
    words = place.name if place else reservation.group_label or reservation.activity or reservation.code
    return words[:LONGEST_LABEL]
