"""A letter with the card on it, to cut out: what it is for, how to see what is left, and what to do when it is lost."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.i18n import _, full_day, in_language, language, phone, text_direction
from foundation.pdf import BRAND, SOFT, Sheet
from vouchers.views.cards.card_drawn import HEIGHT, WIDTH, Face, put

MARK = 34
SIZE = 12.5


@dataclass(frozen=True)
class Letter:
    """What stands in a letter.

    Attributes:
        online: whether its holder can look at it: their year of birth is known.
        page: the address of the page that asks for the number, as people type it; helpline: E.164, may be empty.
    """

    face: Face
    online: bool
    page: str
    helpline: str


def drawn(letter: Letter) -> bytes:
    """The PDF, one sheet of A4 in the language at hand."""
    face, rtl = letter.face, text_direction() == "rtl"
    sheet = Sheet(_("Your solidarity card"), rtl=rtl, language=language())
    sheet.mark(MARK)
    sheet.gap(4)
    sheet.write(face.town, 14, colour=SOFT, indent=MARK + 12)
    sheet.gap(34)
    sheet.write(_("Your solidarity card"), 26, bold=True, colour=BRAND)
    sheet.gap(6)
    sheet.write(face.name, 16)
    sheet.gap(18)
    for paragraph in _sentences(letter):
        sheet.write(paragraph, SIZE)
        sheet.gap(9)
    sheet.gap(12)
    sheet.write(_("Cut out your card along the line."), 11, colour=SOFT)
    sheet.gap(8)
    _card(sheet, face)
    return sheet.finished()


def _sentences(letter: Letter) -> list[str]:
    until = full_day(letter.face.valid_until)
    found = [
        _("Here is your solidarity card. It is yours alone, and valid until %(day)s.", day=until),
        _("Show it when you get a voucher, and take it with you when you use one."),
    ]
    if letter.online:
        found.append(
            _(
                "To see what is left and where to use it: scan the square, or open %(page)s. You need the number of "
                "your card and your year of birth.",
                page=letter.page,
            )
        )
    if letter.helpline:
        number = phone(letter.helpline).replace(" ", "\u00a0")
        found.append(
            _("Is your card lost? Call %(number)s: you get another one, and nothing is lost with it.", number=number)
        )
    return found


def _card(sheet: Sheet, face: Face) -> None:
    """In the middle, within a line to cut along; a card is in French, whatever the letter is in."""
    top, left = sheet.y, (float(sheet.width) - WIDTH) / 2
    kept = sheet.rtl, sheet.margin
    sheet.rtl, sheet.margin = False, 0
    with in_language("fr"):
        put(sheet, face, left, top)
    sheet.y = top
    sheet.box(HEIGHT, start=left, width=WIDTH)
    sheet.rtl, sheet.margin = kept
    sheet.y = top - HEIGHT
