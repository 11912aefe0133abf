"""A certificate of attendance, in the language of whoever it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foundation.i18n import _, duration, full_day, in_language, language, local, ngettext, text_direction
from foundation.pages import town_name
from foundation.pdf import BRAND, SOFT, Sheet
from workshops.models import Programme, WorkshopSession
from workshops.queries.attended import Attendee
from workshops.service.links import code_of_certificate
from workshops.views.papers.blueprint import house_of, when_in_full
from workshops.views.public.blueprint import hours_of

MARK = 34
FOOT = 165
MOST_DATES = 60
SHAPES = ((9, 1, 13.0), (24, 2, 11.0), (MOST_DATES, 4, 10.0))
"""Up to so many dates stand in so many columns, in letters of this size."""


def drawn(programme: Programme, attendees: Sequence[Attendee], today: date, locale: str | None = None) -> bytes:
    """A sheet for each of them.

    Args:
        locale: for all; else each in their own language.
    """
    names = [one.person.name for one in attendees]
    with in_language(locale or attendees[0].answering.locale):
        what = names[0] if len(names) == 1 else programme.said("title", language())
        title = _("Certificate of attendance: %(what)s", what=what)
        sheet = Sheet(title, rtl=text_direction() == "rtl", language=language())
    for number, one in enumerate(attendees):
        if number:
            sheet.turn()
        with in_language(locale or one.answering.locale):
            sheet.rtl = text_direction() == "rtl"
            _write(sheet, programme, one, today)
    return sheet.finished()


def _write(sheet: Sheet, programme: Programme, one: Attendee, today: date) -> None:
    sheet.mark(MARK)
    sheet.gap(4)
    sheet.write(town_name(), 14, colour=SOFT, indent=MARK + 12)
    sheet.gap(40)
    sheet.write(_("Certificate of attendance"), 28, bold=True, colour=BRAND)
    sheet.gap(22)
    sheet.write(house_of(programme), 14, bold=True)
    sheet.write(_("certifies that"), 13)
    sheet.gap(8)
    sheet.write(one.person.name, 22, bold=True)
    sheet.gap(4)
    sheet.write(_("took part in the workshop"), 13)
    sheet.gap(8)
    sheet.write(programme.said("title", language()), 17, bold=True)
    sheet.gap(16)
    count = len(one.sessions)
    in_all = ngettext("%(num)s session, %(time)s in all", "%(num)s sessions, %(time)s in all", count,
                      time=duration(one.minutes))  # fmt: skip
    sheet.write(in_all, 14, bold=True)
    sheet.gap(4)
    _dates(sheet, one.sessions)
    _foot(sheet, programme, one, today)


def _dates(sheet: Sheet, sessions: Sequence[WorkshopSession]) -> None:
    """Each of them; of very many the first and the last."""
    shape = next((shape for shape in SHAPES if len(sessions) <= shape[0]), None)
    if shape is None:
        first, last = full_day(sessions[0].starts_at), full_day(sessions[-1].starts_at)
        sheet.write(_("from %(first)s to %(last)s", first=first, last=last), 13)
        return
    _most, columns, size = shape
    texts = [_date(one, columns) for one in sessions]
    each = -(-len(texts) // columns)
    top, width = sheet.y, sheet.room / columns
    for column in range(columns):
        sheet.y = top
        for text in texts[column * each : (column + 1) * each]:
            sheet.write(text, size, indent=column * width, width=(column + 1) * width)
    sheet.y = top - each * size * 2


def _date(session: WorkshopSession, columns: int) -> str:
    """As many words as a column holds: day and hours, the day in figures and hours, the day in figures."""
    if columns == 1:
        return when_in_full(session)
    day = f"{local(session.starts_at):%d/%m/%Y}"
    return _("%(day)s, %(hours)s", day=day, hours=hours_of(session)) if columns == 2 else day


def _foot(sheet: Sheet, programme: Programme, one: Attendee, today: date) -> None:
    """The day, room for a signature, and the code by which the house recognises what it signed."""
    sheet.y = FOOT
    sheet.write(_("Made on %(day)s", day=full_day(today)), 12)
    sheet.gap(6)
    sheet.write(_("Signature and stamp"), 12, colour=SOFT)
    sheet.box(62, start=sheet.room / 2, width=sheet.room / 2)
    sheet.gap(30)
    code = code_of_certificate(programme.id, one.person.id, [session.id for session in one.sessions])
    sheet.write(_("Code of this certificate"), 9, colour=SOFT)
    sheet.write(code, 12, bold=True)
