"""The period that figures tell of: whole local days, the same span before, and how an address writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from babel.dates import format_date

from foundation.errors import Refused
from foundation.i18n import _, _l, language, plain_day
from foundation.period import Period, whole_day

MONTHS_OF_A_YEAR = 12
MONTHS_OF_A_QUARTER = 3
SCHOOL_STARTS = 9
"""Month in which a French school year begins (code de l'éducation, L. 521-1)."""
QUARTERS = (
    _l("First quarter of %(year)s"),
    _l("Second quarter of %(year)s"),
    _l("Third quarter of %(year)s"),
    _l("Fourth quarter of %(year)s"),
)
FIRST_YEAR, LAST_YEAR = 2000, 2099


class UnreadablePeriod(Refused):
    """Nothing is counted rather than another period than the one meant."""

    def __init__(self) -> None:
        super().__init__(_l("This period can not be read. Choose a first and a last day."), "periode")


@dataclass(frozen=True, order=True)
class Span:
    """From the day `first` to the day `last`, both included, on the territory's wall clock.

    Raises:
        ValueError: when it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a span ends on the day it begins or later")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @cached_property
    def whole_months(self) -> int:
        """How many calendar months it is made of; 0 when it begins or ends within one."""
        after = self.last + timedelta(days=1)
        if self.first.day != 1 or after.day != 1:
            return 0
        return _number(after) - _number(self.first)

    @property
    def before(self) -> Span:
        """The same span before: as many calendar months when it is made of whole ones, else as many days."""
        last = self.first - timedelta(days=1)
        if not self.whole_months:
            return Span(self.first - timedelta(days=self.days), last)
        return Span(_month(_number(self.first) - self.whole_months), last)

    @property
    def months(self) -> list[Span]:
        """The calendar months that it touches, each cut to the days that are in it."""
        numbers = range(_number(self.first), _number(self.last) + 1)
        whole = [Span(_month(number), _month(number + 1) - timedelta(days=1)) for number in numbers]
        return [Span(max(one.first, self.first), min(one.last, self.last)) for one in whole]

    def window(self, zone: ZoneInfo) -> Period:
        """Its instants, half-open: the days of 23 and of 25 hours have their length."""
        return Period(whole_day(self.first, zone).start, whole_day(self.last, zone).end)


def _number(day: date) -> int:
    """Months since year 0."""
    return day.year * MONTHS_OF_A_YEAR + day.month - 1


def _month(number: int) -> date:
    """The first day of the month of a number."""
    return date(number // MONTHS_OF_A_YEAR, number % MONTHS_OF_A_YEAR + 1, 1)


def _months(first: date, count: int) -> Span:
    return Span(first, _month(_number(first) + count) - timedelta(days=1))


def month(year: int, number: int) -> Span:
    """The calendar month `number` (1 to 12)."""
    return _months(date(year, number, 1), 1)


def quarter(year: int, number: int) -> Span:
    """The quarter `number` (1 to 4)."""
    return _months(date(year, (number - 1) * MONTHS_OF_A_QUARTER + 1, 1), MONTHS_OF_A_QUARTER)


def year(number: int) -> Span:
    """1 January to 31 December."""
    return _months(date(number, 1, 1), MONTHS_OF_A_YEAR)


def school_year(starting: int) -> Span:
    """1 September of `starting` to 31 August of the year after."""
    return _months(date(starting, SCHOOL_STARTS, 1), MONTHS_OF_A_YEAR)


def month_of(day: date) -> Span:
    """The calendar month in which `day` lies."""
    return month(day.year, day.month)


_YEAR = re.compile(r"([0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4})-T([1-4])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_([0-9]{4}-[0-9]{2}-[0-9]{2})")


def read(text: str) -> Span:
    """The span that an address names: `2026`, `2026-T3`, `2026-11` or `2026-09-01_2027-07-05`.

    Raises:
        UnreadablePeriod
    """
    try:
        span = _read(text)
    except ValueError as error:
        raise UnreadablePeriod from error
    if not FIRST_YEAR <= span.first.year <= span.last.year <= LAST_YEAR:
        raise UnreadablePeriod
    return span


def _read(text: str) -> Span:
    if found := _YEAR.fullmatch(text):
        return year(int(found[1]))
    if found := _QUARTER.fullmatch(text):
        return quarter(int(found[1]), int(found[2]))
    if found := _MONTH.fullmatch(text):
        return month(int(found[1]), int(found[2]))
    if found := _DAYS.fullmatch(text):
        return Span(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    raise ValueError(text)


def written(span: Span) -> str:
    """The shortest address of a span: what `read` reads back."""
    first = span.first
    if span.whole_months == MONTHS_OF_A_YEAR and first.month == 1:
        return f"{first.year:04}"
    if span.whole_months == MONTHS_OF_A_QUARTER and first.month % MONTHS_OF_A_QUARTER == 1:
        return f"{first.year:04}-T{first.month // MONTHS_OF_A_QUARTER + 1}"
    if span.whole_months == 1:
        return f"{first:%Y-%m}"
    return f"{first.isoformat()}_{span.last.isoformat()}"


def said(span: Span) -> str:
    """The span in the reader's words: a year, a quarter, a school year, a month, a day, or its first and last one.

    It stands alone and within sentences.
    """
    first, years = span.first, {"first": span.first.year, "last": span.last.year}
    if span.whole_months == MONTHS_OF_A_YEAR and first.month == 1:
        return str(first.year)
    if span.whole_months == MONTHS_OF_A_YEAR and first.month == SCHOOL_STARTS:
        return _("School year %(first)s–%(last)s", **years)
    if span.whole_months == MONTHS_OF_A_QUARTER and first.month % MONTHS_OF_A_QUARTER == 1:
        return str(QUARTERS[first.month // MONTHS_OF_A_QUARTER] % {"year": first.year})
    if span.whole_months == 1:
        return str(format_date(first, "LLLL y", locale=language()))
    if span.days == 1:
        return plain_day(first)
    return _("from %(first)s to %(last)s", first=plain_day(first), last=plain_day(span.last))


def briefly(span: Span) -> str:
    """`T3 2026`, for the head of a column; what is no quarter as in `said`."""
    if span.whole_months == MONTHS_OF_A_QUARTER and span.first.month % MONTHS_OF_A_QUARTER == 1:
        return _("Q%(number)s %(year)s", number=span.first.month // MONTHS_OF_A_QUARTER + 1, year=span.first.year)
    return said(span)
