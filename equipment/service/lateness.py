"""Before a loan is due its borrower is reminded; after it the kit is kept, and whoever waits for it is told.

Loans are looked at in the order in which they are due, so that a jobs process that was down for a while does what it
missed in order. What was said once is a thing that happened to the loan, and is not said again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from agenda import service as agenda
from equipment.models import Reservation, ReservationEventKind, ReservationState
from equipment.queries import handing
from equipment.queries import late as queries
from equipment.rules.late import FARTHEST_REMINDER, enough_here, is_late, kept_until, reminder_at, told_until
from equipment.service import lending, notices, waiting
from equipment.service.keeping import keep
from equipment.service.noting import note
from foundation import audit, clock
from foundation.db import db


def remind_returns(now: datetime) -> int:
    """Remind the borrowers of what is due soon, once each; returns how many loans that were."""
    zone = clock.territory_zone()
    soon = [
        one
        for one in queries.due_between(now, now + FARTHEST_REMINDER)
        if reminder_at(one.starts_at, one.ends_at, zone) <= now
    ]
    due = _first_time(ReservationEventKind.REMINDED, _locked(soon))
    for reservation in due:
        notices.tell_return_soon(reservation)
        _say(ReservationEventKind.REMINDED, reservation, now)
    return len(due)


def tell_late(now: datetime) -> int:
    """Tell of what is late, once each, and keep the kits that are not here; returns how many loans were told of."""
    late = _locked([one for one in queries.due_before(now) if is_late(one.ends_at, now)])
    new = _first_time(ReservationEventKind.LATE, late)
    for reservation in late:
        if reservation in new:
            notices.tell_late(reservation)
            _say(ReservationEventKind.LATE, reservation, now)
        _keep(reservation, now)
    return len(new)


def _keep(reservation: Reservation, now: datetime) -> None:
    """Nobody is promised a kit that is not here; who was promised it is told.

    A kit of which enough came back in a first part serves others, and is not kept.
    """
    kit = reservation.kit
    if enough_here(handing.units_here([kit.id])[kit.id], kit.minimum_units):
        return
    needs = timedelta(minutes=kit.turnaround_minutes)
    kept = max(reservation.held_until, kept_until(now, needs))
    keep(reservation, reservation.starts_at, reservation.ends_at, kept)
    waiting.tell_next(reservation, told_until(reservation.ends_at, now, needs), now)


def _first_time(kind: ReservationEventKind, reservations: Sequence[Reservation]) -> list[Reservation]:
    """Those to which this has not happened yet."""
    known = queries.noted(kind, [one.id for one in reservations])
    return [one for one in reservations if one.id not in known]


def _locked(reservations: Sequence[Reservation]) -> list[Reservation]:
    """Those that are still out once their kits are locked, all at once and in order."""
    agenda.lock({one.kit.resource_id for one in reservations})
    found = [lending.locked(one.id) for one in reservations]
    return [one for one in found if one.state is ReservationState.HANDED_OVER]


def _say(kind: ReservationEventKind, reservation: Reservation, now: datetime) -> None:
    note(reservation, kind, now, None)
    audit.record(f"reservation.{kind.value}", reservation.reference)
    db.session.flush()
