"""The chart of one dimension, and the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _
from reach.drawing.bars import Bar, Bars
from reach.queries.split import Row, Split
from reach.queries.trend import Trend
from reach.rules import periods
from reach.rules.amounts import NOTHING
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.figures import Figures
from reach.rules.filters import Filters
from reach.rules.indicators import INDICATORS
from reach.rules.lines import OF_PEOPLE

BARS_AT_MOST = 24
"""More than that is a table: nobody compares fifty bars."""


def chart_of(filters: Filters, shown: Split) -> Bars:
    """People of what is known of people, contacts of all else. Months are never cut, the others are the highest."""
    counts_people = shown.dimension in OF_PEOPLE
    measure = INDICATORS["people" if counts_people else "contacts"]
    rows = shown.rows if shown.dimension is Dimension.MONTH else _highest(shown.rows, counts_people=counts_people)
    left = len(shown.rows) - len(rows)
    return Bars(
        title=f"{measure.label} · {LABELS[shown.dimension]}",
        measure=str(measure.definition),
        rows=[_bar(row, counts_people=counts_people) for row in rows],
        source=_("Activity records."),
        period=periods.said(filters.span),
        before=periods.said(filters.before.span) if _compares(filters, shown) else "",
        asides=[_("%(count)s more lines stand in the table.", count=left)] if left else [],
    )


def _bar(row: Row, *, counts_people: bool) -> Bar:
    """Of a month that has not begun, the one before alone: a zero would say that nobody came."""
    now, before = (_of(figures, counts_people) for figures in (row.now, row.before))
    return Bar(row.words, None, before, note=NOTHING) if row.to_come else Bar(row.words, now, before)


def trend_of(shown: Trend) -> Bars:
    """People reached, month after month."""
    measure = INDICATORS["people"]
    return Bars(
        title=_("%(figure)s, month by month", figure=measure.label),
        measure=str(measure.definition),
        rows=[Bar(words, figures.people) for words, figures in shown.rows],
        source=_("Activity records."),
        period=periods.said(shown.filters.span),
        asides=[_("The last month is not over.")] if shown.goes_on else [],
    )


def _compares(filters: Filters, shown: Split) -> bool:
    """Months that are cut have no months before to stand beside."""
    return shown.dimension is not Dimension.MONTH or bool(filters.span.whole_months)


def _highest(rows: Sequence[Row], *, counts_people: bool) -> list[Row]:
    """In the order of the table."""
    ranked = sorted(rows, key=lambda row: -_of(row.now, counts_people))[:BARS_AT_MOST]
    return [row for row in rows if row in ranked]


def _of(figures: Figures, counts_people: bool) -> int:
    return figures.people if counts_people else figures.contacts
