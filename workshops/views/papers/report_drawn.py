"""The report to a school or care home, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm

from activity.rules.labels import EQUIPMENT
from foundation.document import Document
from foundation.i18n import _, full_day, ngettext
from foundation.pdf import BOLD, BRAND, SOFT
from foundation.table import Column, Table
from workshops.models import Programme
from workshops.queries.series import Series
from workshops.rules.progress import Progress
from workshops.views.papers.blueprint import house_of
from workshops.views.papers.report_rows import client_lines, figures, progress_rows, session_rows, team_of, things_used

MARGIN = 18 * mm
FEWEST_ANSWERS = 3
"""Of fewer people nothing is said: one would know who answered what."""
FEW_LINES, HEADED = 8, 32
FIGURE = 46
SIGNED = 66
CLOSING = SIGNED + 60
"""Points for the date and the signature: a sheet with nothing else says nothing about what is signed."""


def written(programme: Programme, told: Series, skills: Progress, today: date, total: int) -> Document:
    """One or two sheets."""
    title = _("Report: %(what)s", what=programme.title)
    paper = Document(title, f"{house_of(programme)} – {title}", total, margin=MARGIN)
    _head(paper, programme, told)
    _figures(paper, told)
    _agreed(paper, programme)
    used = things_used(told, [str(EQUIPMENT[one]) for one in told.equipment])
    ends = {_("Equipment used"): _said(used), _("What comes next"): _said(programme.next_steps.splitlines())}
    last = next((heading for heading in reversed(ends) if ends[heading]), None)
    tells = skills.whole.count >= FEWEST_ANSWERS
    _sessions(paper, told, 0 if tells or last else CLOSING)
    if tells:
        _progress(paper, skills, 0 if last else CLOSING)
    for heading, lines in ends.items():
        _section(paper, heading, lines, CLOSING if heading == last else 0)
    _signed(paper, programme, today)
    return paper


def _head(paper: Document, programme: Programme, told: Series) -> None:
    paper.write(" · ".join((house_of(programme), _("Report of a series"))), 9.5, colour=SOFT)
    paper.gap(4)
    paper.write(programme.title, 21, bold=True, colour=BRAND)
    paper.gap(4)
    name, *address = client_lines(programme)
    paper.write(name, 13, bold=True)
    for line in address:
        paper.write(line, 10.5)
    if told.held:
        first, last = full_day(told.held[0].session.starts_at), full_day(told.held[-1].session.starts_at)
        paper.write(_("from %(first)s to %(last)s", first=first, last=last) if first != last else first, 10.5)
    if team := ", ".join(team_of(told)):
        paper.write(_("%(what)s: %(more)s", what=_("Team"), more=team), 10.5)
    if told.to_come:
        paper.gap(3)
        more = ngettext("%(num)s session is still to come.", "%(num)s sessions are still to come.", told.to_come)
        paper.write(more, 10.5, bold=True)
    paper.gap(10)


def _figures(paper: Document, told: Series) -> None:
    """What the series came to, in boxes side by side."""
    shown = figures(told)
    width = paper.room / len(shown)
    top = paper.y
    for number, (figure, label) in enumerate(shown):
        paper.y = top
        paper.box(FIGURE, start=number * width, width=width)
        paper.y = top - 23
        paper.put(figure, 18, font=BOLD, colour=BRAND, start=number * width + 8)
        paper.y = top - 37
        paper.put(label, 8.5, colour=SOFT, start=number * width + 8)
    paper.y = top - FIGURE - 8


def _agreed(paper: Document, programme: Programme) -> None:
    """Of the visit before the series, and what it was for."""
    lines = []
    if programme.framing_at is not None:
        lines.append(_("Visit on %(day)s", day=full_day(programme.framing_at)))
    lines += programme.framing_notes.splitlines()
    lines += [f"• {goal}" for goal in programme.goals.splitlines() if goal.strip()]
    _section(paper, _("What was agreed"), _said(lines))


def _said(lines: Sequence[str]) -> list[str]:
    """Those that say something."""
    return [line.strip() for line in lines if line.strip()]


def _sessions(paper: Document, told: Series, tail: float) -> None:
    _heading(paper, _("Sessions"))
    if not told.held:
        paper.write(_("No session has taken place yet."), 10.5)
        return
    columns = [
        Column(_("Date"), 31, bold=True), Column(_("Took part"), 26, number=True),
        Column(_("Helpers present"), 35, number=True), Column(_("What was done"), 82, bold=True),
    ]  # fmt: skip
    Table(paper, columns, size=9).write(session_rows(told), tail=tail)
    if told.cancelled:
        called_off = ngettext("%(num)s session was cancelled.", "%(num)s sessions were cancelled.", told.cancelled)
        paper.write(called_off, 9, colour=SOFT)


def _progress(paper: Document, skills: Progress, tail: float) -> None:
    """What people think they can do, before and after; never of so few that one would know who."""
    whole = skills.whole
    _heading(paper, _("What people say they can do"))
    paper.write(_("From 1 (not at all) to 4 (without help), on average."), 9, colour=SOFT)
    paper.gap(4)
    columns = [
        Column(_("Question"), 110),
        Column(_("Before"), 20, number=True),
        Column(_("Afterwards"), 20, number=True),
    ]
    Table(paper, columns, size=9.5).write(progress_rows(skills, FEWEST_ANSWERS), tail=tail)
    said = ngettext("%(num)s person answered twice.", "%(num)s people answered twice.", whole.count)
    grew = ngettext("%(num)s person got further.", "%(num)s people got further.", whole.grew)
    paper.write(f"{said} {grew}", 10)


def _section(paper: Document, heading: str, lines: Sequence[str], tail: float = 0) -> None:
    """Nothing when there is nothing to say; with `tail` it goes along with what follows, or its last line."""
    if not lines:
        return
    if tail and len(lines) <= FEW_LINES:
        paper.keep(HEADED + 16 * len(lines) + tail)
    _heading(paper, heading)
    for left, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
        paper.keep(30 if left else 30 + tail)
        paper.write(line, 10.5)


def _heading(paper: Document, text: str) -> None:
    paper.keep(70)
    paper.gap(8)
    paper.write(text, 12.5, bold=True, colour=BRAND)
    paper.gap(5)


def _signed(paper: Document, programme: Programme, today: date) -> None:
    """By the house, with room for a hand."""
    paper.keep(SIGNED + 40)
    paper.gap(16)
    top = paper.y
    paper.box(SIGNED, start=paper.room / 2, width=paper.room / 2)
    paper.write(_("Made on %(day)s", day=full_day(today)), 10.5, width=paper.room / 2 - 10)
    paper.write(house_of(programme), 10.5, bold=True, width=paper.room / 2 - 10)
    paper.y = top - 6
    paper.write(_("Signature and stamp"), 8.5, colour=SOFT, indent=paper.room / 2 + 8)
