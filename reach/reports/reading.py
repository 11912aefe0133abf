"""The figures of a published report as its reader may see them: outsiders the protected ones, the team all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from activity.models import AgeBand
from foundation.i18n import _
from reach.rules import publishing, rates, safe_figures
from reach.rules.amounts import NOTHING, written
from reach.rules.blanks import AGES
from reach.rules.dimensions import Dimension, Value
from reach.rules.equity import Equity, equity
from reach.rules.frozen import Content, FrozenArea, FrozenDefinition
from reach.rules.indicators import Unit
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER
from reach.rules.periods import Span
from reach.rules.suppression.picture import SMALL
from reach.rules.suppression.tables import Figure, Place

NOT_YET = timedelta(days=14)
"""A span whose first two weeks have no record is whole all the same: nobody receives on New Year's Day."""

ANSWER_KEYS = frozenset(BY_ANSWER.values())


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
        return self.figure(figure)

    def says(self, indicator: str) -> bool:
        """Whether the report has it at all, be it hidden: one that was published before it was counted has not."""
        return Figure(indicator, self.span, self.where) in self.content.published.figures

    def figure(self, figure: Figure) -> int | None:
        """One figure, as this reader may see it."""
        figures = self.content.published.figures
        if figure not in figures:
            return None
        if not self.full:
            return self.content.published.shown(figure)
        # Fewer than eleven answers are told to nobody, the team included.
        few = figure.indicator in ANSWER_KEYS and 0 < figures[figure.counting(ANSWERS)] < SMALL
        return None if few else figures[figure]

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
        """Of all neighbourhoods together whose people and inhabitants are told; the team's own of all of them."""
        if not self.full:
            return safe_figures.territory_rate(self.content, self.span)
        people = publishing.shown_only(self._of_areas("people"))
        return rates.territory_rate(people, {one.id: one.population for one in self.content.areas})

    @property
    def blanks(self) -> Sequence[FrozenArea]:
        """Neighbourhoods that are told, under half of that rate."""
        whole = self.rate
        found = [(self.rate_of(one), one) for one in self.content.areas]
        under = [(rate, one) for rate, one in found if rate is not None and rates.is_blank(rate, whole)]
        return [one for _rate, one in sorted(under, key=lambda pair: (pair[0], pair[1].name))]

    @property
    def ranked(self) -> Sequence[tuple[float, FrozenArea]]:
        """(rate, neighbourhood) of those that are told, highest first."""
        found = [(rate, one) for one in self.content.areas if (rate := self.rate_of(one)) is not None]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].name))

    @property
    def evenness(self) -> Equity:
        """Contacts of people by name against inhabitants, over the neighbourhoods of which both are told."""
        told = publishing.shown_only(self._of_areas("named_contacts"))
        return equity(told, {one.id: one.population for one in self.content.areas if one.id in told})

    def _of_areas(self, indicator: str) -> dict[int, int | None]:
        return {one.id: self.count(indicator, by=Dimension.NEIGHBOURHOOD, value=one.id) for one in self.content.areas}

    @property
    def ages(self) -> Mapping[AgeBand, int | None]:
        """People of each known age; None where that is not told."""
        return {band: self.count("people", by=Dimension.AGE_BAND, value=band.value) for band in AGES}

    @property
    def ages_hardly_seen(self) -> Sequence[AgeBand]:
        """Of the ages that are told, those under half of their mean."""
        told = publishing.shown_only(self.ages)
        whole = sum(told.values())
        return [band for band, people in told.items() if rates.is_hardly_seen(people, whole, len(told))]

    @property
    def is_comparable(self) -> bool:
        """Whether records began early enough for the span before to be whole."""
        return self.content.begins is None or self.content.begins <= self.span.before.first + NOT_YET

    def compared(self, indicator: str) -> str:
        """How much more or less than in the span before; a dash where that can not be said."""
        if not self.is_comparable:
            return NOTHING
        return change(self.count(indicator), self.count(indicator, before=True))

    def definition(self, key: str) -> FrozenDefinition | None:
        """The words that were kept with the report."""
        return next((one for one in self.content.definitions if one.key == key), None)


def told(count: int | None) -> str:
    """A count, or the mark of what is not told."""
    return publishing.told(count)


def hours(minutes: int | None) -> str:
    """With the one decimal of the pages, so that paper and screen never differ by a rounding."""
    return publishing.told(None) if minutes is None else written(minutes / 60, Unit.HOURS)


def euros(cents: int | None) -> str:
    return publishing.told(None) if cents is None else written(cents / 100, Unit.EUROS)


def share(part: int | None, whole: int | None) -> str:
    """Per cent; the mark where either is not told, a dash of nothing."""
    if part is None or whole is None:
        return publishing.told(None)
    return written(rates.share(part, whole), Unit.SHARE)


def in_column(part: float | None) -> str:
    """A share, always with a decimal, so that figures under one another are read digit by digit."""
    return NOTHING if part is None else _("%(number)s%%", number=written(100 * part, Unit.RATE))


def change(now: float | None, before: float | None) -> str:
    """How much more or less than before, in per cent; a dash where nothing can be compared."""
    if now is None or not before:
        return NOTHING
    part = round(100 * (now - before) / before)
    percent = publishing.told(abs(part))
    return _("%(sign)s%(percent)s%%", sign="+" if part > 0 else "–" if part < 0 else "", percent=percent)
