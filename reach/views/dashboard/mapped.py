"""The map of the dashboard: people reached per 1,000 inhabitants, by the neighbourhood in which they live."""

from __future__ import annotations

from foundation.i18n import _, ngettext
from places import queries as places
from places.geometry import from_text
from reach.drawing.choropleth import Area as Drawn
from reach.drawing.choropleth import Choropleth, Outline
from reach.queries.board import Reached, lives_within
from reach.queries.population import Area, Inhabited
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import OUTSIDE, UNKNOWN, Dimension
from reach.rules.filters import Filters
from reach.rules.indicators import Unit
from reach.views.dashboard.hints import years_said


def map_of(filters: Filters, shown: Reached, known: Inhabited) -> Choropleth:
    """All neighbourhoods stand on it; those without a rate say why."""
    return Choropleth(
        title=_("People reached per 1,000 inhabitants, %(period)s", period=periods.said(filters.span)),
        measure=_("People reached per 1,000 inhabitants, by the neighbourhood they live in"),
        areas=[_drawn(area, filters, shown) for area in known.areas],
        source=f"{_('Activity records.')} {years_said(known.years)}",
        asides=asides(shown),
        outlines=_outlines(known),
    )


def asides(shown: Reached) -> list[str]:
    """Whom the map does not show: always said, also when there are none."""
    where, total = shown.contacts, shown.contacts.total.people
    unknown, outside = (where.of(Dimension.NEIGHBOURHOOD, value).people for value in (UNKNOWN, OUTSIDE))
    located = _(
        "Not located: %(count)s of %(total)s people reached (%(share)s).",
        count=written(unknown, Unit.PEOPLE), total=written(total, Unit.PEOPLE),
        share=written(shown.not_located, Unit.SHARE),
    )  # fmt: skip
    beyond = ngettext(
        "%(count)s person lives outside the territory.", "%(count)s people live outside the territory.", outside,
        count=written(outside, Unit.PEOPLE),
    )  # fmt: skip
    return [located, beyond] if outside else [located]


def _drawn(area: Area, filters: Filters, shown: Reached) -> Drawn:
    geometry = from_text(area.geometry) if area.geometry else None
    if not lives_within(filters, area):
        return Drawn(area.id, area.name, geometry, None, priority=area.is_priority, note=_("left out by the filters"))
    rate = shown.rate_of(area)
    people = shown.contacts.of(Dimension.NEIGHBOURHOOD, area.id).people
    note = ngettext("%(count)s person", "%(count)s people", people, count=written(people, Unit.PEOPLE))
    if rate is None:
        note = _("population not known, %(people)s", people=note)
    return Drawn(area.id, area.name, geometry, rate, priority=area.is_priority, note=note)


def _outlines(known: Inhabited) -> list[Outline]:
    """Priority neighbourhoods that are drawn within others."""
    own = {area.id for area in known.areas}
    return [
        Outline(one.name, from_text(one.geometry))
        for one in places.priority_neighbourhoods()
        if one.geometry and one.id not in own
    ]
