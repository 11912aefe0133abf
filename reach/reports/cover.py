"""The first page: whose report it is, of what time, and the four figures that everybody asks for."""

from __future__ import annotations

from babel.dates import format_date
from reportlab.lib.colors import white

from foundation.i18n import _, language, local
from reach.models import PublishedReport
from reach.reports.figures_page import sentences
from reach.reports.paper import FOOT, ReportPaper
from reach.reports.reading import Reading, change, hours, told
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.indicators import Unit

BAND = 270


def write_cover(paper: ReportPaper, report: PublishedReport, reading: Reading) -> None:
    """Fills a page."""
    paper.band(BAND)
    paper.gap(40)
    paper.write(reading.content.town, 14, colour=white)
    paper.gap(18)
    paper.title(_("Whom digital inclusion reached"), 24)
    paper.gap(12)
    paper.title(periods.said(reading.span), 20)
    paper.gap(16)
    paper.write(_("People received, neighbourhoods reached, and those that are not yet."), 11, colour=white, width=440)
    paper.y = paper.height - BAND - 30
    paper.tiles(key_figures(reading))
    paper.gap(8)
    paper.heading(_("In short"))
    for sentence in sentences(reading):
        paper.point(sentence)
    paper.y = paper.margin + FOOT + 84
    for sentence in standing(report, reading):
        paper.say(sentence, small=True)


def key_figures(reading: Reading) -> list[tuple[str, str, str]]:
    """(figure, what it counts, how it was before)."""
    figures = [
        (told(reading.count("people")), _("people reached"), _before(reading, "people")),
        (told(reading.count("contacts")), _("contacts"), _before(reading, "contacts")),
        (hours(reading.count("minutes")), _("hours with people"), _before(reading, "minutes")),
        (written(reading.rate, Unit.RATE), _("people reached for 1,000 inhabitants"), ""),
    ]
    return [one for one in figures if one[0]]


def standing(report: PublishedReport, reading: Reading) -> list[str]:
    """When it was published, whose figures it tells, and what a revision corrects."""
    said = []
    if report.published_at is not None:
        day = str(format_date(local(report.published_at).date(), "long", locale=language()))
        said.append(
            _("Published on %(day)s, version %(version)s.", day=day, version=report.version)
            if report.version == 1
            else _(
                "Published on %(day)s, version %(version)s, which corrects the one before: %(note)s",
                day=day, version=report.version, note=report.note,
            )
        )  # fmt: skip
    said.append(reading.content.scope)
    if reading.full:
        said.append(_("This is the team’s own version: small numbers are not hidden. It is not to be passed on."))
    else:
        said.append(_("Figures below 11 are not told (n.c.), nor those from which they could be worked out."))
    return said


def _before(reading: Reading, indicator: str) -> str:
    now, then = reading.count(indicator), reading.count(indicator, before=True)
    compared = change(now, then)
    period = periods.said(reading.span.before)
    return _("%(change)s against %(period)s", change=compared, period=period) if now and then else ""
