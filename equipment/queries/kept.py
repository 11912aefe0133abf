"""A kit as whoever looks after it opens it: its row, what is still to come, what is counted in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Kit, Maintenance, Reservation, ReservationState
from equipment.queries.lending import WITH_NAMES
from equipment.rules.keeping import check_sees_kit
from equipment.rules.refusals import NoSuchKit
from foundation.db import UtcDateTime, db
from foundation.period import Period

_KIT = (
    select(Kit)
    .options(joinedload(Kit.home_venue), joinedload(Kit.structure))
    .where(Kit.id == bindparam("kit_id"))
)  # fmt: skip
_BY_CODE = (
    select(Kit).options(joinedload(Kit.structure), joinedload(Kit.home_venue)).where(Kit.code == bindparam("code"))
)
_AHEAD = (ReservationState.REQUESTED, ReservationState.APPROVED)
_LOANS = (
    select(Reservation)
    .options(*WITH_NAMES)
    .where(
        Reservation.kit_id == bindparam("kit_id"),
        or_(
            Reservation.state == ReservationState.HANDED_OVER,
            Reservation.state.in_(_AHEAD) & (Reservation.ends_at > bindparam("now", type_=UtcDateTime)),
        ),
    )
    .order_by(Reservation.starts_at)
)
_UPKEEP = (
    select(Maintenance)
    .where(
        Maintenance.kit_id == bindparam("kit_id"),
        Maintenance.called_off_at.is_(None),
        Maintenance.ends_at > bindparam("now", type_=UtcDateTime),
    )
    .order_by(Maintenance.starts_at)
)


def seen(kit_id: int, viewer: Account) -> Kit:
    """A kit, in use or not, for somebody of the team.

    Raises:
        NoSuchKit
    """
    kit = db.session.scalar(_KIT, {"kit_id": kit_id})
    if kit is None:
        raise NoSuchKit
    check_sees_kit(viewer, kit.structure_id)
    return kit


def by_code(code: str) -> Kit | None:
    return db.session.scalar(_BY_CODE, {"code": code})


@dataclass(frozen=True)
class Wanted:
    """What a kit is still wanted for: a loan, or upkeep."""

    period: Period
    reservation: Reservation | None = None
    upkeep: Maintenance | None = None


def still_wanted(kit_id: int, now: datetime) -> list[Wanted]:
    """Loans that are out or to come, and upkeep that has not ended, by start."""
    asked = {"kit_id": kit_id, "now": now}
    found = [Wanted(one.period, reservation=one) for one in db.session.scalars(_LOANS, asked)]
    found += [
        Wanted(Period(one.starts_at, one.ends_at), upkeep=one)
        for one in db.session.scalars(_UPKEEP, asked)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.period.start)
