"""What a reservation is for is corrected: its kit and its time stay."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Reservation, ReservationEventKind
from equipment.queries import kits as kit_queries
from equipment.rules.lending import Wish, check_changeable, check_sees, check_wish
from equipment.service.lending import locked
from equipment.service.noting import label_of, note
from foundation import audit
from foundation.db import db

DETAILS = ("group_label", "activity", "sheet_url", "units_wanted", "head_count", "contact_phone")


def change_details(reservation_id: int, wish: Wish, actor: Account, *, now: datetime) -> Reservation:
    """Set the `DETAILS` of a reservation to those of `wish`; what was agreed to stays agreed to.

    The same details again change nothing.

    Raises:
        NoSuchReservation, OfAnAct, NotToChange, and what `check_wish` refuses
    """
    check_wish(wish)
    reservation = locked(reservation_id)
    check_sees(reservation, actor, reservation.kit.structure_id)
    check_changeable(reservation)
    new = {name: _clean(getattr(wish, name)) for name in DETAILS}
    changed = sorted(name for name, value in new.items() if getattr(reservation, name) != value)
    if not changed:
        return reservation
    for name in changed:
        setattr(reservation, name, new[name])
    kit = kit_queries.lendable(reservation.kit_id)
    agenda.move(reservation.reference, [kit.resource_id], kit.held(reservation.period), label_of(reservation))
    note(reservation, ReservationEventKind.CHANGED, now, actor.id)
    audit.record("reservation.changed", reservation.reference, actor_id=actor.id, fields=", ".join(changed))
    db.session.flush()
    return reservation


def _clean(value: str | int) -> str | int:
    return value.strip() if isinstance(value, str) else value
