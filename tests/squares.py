"""Square codes, read as a telephone reads them: from a picture, or from what a PDF draws."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import zxingcpp
from PIL import Image, ImageDraw

Bar = tuple[int, int, int]
"""Across, down and length, in dots."""
DOT, MARGIN = 8, 4
"""Pixels of a dot; dots of white around the square."""


def read_picture(png: bytes) -> str | None:
    """What the square in a picture says; None when there is none that can be read."""
    return _read(Image.open(io.BytesIO(png)))


def read_pdf(pdf: bytes) -> str | None:
    """What the square on the first page says: bars of whole dots, one dot high, as `foundation.pdf` draws them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = list(pikepdf.parse_content_stream(document.pages[0]))
    return _read(_picture([bar for one in drawn if str(one.operator) == "re" for bar in _bar(one)]))


def _bar(drawn: Any) -> Iterator[Bar]:
    """A rectangle that is a bar of whole dots; none when it is another one."""
    x, y, length, height = (float(one) for one in drawn.operands)
    if height == 1 and min(x, y) >= 0 and x == int(x) and y == int(y) and length == int(length):
        yield int(x), int(y), int(length)


def _picture(bars: Sequence[Bar]) -> Image.Image:
    across, down = (max((one[axis] for one in bars), default=0) + 2 * MARGIN + 40 for axis in (0, 1))
    picture = Image.new("L", (across * DOT, down * DOT), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, length in bars:
        left, top = (x + MARGIN) * DOT, (y + MARGIN) * DOT
        draw.rectangle((left, top, left + length * DOT - 1, top + DOT - 1), fill=0)
    return picture


def read_all(pdf: bytes) -> list[str | None]:
    """What each square on each page says, in the order in which they were drawn."""
    return [_read(_picture(bars)) for bars in _squares(pdf)]


def _squares(pdf: bytes) -> Iterator[list[Bar]]:
    """The bars of each square: they stand between a saved state of the paper and its return."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            bars: list[Bar] = []
            for drawn in pikepdf.parse_content_stream(page):
                if str(drawn.operator) == "q":
                    bars = []
                elif str(drawn.operator) == "re":
                    bars.extend(_bar(drawn))
                elif str(drawn.operator) == "Q" and bars:
                    yield bars


def _read(picture: Image.Image) -> str | None:
    found = zxingcpp.read_barcode(picture.convert("L"))
    return found.text if found else None
