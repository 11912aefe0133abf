"""The stretches of time that figures are asked for: school years, years, quarters, or any days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from foundation.errors import Refused
from foundation.i18n import _, _l, full_day
from foundation.period import Period, whole_day

OWN = "dates"
SEPTEMBER = 9
MOST_DAYS = 10 * 366
SCHOOL_YEARS, YEARS, QUARTERS = 4, 3, 5
_NAMED = re.compile(r"(ecole|annee|trimestre)-(20\d\d)(?:-([1-4]))?", re.ASCII)


class DaysReversed(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The last day comes before the first. Correct one of them."), "au")


class TooManyDays(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Ask for at most ten years at once."), "au")


@dataclass(frozen=True)
class Span:
    """Days, both included. `name` is how the address says it."""

    name: str
    first: date
    last: date

    def period(self, zone: ZoneInfo) -> Period:
        return Period(whole_day(self.first, zone).start, whole_day(self.last, zone).end)

    @property
    def words(self) -> str:
        """`School year 2025–2026`, `2026`, `1st quarter of 2026`, or from one day to another."""
        kind, _dash, rest = self.name.partition("-")
        match kind:
            case "ecole":
                return _("School year %(first)s–%(last)s", first=self.first.year, last=self.last.year)
            case "annee":
                return _("Year %(year)s", year=self.first.year)
            case "trimestre":
                return _("Quarter %(number)s of %(year)s", number=rest.rpartition("-")[2], year=self.first.year)
            case _:
                return _("From %(first)s to %(last)s", first=full_day(self.first), last=full_day(self.last))


def school_year(year: int) -> Span:
    """That which begins in September of `year`."""
    return Span(f"ecole-{year}", date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER, 1) - timedelta(days=1))


def whole_year(year: int) -> Span:
    return Span(f"annee-{year}", date(year, 1, 1), date(year, 12, 31))


def quarter(year: int, number: int) -> Span:
    """One of four, from 1."""
    following = date(year + number // 4, number % 4 * 3 + 1, 1)
    return Span(f"trimestre-{year}-{number}", date(year, number * 3 - 2, 1), following - timedelta(days=1))


def present(today: date) -> Span:
    """The school year at hand."""
    return school_year(today.year if today.month >= SEPTEMBER else today.year - 1)


def offered(today: date) -> list[Span]:
    """What a page lets choose, the latest first: school years, years, quarters."""
    began = present(today).first.year
    count = today.year * 4 + (today.month - 1) // 3
    return [
        *(school_year(began - n) for n in range(SCHOOL_YEARS)),
        *(whole_year(today.year - n) for n in range(YEARS)),
        *(quarter((count - n) // 4, (count - n) % 4 + 1) for n in range(QUARTERS)),
    ]


def named(name: str) -> Span | None:
    """What an address asks for by name; None when it names nothing."""
    match = _NAMED.fullmatch(name)
    if match is None:
        return None
    kind, year, number = match[1], int(match[2]), match[3]
    if (kind == "trimestre") != (number is not None):
        return None
    return {"ecole": school_year, "annee": whole_year}[kind](year) if number is None else quarter(year, int(number))


def own(first: date, last: date) -> Span:
    """Any days.

    Raises:
        DaysReversed, TooManyDays
    """
    if last < first:
        raise DaysReversed
    if (last - first).days > MOST_DAYS:
        raise TooManyDays
    return Span(OWN, first, last)
