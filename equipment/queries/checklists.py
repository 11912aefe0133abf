"""What a checklist shows: the devices that may go out, those that have to come back, and supplies to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from equipment.models import Condition, Direction, Handover, Incident, Item, Reservation, ReservationState
from equipment.queries import handing
from equipment.queries.lending import WITH_NAMES
from foundation.db import db


@dataclass(frozen=True)
class Listed:
    """A device on a checklist.

    Attributes:
        usual: how it will be found when nothing has changed: as the register says; what is missing there and lies
            here now works.
        away: the loan that has it, which can therefore not be handed over.
    """

    item: Item
    usual: Condition
    away: Reservation | None = None

    @property
    def expected(self) -> bool:
        """Whether it goes along when everything does."""
        return self.away is None and self.item.condition.serves


@dataclass(frozen=True)
class Counted:
    """A supply, and how many there are to count."""

    supply_id: int
    label: str
    count: int


def to_go(reservation: Reservation) -> list[Listed]:
    """The devices of its kit, what pupils hold first."""
    loans = handing.out_of_kit(reservation.kit_id)
    rows = db.session.scalars(select(Reservation).options(*WITH_NAMES).where(Reservation.id.in_(loans)))
    away = {item_id: one for one in rows for item_id in loans[one.id]}
    listed = [Listed(one, _usual(one), away.get(one.id)) for one in handing.items_of(reservation.kit_id)]
    return _units_first(listed, reservation)


def still_with(reservation: Reservation) -> list[Reservation]:
    """The other loans that have the kit of this one or a part of it, by when they are due.

    A kit without devices of its own label is out as a whole with the loan that has it.
    """
    out, labelled = handing.out_of_kit(reservation.kit_id), handing.items_of(reservation.kit_id)
    has_it: ColumnElement[bool] = Reservation.id.in_(out)
    if not labelled:
        has_it = (Reservation.kit_id == reservation.kit_id) & (Reservation.state == ReservationState.HANDED_OVER)
    query = select(Reservation).options(*WITH_NAMES).where(has_it, Reservation.id != reservation.id)
    return list(db.session.scalars(query.order_by(Reservation.ends_at, Reservation.id)))


def to_come(reservation: Reservation) -> list[Listed]:
    """The devices that went out with it and are not back, what pupils hold first; also those of another kit by now."""
    out: Mapping[int, Condition] = handing.outstanding([reservation.id]).get(reservation.id, {})
    query = select(Item).where(Item.id.in_(out)).order_by(Item.kind, Item.code)
    return _units_first([Listed(one, _usual(one)) for one in db.session.scalars(query)], reservation)


def _units_first(listed: list[Listed], reservation: Reservation) -> list[Listed]:
    """What pupils hold stands before routers and chargers."""
    return sorted(listed, key=lambda one: one.item.kind != reservation.kit.unit_kind)


def _usual(item: Item) -> Condition:
    return Condition.WORKING if item.condition in {Condition.MISSING, Condition.RETIRED} else item.condition


def supplies_to_go(reservation: Reservation) -> list[Counted]:
    return [Counted(one.id, one.label, one.count) for one in reservation.kit.supplies]


def supplies_to_come(reservation: Reservation) -> list[Counted]:
    """Those that went out, with how many are not back."""
    out = handing.supplies_out(reservation.id)
    return [Counted(one.id, one.label, out[one.label]) for one in reservation.kit.supplies if one.label in out]


def incidents_of(reservation_id: int) -> list[Incident]:
    """What was reported on a loan, in order."""
    query = select(Incident).options(joinedload(Incident.item)).where(Incident.reservation_id == reservation_id)
    return list(db.session.scalars(query.order_by(Incident.id)))


def last_handover(reservation_id: int, direction: Direction) -> int | None:
    """The id of its newest checklist of one direction."""
    query = select(Handover.id).where(Handover.reservation_id == reservation_id, Handover.direction == direction)
    return db.session.scalar(query.order_by(Handover.id.desc()).limit(1))
