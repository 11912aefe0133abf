"""The sheets of a report: numbered headings, paragraphs, drawings, key figures, and a foot on each page."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.i18n import _
from foundation.pdf import BOLD, BRAND, LINE, PLAIN, SOFT, TINT, Sheet
from reach.drawing.pdf import draw_on
from reach.drawing.words import few_lines, fitted

BODY, SMALL_PRINT, ROW = 9.5, 8, 8.5
FOOT = 24
"""Points that the foot takes above the lower margin."""
WARNING, ACCENT = HexColor("#7a3f06"), HexColor("#f2a65a")
LEAST = 9
"""The smallest letters on a band."""
TILE = 80
"""How high a key figure is."""


class ReportPaper(Sheet):
    """A4, with what each page says at its foot.

    Attributes:
        pages: how many there are, known from drawing it once before; 0 while that is not known.
        contents: (title of a part, its page), in order.
    """

    def __init__(self, title: str, *, language: str, foot: str, internal: bool, pages: int = 0) -> None:
        super().__init__(title, rtl=False, language=language)
        self.foot, self.internal, self.pages = foot, internal, pages
        self.contents: list[tuple[str, int]] = []

    @property
    def left(self) -> float:
        """Points until the foot."""
        return self.y - self.margin - FOOT

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y == self.height - self.margin

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
        number = (
            _("Page %(number)s of %(pages)s", number=self.page, pages=self.pages)
            if self.pages
            else _("Page %(number)s", number=self.page)
        )
        words = _("Internal: small numbers are not hidden. Not to be passed on.") if self.internal else self.foot
        room = self.room - stringWidth(number, PLAIN, SMALL_PRINT) - 10
        colour = WARNING if self.internal else SOFT
        font = BOLD if self.internal else PLAIN
        self.put(few_lines(words, room, SMALL_PRINT, 1, bold=self.internal)[0], SMALL_PRINT, font=font, colour=colour)
        self.put(number, SMALL_PRINT, colour=SOFT, start=self.room - stringWidth(number, PLAIN, SMALL_PRINT))

    def keep(self, height: float) -> None:
        """Go on at the top of the next page unless so many points are left."""
        if self.left < height and not self.is_fresh:
            self.turn()

    def heading(self, words: str, *, least: float = 90) -> None:
        """Of a part, with its number; never alone at the foot of a page. Readers of PDF find it in their list."""
        self.keep(least + 40)
        if not self.is_fresh:
            self.gap(16)
        self.contents.append((words, self.page))
        key = f"part-{len(self.contents)}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(words, key, 0)
        self.lines(f"{len(self.contents)}.\u00a0 {words}", 15, bold=True, colour=BRAND)
        self.gap(5)
        self.canvas.setFillColor(ACCENT)
        self.canvas.rect(self.margin, self.y - 2, 42, 2, stroke=0, fill=1)
        self.gap(8)

    def subheading(self, words: str, *, least: float = 70) -> None:
        self.keep(least)
        self.gap(8)
        self.lines(words, 11, bold=True)
        self.gap(3)

    def lines(self, words: str, size: float, *, bold: bool = False, colour: Color = black, start: float = 0) -> None:
        """A paragraph on this page; words that are longer than a line are broken."""
        for line in fitted(words, self.room - start, size, bold=bold):
            self.y -= size * 1.35
            self.put(line, size, font=BOLD if bold else PLAIN, colour=colour, start=start)

    def say(self, words: str, *, small: bool = False) -> None:
        """A paragraph; the lines that do not fit go on over the page."""
        size = SMALL_PRINT if small else BODY
        lines = fitted(words, self.room, size)
        self.keep(size * 1.4 * min(len(lines), 3))
        for number, line in enumerate(lines):
            # The last line never goes over the page alone.
            self.keep(size * 1.5 * (2 if number == len(lines) - 2 else 1))
            self.y -= size * 1.4
            self.put(line, size, colour=SOFT if small else black)
        self.gap(4)

    def point(self, words: str, *, size: float = BODY) -> None:
        """One of a list."""
        lines = fitted(words, self.room - 14, size)
        self.keep(min(len(lines), 3) * size * 1.4)
        for number, line in enumerate(lines):
            self.keep(size * 1.5)
            self.y -= size * 1.4
            if not number:
                self.put("•", size, colour=BRAND, start=2)
            self.put(line, size, start=14)
        self.gap(3.5)

    def drawing(self, drawing: Drawing) -> None:
        """Across the page; on the next one when it does not fit."""
        self.keep(drawing.height + 4)
        self.place(drawing, 0)
        self.gap(drawing.height + 8)

    def place(self, drawing: Drawing, start: float) -> None:
        """Hung from the height at hand, so many points within the margin."""
        draw_on(self.canvas, drawing, self.margin + start, self.y - drawing.height)

    def hairline(self, start: float, width: float) -> None:
        """A thin line, so many points long."""
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(self.margin + start, self.y, self.margin + start + width, self.y)

    def tiles(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Key figures side by side: (figure, what it counts, what stands under it)."""
        gap = 10
        width = (self.room - gap * (len(figures) - 1)) / len(figures)
        self.keep(TILE)
        top = self.y
        for number, figure in enumerate(figures):
            self.y = top
            self._tile(figure, number * (width + gap), width)
        self.y = top - TILE - 10

    def _tile(self, said: tuple[str, str, str], start: float, width: float) -> None:
        figure, words, under = said
        top, room = self.y, width - 14
        self.box(TILE, start=start, width=width, ground=TINT)
        self.canvas.setFillColor(BRAND)
        self.canvas.rect(self.margin + start, top - TILE, 2.5, TILE, stroke=0, fill=1)
        self.y = top - 28
        size = min(20.0, 20 * room / max(stringWidth(figure, BOLD, 20), 1))
        self.put(figure, size, font=BOLD, colour=BRAND, start=start + 9)
        self.gap(3)
        for line in few_lines(words, room, ROW, 2):
            self.gap(ROW * 1.3)
            self.put(line, ROW, start=start + 9)
        below = few_lines(under, room, 7.5, 2)
        self.y = top - TILE + 7 + 9 * (len(below) - 1)
        for line in below:
            self.put(line, 7.5, colour=SOFT, start=start + 9)
            self.gap(9)

    def band(self, height: float) -> None:
        """A field in the colour of the house over the top of the page, from edge to edge."""
        self.canvas.setFillColor(BRAND)
        self.canvas.rect(0, self.height - height, self.width, height, stroke=0, fill=1)
        self.canvas.setFillColor(ACCENT)
        self.canvas.rect(0, self.height - height - 4, self.width, 4, stroke=0, fill=1)

    def title(self, words: str, size: float, *, most: int = 3, bold: bool = True) -> None:
        """On the band; smaller where it would take more lines, and cut where even that does not help."""
        while size > LEAST and len(fitted(words, self.room, size, bold=bold)) > most:
            size -= 1
        for line in few_lines(words, self.room, size, most, bold=bold):
            self.y -= size * 1.3
            self.put(line, size, font=BOLD if bold else PLAIN, colour=white)
