"""How long a kit is kept for a loan: as long as it needs, as far as nobody else has it."""

from __future__ import annotations

from datetime import datetime

from agenda import service as agenda
from equipment.models import Reservation
from equipment.queries.following import next_hold
from equipment.service.noting import label_of
from foundation.db import db
from foundation.period import Period


def keep(reservation: Reservation, starts_at: datetime, ends_at: datetime, wanted: datetime) -> None:
    """Let a loan last from `starts_at` to `ends_at` and hold its kit until `wanted`, or until the next hold on it.

    The caller has locked the loan, and knows that nothing holds the kit between a new start and the old one. A kit
    that is out of use keeps the hold that it has: nothing can be held of it any more.
    """
    resource = reservation.kit.resource
    if not resource.active:
        return
    until = max(ends_at, min(wanted, next_hold(reservation) or wanted))
    if (starts_at, ends_at, until) == (reservation.starts_at, reservation.ends_at, reservation.held_until):
        return
    reservation.starts_at, reservation.ends_at, reservation.held_until = starts_at, ends_at, until
    agenda.move(reservation.reference, [resource.id], Period(starts_at, until), label_of(reservation))
    db.session.flush()
