"""Paper: the typeface of the house (Latin and Arabic), and a sheet that is filled from top to bottom."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from foundation.arabic import is_arabic, joined, visual

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"
PLAIN, BOLD = "DejaVu Sans", "DejaVu Sans Bold"
BRAND, SOFT, LINE = HexColor("#0c5a55"), HexColor("#4d5866"), HexColor("#d8cfc0")
MARGIN = 20 * mm
LEADING = 1.35


@cache
def register_fonts() -> None:
    """Make the typeface known to reportlab, once a process; and write bytes as they are, not as letters (ASCII85).

    No mail server of today needs letters, and they cost a fifth of the file and of the time.
    """
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont(PLAIN, FOLDER / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FOLDER / "DejaVuSans-Bold.ttf"))


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """`text` in lines of at most `width` points, in reading order; a word that is longer has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(joined(longer), font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def bars(rows: list[bytes]) -> Iterator[tuple[int, int, int]]:
    """(across, down, length) of the runs of dark dots: far fewer to draw than the dots."""
    for down, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield at, down, length
            at += length


class Sheet:
    """One A4 page, written downwards from the top; `rtl` puts the start of each line to the right."""

    def __init__(self, title: str, *, rtl: bool, language: str) -> None:
        register_fonts()
        self.rtl = rtl
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, lang=language)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Parvis")
        self.width, height = A4
        self.y = height - MARGIN

    @property
    def room(self) -> float:
        """Points between the margins."""
        return float(self.width) - 2 * MARGIN

    def write(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: Color = black,
        width: float | None = None,
        indent: float = 0,
    ) -> None:
        """A paragraph, wrapped; each line starts `indent` points within the margin."""
        font = BOLD if bold else PLAIN
        self._canvas.setFillColor(colour)
        for line in wrapped(text, font, size, (width or self.room) - indent):
            self.y -= size * LEADING
            self._line(line, font, size, MARGIN + indent)

    def _line(self, line: str, font: str, size: float, start: float) -> None:
        self._canvas.setFont(font, size)
        if self.rtl:
            self._canvas.drawRightString(self.width - start, self.y, visual(line))
        else:
            self._canvas.drawString(start, self.y, visual(line) if is_arabic(line) else line)

    def gap(self, height: float) -> None:
        self.y -= height

    def rule(self) -> None:
        """A thin line across."""
        self._canvas.setStrokeColor(LINE)
        self._canvas.line(MARGIN, self.y, self.width - MARGIN, self.y)

    def mark(self, size: float) -> None:
        """The paving of the square with one door lit, where the line starts."""
        stone = size * 0.29
        left = self.width - MARGIN - size if self.rtl else MARGIN
        top = self.y
        self._canvas.setFillColor(BRAND)
        for row in range(3):
            for column in range(3):
                if column != 1 or row == 0:
                    x, y = left + column * size * 0.355, top - row * size * 0.355 - stone
                    self._canvas.roundRect(x, y, stone, stone, size * 0.05, stroke=0, fill=1)
        self._canvas.setFillColor(HexColor("#f2a65a"))
        self._canvas.rect(left + size * 0.355, top - size, stone, size * 0.645, stroke=0, fill=1)

    def square(self, content: str, size: float, top: float) -> None:
        """A QR code where lines end, its upper edge at `top`.

        Always with the chequered mask: trying all eight takes a quarter of the time of a sheet, to spare readers the
        wide plain areas that addresses do not have.
        """
        rows = [bytes(row) for row in segno.make(content, error="m", micro=False, mask=0).matrix]
        left = MARGIN if self.rtl else self.width - MARGIN - size
        self._canvas.saveState()
        self._canvas.translate(left, top)
        self._canvas.scale(size / len(rows), -size / len(rows))
        self._canvas.setFillColor(black)
        path = self._canvas.beginPath()
        for across, down, length in bars(rows):
            path.rect(across, down, length, 1)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.restoreState()

    def finished(self) -> bytes:
        """The PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()
