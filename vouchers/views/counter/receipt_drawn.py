"""The receipt of a voucher on one sheet, twice: the upper half for the resident, the lower one for the shop."""

from __future__ import annotations

from reportlab.lib.units import mm

from foundation.i18n import _, full_day, language, phone, text_direction
from foundation.pages import town_helpline, town_name
from foundation.pdf import BRAND, SOFT, Sheet
from vouchers.models import Redemption
from vouchers.views.counter.receipt_words import amounts_of, doors_of, facts_of

MARGIN = 15 * mm
TERMS = 150
"""Points between the start of a term and what it says."""


def drawn(made: Redemption) -> bytes:
    """In the language at hand."""
    title = _("Receipt of a voucher, number %(number)s", number=made.id)
    sheet = Sheet(title, rtl=text_direction() == "rtl", language=language(), margin=MARGIN)
    _copy(sheet, made, title, _("For the resident"))
    sheet.y = sheet.height / 2
    sheet.rule()
    sheet.write(_("Cut here"), 8, colour=SOFT)
    sheet.gap(sheet.margin / 2)
    _copy(sheet, made, title, _("For the shop"))
    return sheet.finished()


def _copy(sheet: Sheet, made: Redemption, title: str, whose: str) -> None:
    sheet.write(" · ".join((town_name(), whose)), 10, colour=SOFT)
    sheet.write(title, 17, bold=True, colour=BRAND)
    if made.undone_at:
        sheet.write(_("UNDONE on %(when)s", when=full_day(made.undone_at)), 13, bold=True)
    sheet.gap(6)
    for term, words in facts_of(made):
        _row(sheet, term, words)
        if term == _("Where") and not made.undone_at:
            for door in doors_of(made):
                _row(sheet, "", door)
    sheet.gap(8)
    _amounts(sheet, made)
    _question(sheet)


def _row(sheet: Sheet, term: str, words: str, size: float = 11) -> None:
    begins = sheet.y
    sheet.write(term, size, colour=SOFT, width=TERMS)
    ends, sheet.y = sheet.y, begins
    sheet.write(words, size, indent=TERMS)
    sheet.y = min(sheet.y, ends)
    sheet.gap(1)


def _amounts(sheet: Sheet, made: Redemption) -> None:
    """What was paid, in large letters; of an undone payment that nothing was, and why."""
    if made.undone_at:
        sheet.write(_("The voucher pays nothing of this any more."), 14, bold=True)
    *paid, left = amounts_of(made)
    for term, amount in paid:
        sheet.write(_("%(what)s: %(more)s", what=term, more=amount), 14, bold=True)
    sheet.write(_("%(what)s: %(more)s", what=left[0], more=left[1]), 11)
    if made.undone_at:
        sheet.write(_("%(what)s: %(more)s", what=_("Why it was undone"), more=made.undone_reason), 9)
    elif made.device_kind:
        sheet.gap(4)
        sheet.write(_("Keep this receipt: the warranty asks for it."), 10)


def _question(sheet: Sheet) -> None:
    if number := town_helpline():
        sheet.write(_("A question? Call the town: %(number)s", number=phone(number)), 10)
