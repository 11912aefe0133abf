"""The week of kits: what has each of them when, in three queries however many kits and loans there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from accounts.models import Account
from equipment.models import Reservation, ReservationState
from equipment.queries.held import holds_of_kits
from equipment.queries.kits import lendables_for
from equipment.rules.kits import Lendable, within_reach, works_here
from foundation.db import db
from foundation.period import Period
from places.models import CareHome, School

_LOANS: Select[*tuple[Any, ...]] = (
    select(
        Reservation.id, Reservation.state, Reservation.ends_at, Reservation.school_id, Reservation.care_home_id,
        Reservation.purpose_of, Reservation.group_label, func.coalesce(School.name, CareHome.name),
    )
    .outerjoin(School, School.id == Reservation.school_id)
    .outerjoin(CareHome, CareHome.id == Reservation.care_home_id)
    .where(Reservation.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in which a kit is taken.

    Attributes:
        held: with the turnaround after a loan.
        ends_at: of the loan itself; the same as that of `held` for upkeep.
        reservation_id, state: of a loan that the viewer may open; else None.
        label: who has it, or what for; empty when the viewer may not know.
        purpose_of: the act of another room that took it, e.g. `session:5`.
    """

    held: Period
    ends_at: datetime
    reservation_id: int | None
    state: ReservationState | None
    label: str
    group_label: str = ""
    purpose_of: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A kit and what has it, by start."""

    kit: Lendable
    taken: list[Stretch]

    def free(self, period: Period) -> bool:
        """Whether nothing has it in `period`, e.g. a half-day. Absences and turnaround after it are not looked at."""
        return not any(one.held.overlaps(period) for one in self.taken)


def week(viewer: Account, period: Period) -> list[Row]:
    """The kits that `viewer` may reserve, by name, with what has them in `period`; a host reads no names of others."""
    rows = {kit.id: Row(kit, []) for kit in lendables_for(viewer)}
    held = holds_of_kits(period)
    loans = _loans([reference for _id, reference, *_rest in held])
    for kit_id, reference, starts_at, ends_at, label in held:
        if row := rows.get(kit_id):
            row.taken.append(_stretch(viewer, row.kit, Period(starts_at, ends_at), label, loans.get(reference)))
    return list(rows.values())


@dataclass(frozen=True, slots=True)
class _Loan:
    id: int
    state: ReservationState
    ends_at: datetime
    school_id: int | None
    care_home_id: int | None
    purpose_of: str
    group_label: str
    place: str | None


def _loans(references: Sequence[str]) -> dict[str, _Loan]:
    ids = [int(one.removeprefix("reservation:")) for one in references if one.startswith("reservation:")]
    rows = [_Loan(*row) for row in db.session.execute(_LOANS, {"ids": ids})]
    return {f"reservation:{one.id}": one for one in rows}


def _stretch(viewer: Account, kit: Lendable, held: Period, label: str, loan: _Loan | None) -> Stretch:
    """What `viewer` may know of it, as `equipment.rules.lending.check_sees` decides."""
    if works_here(viewer):
        seen = within_reach(viewer.structure_id, kit.structure_id)
    else:
        mine = (viewer.school_id, viewer.care_home_id)
        seen = loan is not None and mine != (None, None) and (loan.school_id, loan.care_home_id) == mine
    if not seen:
        return Stretch(held, loan.ends_at if loan else held.end, None, None, "")
    if loan is None:
        return Stretch(held, held.end, None, None, label)
    return Stretch(held, loan.ends_at, loan.id, loan.state, loan.place or label, loan.group_label, loan.purpose_of)
