"""What is pressed and typed when a kit is counted."""

from __future__ import annotations

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from equipment.models import Condition
from equipment.rules.codes import LONGEST_CODE, plain_code
from equipment.rules.labels import SEEN_CONDITIONS
from foundation.fields import ChoiceSetField, RadioField
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
