"""The week of kits: what has each of them when, in three queries however many kits and loans there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from accounts.models import Account
from agenda.models import ResourceKind
from agenda.queries.timetable import absences_of_kind
from agenda.rules.recurrence import occurrences
from equipment.models import ReservationState
from equipment.queries.held import holds_with_loans
from equipment.queries.kits import lendables_for
from equipment.rules.kits import Lendable, within_reach, works_here
from foundation import clock
from foundation.period import Period


class Stretch(NamedTuple):
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
    """A kit and what has it or keeps it away, by start."""

    kit: Lendable
    taken: list[Stretch]

    def free(self, period: Period) -> bool:
        """Whether nothing has it in `period`, e.g. a half-day. Turnaround after it is not looked at."""
        return not any(one.held.overlaps(period) for one in self.taken)


def week(viewer: Account, period: Period, kits: Sequence[Lendable] | None = None) -> list[Row]:
    """The kits that `viewer` may reserve, by name, with what has them in `period`; a host reads no names of others.

    Args:
        kits: only these, of those that `viewer` may reserve.
    """
    shown = lendables_for(viewer) if kits is None else kits
    rows, sight = {kit.id: Row(kit, []) for kit in shown}, _sight_of(viewer)
    for kit_id, *held in holds_with_loans(period, None if kits is None else rows):
        if row := rows.get(kit_id):
            row.taken.append(_stretch(sight, row.kit, *held))
    _add_absences(rows, period)
    return list(rows.values())


class _Sight(NamedTuple):
    """What decides how much somebody may know, asked once for hundreds of stretches."""

    lends: bool
    structure_id: int | None
    place: tuple[int | None, int | None]


def _sight_of(viewer: Account) -> _Sight:
    return _Sight(works_here(viewer), viewer.structure_id, (viewer.school_id, viewer.care_home_id))


def _stretch(
    sight: _Sight, kit: Lendable, _reference: str, starts_at: datetime, ends_at: datetime, label: str,
    loan_id: int | None, state: ReservationState | None, due_at: datetime | None, school_id: int | None,
    home_id: int | None, purpose_of: str, group_label: str, place: str | None,
) -> Stretch:  # fmt: skip
    """What may be known of a hold, as `equipment.rules.lending.check_sees` decides."""
    held = Period(starts_at, ends_at)
    if sight.lends:
        seen = within_reach(sight.structure_id, kit.structure_id)
    else:
        seen = loan_id is not None and sight.place != (None, None) and (school_id, home_id) == sight.place
    if not seen:
        return Stretch(held, due_at or ends_at, None, None, "")
    if loan_id is None:
        return Stretch(held, ends_at, None, None, label)
    return Stretch(held, due_at or ends_at, loan_id, state, place or label, group_label, purpose_of)


def _add_absences(rows: Mapping[int, Row], period: Period) -> None:
    """Days on which a kit, or everything, is away: nothing is lent then either."""
    zone = clock.territory_zone()
    first, last = period.start.astimezone(zone).date(), period.end.astimezone(zone).date()
    own, everywhere = absences_of_kind(ResourceKind.KIT, first, last)
    if not own and not everywhere:
        return
    for row in rows.values():
        met = [
            Stretch(one, one.end, None, None, away.label)
            for away in [*everywhere, *own.get(row.kit.resource_id, [])]
            for one in occurrences(away.pattern, first, last, zone)
            if one.overlaps(period)
        ]
        if met:
            row.taken.extend(met)
            row.taken.sort(key=lambda one: one.held)
