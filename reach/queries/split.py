"""The figures of a period by one dimension, line by line, with those of the same span before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reach.queries.contacts import counted_together
from reach.queries.naming import names
from reach.queries.population import Area, inhabited
from reach.rules import rates
from reach.rules.dimensions import NOT_TOLD, Dimension, Value
from reach.rules.figures import EMPTY, Cube, Figures
from reach.rules.filters import Filters
from reach.rules.lines import always, is_to_come
from reach.rules.scope import Scope


@dataclass(frozen=True)
class Row:
    """One line.

    Attributes:
        area: the neighbourhood that it is, where people live.
        to_come: it is a month that has not begun.
    """

    value: Value
    words: str
    now: Figures
    before: Figures
    area: Area | None
    to_come: bool = False

    @property
    def rate(self) -> float | None:
        """People for 1,000 inhabitants."""
        return rates.per_thousand(self.now.people, self.area.population) if self.area else None


@dataclass(frozen=True)
class Split:
    """Lines in their order, what is not known last; contacts of the lines add up to the total, people do not."""

    dimension: Dimension
    now: Cube
    before: Cube
    rows: Sequence[Row]

    @property
    def untold(self) -> float | None:
        """Share of contacts of which the value is not known, from 0 to 1; None where it always is, or of nothing."""
        if self.dimension not in NOT_TOLD:
            return None
        return rates.share(self.now.untold(self.dimension).contacts, self.now.total.contacts)


def split(filters: Filters, scope: Scope, dimension: Dimension, today: date) -> Split:
    """Also a line for what there was before and is not now, and for neighbourhoods, ages and months without anybody."""
    now, before = counted_together([(one, (dimension,)) for one in (filters, filters.before)], scope)
    earlier = _lined_up(filters, before) if dimension is Dimension.MONTH else before.by[dimension]
    areas: dict[Value, Area] = {}
    if dimension is Dimension.NEIGHBOURHOOD:
        areas = {one.id: one for one in inhabited().areas}
    there = always(dimension, filters) if now.total.contacts or before.total.contacts else []
    words = names(dimension, [*now.by[dimension], *earlier, *areas, *there])
    rows = [
        Row(
            value, said, now.of(dimension, value), earlier.get(value, EMPTY), areas.get(value),
            to_come=is_to_come(dimension, value, today),
        )
        for value, said in words.items()
    ]  # fmt: skip
    return Split(dimension, now, before, rows)


def _lined_up(filters: Filters, before: Cube) -> dict[Value, Figures]:
    """The first month beside the first of the span before, and so on; nothing where months are not whole."""
    if not filters.span.whole_months:
        return {}
    pairs = zip(filters.span.months, filters.before.span.months, strict=True)
    return {f"{now.first:%Y-%m}": before.of(Dimension.MONTH, f"{then.first:%Y-%m}") for now, then in pairs}
