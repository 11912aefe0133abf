"""The face of a card: whose it is, its number, until when, and a square. Nothing says why somebody has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.i18n import _, phone
from foundation.pdf import BOLD, BRAND, PLAIN, SOFT, Sheet, wrapped
from vouchers.rules.codes import spoken

WIDTH, HEIGHT = 85.6 * mm, 54 * mm
"""ISO/IEC 7810 ID-1, as bank cards are."""
EDGE = 5 * mm
BAND = 13 * mm
SQUARE = 20 * mm
BESIDE = WIDTH - SQUARE - 3 * EDGE
WASH = HexColor("#d7ebe7")


@dataclass(frozen=True)
class Face:
    """What stands on a card.

    Attributes:
        number: as it is kept; link: what the square opens; helpline: E.164, may be empty.
    """

    town: str
    name: str
    number: str
    valid_until: date
    link: str
    helpline: str


def drawn(face: Face) -> bytes:
    """The PDF: one page of the size of the card."""
    sheet = Sheet(_("Solidarity card"), rtl=False, language="fr", margin=0, size=(WIDTH, HEIGHT))
    put(sheet, face, 0, HEIGHT)
    return sheet.finished()


def put(sheet: Sheet, face: Face, left: float, top: float) -> None:
    """The face on a sheet without margins that runs from left to right, its upper left corner there."""
    sheet.y = top
    sheet.box(BAND, start=left, width=WIDTH, ground=BRAND)
    sheet.y = top - 5.6 * mm
    sheet.put(_("Solidarity card"), 11.5, font=BOLD, colour=white, start=left + EDGE)
    sheet.y -= 4.4 * mm
    sheet.put(*_fitting(face.town, PLAIN, 7.5, WIDTH - 2 * EDGE), font=PLAIN, colour=WASH, start=left + EDGE)
    sheet.square(face.link, SQUARE, top - BAND - EDGE, left=left + WIDTH - EDGE - SQUARE)
    sheet.y = top - BAND - EDGE - 3.4 * mm
    for line in _name_lines(face.name):
        sheet.put(*_fitting(line, BOLD, 11, BESIDE), font=BOLD, start=left + EDGE)
        sheet.y -= 4.8 * mm
    _facts(sheet, face, left, top - HEIGHT)


def _facts(sheet: Sheet, face: Face, left: float, bottom: float) -> None:
    """From the lower edge up: whom to call, until when, the number."""
    sheet.y = bottom + EDGE - 0.6 * mm
    if face.helpline:
        sheet.put(_("Lost? Call %(number)s.", number=phone(face.helpline)), 6.5, colour=SOFT, start=left + EDGE)
    sheet.y = bottom + 8.6 * mm
    until = _("Valid until %(day)s", day=f"{face.valid_until:%d/%m/%Y}")
    sheet.put(until, 8, start=left + EDGE)
    sheet.y = bottom + 13.4 * mm
    sheet.put(spoken(face.number), 13.5, font=BOLD, colour=BRAND, start=left + EDGE)


def _name_lines(name: str) -> list[str]:
    """On at most two lines."""
    lines = wrapped(name, BOLD, 11, BESIDE)
    return lines if len(lines) < 3 else [lines[0], " ".join(lines[1:])]


def _fitting(text: str, font: str, size: float, room: float) -> tuple[str, float]:
    """`text` in a size in which it fits; a very long one is cut short."""
    while stringWidth(text, font, size) > room and size > 6:
        size -= 0.5
    if stringWidth(text, font, size) <= room:
        return text, size
    while stringWidth(f"{text}…", font, size) > room:
        text = text[:-1]
    return f"{text}…", size
