"""Shapes of what is pressed and typed on the day of a session."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from activity.models import Equipment, Theme
from activity.rules.labels import EQUIPMENT, THEMES
from activity.rules.records import LONGEST_NOTE
from foundation.fields import ChoiceSetField, IdField, IntegerField, only_lines
from foundation.formwords import TOO_LONG
from foundation.i18n import _l
from foundation.labels import choices
from foundation.phones import PhoneField
from foundation.web import BaseForm
from people.service import Details
from workshops.models import Presence
from workshops.rules.attendance import LONGEST_DONE, MOST_HELPERS, MOST_PEOPLE, Counted, Press, Told
from workshops.service.attendance import WalkIn

YEAR = _l("Write the year with four digits, like 2016.")
NAMES_NOBODY = _l("No names here, and nothing about health.")


def _number(label: Any, most: int, sentence: Any) -> IntegerField:
    return IntegerField(
        label, [Optional(), NumberRange(0, most, sentence)], default=0,
        render_kw={"class": "narrow", "inputmode": "numeric", "min": 0, "max": most},
    )  # fmt: skip


class PressForm(BaseForm):
    """One press: what, the version that was seen, and the key of the press."""

    presence = HiddenField(validators=[AnyOf(["", *Presence])])
    seen = IntegerField(validators=[NumberRange(min=0)])
    key = HiddenField(validators=[InputRequired(), Length(max=48)])

    def press(self, participant_id: int) -> Press:
        """Buttons of a page without script share a key: what was pressed makes it that of one press."""
        presence = Presence(self.presence.data) if self.presence.data else None
        key = f"{self.key.data}-{presence.value if presence else ''}"
        return Press(participant_id, presence, self.seen.data or 0, key)


class CountForm(BaseForm):
    """How many were there whom nobody names."""

    people = _number(_l("How many people"), MOST_PEOPLE, _l("Write a number of people from %(min)s to %(max)s."))
    feminine = _number(_l("Of whom women"), MOST_PEOPLE, _l("Write a number of people from %(min)s to %(max)s."))
    masculine = _number(_l("Of whom men"), MOST_PEOPLE, _l("Write a number of people from %(min)s to %(max)s."))
    helpers = _number(
        _l("Helpers of the place who were there"), MOST_HELPERS, _l("Write a number of helpers from 0 to 200.")
    )
    done = TextAreaField(
        _l("What was done"), [Length(max=LONGEST_DONE, message=TOO_LONG)], filters=[only_lines],
        description=NAMES_NOBODY, render_kw={"rows": 2, "maxlength": LONGEST_DONE},
    )  # fmt: skip
    seen = IntegerField(validators=[Optional(), NumberRange(min=0)])

    def counted(self) -> Counted:
        numbers = (self.people.data or 0, self.feminine.data or 0, self.masculine.data or 0, self.helpers.data or 0)
        return Counted(*numbers, done=self.done.data or "", seen=self.seen.data or 0)


class WalkInForm(BaseForm):
    """Somebody who just comes: found before, or a name."""

    person_id = IdField()
    given_name = StringField(_l("Given name"), [Length(max=80, message=TOO_LONG)])
    family_name = StringField(_l("Family name"), [Length(max=80, message=TOO_LONG)])
    birth_year = IntegerField(
        _l("Year of birth"), [Optional(), NumberRange(1900, 2100, message=YEAR)],
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    phone = PhoneField(_l("Phone"), render_kw={"inputmode": "tel"})
    beyond = BooleanField(
        _l("Give seats beyond those planned"),
        description=_l("Only if the room and the team allow it. It is written down."),
    )
    request_key = HiddenField(validators=[Length(max=64)])

    def wish(self) -> WalkIn:
        newcomer = Details(
            given_name=self.given_name.data or "", family_name=self.family_name.data or "",
            birth_year=self.birth_year.data, phone=self.phone.data or None,
        )  # fmt: skip
        known = self.person_id.data
        return WalkIn(known, None if known else newcomer, bool(self.beyond.data), self.request_key.data or None)


class CloseForm(BaseForm):
    """What the record says besides who was there."""

    themes = ChoiceSetField(_l("Themes"), coerce=Theme, choices=choices(THEMES))
    minutes = IntegerField(
        _l("How long it took, in minutes"), [InputRequired(_l("Say how long it took."))],
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    equipment = ChoiceSetField(_l("Device used"), coerce=Equipment, choices=choices(EQUIPMENT))
    note = TextAreaField(
        _l("Note"), [Length(max=LONGEST_NOTE, message=_l("Write at most 500 characters."))], filters=[only_lines],
        description=NAMES_NOBODY, render_kw={"rows": 3, "maxlength": LONGEST_NOTE},
    )  # fmt: skip
    nobody_came = BooleanField(_l("Nobody came"), description=_l("The session is closed without a record."))
    request_key = HiddenField(validators=[Length(max=64)])

    def told(self) -> Told:
        return Told(
            frozenset(self.themes.data or ()), self.minutes.data or 0, frozenset(self.equipment.data or ()),
            self.note.data or "", bool(self.nobody_came.data),
        )  # fmt: skip
