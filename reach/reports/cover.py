"""The first page: whose report it is, of what time, what is to be remembered, and where the rest stands."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportlab.lib.colors import white
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.i18n import _, plain_day
from foundation.pdf import BRAND, PLAIN, SOFT
from reach.drawing.words import few_lines, fitted, width_of
from reach.models import PublishedReport
from reach.reports.grid import BETWEEN
from reach.reports.message import sentences
from reach.reports.paper import FOOT, SMALL_PRINT, ReportPaper
from reach.reports.reading import Reading, hours, told
from reach.rules import periods
from reach.rules.amounts import NOTHING, written
from reach.rules.indicators import Unit
from reach.rules.periods import Span

BAND = 210
LINE = 15
"""Points of a line of the contents."""
NUMBER = 20
"""Points that are kept for the number of a page."""
ABOVE_CONTENTS = 14
"""Points that stay free above the contents: they are no part of the list above them."""
SIZES = (9, 8.5, 8, 7.5, 7)
"""Letters of the contents."""


def write_cover(
    paper: ReportPaper, report: PublishedReport, reading: Reading, contents: Sequence[tuple[str, int]]
) -> None:
    """Fills a page. `contents`: (part, page), known from drawing the report once before."""
    paper.band(BAND)
    paper.y = paper.height - 48
    paper.title(reading.content.town, 13, bold=False, most=1)
    paper.gap(20)
    paper.title(_("Whom digital inclusion reached"), 24, most=2)
    paper.gap(10)
    paper.title(periods.said(reading.span), 19, most=1)
    paper.gap(10)
    paper.gap(12)
    paper.put(
        few_lines(_("People received, neighbourhoods reached, and those not reached yet."), paper.room, 10.5, 1)[0],
        10.5, colour=white,
    )  # fmt: skip
    paper.y = paper.height - BAND - 22
    paper.tiles(key_figures(reading))
    paper.gap(6)
    paper.lines(_("In short"), 15, bold=True, colour=BRAND)
    paper.gap(5)
    for sentence in sentences(reading):
        paper.point(sentence, size=10)
    said = standing(report, reading)
    bottom = (
        paper.margin + FOOT + 6 + sum(4 + 1.4 * SMALL_PRINT * len(fitted(one, paper.room, SMALL_PRINT)) for one in said)
    )
    _write_contents(paper, contents, bottom + 12)
    paper.y = min(paper.y, bottom)
    for sentence in said:
        paper.say(sentence, small=True)


def _write_contents(paper: ReportPaper, contents: Sequence[tuple[str, int]], bottom: float) -> None:
    """Above what stands at the foot of the page, where there is room for it."""
    free = paper.y - bottom - 30 - ABOVE_CONTENTS
    columns = 1 if free >= LINE * len(contents) else 2
    each = math.ceil(len(contents) / columns)
    if not contents or free < LINE * each:
        return
    paper.y = bottom + LINE * each + 30
    paper.lines(_("In this report"), 11, bold=True)
    paper.gap(4)
    top, room = paper.y, (paper.room - BETWEEN * (columns - 1)) / columns
    lines = [f"{number}.  {words}" for number, (words, _page) in enumerate(contents, 1)]
    size = letters(lines, room - NUMBER)
    for number, (words, (_words, page)) in enumerate(zip(lines, contents, strict=True)):
        paper.y = top - LINE * (number % each + 1)
        _write_line(paper, words, page, number + 1, (number // each * (room + BETWEEN), room, size))


def letters(lines: Sequence[str], room: float) -> float:
    """Points of the largest letters in which each line of the contents is whole; the smallest where none are."""
    return next((size for size in SIZES if all(width_of(line, size) <= room for line in lines)), SIZES[-1])


def _write_line(paper: ReportPaper, words: str, page: int, number: int, where: tuple[float, float, float]) -> None:
    """A part and its page, which lead there. `where`: (start, width, height of the letters) in points."""
    start, room, size = where
    told_page = str(page)
    paper.put(few_lines(words, room - NUMBER, size, 1)[0], size, start=start + 2)
    paper.put(told_page, 9, colour=SOFT, start=start + room - stringWidth(told_page, PLAIN, 9))
    left = paper.margin + start
    paper.canvas.linkRect("", f"part-{number}", (left, paper.y - 4, left + room, paper.y + 10), thickness=0)
    paper.gap(4.5)
    paper.hairline(start, room)


def key_figures(reading: Reading) -> list[tuple[str, str, str]]:
    """(figure, what it counts, how it was before)."""
    return [
        (told(reading.count("people")), _("people reached"), before(reading, "people")),
        (told(reading.count("contacts")), _("contacts"), before(reading, "contacts")),
        (hours(reading.count("minutes")), _("hours with people"), before(reading, "minutes")),
        (written(reading.rate, Unit.RATE), _("people reached per 1,000 inhabitants"), inhabitants(reading)),
    ]


def before(reading: Reading, indicator: str) -> str:
    """Against the span before; empty where nothing can be compared."""
    compared = reading.compared(indicator)
    if compared == NOTHING:
        return ""
    return against(compared, reading.span.before)


def against(compared: str, span: Span) -> str:
    """A change and what it is measured by. French puts an article before a quarter and none before a year."""
    words = {"change": compared, "period": periods.briefly(span)}
    if words["period"] != periods.said(span):
        return _("%(change)s against the quarter before (%(period)s)", **words)
    if span.whole_months == 1 or words["period"] == str(span.first.year):
        return _("%(change)s against %(period)s", **words)
    return _("%(change)s against the period before", **words)


def inhabitants(reading: Reading) -> str:
    """How many live in the neighbourhoods of known population, and since when that is known; or that nobody knows."""
    known = [one for one in reading.content.areas if one.population]
    years = sorted({one.year for one in known if one.year})
    if not known:
        return _("population not known")
    count = told(sum(one.population or 0 for one in known))
    when = "–".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else NOTHING
    return _("%(count)s inhabitants (%(year)s)", count=count, year=when)


def own_version() -> str:
    """What the team's own paper says of itself."""
    return _("This is the team’s own version: small numbers are not hidden. It is not to be passed on.")


def standing(report: PublishedReport, reading: Reading, whose: str = "") -> list[str]:
    """When it was published, whose figures it tells (the scope, unless `whose` says it), what a revision corrects."""
    said = []
    if report.published_at is not None:
        day = plain_day(report.published_at)
        said.append(
            _("Published on %(day)s, version %(version)s.", day=day, version=report.version)
            if report.version == 1
            else _(
                "Published on %(day)s, version %(version)s, which corrects the one before: %(note)s",
                day=day, version=report.version, note=report.note,
            )
        )  # fmt: skip
    said.append(whose or reading.content.scope)
    if reading.full:
        said.append(own_version())
    else:
        said.append(
            _(
                "Figures about fewer than 11 people are not published (n.c.), nor are those from which they"
                " could be worked out."
            )
        )
    return said
