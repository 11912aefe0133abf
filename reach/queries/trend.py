"""The months up to a period: whether a figure is high or low is told by those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reach.queries.contacts import counted
from reach.queries.naming import names
from reach.rules.dimensions import Dimension
from reach.rules.figures import Cube, Figures
from reach.rules.filters import Filters
from reach.rules.scope import Scope
from reach.rules.stepping import year_up_to


@dataclass(frozen=True)
class Trend:
    """Attributes:
    filters: those of the figures, over the months shown.
    rows: a month in words, and its figures; also those in which there was nothing.
    goes_on: whether the last month is not over.
    """

    filters: Filters
    rows: Sequence[tuple[str, Figures]]
    goes_on: bool

    @property
    def anybody(self) -> bool:
        """Whether there is anything to draw."""
        return any(figures.people for _words, figures in self.rows)


def shown(filters: Filters, today: date) -> Filters | None:
    """The same over twelve months up to the one in which the period ends, or to that of `today` if it has not ended;
    None of a period that has not begun."""
    span = year_up_to(filters.span, today)
    return None if span is None else replace(filters, span=span)


def trend(filters: Filters, scope: Scope, today: date) -> Trend | None:
    """What `shown` gives, counted."""
    wanted = shown(filters, today)
    return trend_from(wanted, counted(wanted, scope, (Dimension.MONTH,)), today) if wanted else None


def trend_from(wanted: Filters, known: Cube, today: date) -> Trend:
    """The same of figures by month that were counted already."""
    words = names(Dimension.MONTH, [f"{month.first:%Y-%m}" for month in wanted.span.months])
    rows = [(said, known.of(Dimension.MONTH, value)) for value, said in words.items()]
    return Trend(wanted, rows, goes_on=wanted.span.last >= today)
