"""Words in a drawing: figures as the reader's language writes them, lines that fit a width, names cut to one."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.numbers import format_decimal
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.arabic import joined
from foundation.i18n import language
from foundation.pdf import BOLD, PLAIN, register_fonts

ELLIPSIS = "…"
_BREAKS = re.compile(r"(?<= )(?! *[/–—-])|(?<= /)(?=\w)|(?<=\w\w/)(?=\w\w)|(?<=\w-)(?=\w)")
"""A line may end after a space, a slash or the hyphen of a compound name; never before a slash or a dash."""

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
"""The space in `1 000`, at which no line ends."""


def figure(value: float, decimals: int = 0) -> str:
    """`1 234,5` in French, `1,234.5` in English."""
    places = "." + "0" * decimals if decimals else ""
    return str(format_decimal(value, format=f"#,##0{places}", locale=language()))


def short_figure(value: float, most: int = 4) -> str:
    """`value` with as many decimals as it has, at most `most`: `20`, `2,5`."""
    decimals = next((count for count in range(most) if round(value, count) == round(value, most)), most)
    return figure(value, decimals)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points across, in the house's typeface, which is wider than the typefaces of most screens."""
    register_fonts()
    return float(stringWidth(joined(text), BOLD if bold else PLAIN, size))


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """`text` in lines of at most `width` points; a word that is longer than a line is broken where the line ends."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width_of((lines[-1] + piece).rstrip(), size, bold=bold) > width:
            lines.append("")
        lines[-1] += piece
        while width_of(lines[-1].rstrip(), size, bold=bold) > width and len(lines[-1].rstrip()) > 1:
            room = _letters_that_fit(lines[-1], width, size, bold=bold)
            lines[-1:] = [lines[-1][:room], lines[-1][room:]]
    return [line.strip() for line in lines if line.strip()]


def widest_piece(text: str, size: float, *, bold: bool = False) -> float:
    """Points across of the longest part at which no line may end."""
    return max((width_of(piece.rstrip(), size, bold=bold) for piece in _pieces(text)), default=0.0)


def cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """`text` itself where it fits, else its beginning and an ellipsis."""
    if width_of(text, size, bold=bold) <= width:
        return text
    room = _letters_that_fit(text, width - width_of(ELLIPSIS, size, bold=bold), size, bold=bold)
    return text[:room].rstrip(" /-–,") + ELLIPSIS


def few_lines(text: str, width: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """At most `most` lines; the last one says by an ellipsis that the text goes on."""
    lines = fitted(text, width, size, bold=bold)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(f"{lines[most - 1]} {lines[most]}", width, size, bold=bold)]


def _pieces(text: str) -> list[str]:
    return _BREAKS.split(_THOUSANDS.sub("\u00a0", re.sub(" +", " ", text)))


def _letters_that_fit(text: str, width: float, size: float, *, bold: bool) -> int:
    """How many letters of `text` are at most `width` points wide; at least one, so that each line makes headway."""
    return max(1, next(n for n in range(len(text), -1, -1) if not n or width_of(text[:n], size, bold=bold) <= width))
