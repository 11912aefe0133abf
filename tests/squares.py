"""Square codes, read as a telephone reads them: from a picture, or from what a PDF draws."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import zxingcpp
from PIL import Image, ImageDraw

DOT, MARGIN = 8, 4
"""Pixels of a dot; dots of white around the square."""


def read_picture(png: bytes) -> str | None:
    """What the square in a picture says; None when there is none that can be read."""
    return _read(Image.open(io.BytesIO(png)))


def read_pdf(pdf: bytes) -> str | None:
    """What the square on the first page says: bars of whole dots, one dot high, as `foundation.pdf` draws them."""
    bars = list(_bars(pdf))
    across, down = (max((one[axis] for one in bars), default=0) + 2 * MARGIN + 40 for axis in (0, 1))
    picture = Image.new("L", (across * DOT, down * DOT), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, length in bars:
        left, top = (x + MARGIN) * DOT, (y + MARGIN) * DOT
        draw.rectangle((left, top, left + length * DOT - 1, top + DOT - 1), fill=0)
    return _read(picture)


def _bars(pdf: bytes) -> Iterator[tuple[int, int, int]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for drawn in pikepdf.parse_content_stream(document.pages[0]):
            if str(drawn.operator) == "re":
                x, y, length, height = (float(one) for one in drawn.operands)
                if height == 1 and min(x, y) >= 0 and x == int(x) and y == int(y) and length == int(length):
                    yield int(x), int(y), int(length)


def _read(picture: Image.Image) -> str | None:
    found = zxingcpp.read_barcode(picture.convert("L"))
    return found.text if found else None
