"""The sheet that people sign on the day (*feuille d'émargement*)."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation import clock
from foundation.document import Document, whole
from foundation.downloads import PDF, download
from foundation.i18n import _, local
from foundation.pdf import BRAND, SOFT
from foundation.security import allow
from foundation.table import Column, Table
from workshops.models import SessionState, WorkshopSession
from workshops.queries import attendance
from workshops.queries.attendance import Roster
from workshops.queries.sessions import session_seen
from workshops.rules.attendance import check_may_mark, shows_sheets
from workshops.rules.papers import blank_lines
from workshops.views.papers.attendance_rows import group_rows, row_of
from workshops.views.papers.blueprint import SESSION, WORKERS, bp, house_of, when_in_full, where_in_full
from workshops.views.programmes.helping import helping_of

LINE, LAST_LINE, SIGNED = 24, 25, 42
ENDING = 140
"""Points that the totals and the signatures take together."""
BESIDE = 4
"""Signatures of the team that stand side by side."""


@bp.get(f"{SESSION}/emargement.pdf")
@allow(*WORKERS)
def attendance_sheet(session_id: int) -> Response:
    """With what the team must know of children for the team, and for nobody else."""
    session, reader = session_seen(session_id, staff()), staff()
    check_may_mark(session, reader)
    expected = attendance.roster(session)
    has_children = session.programme.for_children or any(line.participant.sheet for line in expected.lines)
    children = has_children and shows_sheets(session, reader, clock.now(), clock.territory_zone())
    content = whole(lambda total: _written(session, expected, children=children, hidden=has_children, total=total))
    return download(content, PDF, f"emargement-{local(session.starts_at):%Y-%m-%d}-{session.id}.pdf")


def _written(session: WorkshopSession, expected: Roster, *, children: bool, hidden: bool, total: int) -> Document:
    title = f"{session.programme.title} – {when_in_full(session)}"
    foot = f"{when_in_full(session)} – {session.programme.title}"
    paper = Document(_("Attendance sheet: %(what)s", what=title), foot, total, landscape=children)
    _head(paper, session)
    if hidden:
        only = _("For the team only: it tells what concerns children. Never leave it lying about.")
        whom = _("Details of children are printed for the team and its managers, from the day before to the day after.")
        paper.write(only if children else whom, 8.5, colour=SOFT)
        paper.gap(4)
    groups = group_rows(session, expected.groups)
    _lines(paper, expected, blank_lines(session.free, beside_groups=bool(groups)), children=children)
    _groups(paper, groups)
    _end(paper, session)
    return paper


def _head(paper: Document, session: WorkshopSession) -> None:
    """What, when, where, with whom."""
    programme = session.programme
    paper.write(" · ".join((house_of(programme), _("Attendance sheet"))), 9, colour=SOFT)
    paper.gap(2)
    paper.write(programme.title, 17, bold=True, colour=BRAND)
    paper.gap(3)
    about = _("Session %(number)s", number=session.number)
    about = _("%(what)s: %(more)s", what=about, more=session.title) if session.title else about
    if session.state is SessionState.CANCELLED:
        about = " · ".join((about, _("Cancelled")))
    paper.write(f"{about} · {when_in_full(session)}", 10.5, bold=True)
    paper.write(where_in_full(session), 10)
    if helping := helping_of(session):
        paper.write(helping, 9.5)
    if session.team:
        team = ", ".join(one.account.name for one in session.team)
        paper.write(_("%(what)s: %(more)s", what=_("Team"), more=team), 10)
    if session.equipment:
        paper.write(_("%(what)s: %(more)s", what=_("Equipment needed"), more=session.equipment), 10)
    paper.gap(8)


def _lines(paper: Document, expected: Roster, blank: int, *, children: bool) -> None:
    """A line for each who is registered, and blank ones."""
    columns = [Column(_("Name"), 40, bold=True)]
    if children:
        columns += [
            Column(_("School level"), 18), Column(_("May be collected by"), 55), Column(_("Goes home alone"), 17),
            Column(_("In an emergency"), 36), Column(_("Pictures"), 15),
        ]  # fmt: skip
    columns += [Column(_("Arrival"), 16), Column(_("Signature"), 38)]
    table = Table(paper, columns, size=9.5, grid=True)
    if expected.lines:
        table.write([row_of(line.participant, children=children) for line in expected.lines], least=LINE)
        paper.keep(LINE * 3)
        paper.write(_("Came without being registered"), 10, bold=True)
        paper.gap(4)
    table.write([[""] * len(columns)] * blank, least=LINE)


def _groups(paper: Document, rows: list[list[str]]) -> None:
    """How many came of each group; nobody of it is named."""
    if not rows:
        return
    paper.keep(LINE * 3)
    paper.write(_("Groups: only how many they are"), 10, bold=True)
    paper.gap(4)
    columns = [
        Column(_("Name of the group"), 40, bold=True), Column(_("Announced"), 18, number=True),
        Column(_("How many came"), 17), Column(_("Helpers present"), 26), Column(_("Signature"), 36),
    ]  # fmt: skip
    Table(paper, columns, size=9.5, grid=True).write(rows, least=LINE)


def _end(paper: Document, session: WorkshopSession) -> None:
    """How many there were, and who says so."""
    paper.keep(ENDING)
    counts = [_("Total present"), _("Of whom women"), _("Of whom men"), _("Helpers present")]
    Table(paper, [Column(label, 1) for label in counts], size=9.5, grid=True).write([[""] * 4], least=LAST_LINE)
    names = [one.account.name for one in session.team] or [""]
    for first in range(0, len(names), BESIDE):
        some = names[first : first + BESIDE]
        labels = [_("%(what)s: %(more)s", what=_("Signature"), more=name) if name else _("Signature") for name in some]
        columns = [Column(label, 1) for label in labels]
        Table(paper, columns, size=9.5, grid=True).write([[""] * len(some)], least=SIGNED)
