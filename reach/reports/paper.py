"""The sheets of a report: headings, paragraphs, tables that go on over pages, drawings, and a foot on each page."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.i18n import _
from foundation.pdf import BOLD, BRAND, LINE, PLAIN, SOFT, TINT, Sheet, wrapped
from reach.drawing.pdf import draw_on

BODY, SMALL_PRINT, ROW = 9.5, 8, 8.5
FOOT = 24
"""Points that the foot takes above the lower margin."""
WARNING = HexColor("#7a3f06")


class ReportPaper(Sheet):
    """A4, with what each page says at its foot."""

    def __init__(self, title: str, *, language: str, foot: str, internal: bool) -> None:
        super().__init__(title, rtl=False, language=language)
        self.foot, self.internal = foot, internal

    @property
    def left(self) -> float:
        """Points until the foot."""
        return self.y - self.margin - FOOT

    def turn(self) -> None:
        self.write_foot()
        super().turn()

    def finished(self) -> bytes:
        self.write_foot()
        return super().finished()

    def write_foot(self) -> None:
        """Whose page it is, and its number; on the team's own that it is not to be passed on."""
        self.y = self.margin + FOOT / 2
        self.rule()
        self.y -= 11
        number = _("Page %(number)s", number=self.page)
        words = _("Internal: small numbers are not hidden. Not to be passed on.") if self.internal else self.foot
        room = self.room - stringWidth(number, PLAIN, SMALL_PRINT) - 10
        colour = WARNING if self.internal else SOFT
        font = BOLD if self.internal else PLAIN
        self.put(wrapped(words, font, SMALL_PRINT, room)[0], SMALL_PRINT, font=font, colour=colour)
        self.put(number, SMALL_PRINT, colour=SOFT, start=self.room - stringWidth(number, PLAIN, SMALL_PRINT))

    def keep(self, height: float) -> None:
        """Go on at the top of the next page unless so many points are left."""
        if self.left < height:
            self.turn()

    def heading(self, words: str, *, least: float = 90) -> None:
        """Of a part; never alone at the foot of a page."""
        self.keep(least)
        self.gap(6)
        self.write(words, 15, bold=True, colour=BRAND)
        self.gap(6)

    def subheading(self, words: str, *, least: float = 70) -> None:
        self.keep(least)
        self.gap(8)
        self.write(words, 11, bold=True)
        self.gap(3)

    def say(self, words: str, *, small: bool = False) -> None:
        """A paragraph; the lines that do not fit go on over the page."""
        size = SMALL_PRINT if small else BODY
        for line in wrapped(words, PLAIN, size, self.room):
            self.keep(size * 1.5)
            self.write(line, size, colour=SOFT) if small else self.write(line, size)
        self.gap(4)

    def point(self, words: str) -> None:
        """One of a list."""
        self.keep(BODY * 3)
        start = self.y
        self.write(words, BODY, indent=14)
        end, self.y = self.y, start - BODY * 1.35
        self.put("•", BODY, colour=BRAND, start=2)
        self.y = end - 3

    def drawing(self, drawing: Drawing) -> None:
        """Across the page; on the next one when it does not fit."""
        self.keep(drawing.height + 4)
        self.place(drawing, 0)
        self.gap(drawing.height + 8)

    def place(self, drawing: Drawing, start: float) -> None:
        """Hung from the height at hand, so many points within the margin."""
        draw_on(self.canvas, drawing, self.margin + start, self.y - drawing.height)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """The first column is words, the others are figures that end at the right of theirs.

        Args:
            widths: of the columns, as parts of the room; they add up to 1.
        """
        columns = [width * self.room for width in widths]
        self.keep(70)
        self._row(header, columns, bold=True)
        for row in rows:
            if self.left < _height(row, columns):
                self.turn()
                self._row(header, columns, bold=True)
            self._row(row, columns)
        self.gap(8)

    def _row(self, cells: Sequence[str], columns: Sequence[float], *, bold: bool = False) -> None:
        font = BOLD if bold else PLAIN
        height = _height(cells, columns, bold=bold)
        top = self.y
        if bold:
            self.box(height, ground=TINT)
        start = 0.0
        for number, (cell, width) in enumerate(zip(cells, columns, strict=True)):
            self.y = top - 3
            for line in wrapped(cell, font, ROW, width - 8):
                self.y -= ROW * 1.3
                across = start + 4 if not number else start + width - 4 - stringWidth(line, font, ROW)
                self.put(line, ROW, font=font, start=across)
            start += width
        self.y = top - height
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.5)
        self.rule()

    def tiles(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Key figures side by side: (figure, what it counts, what stands under it)."""
        gap, high = 10, 84
        width = (self.room - gap * (len(figures) - 1)) / len(figures)
        self.keep(high)
        top = self.y
        for number, (figure, words, under) in enumerate(figures):
            start = number * (width + gap)
            self.y = top
            self.box(high, start=start, width=width, ground=TINT)
            self.y = top - 30
            size = min(20.0, 20 * (width - 16) / max(stringWidth(figure, BOLD, 20), 1))
            self.put(figure, size, font=BOLD, colour=BRAND, start=start + 8)
            self.gap(4)
            for line in wrapped(words, PLAIN, ROW, width - 14)[:2]:
                self.gap(ROW * 1.3)
                self.put(line, ROW, start=start + 8)
            self.y = top - high + 10
            self.put(under, 7.5, colour=SOFT, start=start + 8)
        self.y = top - high - 10

    def band(self, height: float) -> None:
        """A field in the colour of the house over the top of the page, from edge to edge."""
        self.canvas.setFillColor(BRAND)
        self.canvas.rect(0, self.height - height, self.width, height, stroke=0, fill=1)

    def title(self, words: str, size: float) -> None:
        """On the band."""
        self.write(words, size, bold=True, colour=white)


def _height(cells: Sequence[str], columns: Sequence[float], *, bold: bool = False) -> float:
    font = BOLD if bold else PLAIN
    return 8 + ROW * 1.3 * max(
        len(wrapped(cell, font, ROW, width - 8)) or 1 for cell, width in zip(cells, columns, strict=True)
    )
