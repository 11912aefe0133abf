"""Where those who were reached live: the map, and its table with what the map can not show."""

from __future__ import annotations

from foundation.i18n import _
from places import queries as places
from places.geometry import from_text
from reach.drawing.choropleth import Area, Choropleth, Outline
from reach.drawing.map import draw_map
from reach.drawing.paper import SHEET
from reach.queries.population import inhabited
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, share, told
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.frozen import FrozenArea
from reach.rules.indicators import Unit
from reach.rules.publishing import MEANING, NOT_TOLD

WIDTHS = (0.34, 0.13, 0.17, 0.13, 0.11, 0.12)


def write_where(paper: ReportPaper, reading: Reading) -> None:
    """The map with its heading, then its table, then the blanks."""
    choropleth = map_of(reading)
    drawing = draw_map(choropleth, SHEET) if choropleth.has_polygons else None
    paper.heading(_("Neighbourhood by neighbourhood"), least=80 + (drawing.height if drawing else 0))
    paper.say(_("For 1,000 who live there, how many were received at least once, wherever they were received."))
    if drawing:
        paper.drawing(drawing)
    _write_table(paper, reading)
    _write_blanks(paper, reading)


def map_of(reading: Reading) -> Choropleth:
    """Figures and inhabitants of the report, on the polygons of today."""
    drawn = {one.id: one.geometry for one in inhabited().areas}
    return Choropleth(
        title=_("People reached for 1,000 inhabitants, %(period)s", period=periods.said(reading.span)),
        measure=_("People reached for 1,000 inhabitants, by the neighbourhood they live in"),
        areas=[_area(one, reading, drawn.get(one.id)) for one in reading.content.areas],
        source=source(reading),
        asides=[not_located(reading)],
        outlines=_outlines(set(drawn)),
    )


def source(reading: Reading) -> str:
    """Where figures and inhabitants come from, with the years in which those were counted."""
    years = sorted({one.year for one in reading.content.areas if one.year and one.population})
    counted = _("Population: %(years)s.", years=", ".join(map(str, years))) if years else ""
    return f"{_('Activity records.')} {counted}".strip()


def not_located(reading: Reading) -> str:
    """Stands under each map, also when it is nobody."""
    unknown = reading.count("people", by=Dimension.NEIGHBOURHOOD, value=UNKNOWN)
    return _(
        "Not located: %(count)s of %(total)s people reached (%(share)s).",
        count=told(unknown), total=told(reading.count("people")), share=share(unknown, reading.count("people")),
    )  # fmt: skip


def _area(one: FrozenArea, reading: Reading, geometry: str | None) -> Area:
    rate = reading.rate_of(one)
    note = str(NOT_TOLD) if rate is None and one.population else "" if one.population else _("population not known")
    return Area(one.id, one.name, from_text(geometry) if geometry else None, rate, priority=one.is_priority, note=note)


def _outlines(own: set[int]) -> list[Outline]:
    return [
        Outline(one.name, from_text(one.geometry))
        for one in places.priority_neighbourhoods()
        if one.geometry and one.id not in own
    ]


def _write_table(paper: ReportPaper, reading: Reading) -> None:
    paper.subheading(_("The same in figures"), least=140)
    header = (
        _("Neighbourhood they live in"), _("QPV"), _("Inhabitants"), _("People"), _("First-timers"), _("For 1,000"),
    )  # fmt: skip
    areas = {one.id: one for one in reading.content.areas}
    rows = []
    for value, name in reading.names(Dimension.NEIGHBOURHOOD).items():
        area = areas.get(value) if isinstance(value, int) else None
        counts = [
            told(reading.count(key, by=Dimension.NEIGHBOURHOOD, value=value)) for key in ("people", "first_timers")
        ]
        rows.append((name, *_known(area), *counts, _rate(area, reading)))
    paper.table(header, rows, WIDTHS)
    paper.say(str(MEANING), small=True)
    paper.say(
        _("Whoever moved house within the period stands in both neighbourhoods, and once in the total."), small=True
    )


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


def _write_blanks(paper: ReportPaper, reading: Reading) -> None:
    paper.subheading(_("Blanks"), least=80)
    paper.say(
        _(
            "A neighbourhood is a blank when fewer than half as many of its inhabitants were "
            "reached, for 1,000, as in the territory."
        )
    )
    for one in reading.blanks:
        rate, whole = written(reading.rate_of(one), Unit.RATE), written(reading.rate, Unit.RATE)
        paper.point(_("%(name)s: %(rate)s for 1,000, against %(whole)s.", name=one.name, rate=rate, whole=whole))
    if not reading.blanks:
        paper.say(_("None among the neighbourhoods whose figures are told."))
    untold = [one.name for one in reading.content.areas if one.population and reading.rate_of(one) is None]
    if untold:
        paper.say(
            _(
                "Not told, because too few people were reached or it would tell others: %(names)s.",
                names=", ".join(untold),
            )
        )
