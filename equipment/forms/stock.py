"""What is pressed and typed when a kit is counted."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from equipment.models import Condition, Supply
from equipment.rules.codes import LONGEST_CODE, plain_code
from equipment.rules.details import MOST_COUNTED
from equipment.rules.labels import SEEN_CONDITIONS
from foundation.fields import ChoiceSetField, IntegerField, RadioField
from foundation.i18n import _l
from foundation.labels import choices
from foundation.web import BaseForm


class PressForm(BaseForm):
    """How one device was found."""

    found = RadioField(choices=choices(SEEN_CONDITIONS), coerce=Condition)


class TurnUpForm(BaseForm):
    """A device in the case, by its label."""

    code = StringField(
        _l("Code on its label"), [InputRequired(_l("Write the code.")), Length(max=2 * LONGEST_CODE)],
        render_kw={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip

    def wanted(self) -> str:
        return plain_code(self.code.data or "")


class CloseForm(BaseForm):
    """What becomes of what nobody saw, and of what belongs elsewhere."""

    rest_missing = BooleanField(_l("What was not counted is missing"))
    take_in = ChoiceSetField(
        _l("Put into this kit from now on"), coerce=int,
        description=_l("The others are brought back to where they belong."),
    )  # fmt: skip


class SuppliesForm(BaseForm):
    """How many there are of what is counted and not told apart; `s3` counts supply 3."""

    def counted(self) -> dict[int, int]:
        """By the id of the supply; those of which nothing was written are left out."""
        numbers = {name: field.data for name, field in self._fields.items() if name != "csrf_token"}
        return {int(name[1:]): number for name, number in numbers.items() if number is not None}


def supplies_form(supplies: Sequence[Supply]) -> SuppliesForm:
    """The form for the supplies of a kit, as many as the register says."""
    limits = NumberRange(0, MOST_COUNTED, _l("Write a number from 0 to %(most)s.", most=MOST_COUNTED))
    shape = {"class": "narrow", "inputmode": "numeric", "min": 0}
    fields = {
        f"s{one.id}": IntegerField(one.label, [Optional(), limits], default=one.count, render_kw=shape)
        for one in supplies
    }
    form: type[SuppliesForm] = type("SuppliesOfKit", (SuppliesForm,), fields)
    return form()
