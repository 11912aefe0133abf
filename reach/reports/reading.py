"""The figures of a published report as its reader may see them: outsiders the protected ones, the team all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.i18n import _
from reach.rules import publishing, rates
from reach.rules.amounts import NOTHING, written
from reach.rules.dimensions import Dimension, Value
from reach.rules.frozen import Content, FrozenArea
from reach.rules.indicators import Unit
from reach.rules.periods import Span
from reach.rules.suppression.tables import Figure, Place


@dataclass(frozen=True)
class Reading:
    """A report, opened.

    Attributes:
        where: whose figures they are: everybody's, those of a neighbourhood or of a structure.
        full: the team's own version, in which nothing is hidden.
    """

    content: Content
    span: Span
    where: Place = frozenset()
    full: bool = False

    def count(
        self, indicator: str, *, by: Dimension | None = None, value: Value | None = None, before: bool = False
    ) -> int | None:
        """A figure of the period or of the one before; None where it is not told, or where the report has none."""
        figure = Figure(indicator, self.span.before if before else self.span, self.where)
        if by is Dimension.MONTH:
            figure = figure.during(next(one for one in self.span.months if f"{one.first:%Y-%m}" == value))
        elif by is not None and value is not None:
            figure = figure.at(by, value)
        if figure not in self.content.published.figures:
            return None
        return self.content.published.figures[figure] if self.full else self.content.published.shown(figure)

    def lines(self, indicator: str, by: Dimension) -> dict[Value, int | None]:
        """Every line of a split, in the order of the report."""
        return {value: self.count(indicator, by=by, value=value) for value in self.content.names[by]}

    def names(self, by: Dimension) -> Mapping[Value, str]:
        return self.content.names[by]

    def plain(self, key: str, *, before: bool = False) -> float | None:
        """What tells of nobody."""
        return self.content.plain.get(key, (None, None))[int(before)]

    def rate_of(self, area: FrozenArea) -> float | None:
        """People for 1,000 inhabitants, of what is told."""
        return publishing.per_thousand(self.count("people", by=Dimension.NEIGHBOURHOOD, value=area.id), area.population)

    @property
    def rate(self) -> float | None:
        """Of all neighbourhoods together whose people and inhabitants are told."""
        reached = publishing.shown_only(
            {one.id: self.count("people", by=Dimension.NEIGHBOURHOOD, value=one.id) for one in self.content.areas}
        )
        return rates.territory_rate(
            reached, {one.id: one.population for one in self.content.areas if one.id in reached}
        )

    @property
    def blanks(self) -> Sequence[FrozenArea]:
        """Neighbourhoods that are told, under half of that rate."""
        return [one for one in self.content.areas if rates.is_blank(self.rate_of(one), self.rate)]


def told(count: int | None) -> str:
    """A count, or the mark of what is not told."""
    return publishing.told(count)


def hours(minutes: int | None) -> str:
    return publishing.told(None if minutes is None else round(minutes / 60))


def euros(cents: int | None) -> str:
    return publishing.told(None) if cents is None else written(cents / 100, Unit.EUROS)


def share(part: int | None, whole: int | None) -> str:
    """Per cent; the mark where either is not told, a dash of nothing."""
    if part is None or whole is None:
        return publishing.told(None)
    return written(rates.share(part, whole), Unit.SHARE)


def change(now: float | None, before: float | None) -> str:
    """How much more or less than before, in per cent; a dash where nothing can be compared."""
    if now is None or not before:
        return NOTHING
    part = round(100 * (now - before) / before)
    return _("%(sign)s%(percent)s %%", sign="+" if part > 0 else "–" if part < 0 else "", percent=abs(part))
