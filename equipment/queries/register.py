"""The list of kits as the team reads it: what works of each, who has it, what is next; in as many queries for any."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Incident, Kit, Reservation, ReservationState
from equipment.queries.incidents import UNSETTLED
from equipment.queries.kits import lendables
from equipment.rules.keeping import sees
from equipment.rules.kits import Lendable, kind_key
from foundation.db import UtcDateTime, db

PER_PAGE = 50
_AHEAD = Reservation.state.in_((ReservationState.REQUESTED, ReservationState.APPROVED))
_NAMES = (joinedload(Reservation.school), joinedload(Reservation.care_home))
_KITS = select(Kit).options(joinedload(Kit.home_venue), joinedload(Kit.structure)).order_by(Kit.name, Kit.id)
_FIRST = (
    select(Reservation.kit_id, func.min(Reservation.starts_at).label("starts_at"))
    .where(_AHEAD, Reservation.starts_at > bindparam("now", type_=UtcDateTime))
    .where(Reservation.kit_id.in_(bindparam("ids", expanding=True)))
    .group_by(Reservation.kit_id)
    .subquery()
)
_NEXT = (
    select(Reservation)
    .options(*_NAMES)
    .join(_FIRST, (_FIRST.c.kit_id == Reservation.kit_id) & (_FIRST.c.starts_at == Reservation.starts_at))
    .where(_AHEAD)
)
_OUT = (
    select(Reservation)
    .options(*_NAMES)
    .where(Reservation.state == ReservationState.HANDED_OVER)
    .where(Reservation.kit_id.in_(bindparam("ids", expanding=True)))
    .order_by(Reservation.ends_at.desc())
)
_FAULTS = (
    select(Incident.kit_id, func.count())
    .where(UNSETTLED, Incident.kit_id.in_(bindparam("ids", expanding=True)))
    .group_by(Incident.kit_id)
)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. `structure_id` 0 is what the whole territory shares; empty and None are any."""

    words: str = ""
    kind: str = ""
    venue_id: int | None = None
    structure_id: int | None = None
    retired: bool = False


@dataclass(frozen=True)
class Row:
    """A kit of the list.

    Attributes:
        lendable: what works of it; None once it has left for good.
        out: the loan that it is out with.
        coming: its next loan.
        faults: incidents that are not settled.
    """

    kit: Kit
    lendable: Lendable | None
    out: Reservation | None = None
    coming: Reservation | None = None
    faults: int = 0


def within_reach(viewer: Account) -> list[Kit]:
    """All kits that somebody of the team sees, in use and not, by name."""
    return [kit for kit in db.session.scalars(_KITS) if sees(viewer, kit.structure_id)]


def found(kits: Collection[Kit], asked: Asked) -> list[Kit]:
    """Those of `kits` that were asked for."""
    return [kit for kit in kits if bool(kit.retired_at) is asked.retired and _fits(kit, asked)]


def rows(kits: Sequence[Kit], now: datetime) -> list[Row]:
    """The same with what is told of each."""
    serving = {one.id: one for one in lendables()}
    asked = {"ids": [kit.id for kit in kits]}
    out = {one.kit_id: one for one in db.session.scalars(_OUT, asked)}
    coming = {one.kit_id: one for one in db.session.scalars(_NEXT, asked | {"now": now})}
    faults: dict[int, int] = {kit_id: number for kit_id, number in db.session.execute(_FAULTS, asked)}
    return [
        Row(kit, serving.get(kit.id), out.get(kit.id), coming.get(kit.id), faults.get(kit.id, 0)) for kit in kits
    ]  # fmt: skip


def _fits(kit: Kit, asked: Asked) -> bool:
    said = (
        f"{kit.name} {kit.code} {kit.kind} {kit.unit_kind} {kit.home_venue.name if kit.home_venue else ''}".casefold()
    )
    return (
        all(word in said for word in asked.words.casefold().split())
        and (not asked.kind or kind_key(kit.kind) == kind_key(asked.kind))
        and asked.venue_id in {None, kit.home_venue_id}
        and (asked.structure_id is None or (kit.structure_id or 0) == asked.structure_id)
    )
