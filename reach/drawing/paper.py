"""What a drawing is drawn on: shapes put from the top down, from the side where lines of the language start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Rect, Shape, String
from reportlab.lib.colors import Color, HexColor

from foundation.i18n import text_direction
from foundation.pdf import BOLD, PLAIN, register_fonts

INK, SOFT, EDGE, RULE = HexColor("#1c2530"), HexColor("#4d5866"), HexColor("#7d7666"), HexColor("#d8cfc0")
CARD, BRAND, WASH, SIGNAL = HexColor("#fffdf9"), HexColor("#0c5a55"), HexColor("#bfdcd6"), HexColor("#7a3f06")

Ring = Sequence[tuple[float, float]]
Anchor = Literal["start", "middle", "end"]
START: Anchor = "start"
MIDDLE: Anchor = "middle"
END: Anchor = "end"
_TURNED: dict[Anchor, Anchor] = {START: END, MIDDLE: MIDDLE, END: START}


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a drawing is and how large its letters are, in points (pixels on a page).

    A narrow frame is not a wide one made smaller: what stands side by side in a wide one is stacked in it.
    """

    width: float
    size: float

    @property
    def is_wide(self) -> bool:
        return self.width >= 44 * self.size


PAGE = Frame(720, 13)
PHONE = Frame(360, 12)
SHEET = Frame(482, 8.5)
"""The width between the margins of A4."""


@dataclass(frozen=True, slots=True)
class Pen:
    """A line; `dash` is what is drawn and what is left out, in turns."""

    colour: Color
    width: float = 1.0
    dash: tuple[float, ...] = ()
    round_ends: bool = False


class Paper:
    """Shapes at (across, down): across from where lines start, down from the top. `y` is how far it is filled.

    In a language written from the right, `across` is counted from the right. What has a shape of its own, such as a
    map, is drawn by `path`, which is never mirrored: `flip` gives the place across where a mirrored thing stands.
    """

    def __init__(self, frame: Frame) -> None:
        register_fonts()
        self.frame, self.size = frame, frame.size
        self.width = frame.width
        self.rtl = text_direction() == "rtl"
        self.y = 0.0
        self._shapes: list[Shape] = []

    def flip(self, across: float) -> float:
        """From the left ↔ from where lines start."""
        return self.width - across if self.rtl else across

    def text(
        self,
        across: float,
        down: float,
        text: str,
        *,
        scale: float = 1.0,
        bold: bool = False,
        colour: Color = INK,
        anchor: Anchor = START,
    ) -> None:
        """One line whose letters stand on `down`."""
        drawn = String(self.flip(across), -down, text, fontName=BOLD if bold else PLAIN, fontSize=self.size * scale)
        drawn.fillColor, drawn.textAnchor = colour, _TURNED[anchor] if self.rtl else anchor
        self._shapes.append(drawn)

    def lines(self, across: float, texts: Iterable[str], *, scale: float = 1.0, bold: bool = False) -> None:
        """Lines under one another from the height at hand, which they push down."""
        for text in texts:
            self.y += self.size * scale * 1.35
            self.text(across, self.y - self.size * scale * 0.3, text, scale=scale, bold=bold, colour=INK)

    def rect(
        self,
        across: float,
        down: float,
        width: float,
        height: float,
        *,
        fill: Color | None = None,
        pen: Pen | None = None,
        radius: float = 0,
    ) -> None:
        """A rectangle whose upper corner is at (across, down)."""
        left = self.flip(across) - (width if self.rtl else 0)
        shape = Rect(left, -down - height, width, height, rx=radius, ry=radius)
        shape.fillColor = fill
        self._shapes.append(_drawn_with(shape, pen))

    def line(self, x1: float, y1: float, x2: float, y2: float, pen: Pen) -> None:
        self._shapes.append(_drawn_with(Line(self.flip(x1), -y1, self.flip(x2), -y2), pen))

    def circle(self, across: float, down: float, radius: float, *, fill: Color, pen: Pen | None = None) -> None:
        shape = Circle(self.flip(across), -down, radius)
        shape.fillColor = fill
        self._shapes.append(_drawn_with(shape, pen))

    def path(
        self, rings: Iterable[Ring], *, fill: Color | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Rings or lines in one path, at (from the left, down); holes are rings within rings."""
        shape = Path()
        for ring in rings:
            points = ring[:-1] if closed else ring
            shape.moveTo(points[0][0], -points[0][1])
            for x, y in points[1:]:
                shape.lineTo(x, -y)
            if closed:
                shape.closePath()
        if shape.operators:
            shape.fillColor, shape.fillMode = fill, 0
            self._shapes.append(_drawn_with(shape, pen))

    def finished(self) -> Drawing:
        """The drawing, as high as it was filled."""
        height = round(self.y, 1)
        drawing = Drawing(self.width, height)
        drawing.add(Group(*self._shapes, transform=(1, 0, 0, 1, 0, height)))
        return drawing


def _drawn_with(shape: Rect | Line | Circle | Path, pen: Pen | None) -> Shape:
    """`shape` with its outline, or none."""
    shape.strokeColor = pen.colour if pen else None
    if pen:
        shape.strokeWidth, shape.strokeLineCap, shape.strokeLineJoin = pen.width, 1 if pen.round_ends else 0, 1
        if pen.dash:
            shape.strokeDashArray = pen.dash
    return shape
