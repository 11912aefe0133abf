"""Drawing → SVG: small, the same bytes for the same drawing, without style or script, to be shown by `<img>`.

reportlab's own renderSVG writes `style` attributes and every coordinate with six decimals, and names no language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Rect, Shape, String
from reportlab.lib.colors import Color

from foundation.arabic import is_arabic
from foundation.i18n import language
from foundation.pdf import BOLD
from reach.drawing.paper import CARD, INK

FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"
ISOLATE, END = "\u2068", "\u2069"
"""Around a text whose own letters say its direction (FSI and PDI)."""
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
"""Characters that XML 1.0 can not hold."""


_MOVE, _LINE, _CLOSE = 0, 1, 3
"""reportlab's numbers of the ways to go on in a path; curves, which are 2, are drawn by nobody."""


def to_svg(drawing: Drawing, title: str, description: str) -> str:
    """The text of a file. It stands on a card of its own, so that it reads the same on a dark page.

    Raises:
        TypeError: for a shape that no drawing of the house has.
    """
    width, height = _number(drawing.width), _number(drawing.height)
    placed = list(_placed(drawing.contents, 0.0, float(drawing.height)))
    sizes = Counter(_number(shape.fontSize) for shape, _left, _bottom in placed if isinstance(shape, String))
    usual = max(sizes, key=lambda size: (sizes[size], size), default="12")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" lang={quoteattr(language())} font-family="{FONTS}" font-size="{usual}"'
        f' fill-rule="evenodd" stroke-linejoin="round"{_colour("fill", INK)}>'
        f"<title>{_said(title)}</title><desc>{_said(description)}</desc>"
    )
    card = f'<rect width="{width}" height="{height}" rx="12"{_colour("fill", CARD)}/>'
    return head + card + "".join(_written(*one, usual=usual) for one in placed) + "</svg>\n"


def _placed(shapes: Iterable[Shape], left: float, bottom: float) -> Iterator[tuple[Shape, float, float]]:
    """Each shape with the origin of its group: reportlab counts upwards from it, SVG downwards."""
    for shape in shapes:
        if isinstance(shape, Group):
            a, b, c, d, right, up = shape.transform
            if (a, b, c, d) != (1, 0, 0, 1):
                raise TypeError(shape.transform)
            yield from _placed(shape.contents, left + right, bottom - up)
        else:
            yield shape, left, bottom


def _written(shape: Shape, left: float, bottom: float, *, usual: str) -> str:
    if isinstance(shape, String):
        return _text(shape, left, bottom, usual)
    if type(shape) in _FORMS:
        return _FORMS[type(shape)](shape, left, bottom)
    raise TypeError(type(shape).__name__)


def _rect(shape: Rect, left: float, bottom: float) -> str:
    radius = f' rx="{_number(shape.rx)}"' if shape.rx else ""
    return (
        f'<rect x="{_number(left + shape.x)}" y="{_number(bottom - shape.y - shape.height)}"'
        f' width="{_number(shape.width)}" height="{_number(shape.height)}"{radius}{_painted(shape)}/>'
    )


def _line(shape: Line, left: float, bottom: float) -> str:
    start = f'x1="{_number(left + shape.x1)}" y1="{_number(bottom - shape.y1)}"'
    return f'<line {start} x2="{_number(left + shape.x2)}" y2="{_number(bottom - shape.y2)}"{_stroke(shape)}/>'


def _circle(shape: Circle, left: float, bottom: float) -> str:
    place = f'cx="{_number(left + shape.cx)}" cy="{_number(bottom - shape.cy)}"'
    return f'<circle {place} r="{_number(shape.r)}"{_painted(shape)}/>'


def _path(shape: Path, left: float, bottom: float) -> str:
    """Steps from point to point in whole tenths: a third of the bytes, and no error that adds up."""
    points = iter(shape.points)
    steps: list[str] = []
    at = start = (0, 0)
    for operator in shape.operators:
        if operator == _CLOSE:
            steps.append("z")
            at = start
            continue
        if operator not in {_MOVE, _LINE}:
            raise TypeError(operator)
        to = (round((left + next(points)) * 10), round((bottom - next(points)) * 10))
        if operator == _MOVE:
            steps.append(f"m{_pair(to[0] - at[0], to[1] - at[1])}")
            start = to
        elif to != at:
            steps.append(_step(to[0] - at[0], to[1] - at[1]))
        at = to
    return f'<path d="{_joined(steps)}"{_painted(shape)}/>'


def _step(right: int, down: int) -> str:
    if not down:
        return f"h{_tenths(right)}"
    return f"l{_pair(right, down)}" if right else f"v{_tenths(down)}"


def _joined(steps: Iterable[str]) -> str:
    """A letter is said once for steps of its kind that follow each other."""
    written: list[str] = []
    last = ""
    for step in steps:
        same = step[0] == last and last in "lhv"
        written.append((step[1:] if step[1] == "-" else " " + step[1:]) if same else step)
        last = step[0]
    return "".join(written)


def _text(shape: String, left: float, bottom: float, usual: str) -> str:
    """What is usual is left out: the drawing says it once for all."""
    size = "" if _number(shape.fontSize) == usual else f' font-size="{_number(shape.fontSize)}"'
    anchor = "" if shape.textAnchor == "start" else f' text-anchor="{shape.textAnchor}"'
    weight = ' font-weight="700"' if shape.fontName == BOLD else ""
    colour = "" if shape.fillColor == INK else _colour("fill", shape.fillColor)
    text = f"{ISOLATE}{shape.text}{END}" if is_arabic(shape.text) else shape.text
    place = f'x="{_number(left + shape.x)}" y="{_number(bottom - shape.y)}"'
    return f"<text {place}{size}{anchor}{weight}{colour}>{_said(text)}</text>"


_FORMS: dict[type[Shape], Callable[[Any, float, float], str]] = {Rect: _rect, Line: _line, Circle: _circle, Path: _path}


def _painted(shape: Rect | Circle | Path) -> str:
    return _colour("fill", shape.fillColor) + _stroke(shape)


def _stroke(shape: Rect | Circle | Path | Line) -> str:
    """Nothing for no outline, which is what SVG takes for granted."""
    if shape.strokeColor is None:
        return ""
    written = _colour("stroke", shape.strokeColor)
    written += f' stroke-width="{round(shape.strokeWidth, 2):g}"' if shape.strokeWidth != 1 else ""
    if shape.strokeDashArray:
        written += f' stroke-dasharray="{" ".join(f"{dash:g}" for dash in shape.strokeDashArray)}"'
    return written + (' stroke-linecap="round"' if shape.strokeLineCap == 1 else "")


def _colour(name: str, colour: Color | None) -> str:
    return f' {name}="#{colour.hexval()[2:]}"' if colour is not None else f' {name}="none"'


def _said(text: str) -> str:
    """Text that XML can hold and does not take for its own."""
    return escape(text.translate(_FORBIDDEN))


def _number(value: float) -> str:
    return _tenths(round(value * 10))


def _tenths(value: int) -> str:
    """`-12.3` of -123; no zero that says nothing."""
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"


def _pair(right: int, down: int) -> str:
    second = _tenths(down)
    return _tenths(right) + (second if second.startswith("-") else f" {second}")
