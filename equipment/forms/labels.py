"""Which labels are printed, and on what."""

from __future__ import annotations

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from equipment.rules.codes import plain_code
from equipment.rules.sheets import Paper
from foundation.fields import ChoiceSetField, IntegerField, SelectField, only_lines
from foundation.i18n import _l
from foundation.labels import choices
from foundation.web import BaseForm

PAPERS = {
    Paper.PLAIN: _l("Plain paper, to cut out"),
    Paper.MEDIUM: _l("21 labels of 63.5 × 38.1 mm (L7160)"),
    Paper.WIDE: _l("14 labels of 99.1 × 38.1 mm (L7163)"),
    Paper.FULL: _l("24 labels of 70 × 37 mm (3474)"),
    Paper.SMALL: _l("65 labels of 38.1 × 21.2 mm (L7651)"),
}
LONGEST_LIST = 12_000


class SheetForm(BaseForm):
    """What is in the printer."""

    paper = SelectField(_l("Paper"), choices=choices(PAPERS), coerce=Paper, default=Paper.PLAIN)
    first = IntegerField(
        _l("First label"), [InputRequired(_l("Write a number."))], default=1,
        description=_l("Counted from the upper left, row by row. More than 1 on a sheet that was begun."),
        render_kw={"class": "narrow", "inputmode": "numeric", "min": 1},
    )  # fmt: skip


class KitLabelsForm(SheetForm):
    """Of one kit: its own label, and those of its units."""

    case = BooleanField(_l("A label for the case"), description=_l("On plain paper it is as wide as the sheet."))
    items = ChoiceSetField(_l("Devices"), coerce=int)


class ChosenLabelsForm(SheetForm):
    """Of what is named by its codes."""

    codes = TextAreaField(
        _l("Codes"), [Length(max=LONGEST_LIST, message=_l("This is too long. Make it shorter."))], filters=[only_lines],
        description=_l("Of devices or kits, one a line."), render_kw={"rows": 8},
    )  # fmt: skip

    def wanted(self) -> list[str]:
        """The codes, each once, in the order in which they were written."""
        words = (self.codes.data or "").replace(",", "\n").replace(";", "\n").split("\n")
        return list(dict.fromkeys(code for code in map(plain_code, words) if code))
