"""Which figures a report publishes, by kind; as tables that can be protected. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from reach.models import ReportKind
from reach.rules.dimensions import Dimension, Value
from reach.rules.figures import Cube
from reach.rules.filters import Filters
from reach.rules.periods import Span
from reach.rules.suppression.crossing import place_of
from reach.rules.suppression.tables import Table

PEOPLE, FIRST, CONTACTS, NAMED, HEADS, MINUTES = (
    "people", "first_timers", "contacts", "named_contacts", "anonymous", "minutes",
)  # fmt: skip

Splits = Mapping[str, Sequence[Dimension]]

OF_TERRITORY: Splits = {
    PEOPLE: (
        Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.AGE_BAND, Dimension.GENDER, Dimension.STATUS,
        Dimension.STRUCTURE,
    ),
    FIRST: (Dimension.NEIGHBOURHOOD,),
    NAMED: (Dimension.NEIGHBOURHOOD,),
    CONTACTS: (Dimension.MONTH, Dimension.CHANNEL, Dimension.PLACE_NEIGHBOURHOOD, Dimension.STRUCTURE),
}  # fmt: skip
SPLITS: Mapping[ReportKind, Splits] = {
    ReportKind.YEAR: OF_TERRITORY,
    ReportKind.QUARTER: OF_TERRITORY,
    ReportKind.NEIGHBOURHOOD: {
        PEOPLE: (Dimension.AGE_BAND, Dimension.GENDER, Dimension.STATUS), NAMED: (Dimension.MONTH, Dimension.CHANNEL),
    },
    ReportKind.STRUCTURE: {
        PEOPLE: (
            Dimension.AGE_BAND, Dimension.GENDER, Dimension.STATUS, Dimension.NEIGHBOURHOOD, Dimension.PRIORITY,
        ),
        CONTACTS: (Dimension.MONTH, Dimension.CHANNEL),
    },
}  # fmt: skip
"""Kind → indicator → by what it is told. Heads are never told by what nobody asked them."""
TOTALS: Mapping[ReportKind, Sequence[str]] = {
    ReportKind.YEAR: (PEOPLE, FIRST, CONTACTS, HEADS, MINUTES),
    ReportKind.QUARTER: (PEOPLE, FIRST, CONTACTS, HEADS, MINUTES),
    ReportKind.NEIGHBOURHOOD: (PEOPLE, FIRST, NAMED),
    ReportKind.STRUCTURE: (PEOPLE, FIRST, CONTACTS, HEADS, MINUTES),
}
"""Kind → indicators of which the whole is told, of the span and of the one before."""
CROSSED = (Dimension.AGE_BAND, Dimension.GENDER)
"""Of the territory, people are told by both at once."""
ABOUT = {MINUTES: CONTACTS}
"""Of figures that are no counts of people: the count that says of how many they tell."""


def dimensions(kind: ReportKind) -> list[Dimension]:
    """All by which a report of that kind tells anything, each once."""
    return list(dict.fromkeys(one for several in SPLITS[kind].values() for one in several))


def contact_tables(
    kind: ReportKind, filters: Filters, now: Cube, before: Cube, values: Mapping[Dimension, Collection[Value]]
) -> list[Table]:
    """The tables of contacts: lines of the span, wholes of the span and of the one before.

    Args:
        now: with all of `dimensions(kind)`.
        before: its total.
        values: of each dimension, all that there are: also those in which nobody is.
    """
    where = place_of(filters)
    tables = [
        Table.of_cube(indicator, filters.span, by, values[by], now, of=by, where=where)
        for indicator, several in SPLITS[kind].items()
        for by in several
    ]
    for cube, span in ((now, filters.span), (before, filters.span.before)):
        for indicator in TOTALS[kind]:
            whole = single(indicator, span, getattr(cube.total, indicator), about=ABOUT.get(indicator))
            tables.append(replace(whole, where=where))
    return tables


def crossed(
    filters: Filters, whole: Cube, crossings: Mapping[Value, Cube], values: Mapping[Dimension, Collection[Value]]
) -> Table:
    """People by age and gender, with both margins.

    Args:
        whole: by both dimensions of `CROSSED`.
        crossings: each value of the second → the figures of it by the first.
    """
    first, second = CROSSED
    cells: dict[tuple[Value | None, ...], int] = {(None, None): whole.total.people}
    cells |= {(one, None): whole.of(first, one).people for one in values[first]}
    cells |= {(None, one): whole.of(second, one).people for one in values[second]}
    for other, cube in crossings.items():
        cells |= {(one, other): cube.of(first, one).people for one in values[first]}
    return Table(PEOPLE, filters.span, CROSSED, cells, place_of(filters))


def single(indicator: str, span: Span, value: int, about: str | None = None, *, of_nobody: bool = False) -> Table:
    """One figure alone, of the whole territory."""
    return Table(indicator, span, (), {(): value}, about=about, of_nobody=of_nobody)
