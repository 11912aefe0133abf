"""What loans of kits add up to, as the figures of equipment have it, with half-days and head-counts beside. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from equipment.rules.figures import BorrowerKind, Loan, add_up, total
from equipment.rules.working_time import CLOSES, OPENS, WorkingTime, clipped
from foundation.period import Period, at_wall_time

NOON = time(12, 30)
"""Where a working day is cut in two, as on the week of kits."""


@dataclass(frozen=True)
class Lent:
    """Loans count where they begin, time where it lies, and nothing beyond the present (decision 65).

    Attributes:
        half_days: mornings and afternoons of working days, of each loan, in which a kit was out.
        lent_minutes: of working time.
        person_minutes: head-count × minutes in use, of the loans that told both, which are `told`.
        untold: loans that are over and told one of them, or none.
        heads: pupils or others who were to hold it, as the reservations say, once for each loan.
        heads_untold: loans of which that was not said: nothing is made up for them.
        borrowers: schools or homes with a loan that begins in the period, each once; the team is none.
        kits: those lent in such a loan, each once.
    """

    loans: int = 0
    half_days: int = 0
    lent_minutes: int = 0
    person_minutes: int = 0
    told: int = 0
    untold: int = 0
    heads: int = 0
    heads_untold: int = 0
    borrowers: int = 0
    kits: int = 0


def lent(loans: Iterable[Loan], within: Period, working: WorkingTime, now: datetime, zone: ZoneInfo) -> Lent:
    """Of some loans, within a stretch of time that has passed."""
    rows = list(loans)
    summed = total(add_up(rows, within, working, now).values())
    begun = [one for one in rows if within.start <= one.starts_at < within.end]
    return Lent(
        loans=summed.loans, half_days=sum(half_days(clipped(one.period, within), working, zone) for one in rows),
        lent_minutes=summed.lent_minutes, person_minutes=summed.person_minutes, told=summed.told,
        untold=summed.untold, heads=sum(one.heads for one in begun),
        heads_untold=sum(not one.heads for one in begun), kits=len({one.kit_id for one in begun}),
        borrowers=len({one.borrower for one in begun if one.borrower[0] is not BorrowerKind.TEAM}),
    )  # fmt: skip


def by_kind(
    loans: Sequence[Loan], within: Period, working: WorkingTime, now: datetime, zone: ZoneInfo
) -> dict[BorrowerKind, Lent]:
    """The same for schools, for care homes and for the team."""
    return {
        kind: lent((one for one in loans if one.borrower[0] is kind), within, working, now, zone)
        for kind in BorrowerKind
    }


def half_days(period: Period | None, working: WorkingTime, zone: ZoneInfo) -> int:
    """How many mornings and afternoons of working days a stretch of time touches; none of nothing."""
    if period is None:
        return 0
    first, last = (one.astimezone(zone).date() for one in (period.start, period.end))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    halves = [
        (at_wall_time(day, begins, zone), at_wall_time(day, ends, zone))
        for day in days
        for begins, ends in ((OPENS, NOON), (NOON, CLOSES))
    ]
    return sum(working.between(max(start, period.start), min(end, period.end)) > 0 for start, end in halves)
