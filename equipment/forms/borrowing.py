"""What hosts send to reserve a kit: what they need and when, then how it gets there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agenda.patterns import said
from equipment.forms.borrowing_answers import kept, when_of
from equipment.models import Handing
from equipment.rules.asking import HoursMissing, When
from equipment.rules.lending import LONGEST, MOST_HEADS, MOST_UNITS
from equipment.rules.own import BACK, TO_US
from equipment.rules.school_day import EXACT, MORNING, parts_for
from foundation.errors import Refused
from foundation.fields import DayField, IntegerField, NumberTravelling, RadioField, SelectField
from foundation.i18n import _, _l
from foundation.phones import PhoneField
from foundation.web import BaseForm, refuse, stripped

TOO_LONG = _l("This is too long. Make it shorter.")
LIMITS = _l("Write a number from %(min)s to %(max)s.")
NARROW = {"class": "narrow", "inputmode": "numeric"}
RHYTHMS = [(0, _l("Once")), (1, _l("Every week")), (2, _l("Every two weeks"))]
OF_WHEN = ("day", "part", "starts", "ends", "last_day", "every", "until", "in_holidays")
ON_DAY = {"starts", "dates"}
"""Fields of refusals about a time as a whole: here it is the day that was chosen."""


class WhenForm(BaseForm):
    """A day, and a part of it or hours."""

    day = DayField(_l("Which day?"), [InputRequired(_l("Choose the day."))])
    part = RadioField(
        _l("When on that day?"), [InputRequired(_l("Choose one of the answers that are offered."))],
        default=MORNING.key,
    )  # fmt: skip
    starts = TimeField(_l("From what time?"), [Optional()], render_kw={"class": "narrow"})
    ends = TimeField(_l("Until what time?"), [Optional()], render_kw={"class": "narrow"})
    last_day = DayField(
        _l("Brought back on"), [Optional()], description=_l("Only when you keep it for several days.")
    )  # fmt: skip

    def __init__(self, at_school: bool, **more: Any) -> None:
        super().__init__(**more)
        self.part.choices = [
            *(
                (one.key, _("%(part)s, %(starts)s to %(ends)s", part=one.label, starts=said(one.starts),
                            ends=said(one.ends)))
                for one in parts_for(at_school)
            ),
            (EXACT, _l("Other hours, which I write")),
        ]  # fmt: skip

    def when(self) -> When:
        """What was typed; call it once the form is valid."""
        return when_of({name: self._fields[name].data for name in OF_WHEN if name in self._fields})

    def refuse(self, refused: Refused) -> None:
        """Say beside a field why the time is not possible."""
        if refused.field in ON_DAY and not isinstance(refused, HoursMissing):
            refused.field = "day"
        refuse(self, refused)


class NeedForm(WhenForm):
    """What is needed, for whom, when."""

    kit_id = NumberTravelling()
    units_wanted = IntegerField(
        _l("How many devices?"), [Optional(), NumberRange(0, MOST_UNITS, LIMITS)], render_kw=NARROW
    )  # fmt: skip
    kind = SelectField(_l("Of which kind?"))
    group_label = StringField(
        _l("For which group?"), [Length(max=LONGEST["group_label"], message=TOO_LONG)],
        description=_l("A class such as CM1, or a floor. Not the name of a person."), filters=[stripped],
        render_kw={"maxlength": LONGEST["group_label"]},
    )  # fmt: skip
    head_count = IntegerField(
        _l("How many people will use it?"), [Optional(), NumberRange(0, MOST_HEADS, LIMITS)], render_kw=NARROW
    )  # fmt: skip
    activity = StringField(
        _l("What for?"), [Length(max=LONGEST["activity"], message=TOO_LONG)],
        description=_l("For example: Scratch, taking photos, e-mail with the family."), filters=[stripped],
        render_kw={"maxlength": LONGEST["activity"]},
    )  # fmt: skip
    every = SelectField(_l("How often?"), coerce=int, choices=RHYTHMS, default=0)
    until = DayField(_l("Until"), [Optional()], description=_l("The last day on which it is repeated."))
    in_holidays = BooleanField(_l("In the school holidays too"))

    def __init__(self, kinds: Sequence[str], at_school: bool, **more: Any) -> None:
        super().__init__(at_school, **more)
        self.kind.choices = [("", _l("Any kind")), *((one, one) for one in kinds)]

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
