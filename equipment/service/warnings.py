"""A kit lost devices, or has them back: whoever borrows it next is told, and its managers at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Kit, Reservation, ReservationEventKind
from equipment.queries import telling
from equipment.queries import warned as queries
from equipment.queries.kits import lendable, lendables
from equipment.rules.kits import Lendable
from equipment.rules.lending import check_sees
from equipment.rules.notices import NoticeKind, standing_warning, state_of, too_few
from equipment.service import manager_notices, notices
from equipment.service.addressees import addressees
from equipment.service.delivering import still_waits
from equipment.service.lending import locked
from equipment.service.noting import note
from foundation import audit
from foundation.db import db


def kit_changed(kit_id: int, *, now: datetime) -> None:
    """Warn the next borrowers whom the kit no longer serves, once of each state of it; tell those it serves again.

    The caller has locked the resource of the kit before the rows of its items, and flushed what it changed.
    Nothing happens for a kit that has left for good.
    """
    kit_row = db.session.get(Kit, kit_id)
    if kit_row is None or kit_row.retired_at is not None:
        return
    db.session.flush()
    agenda.lock([kit_row.resource_id])
    db.session.refresh(kit_row, ["told_working"])
    kit, loans = lendable(kit_id), queries.of_kit(kit_id, now)
    for one in loans:
        if too_few(kit, one.units_wanted):
            _warn(one, kit, now)
        else:
            _reassure(one, kit, now)
    _tell_managers(kit_row, kit, loans, now)
    db.session.flush()


def warn_due(now: datetime) -> int:
    """Warn those whose loan has come within the horizon, or was reserved, since their kit lost devices.

    Returns:
        How many kits were looked at.
    """
    kits = {kit.id: kit for kit in lendables()}
    kit_ids = {kit_id for _reservation_id, kit_id in queries.unserved(kits, now)}
    agenda.lock([kits[one].resource_id for one in kit_ids])
    for one in sorted(kit_ids):
        kit_changed(one, now=now)
    return len(kit_ids)


def called(reservation_id: int, actor: Account, *, now: datetime) -> Reservation:
    """Somebody telephoned the borrower whom no message reached: they know. Doing so again changes nothing.

    Raises:
        NoSuchReservation
    """
    reservation = locked(reservation_id)
    check_sees(reservation, actor, reservation.kit.structure_id)
    kit, warning = lendable(reservation.kit_id), standing_warning(reservation.events)
    if warning is None or warning.actor_id is None:
        note(reservation, ReservationEventKind.WARNED, now, actor.id, state_of(kit))
        audit.record("reservation.called_about", reservation.reference, actor_id=actor.id)
        db.session.flush()
    return reservation


def _warn(reservation: Reservation, kit: Lendable, now: datetime) -> None:
    warning = standing_warning(reservation.events)
    if (warning is not None and warning.reason == state_of(kit)) or not addressees(reservation):
        return
    note(reservation, ReservationEventKind.WARNED, now, None, state_of(kit))
    db.session.flush()
    notices.tell_short(reservation, kit)


def _reassure(reservation: Reservation, kit: Lendable, now: datetime) -> None:
    """A warning that has not left yet never will: then there is nothing to take back."""
    warning = standing_warning(reservation.events)
    if warning is None:
        return
    unread = still_waits(reservation, NoticeKind.SHORT, warning)
    note(reservation, ReservationEventKind.REASSURED, now, None, state_of(kit))
    db.session.flush()
    if not unread:
        notices.tell_whole(reservation)


def _tell_managers(row: Kit, kit: Lendable, loans: Sequence[Reservation], now: datetime) -> None:
    """Once for each device that no longer works; that one works again is known to whoever repaired it."""
    known = kit.units if row.told_working is None else row.told_working
    if kit.working < known:
        unserved = [one for one in loans if too_few(kit, one.units_wanted)]
        manager_notices.tell_fewer(row, kit, unserved, telling.managers_of(kit.structure_id), now)
    row.told_working = kit.working
