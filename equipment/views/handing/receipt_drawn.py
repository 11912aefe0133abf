"""The receipt of a hand-over or of a return: what went or came, how it was, when it is due, and who says so."""

from __future__ import annotations

from datetime import datetime

from equipment.models import Condition, Direction, Handover, Reservation
from equipment.queries.handing import out_after
from equipment.rules.labels import CONDITIONS
from foundation.codes import spoken
from foundation.document import Document, whole
from foundation.i18n import _, full_day, ngettext, wall_clock
from foundation.pages import town_name
from foundation.pdf import BRAND, SOFT
from foundation.table import Column, Table

LINE = 17
SIGNED = 46
ENDING = 120
"""Points that the two names take together."""


def drawn(made: Handover) -> bytes:
    """In the language at hand."""
    return whole(lambda total: _written(made, total))


def _written(made: Handover, total: int) -> Document:
    one, out = made.reservation, made.direction is Direction.OUT
    title = _("Receipt of a hand-over") if out else _("Receipt of a return")
    foot = f"{town_name()} – {one.kit.name} ({one.kit.code}) – {_moment(made.at)}"
    paper = Document(f"{title}: {one.kit.name}", foot, total)
    paper.write(" · ".join((town_name(), title)), 9, colour=SOFT)
    paper.gap(2)
    paper.write(f"{one.kit.name} ({one.kit.code})", 17, bold=True, colour=BRAND)
    paper.gap(4)
    _facts(paper, made, one)
    _devices(paper, made)
    _supplies(paper, made)
    if not out:
        _still_out(paper, made)
    if made.note:
        paper.keep(LINE * 3)
        _said(paper, _("Note"), made.note)
    _rules(paper, made)
    _names(paper, made, out=out)
    return paper


def _facts(paper: Document, made: Handover, one: Reservation) -> None:
    place = one.school or one.care_home
    done = _("Handed over") if made.direction is Direction.OUT else _("Brought back")
    _said(paper, done, _moment(made.at))
    _said(paper, _("For"), ", ".join(filter(None, (place.name if place else one.activity, one.group_label))))
    if one.venue:
        _said(paper, _("Used at"), one.venue.name)
    if made.due_at:
        _said(paper, _("Due back on"), _moment(made.due_at), size=12)
    _said(paper, _("Code of the reservation"), spoken(one.code))
    if made.came_back_flat:
        paper.write(_("It came back flat."), 10)
    paper.gap(8)


def _said(paper: Document, what: str, more: str, *, size: float = 10) -> None:
    if more:
        paper.write(_("%(what)s: %(more)s", what=what, more=more), size, bold=size > 10)


def _moment(at: datetime) -> str:
    """`mardi 17 mars 2026, 12 h 00`."""
    return _("%(day)s, %(hours)s", day=full_day(at), hours=wall_clock(at))


def _devices(paper: Document, made: Handover) -> None:
    """Each with its label and how it was; what does not work stands out."""
    if not made.lines:
        return
    units = made.reservation.kit.unit_kind
    ordered = sorted(made.lines, key=lambda line: (line.kind != units, line.kind, line.code))
    columns = [Column(_("Label"), 26), Column(_("Device"), 60), Column(_("Serial number"), 34), Column(_("State"), 30)]
    rows = [
        [
            line.code,
            ", ".join(filter(None, (line.kind, line.label))),
            line.serial_number,
            _loud(line.condition),
        ]
        for line in ordered
    ]
    paper.write(ngettext("%(num)s device", "%(num)s devices", len(rows)), 11, bold=True)
    paper.gap(4)
    Table(paper, columns, size=9).write(rows, least=LINE)


def _loud(condition: Condition) -> str:
    words = str(CONDITIONS[condition])
    return words if condition.serves else words.upper()


def _supplies(paper: Document, made: Handover) -> None:
    if not made.supplies:
        return
    paper.keep(LINE * 3)
    columns = [Column(_("Supplies"), 120), Column(_("How many"), 30, number=True)]
    Table(paper, columns, size=9).write([[one.label, str(one.count)] for one in made.supplies], least=LINE)


def _still_out(paper: Document, made: Handover) -> None:
    """After this return, that is; one that is printed again later says the same."""
    codes = out_after(made)
    if codes:
        paper.keep(LINE * 2)
        paper.write(_("Still out: %(codes)s", codes=", ".join(codes)), 10, bold=True)
        paper.gap(6)


def _rules(paper: Document, made: Handover) -> None:
    """Those that the borrower agreed to on that day."""
    lines = [line.strip() for line in made.rules_agreed.splitlines() if line.strip()]
    if not lines:
        return
    paper.keep(LINE * (len(lines) + 2))
    paper.write(_("Rules agreed to"), 11, bold=True)
    paper.gap(2)
    for line in lines:
        paper.write(f"– {line}", 9.5)
    paper.gap(8)


def _names(paper: Document, made: Handover, *, out: bool) -> None:
    """Both as they were typed: that is the signature."""
    paper.keep(ENDING)
    paper.gap(8)
    borrower = _("Taken by") if out else _("Brought back by")
    team = _("Handed over by") if out else _("Taken back by")
    columns = [Column(borrower, 1, bold=True), Column(team, 1, bold=True)]
    signed = _("typed on %(when)s", when=_moment(made.at))
    rows = [[f"{made.signed_name}\n{signed}", f"{made.by.name}\n{signed}"]]
    Table(paper, columns, size=10.5, grid=True).write(rows, least=SIGNED)
