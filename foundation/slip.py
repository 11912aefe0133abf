"""The slip that a resident takes home: one sheet in large type with what, when and where, a code, and a square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from foundation.codes import spoken
from foundation.i18n import _, language, phone, text_direction
from foundation.pdf import BRAND, SOFT, Sheet

SQUARE = 130
BESIDE_SQUARE = 320
MARK = 34
SCALES = (1, 0.88, 0.76, 0.64, 0.5)
SMALLEST = 9


@dataclass(frozen=True)
class Fact:
    """What is asked, small; what it is, large; what belongs to it."""

    term: str
    strong: Sequence[str] = ()
    plain: Sequence[str] = ()
    size: float = 19


@dataclass(frozen=True)
class Slip:
    """What stands on a slip.

    Attributes:
        who: below the title; may be empty.
        code: as it is kept; link: what the square opens.
        way_back: the sentence on how to change it.
        helpline: E.164; none when the town has none.
    """

    title: str
    town: str
    who: str
    facts: Sequence[Fact]
    code: str
    link: str
    way_back: str
    helpline: str | None


def drawn(slip: Slip) -> bytes:
    """The PDF, in the language at hand: in letters as large as one sheet holds."""
    for scale in SCALES:
        sheet = _written(slip, scale)
        if sheet.y >= sheet.margin:
            break
    return sheet.finished()


def _written(slip: Slip, scale: float) -> Sheet:
    sheet = Sheet(slip.title, rtl=text_direction() == "rtl", language=language())
    sheet.mark(MARK)
    sheet.gap(4)
    sheet.write(slip.town, 14, colour=SOFT, indent=MARK + 12)
    sheet.gap(28 * scale)
    sheet.write(slip.title, 30, bold=True, colour=BRAND)
    sheet.gap(2)
    sheet.write(slip.who, 17)
    sheet.gap(16 * scale)
    sheet.rule()
    for fact in slip.facts:
        _write(sheet, fact, scale)
    sheet.gap(16 * scale)
    sheet.rule()
    _ways_back(sheet, slip)
    return sheet


def _write(sheet: Sheet, fact: Fact, scale: float) -> None:
    """Nothing when there is nothing to say."""
    if not any(fact.strong) and not any(fact.plain):
        return
    sheet.gap(9 * scale)
    sheet.write(fact.term, max(12.5 * scale, SMALLEST), colour=SOFT)
    for line in filter(None, fact.strong):
        sheet.write(line, max(fact.size * scale, SMALLEST), bold=True)
    for line in filter(None, fact.plain):
        sheet.write(line, max(16 * scale, SMALLEST))


def _ways_back(sheet: Sheet, slip: Slip) -> None:
    """The code, the square and the number to call."""
    sheet.gap(10)
    top = sheet.y - 6
    sheet.write(_("Your code"), 12, colour=SOFT)
    sheet.write(spoken(slip.code), 34, bold=True)
    sheet.gap(8)
    sheet.write(slip.way_back, 13, width=BESIDE_SQUARE)
    if slip.helpline:
        sheet.gap(4)
        sheet.write(_("Or call %(number)s.", number=phone(slip.helpline)), 13, width=BESIDE_SQUARE)
    sheet.square(slip.link, SQUARE, top)
    sheet.y = min(sheet.y, top - SQUARE)


def square_image(link: str) -> str:
    """The square that opens `link`, as the address of a picture within the page."""
    square = segno.make(link, error="m", micro=False)
    return str(square.svg_data_uri(border=2, light="#fff", svgclass=None, lineclass=None, omitsize=True))
