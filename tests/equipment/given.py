"""What tests of equipment begin with: kits with units in them, and loans of the small town.

`NOW` of the cast is Tuesday 10 March 2026, 8 h 00 in town; `morning()` is Tuesday 17 March, from nine to twelve.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from accounts.models import Account
from agenda.models import Hold, Resource, ResourceKind
from equipment.models import Condition, Item, Kit, Maintenance, Reservation
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation.db import db, in_transaction, transaction
from foundation.period import Period, at_wall_time
from tests.cast import NOW, Cast

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = date(2026, 3, 17)
NINE, NOON = time(9), time(12)


def kit(name: str = "Mallette bleue", *, units: int = 3, broken: int = 0, **changes: Any) -> Kit:
    """A kit of tablets that hosts reserve two days ahead without asking anybody."""
    with transaction():
        resource = Resource(kind=ResourceKind.KIT, label=name)
        db.session.add(resource)
        db.session.flush()
        code = f"M{resource.id}"
        usual = {"kind": "Tablettes", "unit_kind": "tablette", "code": code, "name": name, "created_at": NOW}
        made = Kit(resource_id=resource.id, **(usual | changes))
        made.items = [
            Item(
                code=f"{code}-{n}", kind=made.unit_kind,
                condition=Condition.DAMAGED if n < broken else Condition.WORKING,
            )
            for n in range(units)
        ]  # fmt: skip
        db.session.add(made)
    return made


def hours(day: date = TUESDAY, starts: time = NINE, ends: time = NOON) -> Period:
    return Period(at_wall_time(day, starts, PARIS), at_wall_time(day, ends, PARIS))


def morning(weeks: int = 0, days: int = 0) -> Period:
    """From nine to twelve of a Tuesday, or of a day after it."""
    return hours(TUESDAY + timedelta(weeks=weeks, days=days))


def host_of_school(cast: Cast, **changes: Any) -> Account:
    """The host of the cast, who teaches at the school."""
    return _change(cast.ids["host"], {"school_id": cast.ids["school"], "care_home_id": None} | changes)


def host_of_home(cast: Cast) -> Account:
    """The host of the cast, who works at the care home."""
    return _change(cast.ids["host"], {"school_id": None, "care_home_id": cast.ids["care_home"]})


def _change(account_id: int, changes: dict[str, Any]) -> Account:
    with transaction():
        account = db.session.get_one(Account, account_id)
        for name, value in changes.items():
            setattr(account, name, value)
    return account


def reserved(kit_id: int, period: Period, actor_id: int, wish: Wish | None = None, **more: Any) -> Reservation:
    """A reservation made by the verb."""
    return in_transaction(
        lambda: lending.reserve(
            kit_id, period, wish or Wish(), db.session.get_one(Account, actor_id), **({"now": NOW} | more)
        )
    )


def done(verb: Any, reservation_id: int, *rest: Any, by: int, **more: Any) -> Reservation:
    """What a verb on a reservation makes of it."""
    return in_transaction(lambda: verb(reservation_id, *rest, db.session.get_one(Account, by), **({"now": NOW} | more)))


def ledger() -> set[tuple[str, int, Any, Any]]:
    """(reference, resource, start, end) of all that is held of kits."""
    query = select(Hold.reference, Hold.resource_id, Hold.starts_at, Hold.ends_at).join(Hold.resource)
    rows = db.session.execute(query.where(Resource.kind == ResourceKind.KIT)).all()
    db.session.rollback()
    assert len(rows) == len(set(rows))
    return {tuple(row) for row in rows}


def by_rights() -> set[tuple[str, int, Any, Any]]:
    """What should be held: reservations whose state holds, and upkeep that was not called off."""
    loans = select(Reservation.id, Kit.resource_id, Reservation.starts_at, Reservation.held_until, Reservation.state)
    found = {
        (f"reservation:{id_}", resource_id, start, end)
        for id_, resource_id, start, end, state in db.session.execute(loans.join(Reservation.kit))
        if state.holds
    }
    upkeep = select(Maintenance.id, Kit.resource_id, Maintenance.starts_at, Maintenance.ends_at).join(Maintenance.kit)
    rows = db.session.execute(upkeep.where(Maintenance.called_off_at.is_(None))).all()
    db.session.rollback()
    return found | {(f"maintenance:{id_}", resource_id, start, end) for id_, resource_id, start, end in rows}
