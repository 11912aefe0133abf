"""Two maps: people reached per 1,000 inhabitants, and metres to the nearest opening of a weekday with the new one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from agenda.patterns import WEEKDAYS
from foundation import clock
from foundation.errors import Unknown
from foundation.i18n import _, _l
from foundation.security import allow
from places import queries as places
from places.geometry import from_text
from places.models import Level
from reach.drawing.choropleth import Area, Choropleth, Outline, Place, description
from reach.drawing.map import draw_map
from reach.drawing.paper import PAGE, PHONE
from reach.drawing.svg import to_svg
from reach.queries.contacts import counted
from reach.queries.population import Inhabited, inhabited
from reach.queries.what_if import WhatIf, what_if
from reach.reports.reading import in_column
from reach.rules import periods
from reach.rules.blanks import judged
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.figures import Cube
from reach.rules.rates import share
from reach.views.blanks.asked import READERS, asked, bp

FRAMES = {"page": PAGE, "telephone": PHONE}
METRES_OF_A_KILOMETRE = 1000


class NothingDrawn(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("No neighbourhood is drawn, so that there is no map."))


@bp.get("/carte-<any(page, telephone):size>.svg")
@allow(*READERS)
def reached_map(size: str) -> Response:
    """People reached per 1,000 inhabitants, with the blanks named."""
    wanted, known = asked(), inhabited()
    cube = counted(wanted.filters, wanted.scope, [Dimension.NEIGHBOURHOOD])
    return _drawn(reached(cube, known, periods.said(wanted.filters.span)), size)


@bp.get("/ouverture-<any(page, telephone):size>.svg")
@allow(*READERS)
def opening_map(size: str) -> Response:
    """Kilometres to the nearest opening, the one that is asked about included."""
    wanted = asked()
    if wanted.spot is None:
        raise NothingDrawn
    return _drawn(with_opening(what_if(wanted.spot, wanted.weekday, clock.today()), inhabited()), size)


def reached(cube: Cube, known: Inhabited, period: str) -> Choropleth:
    """The rates of the page's table."""
    people = {one.id: cube.of(Dimension.NEIGHBOURHOOD, one.id).people for one in known.areas}
    found = judged(people, known.populations)
    notes = {id_: _("under half the rate of the territory") for id_ in found.under}
    unknown = cube.of(Dimension.NEIGHBOURHOOD, UNKNOWN).people
    part = share(unknown, cube.total.people)
    asides = (
        [] if part is None else [_("Neighbourhood not known: %(part)s of the people reached.", part=in_column(part))]
    )
    years = ", ".join(map(str, known.years))
    return Choropleth(
        _("People reached per 1,000 inhabitants, %(period)s", period=period),
        _("People reached per 1,000 inhabitants"),
        _areas(known, found.rates, notes | dict.fromkeys(found.unknown, _("population not known"))),
        _("Sources: activity records; population %(years)s.", years=years) if years else _("Source: activity records."),
        asides=asides,
        outlines=_priority_outlines(),
    )


def with_opening(found: WhatIf, known: Inhabited) -> Choropleth:
    """The distances of the page's table, and where is open on that weekday."""
    metres = {line.where.neighbourhood_id: line.after for line in found.nearness.lines}
    kilometres = {id_: None if one is None else one / METRES_OF_A_KILOMETRE for id_, one in metres.items()}
    return Choropleth(
        _("Nearest opening on %(weekday)s, with %(place)s", weekday=WEEKDAYS[found.weekday], place=found.spot.name),
        _("Kilometres as the crow flies to the nearest opening"),
        _areas(known, kilometres, {}),
        _("Sources: presences of mediators and public workshops of the four weeks to come."),
        places=[
            Place(name, point[1], point[0]) for name, point in [*found.open_now, (found.spot.name, found.spot.point)]
        ],
        placed=_("Open on that day, the new one included"),
    )


def _areas(known: Inhabited, values: Mapping[int, float | None], notes: Mapping[int, str]) -> list[Area]:
    return [
        Area(
            one.id, one.name, from_text(one.geometry) if one.geometry else None, values.get(one.id),
            priority=one.is_priority, note=notes.get(one.id, ""),
        )
        for one in known.areas
    ]  # fmt: skip


def _priority_outlines() -> list[Outline]:
    found = places.neighbourhoods(Level.QPV, drawn=True)
    return [Outline(one.name, from_text(one.geometry)) for one in found if one.geometry]


def _drawn(choropleth: Choropleth, size: str) -> Response:
    if not choropleth.has_polygons:
        raise NothingDrawn
    svg = to_svg(draw_map(choropleth, FRAMES[size]), choropleth.title, description(choropleth))
    return Response(svg, mimetype="image/svg+xml")
