"""A published report as a PDF, in its language: the same bytes each time, since nothing in it changes."""

from __future__ import annotations

from foundation.i18n import _, in_language
from reach.models import PublishedReport, ReportKind
from reach.reports.cover import write_cover
from reach.reports.figures_page import write_figures
from reach.reports.method import write_method
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading
from reach.reports.sheets import write_sheet
from reach.reports.what import write_activity, write_features
from reach.reports.where import write_where
from reach.reports.who import write_who
from reach.rules.filters import Filters
from reach.rules.frozen import Content
from reach.rules.periods import Span
from reach.rules.suppression.crossing import place_of

SHEETS = frozenset({ReportKind.NEIGHBOURHOOD, ReportKind.STRUCTURE})


def pdf(report: PublishedReport, content: Content, *, full: bool = False) -> bytes:
    """6 to 12 A4 pages for a year or a quarter, one for a sheet.

    Args:
        content: what the report says, or what it would say.
        full: the team's own version, which says so on each page.
    """
    reading = reading_of(report, content, full=full)
    with in_language(report.language):
        paper = ReportPaper(report.title, language=report.language, foot=_foot(report), internal=full)
        if report.kind in SHEETS:
            write_sheet(paper, report, reading)
        else:
            _write_whole(paper, report, reading)
        return paper.finished()


def reading_of(report: PublishedReport, content: Content, *, full: bool = False) -> Reading:
    """Its figures, as outsiders or as the team see them."""
    span = Span(report.first, report.last)
    filters = Filters(span=span, neighbourhood_id=report.neighbourhood_id, structure_id=report.structure_id)
    return Reading(content, span, place_of(filters), full)


def _write_whole(paper: ReportPaper, report: PublishedReport, reading: Reading) -> None:
    write_cover(paper, report, reading)
    paper.turn()
    write_figures(paper, reading)
    write_where(paper, reading)
    for write in (write_who, write_activity, write_features, write_method):
        write(paper, reading)


def _foot(report: PublishedReport) -> str:
    return _("%(title)s · version %(version)s", title=report.title, version=report.version)
