"""Paper: the typeface of the house (Latin and Arabic), and a sheet that is filled from top to bottom."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.pagesizes import landscape as wide
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from foundation.arabic import joined, placed

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"
PLAIN, BOLD = "DejaVu Sans", "DejaVu Sans Bold"
BRAND, SOFT, LINE = HexColor("#0c5a55"), HexColor("#4d5866"), HexColor("#d8cfc0")
TINT, EDGE = HexColor("#eaf1ef"), HexColor("#8d9896")
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
    """`text` in lines of at most `width` points, in reading order; a word that is longer has a line of its own.

    Words that a space of their own kind keeps together, such as `9 h 00`, stay so.
    """
    lines: list[str] = []
    for word in filter(None, re.split("[ \t\r\n]", text)):
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
    """A4, or of `size` in points, written downwards from the top; `rtl` puts the start of each line to the right.

    The same words make the same bytes: the file does not say when it was made.
    """

    def __init__(
        self,
        title: str,
        *,
        rtl: bool,
        language: str,
        landscape: bool = False,
        margin: float = MARGIN,
        size: tuple[float, float] | None = None,
    ) -> None:
        register_fonts()
        self.rtl, self.margin = rtl, margin
        self.width, self.height = size or (wide(A4) if landscape else A4)
        self._out = io.BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=(self.width, self.height),
            lang=language,
            invariant=1,
            initialFontName=PLAIN,  # type: ignore[arg-type]  # the stubs take it for a number
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Parvis")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self.page = 1
        self.y = self.height - margin

    @property
    def room(self) -> float:
        """Points between the margins."""
        return float(self.width) - 2 * self.margin

    @property
    def canvas(self) -> Canvas:
        """What drawings are put on by hand."""
        return self._canvas

    def turn(self) -> None:
        """Go on at the top of another sheet."""
        self._canvas.showPage()
        self.page += 1
        self.y = self.height - self.margin

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
        for line in wrapped(text, font, size, (width or self.room) - indent):
            self.y -= size * LEADING
            self.put(line, size, font=font, colour=colour, start=indent)

    def put(self, line: str, size: float, *, font: str = PLAIN, colour: Color = black, start: float = 0) -> None:
        """One line at the height at hand, that begins `start` points within the margin."""
        self._canvas.setFillColor(colour)
        self._canvas.setFont(font, size)
        drawn = placed(line, rtl=self.rtl)
        if self.rtl:
            self._canvas.drawRightString(self.width - self.margin - start, self.y, drawn)
        else:
            self._canvas.drawString(self.margin + start, self.y, drawn)

    def gap(self, height: float) -> None:
        self.y -= height

    def rule(self, *, start: float = 0, width: float | None = None) -> None:
        """A thin line across, or over so many points from where lines start."""
        width = self.room - start if width is None else width
        left = self.width - self.margin - start - width if self.rtl else self.margin + start
        self._canvas.setStrokeColor(LINE)
        self._canvas.line(left, self.y, left + width, self.y)

    def box(self, height: float, *, start: float = 0, width: float | None = None, ground: Color | None = None) -> None:
        """A box that hangs from the height at hand: filled with `ground`, or with edges to write between by hand."""
        width = width or self.room - start
        left = self.width - self.margin - start - width if self.rtl else self.margin + start
        self._canvas.setStrokeColor(EDGE)
        self._canvas.setLineWidth(0.6)
        if ground is not None:
            self._canvas.setFillColor(ground)
        self._canvas.rect(
            left, self.y - height, width, height, stroke=int(ground is None), fill=int(ground is not None)
        )

    def mark(self, size: float) -> None:
        """The paving of the square with one door lit, where the line starts."""
        stone = size * 0.29
        left = self.width - self.margin - size if self.rtl else self.margin
        top = self.y
        self._canvas.setFillColor(BRAND)
        for row in range(3):
            for column in range(3):
                if column != 1 or row == 0:
                    x, y = left + column * size * 0.355, top - row * size * 0.355 - stone
                    self._canvas.roundRect(x, y, stone, stone, size * 0.05, stroke=0, fill=1)
        self._canvas.setFillColor(HexColor("#f2a65a"))
        self._canvas.rect(left + size * 0.355, top - size, stone, size * 0.645, stroke=0, fill=1)

    def square(self, content: str, size: float, top: float, *, left: float | None = None) -> None:
        """A QR code where lines end, or so many points from the left, its upper edge at `top`.

        Always with the chequered mask: trying all eight takes a quarter of the time of a sheet, to spare readers the
        wide plain areas that addresses do not have.
        """
        rows = [bytes(row) for row in segno.make(content, error="m", micro=False, mask=0).matrix]
        if left is None:
            left = self.margin if self.rtl else self.width - self.margin - size
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
