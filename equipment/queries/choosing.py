"""The kits beside a need: which serve it, on which of its dates they are free, and what else would be possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from accounts.models import Account
from agenda import queries as agenda
from agenda.models import CalendarKind
from agenda.rules.free import Closed
from equipment.queries.borrowed import declined_kits
from equipment.queries.free_times import free_times
from equipment.queries.kits import lendables_for
from equipment.queries.late import late_by_kit
from equipment.rules.asking import NEAR, When, dates_of, near
from equipment.rules.dates import Day
from equipment.rules.kits import Lendable, kind_key, likeness, serves
from equipment.rules.late import Late, may_come_too_late
from equipment.rules.lending import check_dates, lent_so_long
from equipment.rules.refusals import NoneLentSoLong
from equipment.rules.unusual import check_usual
from foundation import clock
from foundation.errors import Refused
from foundation.period import Period

TIMES_SHOWN = 3


@dataclass(frozen=True)
class Choice:
    """A kit that serves a need.

    Attributes:
        free, taken: the dates wanted on which it is free, and the others.
        refused: why the kit is not lent so even when it is free, e.g. it needs more notice; empty otherwise.
        other_times: the nearest at which it is free, when it is not at the single time that is wanted.
        missing: how many devices fewer than wanted work.
        late: the loan of which the kit should be back, and is not.
        unsure: it is wanted so soon that nobody knows whether it is back by then.
        declined: why they were refused this very kit for one of these times; empty otherwise.
    """

    kit: Lendable
    free: Sequence[Period]
    taken: Sequence[Period]
    refused: str = ""
    other_times: Sequence[Period] = ()
    missing: int = 0
    late: Late | None = None
    unsure: bool = False
    declined: str = ""

    @property
    def whole(self) -> bool:
        """Whether it can be had as it is wanted."""
        return self.possible and not self.missing

    @property
    def possible(self) -> bool:
        """Whether it can be had on all dates, with fewer devices perhaps."""
        return not self.taken and not self.refused


@dataclass(frozen=True)
class Calendar:
    """What the calendar says of the days at hand."""

    school_holidays: Sequence[Closed]
    closures: Sequence[Closed]


def looked_at(when: When, *, at_school: bool) -> list[Day]:
    """The dates that are asked for, with what the calendar says of them.

    Raises: as `equipment.rules.asking.dates_of`
    """
    known = _calendar(when.day, when.until or when.day)
    return dates_of(when, known.school_holidays, known.closures, zone=clock.territory_zone(), at_school=at_school)


def looked_at_twice(when: When, *, at_school: bool) -> list[Day]:
    """The same for borrowers, who are asked whether they mean a holiday or the night.

    Raises: as `looked_at`, and UnusualTime
    """
    known = _calendar(when.day, when.until or when.last_day or when.day)
    found = looked_at(when, at_school=at_school)
    check_usual(when, known.school_holidays, known.closures, at_school=at_school)
    return found


def choices(
    account: Account, when: When, periods: Sequence[Period], *, units: int, kind: str, now: datetime,
    like: str = "", largest: bool = False,
) -> list[Choice]:  # fmt: skip
    """The kits that serve the need, or half of it: those free on most dates first, those that were refused to them then
    or are not back yet after the others, then by what they lack.

    Args:
        like: kind of the kit in mind: those of this kind before others.
        largest: when none has so many devices, the largest ones.
    """
    enough = min(units, most_units(account, kind)) if largest else units
    kits = [kit for kit in lendables_for(account) if serves(kit, (enough + 1) // 2, kind)]
    others = [] if when.every else _near(when, account, now)
    free, late = free_times(kits, [*periods, *others]), late_by_kit(now)
    soon, answers = may_come_too_late(periods, now), declined_kits(account, periods)
    found = [
        replace(
            _choice(kit, account, periods, others, set(free[kit.id]), now),
            missing=max(0, units - kit.working),
            late=late.get(kit.id),
            unsure=kit.id in late and soon,
            declined=answers.get(kit.id, ""),
        )
        for kit in kits
    ]
    alike = kind or like
    return sorted(
        found,
        key=lambda one: (bool(one.refused), len(one.taken), bool(one.declined), one.late is not None,
                         bool(alike) and kind_key(one.kit.kind) != kind_key(alike), one.missing,
                         likeness(one.kit, units, kind)),
    )  # fmt: skip


def most_units(account: Account, kind: str) -> int:
    """How many working devices the fullest kit of a kind has that may go out."""
    return max((kit.working for kit in lendables_for(account) if serves(kit, 0, kind)), default=0)


def check_lent_so_long(account: Account, periods: Sequence[Period], *, kind: str) -> None:
    """Refuse at once what is too long for every kit of a kind.

    Raises:
        NoneLentSoLong
    """
    kits = [kit for kit in lendables_for(account) if serves(kit, 0, kind)]
    if kits and not any(lent_so_long(kit, period) for kit in kits for period in periods):
        raise NoneLentSoLong(max(kit.longest_loan_days for kit in kits))


def kind_of(account: Account, kit_id: int | None) -> str:
    """The kind of the kit that was chosen first; empty when none was."""
    return next((kit.kind for kit in lendables_for(account) if kit.id == kit_id), "")


def kinds_for(account: Account) -> list[str]:
    """The kinds of the kits that this account may reserve, each once."""
    return sorted({kit.kind for kit in lendables_for(account)}, key=str.casefold)


def _choice(
    kit: Lendable, account: Account, periods: Sequence[Period], others: Sequence[Period], free: set[Period],
    now: datetime,
) -> Choice:  # fmt: skip
    taken, refused = [one for one in periods if one not in free], _refusal(kit, periods, account, now)
    possible = (one for one in others if one in free and not _refusal(kit, [one], account, now))
    other_times = sorted(islice(possible, TIMES_SHOWN)) if taken or refused else []
    return Choice(kit, [one for one in periods if one in free], taken, refused, other_times)


def _refusal(kit: Lendable, periods: Sequence[Period], account: Account, now: datetime) -> str:
    try:
        check_dates(kit, periods, account, now=now)
    except Refused as refused:
        return str(refused)
    return ""


def _near(when: When, account: Account, now: datetime) -> list[Period]:
    known = _calendar(when.day - NEAR, when.day + NEAR)
    at_school = account.school_id is not None
    closed = [*known.closures, *(known.school_holidays if at_school else [])]
    return near(when, closed, zone=clock.territory_zone(), at_school=at_school, now=now)


def _calendar(first: date, last: date) -> Calendar:
    rows = agenda.calendar_days(first, last)
    closed = [(one.kind, Closed(one.first_day, one.last_day, one.label)) for one in rows]
    return Calendar(
        [one for kind, one in closed if kind is CalendarKind.SCHOOL_HOLIDAY],
        [one for kind, one in closed if kind is not CalendarKind.SCHOOL_HOLIDAY],
    )
