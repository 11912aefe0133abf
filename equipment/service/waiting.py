"""Whoever has a kit next hears that it is not ready when their loan begins."""

from __future__ import annotations

from datetime import datetime

from equipment.models import Reservation
from equipment.queries.following import promised
from equipment.rules.late import TOLD_AHEAD
from equipment.service import notices


def tell_next(late: Reservation, ready: datetime, now: datetime) -> None:
    """Tell the borrowers after `late` whose loans begin before the kit is `ready`; each hears it once."""
    if late.kit.resource.active:
        for reservation in promised(late, now, ready):
            notices.tell_next_is_late(reservation, late=late)


def tell_is_back(late: Reservation, ready: datetime, now: datetime) -> None:
    """Tell those who heard that `late` was late, and whose loans begin once the kit is `ready`, that it is back."""
    if late.kit.resource.active:
        for reservation in promised(late, now, ready + TOLD_AHEAD):
            if reservation.starts_at >= ready:
                notices.tell_is_back(reservation, late=late)
