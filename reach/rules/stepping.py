"""From one period to another: to the one after, and to those of other lengths around the same days. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from reach.rules.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_OF_A_QUARTER,
    MONTHS_OF_A_YEAR,
    SCHOOL_STARTS,
    Span,
    month_of,
    quarter,
    school_year,
    year,
)


def after(span: Span) -> Span:
    """The same span after: the one whose span before is `span`, wherever calendar months allow."""
    first = span.last + timedelta(days=1)
    if not span.whole_months:
        return Span(first, first + timedelta(days=span.days - 1))
    step = month_of(first)
    for _month in range(span.whole_months - 1):
        step = Span(first, month_of(step.last + timedelta(days=1)).last)
    return step


def is_countable(span: Span) -> bool:
    """Whether an address may name it."""
    return span.first.year >= FIRST_YEAR and span.last.year <= LAST_YEAR


def around(span: Span) -> list[Span]:
    """The month, quarter, year and school year in which `span` ends: what one changes to, staying where one is."""
    last = span.last
    starting = last.year if last.month >= SCHOOL_STARTS else last.year - 1
    return [
        month_of(last),
        quarter(last.year, (last.month - 1) // MONTHS_OF_A_QUARTER + 1),
        year(last.year),
        school_year(starting),
    ]


def year_up_to(span: Span, today: date) -> Span | None:
    """The twelve whole months of which the last is the one that `span` ends in, or today's; None when it only begins
    later, or when they begin in a year that no address may name."""
    if span.first > today:
        return None
    last = month_of(min(span.last, today))
    month = last.first.month % MONTHS_OF_A_YEAR + 1
    first = date(last.first.year - (month > 1), month, 1)
    return Span(first, last.last) if first.year >= FIRST_YEAR else None
