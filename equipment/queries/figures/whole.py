"""All figures of equipment for a stretch of days, in as many statements however much was lent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from agenda.queries.calendar import closures
from agenda.rules.free import closed_days
from equipment.queries.figures import loans as loan_rows
from equipment.queries.figures import repairs
from equipment.queries.figures.places import Place, places
from equipment.queries.figures.repairs import Costs
from equipment.queries.figures.scope import Scope
from equipment.rules.figures import (
    BorrowerKind,
    KitUse,
    Sum,
    Sums,
    add_up,
    by_borrower,
    per_hundred,
    total,
    use_of_kits,
)
from equipment.rules.fleet import Chain, Fleet, chain_of, fleet_on
from equipment.rules.spans import Span
from equipment.rules.working_time import WorkingTime
from foundation.period import Period


@dataclass(frozen=True)
class BorrowerUse:
    """What one school or home borrowed; `share` of all the time that was lent."""

    place: Place
    sum: Sum
    share: float | None


@dataclass(frozen=True)
class Figures:
    """What a page, a table and a paper tell. `until` is where time that has passed ends; None: nothing has passed."""

    span: Span
    until: datetime | None
    kits: Sequence[KitUse]
    borrowers: Sequence[BorrowerUse]
    team: Sum
    without: Sequence[Place]
    fleet: Fleet
    chain: Chain
    costs: Costs
    incidents: int

    @property
    def total(self) -> Sum:
        return total(row.sum for row in self.kits)

    @property
    def rate(self) -> float | None:
        """Of all kits together."""
        could = sum(row.could_minutes for row in self.kits)
        return self.total.lent_minutes / could if could else None

    @property
    def incidents_per_hundred(self) -> float | None:
        return per_hundred(self.incidents, self.total.loans)


def figures(scope: Scope, span: Span, zone: ZoneInfo, *, now: datetime) -> Figures:
    """Of the days of `span` as far as they have passed."""
    whole = span.period(zone)
    passed = Period(whole.start, min(whole.end, now)) if whole.start < now else None
    until = passed.end if passed else whole.start
    rows = loan_rows.loans(scope, passed, now) if passed else []
    working = WorkingTime(span.first, span.last, closed_days(closures(span.first, span.last)), zone)
    added = add_up(rows, passed, working, now) if passed else {}
    kits = _kits(scope, added, passed, working, zone)
    known, devices = places(scope, until, now), repairs.devices(scope, until, zone)
    sums = by_borrower(added)
    last_day = min(span.last, now.astimezone(zone).date())
    return Figures(
        span, passed.end if passed else None, kits, _borrowers(known, sums), sums.get((BorrowerKind.TEAM, 0), Sum()),
        [one for one in known if one.active and not sums.get(one.key, Sum()).loans], fleet_on(devices, last_day),
        chain_of(devices, span.first, last_day), repairs.costs(scope, whole), sum(row.incidents for row in kits),
    )  # fmt: skip


def _kits(scope: Scope, sums: Sums, passed: Period | None, working: WorkingTime, zone: ZoneInfo) -> list[KitUse]:
    if passed is None:
        return []
    kits = use_of_kits(loan_rows.kits(scope, passed, zone), sums, passed, working)
    incidents = repairs.incidents(scope, passed)
    for kit in kits:
        kit.incidents = incidents.get(kit.kit.id, 0)
    return kits


def _borrowers(known: Sequence[Place], sums: dict[tuple[BorrowerKind, int], Sum]) -> list[BorrowerUse]:
    """Those who had a kit, who had one longest first."""
    lent = total(sums.values()).lent_minutes
    found = [
        BorrowerUse(one, sums[one.key], sums[one.key].lent_minutes / lent if lent else None)
        for one in known
        if one.key in sums
    ]
    return sorted(found, key=lambda row: -row.sum.lent_minutes)
