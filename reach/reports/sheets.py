"""One page: of a neighbourhood for its residents' council, of a structure for its funder."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from foundation.i18n import _
from reach.drawing.lines import draw_months
from reach.drawing.paper import Frame
from reach.drawing.words import fitted
from reach.models import PublishedReport, ReportKind
from reach.reports.cover import before, standing
from reach.reports.grid import BETWEEN, Grid
from reach.reports.paper import SMALL_PRINT, ReportPaper
from reach.reports.reading import Reading, hours, told
from reach.reports.services import beyond, features, of_these
from reach.reports.sheet_words import sentences
from reach.reports.what import themes
from reach.reports.who import chart, split
from reach.rules import periods
from reach.rules.amounts import NOTHING, written
from reach.rules.dimensions import Dimension
from reach.rules.indicators import Unit
from reach.rules.publishing import NOT_TOLD

HALF = Frame(232, 7)
"""Two beside one another between the margins."""
BAND = 98
NAMES = (19, 16)
"""Letters of the name of what the sheet is about: on one line, and on two."""
MOST_LINES = 5
THEMES, SERVICES = (0.74, 0.26), (0.74, 0.26)
Part = Drawing | Grid


def write_sheet(paper: ReportPaper, report: PublishedReport, reading: Reading) -> None:
    """Fills one page: rows of two parts, of which the last ones are left out where there is no room for them."""
    _write_head(paper, reading, _subject(report, reading))
    paper.tiles(_tiles(report, reading))
    for sentence in sentences(report, reading):
        paper.point(sentence, size=9)
    paper.gap(4)
    said = " ".join(standing(report, reading, _whose(report, reading)))
    foot = 1.4 * SMALL_PRINT * len(fitted(said, paper.room, SMALL_PRINT)) + 8
    for pair in _rows(report, reading):
        _side_by_side(paper, pair, foot)
    paper.y = min(paper.y, paper.margin + paper.y - paper.left - paper.margin + foot)
    paper.say(said, small=True)


def _write_head(paper: ReportPaper, reading: Reading, subject: str) -> None:
    paper.band(BAND)
    paper.y = paper.height - 26
    paper.title(reading.content.town, 10, bold=False, most=1)
    paper.title(subject, name_size(subject, paper.room), most=2)
    paper.title(_("Digital inclusion: %(period)s", period=periods.said(reading.span)), 11, bold=False, most=1)
    paper.y = paper.height - BAND - 14


def name_size(subject: str, room: float) -> float:
    """Letters of the name: smaller where it takes two lines, so that the period stands on the band too."""
    return NAMES[0] if len(fitted(subject, room, NAMES[0], bold=True)) == 1 else NAMES[1]


def _whose(report: PublishedReport, reading: Reading) -> str:
    """Of a neighbourhood, that its people count wherever they were received."""
    if report.kind is ReportKind.STRUCTURE:
        return reading.content.scope
    return _("Figures of the people who live in %(name)s, wherever in the territory they were received.",
             name=_subject(report, reading))  # fmt: skip


def _subject(report: PublishedReport, reading: Reading) -> str:
    """The name that was kept in the title: before the town and the period."""
    area = next((one.name for one in reading.content.areas if one.id == report.neighbourhood_id), "")
    return area or report.title.removesuffix(periods.said(reading.span)).rstrip("\u00a0: ")


def _tiles(report: PublishedReport, reading: Reading) -> list[tuple[str, str, str]]:
    shown = [
        (told(reading.count("people")), _("people reached"), before(reading, "people")),
        (told(reading.count("first_timers")), _("for the first time ever"), before(reading, "first_timers")),
    ]
    if report.kind is ReportKind.STRUCTURE:
        contacts = (told(reading.count("contacts")), _("contacts"), before(reading, "contacts"))
        return [*shown, contacts, (hours(reading.count("minutes")), _("hours with people"), before(reading, "minutes"))]
    area = next((one for one in reading.content.areas if one.id == report.neighbourhood_id), None)
    people = reading.count("people")
    shown.append((told(reading.count("named_contacts")), _("contacts"), before(reading, "named_contacts")))
    if area is None or not area.population:
        return shown
    rate = told(None) if people is None else written(1000 * people / area.population, Unit.RATE)
    under = _("%(count)s inhabitants (%(year)s)", count=told(area.population), year=area.year or NOTHING)
    return [*shown, (rate, _("people reached per 1,000 inhabitants"), under)]


def _rows(report: PublishedReport, reading: Reading) -> list[tuple[Part, Part]]:
    """The most wanted first."""
    of_structure = report.kind is ReportKind.STRUCTURE
    indicator = "contacts" if of_structure else "named_contacts"
    months = _months(reading, indicator)
    ages, status, gender = (
        split(reading, "people", by) for by in (Dimension.AGE_BAND, Dimension.STATUS, Dimension.GENDER)
    )
    if not of_structure:
        return [(ages, months), (status, _themes(reading)), (gender, split(reading, indicator, Dimension.CHANNEL))]
    homes = split(reading, "people", Dimension.NEIGHBOURHOOD, most=MOST_LINES)
    return [(ages, months), (homes, _services(reading)), (status, _themes(reading)), (gender, _themes(reading))]


def _months(reading: Reading, indicator: str) -> Part:
    bars = chart(reading, indicator, Dimension.MONTH, _("Contacts, month by month"))
    if any(bar.value for bar in bars.rows):
        return draw_months(bars, HALF)
    return Grid("", (_("Contacts, month by month"), ""), [(_("All months"), str(NOT_TOLD))], THEMES)


def _themes(reading: Reading) -> Grid:
    bars, _untold = themes(reading)
    rows = [(bar.label, told(round(bar.value or 0))) for bar in bars.rows[:MOST_LINES]]
    return Grid(_("What for"), (_("Theme"), _("Contacts")), rows or [(_("All themes"), str(NOT_TOLD))], THEMES)


def _services(reading: Reading) -> Grid:
    """The first lines of services that have a figure."""
    rows = [
        (words, now)
        for _service, lines in features(reading)
        for words, now, _before in lines
        if words != of_these() and now not in {str(NOT_TOLD), NOTHING, told(0)}
    ]
    title = _("Services of the programme")
    told_ones = rows[:MOST_LINES]
    # Said where both stand in the table: whoever reads one of them alone sees nothing strange.
    both = {_("Seats offered"), _("Seats taken")} <= {words for words, _now in told_ones}
    note = beyond(reading, (False,)) if both else ""
    header = (_("Figure"), periods.briefly(reading.span))
    return Grid(title, header, told_ones or [(title, str(NOT_TOLD))], SERVICES, note)


def _side_by_side(paper: ReportPaper, pair: Sequence[Part], foot: float) -> None:
    room = (paper.room - BETWEEN) / 2
    high = max(part.height if isinstance(part, Drawing) else part.height(room) for part in pair)
    if paper.left < high + foot:
        return
    top = paper.y
    for number, part in enumerate(pair):
        paper.y = top
        start = number * (room + BETWEEN)
        if isinstance(part, Drawing):
            paper.place(part, start)
        else:
            part.write_within(paper, start, room)
    paper.y = top - high - 4
