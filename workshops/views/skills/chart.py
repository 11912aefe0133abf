"""Progress as a drawing, for each question: where people stood before, and where they stand after."""

from __future__ import annotations

from typing import Literal

from flask import Response, make_response
from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor, white

from foundation.i18n import _
from foundation.pdf import BOLD, BRAND, LINE, PLAIN, SOFT, register_fonts, wrapped
from foundation.security import allow
from workshops.queries import skills as queries
from workshops.rules.progress import Progress, QuestionProgress
from workshops.rules.skills import ABILITIES, Ability
from workshops.views.skills.blueprint import PROGRAMME, WORKERS, bp, seen

WIDTH, HEAD, ROW, FOOT = 360, 12, 58, 70
TEXT, LEFT, RIGHT, EDGE = 340, 44, 316, 10
LINE_UP = 17
DOT = 7
NOW = HexColor("#f2a65a")
ANY_FONT = "system-ui, 'DejaVu Sans', sans-serif"


@bp.get(f"{PROGRAMME}/progression.svg")
@allow(*WORKERS)
def progress_chart(programme_id: int) -> Response:
    """The drawing; its figures stand in a table beside it."""
    seen(programme_id)
    response = make_response(as_svg(drawn(queries.progress(programme_id))))
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return response


def as_svg(drawing: Drawing) -> str:
    """For a page: in whatever typeface the reader has."""
    text = str(renderSVG.drawToString(drawing))
    return text.replace(f"font-family: {PLAIN};", f"font-family: {ANY_FONT};").replace(
        f"font-family: {BOLD};", f"font-family: {ANY_FONT}; font-weight: 700;"
    )


def drawn(progress: Progress) -> Drawing:
    """One line a question, from *not at all* to *without help*; only who answered both times is in it."""
    register_fonts()
    rows = [row for row in progress.rows if row.count]
    drawing = Drawing(WIDTH, HEAD + ROW * len(rows) + FOOT)
    ground = Rect(0, 0, WIDTH, drawing.height, rx=10, ry=10)
    ground.fillColor, ground.strokeColor = white, None
    drawing.add(ground)
    for at, row in enumerate(reversed(rows)):
        _row(drawing, row, FOOT + ROW * at)
    for value, words in ABILITIES.items():
        for at, line in enumerate(wrapped(str(words), PLAIN, 11, 74)[:2]):
            _say(drawing, _across(value), FOOT - 16 - 13 * at, line, 11, anchor="middle", colour=SOFT)
    _legend(drawing)
    return drawing


def _across(value: float) -> float:
    least, most = Ability.NOT_AT_ALL, Ability.ALONE
    return LEFT + (RIGHT - LEFT) * (value - least) / (most - least)


def _row(drawing: Drawing, row: QuestionProgress, foot: float) -> None:
    """The question, and below it a line with four marks and the two dots."""
    before, after, y = row.before or 0.0, row.after or 0.0, foot + DOT + 3
    for at, line in enumerate(reversed(wrapped(f"{row.number}. {row.text}", PLAIN, 12, TEXT)[:2])):
        _say(drawing, EDGE, y + LINE_UP + 15 * at, line, 12)
    drawing.add(Line(_across(Ability.NOT_AT_ALL), y, _across(Ability.ALONE), y, strokeColor=LINE, strokeWidth=2))
    for value in Ability:
        drawing.add(Line(_across(value), y - 4, _across(value), y + 4, strokeColor=LINE, strokeWidth=2))
    drawing.add(Line(_across(before), y, _across(after), y, strokeColor=BRAND, strokeWidth=5))
    drawing.add(Circle(_across(before), y, DOT, fillColor=white, strokeColor=BRAND, strokeWidth=2.5))
    drawing.add(Circle(_across(after), y, DOT, fillColor=NOW, strokeColor=BRAND, strokeWidth=2.5))


def _legend(drawing: Drawing) -> None:
    for across, fill, words in ((EDGE + DOT, white, _("Before")), (EDGE + 90, NOW, _("After"))):
        drawing.add(Circle(across, 16, DOT - 1, fillColor=fill, strokeColor=BRAND, strokeWidth=2.5))
        _say(drawing, across + 12, 12, words, 12, font=BOLD)


def _say(
    drawing: Drawing, x: float, y: float, text: str, size: float, *, font: str = PLAIN, colour: Color | None = None,
    anchor: Literal["start", "middle"] = "start",
) -> None:  # fmt: skip
    drawing.add(
        String(
            x, y, text, fontName=font, fontSize=size, fillColor=colour or HexColor("#1c2530"), textAnchor=anchor
        )
    )  # fmt: skip
