"""Loans to come that their kit no longer serves, and whether those who wait for them know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from equipment.models import Kit, Reservation
from equipment.queries.lending import WITH_NAMES
from equipment.rules.kits import Lendable
from equipment.rules.notices import HORIZON, TO_COME, standing_warning, too_few
from foundation.db import db
from foundation.outbox import queries as outbox

NONE = -1
"""Devices that somebody gets of a kit that does not go out: fewer than any loan wants."""
LONGEST = timedelta(days=366)
"""No kit is lent for longer: what began before is over, and is not read again each time."""


@dataclass(frozen=True)
class Warned:
    """A loan to come that its kit no longer serves.

    Attributes:
        told_at: when the borrower was warned of it; None: nobody could be written to, telephone them.
        undelivered: the message did not arrive, telephone them too.
        phone: the number left for the loan, or that of whoever asked; empty when there is none.
    """

    reservation: Reservation
    kit: Lendable
    told_at: datetime | None
    undelivered: bool
    phone: str

    @property
    def to_call(self) -> bool:
        return self.told_at is None or self.undelivered


def warned(own: Iterable[Lendable], now: datetime) -> list[Warned]:
    """Those of the kits that somebody lends, by start; in four statements, however many there are."""
    kits = {kit.id: kit for kit in own}
    found = loans_to_come([one for one, _kit in unserved(kits, now)])
    silent = outbox.undelivered([one.reference for one in found])
    return [_warned(one, kits[one.kit_id], one.reference in silent) for one in found]


def unserved(kits: dict[int, Lendable], now: datetime) -> list[tuple[int, int]]:
    """(reservation, kit) of the loans within the horizon that these kits no longer serve, by start."""
    rows = db.session.execute(
        select(Reservation.id, Reservation.kit_id, Reservation.units_wanted)
        .where(
            Reservation.state.in_(TO_COME),
            _lacks_some(kits.values()),
            Reservation.starts_at > now - LONGEST,
            Reservation.starts_at < now + HORIZON,
            Reservation.ends_at > now,
        )
        .order_by(Reservation.starts_at, Reservation.id)
    )
    return [(id_, kit_id) for id_, kit_id, wanted in rows if too_few(kits[kit_id], wanted)]


def _lacks_some(kits: Iterable[Lendable]) -> ColumnElement[bool]:
    """As `too_few` decides: nearly all loans are served, and of thousands none is read for nothing."""
    alike: dict[int, list[int]] = defaultdict(list)
    for kit in kits:
        alike[kit.working if kit.goes_out else NONE].append(kit.id)
    wants_more = (and_(Reservation.kit_id.in_(ids), Reservation.units_wanted > there) for there, ids in alike.items())
    return or_(false(), *wants_more)


def of_kit(kit_id: int, now: datetime) -> list[Reservation]:
    """The loans of a kit that come within the horizon, by start, with what happened to each."""
    ids = db.session.scalars(
        select(Reservation.id).where(
            Reservation.kit_id == kit_id,
            Reservation.state.in_(TO_COME),
            Reservation.starts_at < now + HORIZON,
            Reservation.ends_at > now,
        )
    )
    return loans_to_come(list(ids))


def loans_to_come(ids: Collection[int]) -> list[Reservation]:
    """These, by start, as the database has them now."""
    if not ids:
        return []
    query = (
        select(Reservation)
        .options(*WITH_NAMES, joinedload(Reservation.kit).joinedload(Kit.home_venue), selectinload(Reservation.events))
        .where(Reservation.id.in_(ids))
        .order_by(Reservation.starts_at, Reservation.id)
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _warned(reservation: Reservation, kit: Lendable, undelivered: bool) -> Warned:
    warning = standing_warning(reservation.events)
    asked_by = reservation.asked_by
    phone = reservation.contact_phone or (asked_by.phone if asked_by is not None else None) or ""
    return Warned(reservation, kit, warning.at if warning else None, undelivered, phone)
