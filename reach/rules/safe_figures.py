"""What a published report tells everybody of one neighbourhood: only what it shows, never counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reach.rules import publishing, rates
from reach.rules.dimensions import Dimension
from reach.rules.frozen import Content, FrozenArea
from reach.rules.periods import Span
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure


@dataclass(frozen=True)
class SafeFigures:
    """Figures of the people who live in a neighbourhood; None: not told, so that nobody can be recognised.

    Attributes:
        received: contacts in the places of the neighbourhood, wherever people live; None also when the report does not
            count them.
        rate: people for 1,000 inhabitants, made of the figure that is shown; None without it or without a population.
        population, year: as they were when the report was published.
    """

    people: int | None
    first_timers: int | None
    received: int | None
    rate: float | None
    population: int | None
    year: int | None


def safe_figures(
    published: Published, span: Span, areas: Sequence[FrozenArea], neighbourhood_id: int
) -> SafeFigures | None:
    """What the report of `span` shows of a neighbourhood; None when it says nothing of it, as one drawn since."""
    area = next((one for one in areas if one.id == neighbourhood_id), None)
    people = _figure("people", span, Dimension.NEIGHBOURHOOD, neighbourhood_id)
    if area is None or people not in published.figures:
        return None
    shown = published.shown(people)
    return SafeFigures(
        shown,
        _shown(published, people.counting("first_timers")),
        _shown(published, _figure("contacts", span, Dimension.PLACE_NEIGHBOURHOOD, neighbourhood_id)),
        publishing.per_thousand(shown, area.population),
        area.population,
        area.year,
    )


def territory_rate(content: Content, span: Span) -> float | None:
    """People for 1,000 inhabitants, of all neighbourhoods together whose people and inhabitants are told.

    Of the others neither people nor inhabitants count: the sum would tell them.
    """
    people = {
        area.id: _shown(content.published, _figure("people", span, Dimension.NEIGHBOURHOOD, area.id))
        for area in content.areas
    }
    told = publishing.shown_only(people)
    return rates.territory_rate(told, {area.id: area.population for area in content.areas if area.id in told})


def _figure(indicator: str, span: Span, dimension: Dimension, value: int) -> Figure:
    return Figure(indicator, span, frozenset({(dimension, value)}))


def _shown(published: Published, figure: Figure) -> int | None:
    return published.shown(figure) if figure in published.figures else None
