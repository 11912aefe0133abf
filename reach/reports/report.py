"""A published report as a PDF, in its language: the same bytes each time, since nothing in it changes."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _, in_language
from reach.models import PublishedReport, ReportKind
from reach.reports.blanks_page import write_blanks
from reach.reports.cover import write_cover
from reach.reports.figures_page import write_figures
from reach.reports.method import write_method
from reach.reports.outcomes import write_outcomes
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading
from reach.reports.services import write_services
from reach.reports.sheets import write_sheet
from reach.reports.what import write_activity, write_topics
from reach.reports.where import write_where
from reach.reports.who import write_who
from reach.rules.filters import Filters
from reach.rules.frozen import Content
from reach.rules.periods import Span
from reach.rules.suppression.crossing import place_of

SHEETS = frozenset({ReportKind.NEIGHBOURHOOD, ReportKind.STRUCTURE})
PARTS = (
    write_figures, write_where, write_blanks, write_who, write_activity, write_topics, write_services, write_outcomes,
    write_method,
)  # fmt: skip


def pdf(report: PublishedReport, content: Content, *, full: bool = False) -> bytes:
    """6 to 12 A4 pages for a year or a quarter, one for a sheet.

    A report is drawn twice: where its parts stand and how many pages there are is known after the first time.

    Args:
        content: what the report says, or what it would say.
        full: the team's own version, which says so on each page.
    """
    reading = reading_of(report, content, full=full)
    with in_language(report.language):
        if report.kind in SHEETS:
            sheet = _paper(report, full=full, pages=1)
            write_sheet(sheet, report, reading)
            return sheet.finished()
        first = _paper(report, full=full)
        _write_whole(first, report, reading, ())
        paper = _paper(report, full=full, pages=first.page)
        _write_whole(paper, report, reading, first.contents)
        return paper.finished()


def reading_of(report: PublishedReport, content: Content, *, full: bool = False) -> Reading:
    """Its figures, as outsiders or as the team see them."""
    span = Span(report.first, report.last)
    filters = Filters(span=span, neighbourhood_id=report.neighbourhood_id, structure_id=report.structure_id)
    return Reading(content, span, place_of(filters), full)


def _write_whole(
    paper: ReportPaper, report: PublishedReport, reading: Reading, contents: Sequence[tuple[str, int]]
) -> None:
    write_cover(paper, report, reading, contents)
    paper.turn()
    for write in PARTS:
        write(paper, reading)


def _paper(report: PublishedReport, *, full: bool, pages: int = 0) -> ReportPaper:
    foot = _("%(title)s · version %(version)s", title=report.title, version=report.version)
    return ReportPaper(report.title, language=report.language, foot=foot, internal=full, pages=pages)
