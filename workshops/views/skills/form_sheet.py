"""A form of the self-assessment on paper: drawn at one of two sizes, from wherever lines begin in the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, black

from foundation.arabic import placed
from foundation.i18n import _, language
from foundation.pdf import BOLD, BRAND, LEADING, PLAIN, SOFT, Sheet, wrapped
from workshops.models import SkillQuestion
from workshops.rules.pictures import ANSWERS, PICTURES, SIDE
from workshops.rules.skills import ABILITIES, said
from workshops.views.skills.strokes import follow

STROKE = 2.5
SHRINKING = (1, 0.85, 0.75, 0.65)


@dataclass(frozen=True)
class Look:
    """Sizes in points: of titles, of text and small words, of drawings and boxes, of a row and of a column."""

    title: float
    text: float
    small: float
    picture: float
    row: float
    column: float


HALF = Look(title=14, text=11, small=8, picture=30, row=46, column=64)
WHOLE = Look(title=22, text=16, small=10.5, picture=52, row=106, column=74)


class FormSheet(Sheet):
    """A sheet that draws pictures of the set, and words in the middle of a column."""

    def picture(self, path: str, size: float, start: float, colour: Color = black) -> None:
        """A drawing that hangs from the height at hand."""
        left = self.width - self.margin - start - size if self.rtl else self.margin + start
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(left, self.y)
        canvas.scale(size / SIDE, -size / SIDE)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(STROKE)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        drawn = canvas.beginPath()
        follow(drawn, path)
        canvas.drawPath(drawn, stroke=1, fill=0)
        canvas.restoreState()

    def centred(self, line: str, size: float, middle: float, colour: Color = black) -> None:
        """One line around a point that is `middle` points from where lines begin."""
        self._canvas.setFillColor(colour)
        self._canvas.setFont(PLAIN, size)
        across = self.width - self.margin - middle if self.rtl else self.margin + middle
        self._canvas.drawCentredString(across, self.y, placed(line, rtl=self.rtl))

    def dashes(self, start: float = 0) -> None:
        """Dashes across: to cut along, or to write on."""
        self._canvas.saveState()
        self._canvas.setStrokeColor(SOFT)
        self._canvas.setLineWidth(0.6)
        self._canvas.setDash(2, 3)
        ends = (self.margin + start, self.width - self.margin)
        left, right = (self.width - ends[1], self.width - ends[0]) if self.rtl else ends
        self._canvas.line(left, self.y, right, self.y)
        self._canvas.restoreState()

    def form(self, heading: str, title: str, name: str, questions: Sequence[SkillQuestion], look: Look) -> None:
        """One form, from the height at hand; without a name there is a line to write it on."""
        self.write(heading, look.title, bold=True, colour=BRAND)
        self.write(title, look.text, colour=SOFT)
        self.gap(look.text * 0.6)
        if name:
            self.write(name, look.text * 1.15, bold=True)
        else:
            self.write(_("First name:"), look.text)
            self.dashes(start=look.text * 8)
        self.gap(look.text * 0.4)
        self.write(_("Cross one box a line. This is no test: you may leave lines empty."), look.small * 1.15)
        self.gap(look.text)
        self._answers(look)
        for question in questions:
            self._question(question, look)

    def _answers(self, look: Look) -> None:
        """What the four columns mean, above them."""
        top, first = self.y, self.room - 4 * look.column
        for at, (value, words) in enumerate(ABILITIES.items()):
            middle = first + look.column * (at + 0.5)
            self.y = top
            self.picture(ANSWERS[value], look.picture, middle - look.picture / 2)
            self.y -= look.picture
            for line in wrapped(str(words), PLAIN, look.small, look.column - 4)[:2]:
                self.y -= look.small * LEADING
                self.centred(line, look.small, middle)
        self.y = top - look.picture - look.small * LEADING * 2 - look.small

    def _question(self, question: SkillQuestion, look: Look) -> None:
        """The drawing, the text, four boxes with the number that is typed in afterwards."""
        self.rule()
        top, first = self.y, self.room - 4 * look.column
        self.y = top - (look.row - look.picture) / 2
        self.picture(PICTURES.get(question.picture, ""), look.picture, 0, BRAND)
        start = look.picture + look.text
        size, lines = set_in(said(question, language()), first - start - 6, look)
        self.y = top - look.row / 2 + size * LEADING * (len(lines) / 2 - 1) + size * 0.35
        for line in lines:
            self.put(line, size, font=BOLD, start=start)
            self.y -= size * LEADING
        side = look.picture * 0.8
        for at, value in enumerate(ABILITIES):
            middle = first + look.column * (at + 0.5)
            self.y = top - (look.row - side) / 2
            self.box(side, start=middle - side / 2, width=side)
            self.y -= side * 0.62
            self.centred(str(int(value)), look.small, middle, SOFT)
        self.y = top - look.row


def set_in(text: str, width: float, look: Look) -> tuple[float, list[str]]:
    """The size of type, and the lines, with which `text` stands within its row: smaller when it is long."""
    sizes = [look.text * shrunk for shrunk in SHRINKING]
    for size in sizes:
        lines = wrapped(text, BOLD, size, width)
        if len(lines) * size * LEADING <= look.row - 2:
            return size, lines
    return size, lines[: int(look.row / (size * LEADING))]
