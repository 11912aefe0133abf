"""What loans add up to, for each kit and each borrower. Nothing is invented: what was not told is apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from equipment.models import ReservationState
from equipment.rules.late import is_late
from equipment.rules.working_time import WorkingTime, clipped, clipped_all
from foundation.period import Period


class BorrowerKind(StrEnum):
    SCHOOL = "school"
    CARE_HOME = "care_home"
    TEAM = "team"


Borrower = tuple[BorrowerKind, int]


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan that took place, as bare facts.

    Attributes:
        borrower: kind and id; the team has none (0).
        minutes: in their hands, as told at return; None: not told.
        back_at: when all of it was back.
        id: of the reservation; 0 where only figures are made of it.
    """

    kit_id: int
    borrower: Borrower
    starts_at: datetime
    ends_at: datetime
    state: ReservationState
    heads: int = 0
    minutes: int | None = None
    back_at: datetime | None = None
    id: int = 0

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def told(self) -> bool:
        return self.minutes is not None and self.heads > 0

    def late(self) -> bool:
        """Whether it came back late."""
        return self.back_at is not None and is_late(self.ends_at, self.back_at)

    def over(self, now: datetime) -> bool:
        """Whether figures of it could have been told."""
        return self.state is ReservationState.RETURNED or (
            self.state is ReservationState.APPROVED and self.ends_at <= now
        )


@dataclass(slots=True)
class Sum:
    """What some loans add up to. Loans count where they begin, time counts where it lies.

    Attributes:
        person_minutes: head-count × minutes in use of the loans that told both.
        untold: loans that are over and told one of them, or none.
        out_late: loans that are not back and should be.
    """

    loans: int = 0
    lent_minutes: int = 0
    person_minutes: int = 0
    told: int = 0
    untold: int = 0
    back: int = 0
    late: int = 0
    out_late: int = 0

    def add(self, loan: Loan, within: Period, working: WorkingTime, now: datetime) -> None:
        self.lent_minutes += working.between(max(loan.starts_at, within.start), min(loan.ends_at, within.end))
        if not within.start <= loan.starts_at < within.end:
            return
        self.loans += 1
        self.back += loan.back_at is not None
        self.late += loan.late()
        self.out_late += loan.state is ReservationState.HANDED_OVER and is_late(loan.ends_at, now)
        if not loan.over(now):
            return
        self.told += loan.told
        self.untold += not loan.told
        if loan.told:
            self.person_minutes += loan.heads * (loan.minutes or 0)


Sums = dict[tuple[int, Borrower], Sum]
"""By kit and borrower."""


@dataclass(frozen=True, slots=True)
class KitFacts:
    """When a kit was there, and when it could not be lent for upkeep or an absence."""

    id: int
    code: str
    name: str
    kind: str
    there: Period | None
    kept_back: Sequence[Period] = ()


@dataclass(slots=True)
class KitUse:
    """The use of one kit. `could_minutes` are the working time in which it was there and not kept back."""

    kit: KitFacts
    could_minutes: int
    sum: Sum = field(default_factory=Sum)
    incidents: int = 0

    @property
    def rate(self) -> float | None:
        """Time lent by time that it could be lent; None when it never could."""
        return self.sum.lent_minutes / self.could_minutes if self.could_minutes else None


def add_up(loans: Iterable[Loan], within: Period, working: WorkingTime, now: datetime) -> Sums:
    """What each borrower had of each kit, within a stretch of time that has passed; each loan is looked at once."""
    found: Sums = {}
    for loan in loans:
        key = loan.kit_id, loan.borrower
        if key not in found:
            found[key] = Sum()
        found[key].add(loan, within, working, now)
    return found


def use_of_kits(kits: Sequence[KitFacts], sums: Sums, within: Period, working: WorkingTime) -> list[KitUse]:
    """The use of each kit; in the order of `kits`."""
    lent: dict[int, list[Sum]] = {}
    for (kit_id, _borrower), one in sums.items():
        lent.setdefault(kit_id, []).append(one)
    return [KitUse(kit, _could(kit, within, working), total(lent.get(kit.id, ()))) for kit in kits]


def _could(kit: KitFacts, within: Period, working: WorkingTime) -> int:
    """Minutes of working time in which the kit was there and not kept back."""
    there = clipped(within, kit.there)
    return working.minutes(there) - working.of_all(clipped_all(kit.kept_back, there)) if there else 0


def by_borrower(sums: Sums) -> dict[Borrower, Sum]:
    """What each borrower borrowed."""
    found: dict[Borrower, list[Sum]] = {}
    for (_kit_id, borrower), one in sums.items():
        found.setdefault(borrower, []).append(one)
    return {borrower: total(some) for borrower, some in found.items()}


def total(sums: Iterable[Sum]) -> Sum:
    """All of them together."""
    found = Sum()
    for one in sums:
        for name in Sum.__slots__:
            setattr(found, name, getattr(found, name) + getattr(one, name))
    return found


def per_hundred(count: int, loans: int) -> float | None:
    """E.g. incidents per 100 loans; None without loans."""
    return 100 * count / loans if loans else None
