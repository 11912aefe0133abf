"""Labels on paper: a square that any telephone reads, and the same in words for whoever has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from equipment.rules.sheets import Paper, Spot, spots
from foundation.i18n import _, language, phone
from foundation.pdf import BOLD, BRAND, LEADING, PLAIN, SOFT, Sheet, wrapped

PADDING = 3 * mm
SQUARE_SHARE = 0.46
"""Of a label's width, at most: the rest is for words."""
SMALL = 20 * mm
"""Words that have less height tell the code, the kind and the number to call."""
SMALLEST, LARGEST = 0.62, 1.9
KEPT = "\u00a0"
"""A space that does not break."""


@dataclass(frozen=True)
class Label:
    """What stands on one label.

    Attributes:
        link: what the square opens.
        what: kind of the device, or name of the kit; detail: make and model, or what is in the case.
        owner: who gets it back; helpline: E.164, may be empty.
    """

    code: str
    link: str
    what: str
    detail: str
    owner: str
    helpline: str


def drawn(labels: Sequence[Label], paper: Paper, first: int, *, case: bool) -> bytes:
    """The PDF.

    Args:
        first: where the first label goes, from 1 on.
        case: the first of `labels` is that of a case.
    """
    sheet = Sheet(_("Labels"), rtl=False, language=language(), margin=0)
    for label, spot in zip(labels, spots(paper, first, len(labels), case=case), strict=True):
        while sheet.page <= spot.sheet:
            sheet.turn()
        _label(sheet, label, spot, cut=paper is Paper.PLAIN)
    return sheet.finished()


def _label(sheet: Sheet, label: Label, spot: Spot, *, cut: bool) -> None:
    """One label; where paper is cut by hand, with its edges."""
    left, top = spot.left * mm, sheet.height - spot.top * mm
    width, height = spot.width * mm, spot.height * mm
    if cut:
        sheet.y = top
        sheet.box(height, start=left, width=width)
    square = min(height - 2 * PADDING, width * SQUARE_SHARE)
    sheet.square(label.link, square, top - (height - square) / 2, left=left + PADDING)
    room = width - square - 3 * PADDING
    _words(sheet, label, (left + square + 2 * PADDING, top - PADDING), room, height - 2 * PADDING)


def _words(sheet: Sheet, label: Label, corner: tuple[float, float], room: float, height: float) -> None:
    """From the code down; who it belongs to and whom to call stand at the lower edge."""
    start, top = corner
    small = height < SMALL
    scale = SMALLEST if small else min(LARGEST, height / (32 * mm))
    number = phone(label.helpline).replace(" ", KEPT)
    foot = [] if small else _lines(_("Belongs to: %(name)s", name=label.owner), PLAIN, 6.5 * scale, room, 3)
    foot += [Line(number, BOLD, min(8.5 * scale, 8.5 * room / _width(number, 8.5)))] if number else []
    left = height - sum(line.height for line in foot)
    head = _code_lines(label.code, 13 * scale, room) + _lines(label.what, BOLD, 8.5 * scale, room, 2)
    left -= sum(line.height for line in head)
    detail = _lines(label.detail, PLAIN, 7 * scale, room, int(left / (7 * scale * LEADING)), SOFT)
    sheet.y = top
    for line in head + detail:
        line.put(sheet, start)
    sheet.y = top - height + sum(line.height for line in foot)
    for line in foot:
        line.put(sheet, start)


class Line(NamedTuple):
    """One line of a label."""

    text: str
    font: str
    size: float
    colour: Color = black

    @property
    def height(self) -> float:
        return self.size * LEADING

    def put(self, sheet: Sheet, start: float) -> None:
        sheet.y -= self.height
        sheet.put(self.text, self.size, font=self.font, colour=self.colour, start=start)


def _width(text: str, size: float) -> float:
    return stringWidth(text, BOLD, size)


def _code_lines(code: str, size: float, room: float) -> list[Line]:
    """The code as large as fits; a long one is parted at its last hyphen."""
    head, _hyphen, tail = code.rpartition("-")
    parts = [f"{head}-", tail] if head and _width(code, size * 0.7) > room else [code]
    fitting = min(size, size * room / max(_width(part, size) for part in parts))
    return [Line(part, BOLD, fitting, BRAND) for part in parts]


def _lines(words: str, font: str, size: float, room: float, most: int, colour: Color = black) -> list[Line]:
    """`words` in at most so many lines; an ellipsis stands for what is left out, and a long word is made smaller."""
    found = wrapped(words, font, size, room)
    if len(found) > most:
        found = found[: max(0, most)]
        while found and " " in found[-1] and stringWidth(f"{found[-1]} …", font, size) > room:
            found[-1] = found[-1].rpartition(" ")[0]
        found[-1:] = [f"{last} …" for last in found[-1:]]
    return [Line(one, font, min(size, size * room / stringWidth(one, font, size)), colour) for one in found]
