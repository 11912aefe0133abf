"""One page: of a neighbourhood for its residents' council, of a structure for its funder."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _
from reach.drawing.bars import Bars, draw_bars
from reach.drawing.lines import draw_months
from reach.drawing.paper import Frame
from reach.models import PublishedReport, ReportKind
from reach.reports.cover import standing
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, change, hours, told
from reach.reports.who import chart
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import Dimension
from reach.rules.indicators import Unit

HALF = Frame(234, 7)
"""Two beside one another between the margins."""
MONTHS = Frame(430, 7)
BAND = 90


def write_sheet(paper: ReportPaper, report: PublishedReport, reading: Reading) -> None:
    """Fills one page."""
    paper.band(BAND)
    paper.title(report.title, 17)
    paper.y = paper.height - BAND - 18
    paper.tiles(_tiles(report, reading))
    of_place = report.kind is ReportKind.NEIGHBOURHOOD
    indicator = "named_contacts" if of_place else "contacts"
    _side_by_side(paper, [chart(reading, "people", Dimension.AGE_BAND), chart(reading, "people", Dimension.STATUS)])
    paper.drawing(draw_months(chart(reading, indicator, Dimension.MONTH), MONTHS))
    paper.say(" ".join(standing(report, reading)), small=True)


def _tiles(report: PublishedReport, reading: Reading) -> list[tuple[str, str, str]]:
    shown = [
        _tile(reading, "people", _("people reached")),
        _tile(reading, "first_timers", _("for the first time ever")),
    ]
    if report.kind is ReportKind.STRUCTURE:
        minutes = reading.count("minutes")
        return [*shown, _tile(reading, "contacts", _("contacts")), (hours(minutes), _("hours with people"), "")]
    area = next((one for one in reading.content.areas if one.id == report.neighbourhood_id), None)
    people = reading.count("people")
    if area is None or not area.population:
        return shown
    rate = told(None) if people is None else written(1000 * people / area.population, Unit.RATE)
    under = _("%(count)s inhabitants (%(year)s)", count=told(area.population), year=area.year or "–")
    return [*shown, (rate, _("people reached for 1,000 inhabitants"), under)]


def _tile(reading: Reading, key: str, words: str) -> tuple[str, str, str]:
    now, then = reading.count(key), reading.count(key, before=True)
    period = periods.said(reading.span.before)
    under = _("%(change)s against %(period)s", change=change(now, then), period=period) if now and then else ""
    return told(now), words, under


def _side_by_side(paper: ReportPaper, charts: Sequence[Bars]) -> None:
    drawings = [draw_bars(one, HALF) for one in charts]
    high = max(one.height for one in drawings)
    top = paper.y
    for number, drawing in enumerate(drawings):
        paper.y = top
        paper.place(drawing, number * (paper.room - HALF.width))
    paper.y = top - high - 10
