"""What hosts send to reserve a kit: what they need and when, then how it gets there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from equipment.forms.borrowing_answers import kept
from equipment.forms.borrowing_when import WhenForm
from equipment.models import Handing
from equipment.rules.lending import LONGEST, MOST_HEADS, MOST_UNITS
from equipment.rules.own import BACK, TO_US
from foundation.fields import DayField, IntegerField, NumberTravelling, RadioField, SelectField
from foundation.i18n import _l
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped

TOO_LONG = _l("This is too long. Make it shorter.")
LIMITS = _l("Write a number from %(min)s to %(max)s.")
NARROW = {"class": "narrow", "inputmode": "numeric"}
RHYTHMS = [(0, _l("Once")), (1, _l("Every week")), (2, _l("Every two weeks"))]
RHYTHM_MISSING = _l("Say how often it is repeated, or empty this day.")


class NeedForm(WhenForm):
    """What is needed, for whom, when."""

    kit_id = NumberTravelling()
    units_wanted = IntegerField(
        _l("How many devices?"), [Optional(), NumberRange(0, MOST_UNITS, LIMITS)], render_kw=NARROW
    )  # fmt: skip
    kind = SelectField(_l("Of which kind?"))
    group_label = StringField(
        _l("For which group?"), [Length(max=LONGEST["group_label"], message=TOO_LONG)],
        description=_l("A class such as CM1. Not the name of a person."), filters=[stripped],
        render_kw={"maxlength": LONGEST["group_label"]},
    )  # fmt: skip
    head_count = IntegerField(
        _l("How many people will use it?"), [Optional(), NumberRange(0, MOST_HEADS, LIMITS)], render_kw=NARROW
    )  # fmt: skip
    activity = StringField(
        _l("What for?"), [Length(max=LONGEST["activity"], message=TOO_LONG)],
        description=_l("For example: Scratch, taking photos, looking things up."), filters=[stripped],
        render_kw={"maxlength": LONGEST["activity"]},
    )  # fmt: skip
    every = SelectField(_l("How often?"), coerce=int, choices=RHYTHMS, default=0)
    until = DayField(_l("Until"), [Optional()], description=_l("The last day on which it is repeated."))
    in_holidays = BooleanField(_l("In the school holidays too"))

    def __init__(self, kinds: Sequence[str], at_school: bool, **more: Any) -> None:
        super().__init__(at_school, **more)
        if not at_school:
            del self.in_holidays
            self.group_label.description = _l("For example a floor or a workshop. Not the name of a person.")
            self.activity.description = _l("For example: looking at photos, e-mail with the family, games.")
        self.kind.choices = [("", _l("Any kind")), *((one, one) for one in kinds)]

    def validate_until(self, field: Field) -> None:
        """A last day alone says that something is meant to be repeated, but not how often."""
        if field.data and not self.every.data:
            raise ValidationError(str(RHYTHM_MISSING))

    def answers(self) -> dict[str, Any]:
        """What was typed, as a draft keeps it."""
        return kept({name: field.data for name, field in self._fields.items() if name != "csrf_token"})


class DetailsForm(BaseForm):
    """How the kit gets there and back, whom to call, what is done with it; and the conditions of the kit."""

    outward = RadioField(
        _l("How does the kit get to you?"), coerce=Handing,
        choices=[(one.value, label) for one, label in TO_US.items()], default=Handing.COLLECTED,
    )  # fmt: skip
    homeward = RadioField(
        _l("How does it come back?"), coerce=Handing,
        choices=[(one.value, label) for one, label in BACK.items()], default=Handing.COLLECTED,
    )  # fmt: skip
    contact_phone = PhoneField(
        _l("Phone"), description=_l("To reach you on the day. Leave it empty if e-mail is enough."),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )  # fmt: skip
    sheet_url = StringField(
        _l("Link to your activity sheet"), [Length(max=LONGEST["sheet_url"], message=TOO_LONG)],
        description=_l("A whole address that begins with https://. Your colleagues find it with the reservation."),
        filters=[stripped], render_kw={"inputmode": "url", "maxlength": LONGEST["sheet_url"]},
    )  # fmt: skip
    accepted = BooleanField(_l("We keep to these conditions"), [InputRequired(_l("Tick this to reserve the kit."))])

    def __init__(self, conditions: str, **more: Any) -> None:
        super().__init__(**more)
        if not conditions.strip():
            del self.accepted

    def answers(self) -> dict[str, Any]:
        """What was typed, as a draft keeps it."""
        return kept({name: field.data for name, field in self._fields.items() if name != "csrf_token"})
