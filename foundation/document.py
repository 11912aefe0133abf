"""Papers of several sheets: each says what it belongs to and which one it is, and none cuts a thing in two."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.i18n import _, language, text_direction
from foundation.pdf import PLAIN, SOFT, Sheet

FOOT_SIZE = 8.0
FOOT = 9 * mm


class Document(Sheet):
    """Sheets of A4 in the language at hand, filled one after another.

    Args:
        foot: stands on each sheet, beside its number.
        total: how many sheets there are, as `whole` counts them.
    """

    def __init__(self, title: str, foot: str, total: int, *, landscape: bool = False, margin: float = 14 * mm) -> None:
        rtl = text_direction() == "rtl"
        super().__init__(title, rtl=rtl, language=language(), landscape=landscape, margin=margin)
        self.foot, self.total = foot, total

    def keep(self, height: float) -> None:
        """Go to the next sheet unless so many points are left on this one."""
        if self.y - height < self.margin + FOOT:
            self.turn()

    def turn(self) -> None:
        self._number()
        super().turn()

    def finished(self) -> bytes:
        self._number()
        return super().finished()

    def _number(self) -> None:
        number = _("Page %(page)s of %(total)s", page=self.page, total=self.total)
        end = self.room - stringWidth(number, PLAIN, FOOT_SIZE)
        self.y = self.margin
        self.put(_shortened(self.foot, end - FOOT_SIZE), FOOT_SIZE, colour=SOFT)
        self.put(number, FOOT_SIZE, colour=SOFT, start=end)


def whole(written: Callable[[int], Document]) -> bytes:
    """The PDF of a document, written twice: once to count its sheets, once to say on each how many there are."""
    return written(written(0).page).finished()


def _shortened(text: str, width: float) -> str:
    """The first words of a foot that is longer than its line."""
    if stringWidth(text, PLAIN, FOOT_SIZE) <= width:
        return text
    while text and stringWidth(f"{text} …", PLAIN, FOOT_SIZE) > width:
        text = text.rpartition(" ")[0]
    return f"{text} …"
