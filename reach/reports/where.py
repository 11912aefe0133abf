"""Where those who were reached live: the map, and its table with what the map can not show."""

from __future__ import annotations

from dataclasses import replace

from foundation.i18n import _
from places.geometry import from_text
from reach.drawing.choropleth import Area, Choropleth, Outline
from reach.drawing.map import draw_map
from reach.drawing.paper import SHEET
from reach.reports.evenness import evenness_height, write_evenness
from reach.reports.grid import Grid, write_in_pairs
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, share, told
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.frozen import FrozenArea
from reach.rules.indicators import Unit
from reach.rules.publishing import NOT_TOLD, explained

HEAD, LITTLE = 90, 200
"""Points of the heading over a map; and so few that no table is begun there."""
MOST = 36
"""Lines of a table across the page; more stand in two columns, with what matters most."""
SHORT = (0.52, 0.26, 0.22)
WIDTHS = (0.32, 0.09, 0.15, 0.16, 0.15, 0.13)


def write_where(paper: ReportPaper, reading: Reading) -> None:
    """The map with its heading, then its table, then how even it is."""
    choropleth = map_of(reading)
    drawing = draw_map(choropleth, SHEET) if choropleth.has_polygons else None
    high = drawing.height + HEAD if drawing else 0
    # A map that is too high for what is left of the page comes after its table, which can be parted.
    is_first = paper.left >= high or paper.left < LITTLE
    paper.heading(_("Neighbourhood by neighbourhood"), least=high - HEAD + 40 if is_first and drawing else 180)
    paper.say(_("For every 1,000 inhabitants, how many were received at least once, wherever that was."))
    if drawing and is_first:
        paper.drawing(drawing)
    _write_table(paper, reading)
    is_next = not is_first and (paper.left >= high or paper.left < evenness_height(paper, reading))
    if drawing and is_next:
        paper.drawing(drawing)
    write_evenness(paper, reading)
    if drawing and not is_first and not is_next:
        paper.drawing(drawing)


def map_of(reading: Reading) -> Choropleth:
    """Figures, inhabitants and polygons of the report."""
    return Choropleth(
        title=_("People reached per 1,000 inhabitants, %(period)s", period=periods.said(reading.span)),
        measure=_("People reached per 1,000 inhabitants, by the neighbourhood they live in"),
        areas=[_area(one, reading) for one in reading.content.areas],
        source=source(reading),
        asides=[not_located(reading)],
        outlines=[Outline(one.name, from_text(one.geometry)) for one in reading.content.outlines],
    )


def source(reading: Reading) -> str:
    """Where figures and inhabitants come from."""
    return f"{_('Activity records.')} {counted_in(reading)}".strip()


def counted_in(reading: Reading) -> str:
    """The years in which inhabitants were counted; empty where nobody knows them."""
    years = sorted({one.year for one in reading.content.areas if one.year and one.population})
    return _("Population: %(years)s.", years=", ".join(map(str, years))) if years else ""


def not_located(reading: Reading) -> str:
    """Stands under each map, also when it is nobody."""
    unknown = reading.count("people", by=Dimension.NEIGHBOURHOOD, value=UNKNOWN)
    if unknown is None:
        return _("Not located: a number of people that is not published (n.c.).")
    return _(
        "Not located: %(count)s of %(total)s people reached (%(share)s).",
        count=told(unknown), total=told(reading.count("people")), share=share(unknown, reading.count("people")),
    )  # fmt: skip


def _area(one: FrozenArea, reading: Reading) -> Area:
    rate = reading.rate_of(one)
    note = str(NOT_TOLD) if rate is None and one.population else "" if one.population else _("population not known")
    geometry = from_text(one.geometry) if one.geometry else None
    return Area(one.id, one.name, geometry, rate, priority=one.is_priority, note=note)


def _write_table(paper: ReportPaper, reading: Reading) -> None:
    header = (
        _("Neighbourhood they live in"), _("QPV"), _("Inhabitants"), _("People"), _("New people"), _("Per 1,000"),
    )  # fmt: skip
    moved = _("People who moved house within the period are in both neighbourhoods, and once in the total.")
    lines = rows(reading)
    grid = Grid(_("In figures"), header, lines, WIDTHS, f"{moved} {explained(lines)}".strip())
    if len(lines) <= MOST:
        grid.write(paper)
        return
    qpv = _("yes")
    short = [
        (_numbered(number, _("%(name)s (QPV)", name=name) if priority == qpv else name, reading), people, rate)
        for number, (name, priority, _inhabitants, people, _first, rate) in enumerate(lines)
    ]
    write_in_pairs(paper, replace(grid, header=(header[0], header[3], header[5]), rows=short, widths=SHORT))


def _numbered(number: int, name: str, reading: Reading) -> str:
    """With the number that stands on a map of very many neighbourhoods, which are the first lines, in their order."""
    return f"{number + 1}. {name}" if number < len(reading.content.areas) else name


def rows(reading: Reading) -> list[tuple[str, ...]]:
    """(neighbourhood, priority, inhabitants, people, first-timers, rate), in the order of the map; the rest; all."""
    areas = {one.id: one for one in reading.content.areas}
    names, found = reading.names(Dimension.NEIGHBOURHOOD), []
    for value in [*areas, *(value for value in names if value not in areas)]:
        area = areas.get(value) if isinstance(value, int) else None
        counts = [
            told(reading.count(key, by=Dimension.NEIGHBOURHOOD, value=value)) for key in ("people", "first_timers")
        ]
        found.append((names[value], *_known(area), *counts, _rate(area, reading)))
    people = sum(one.population for one in areas.values() if one.population)
    whole = (told(reading.count("people")), told(reading.count("first_timers")), written(reading.rate, Unit.RATE))
    return [*found, (_("Whole territory"), "", told(people) if people else "", *whole)]


def _known(area: FrozenArea | None) -> tuple[str, str]:
    if area is None:
        return "", ""
    people = told(area.population) if area.population else _("not known")
    return _("yes") if area.is_priority else _("no"), people


def _rate(area: FrozenArea | None, reading: Reading) -> str:
    if area is None or not area.population:
        return ""
    rate = reading.rate_of(area)
    return str(NOT_TOLD) if rate is None else written(rate, Unit.RATE)
