"""What hosts send about a reservation they have: another time or kit, a reason, a problem."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from equipment.forms.borrowing import TOO_LONG
from equipment.forms.borrowing_when import WhenForm
from equipment.models import Condition
from equipment.rules.lending import LONGEST_REASON
from foundation.fields import SelectField, optional
from foundation.i18n import _l
from foundation.web import BaseForm, stripped

LONGEST_PROBLEM = 500


class PressForm(BaseForm):
    """A press without anything typed."""


class ReasonForm(BaseForm):
    """Why."""

    reason = StringField(
        _l("Why?"), [Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=_l("Names nobody."), filters=[stripped], render_kw={"maxlength": LONGEST_REASON},
    )  # fmt: skip


class MoveForm(WhenForm):
    """Another time, another kit, or both."""

    kit_id = SelectField(_l("Kit"), [InputRequired(_l("Choose one of the answers that are offered."))], coerce=int)

    def __init__(self, kits: Sequence[tuple[int, str]], at_school: bool, **more: Any) -> None:
        super().__init__(at_school, **more)
        self.kit_id.choices = list(kits)


class Problem(StrEnum):
    """What is wrong, as a teacher says it."""

    DOES_NOT_START = "ne-demarre-pas"
    BROKEN = "casse"
    MISSING = "manque"
    OTHER = "autre"


PROBLEMS = {
    Problem.DOES_NOT_START: _l("Does not start"),
    Problem.BROKEN: _l("Broken"),
    Problem.MISSING: _l("Something is missing"),
    Problem.OTHER: _l("Something else"),
}
FOUND = {
    Problem.DOES_NOT_START: Condition.DAMAGED,
    Problem.BROKEN: Condition.DAMAGED,
    Problem.MISSING: Condition.MISSING,
    Problem.OTHER: Condition.DAMAGED,
}
"""The condition in which the device counts until somebody has looked at it."""


class ProblemForm(BaseForm):
    """Which device, and a word about it, both only if one likes; what is wrong is the button that is pressed."""

    item_id = SelectField(_l("Which device?"), coerce=optional(int))
    note = StringField(
        _l("In a few words"), [Length(max=LONGEST_PROBLEM, message=TOO_LONG)], filters=[stripped],
        description=_l("Names nobody."), render_kw={"maxlength": LONGEST_PROBLEM},
    )  # fmt: skip

    def __init__(self, items: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.item_id.choices = [("", _l("The whole kit, or I do not know")), *items]
