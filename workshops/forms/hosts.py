"""What the pages of hosts send: a group, its head-count; and the visit before a series, which the staff write."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from foundation.fields import IntegerField, SelectField, only_lines, optional
from foundation.formwords import TOO_LONG
from foundation.i18n import _l
from foundation.period import at_wall_time
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped
from workshops.forms.enrolling import date_choices
from workshops.forms.programmes import MomentField
from workshops.models import Enrolment, Programme, WorkshopSession
from workshops.rules.framing import Visit
from workshops.rules.registration import MOST_IN_GROUP

LIMITS = _l("Write a number from %(min)s to %(max)s.")
NARROW = {"class": "narrow", "inputmode": "numeric"}


class HeadCountForm(BaseForm):
    """How many people of a group come."""

    head_count = IntegerField(
        _l("How many people"),
        [InputRequired(_l("Write how many people take part.")), NumberRange(1, MOST_IN_GROUP, LIMITS)],
        render_kw=NARROW,
    )


class GroupForm(HeadCountForm):
    """A group that wants seats; the date only where one registers for single sessions."""

    session_id = SelectField(_l("Date"), coerce=optional(int))
    group_label = StringField(
        _l("Name of the group"),
        [InputRequired(_l("Write a name for the group.")), Length(max=120, message=TOO_LONG)],
        description=_l("A class such as CM1, or a floor. Not the name of a person."), filters=[stripped],
        render_kw={"maxlength": 120},
    )  # fmt: skip
    phone = PhoneField(
        _l("Phone"), description=_l("To reach you on the day. Leave it empty if e-mail is enough."),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )  # fmt: skip

    def __init__(self, programme: Programme, dates: list[WorkshopSession], **more: Any) -> None:
        super().__init__(**more)
        self.session_id.choices = date_choices(dates)
        if programme.enrolment is not Enrolment.SESSION:
            del self.session_id


class PressForm(BaseForm):
    """A press without anything typed."""


class VisitForm(BaseForm):
    """The visit before a series, and what comes after it."""

    framing_at = MomentField(
        _l("Visit before the series"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        description=_l("The host reads it on their page, and is written to when it changes."),
    )  # fmt: skip
    framing_notes = TextAreaField(
        _l("What was agreed"), [Length(max=1000, message=TOO_LONG)],
        description=_l("Room, network, power, helpers, who opens the door by role. Names nobody. The host reads it."),
        filters=[only_lines], render_kw={"rows": 5, "maxlength": 1000},
    )  # fmt: skip
    next_steps = TextAreaField(
        _l("Next steps, told to the home at the end"), [Length(max=1000, message=TOO_LONG)], filters=[only_lines],
        description=_l("They stand in the report."), render_kw={"rows": 4, "maxlength": 1000},
    )  # fmt: skip

    def __init__(self, programme: Programme, zone: ZoneInfo) -> None:
        at = programme.framing_at
        begin = {
            "framing_at": at.astimezone(zone) if at else None,
            "framing_notes": programme.framing_notes, "next_steps": programme.next_steps,
        }  # fmt: skip
        super().__init__(data=begin)

    def visit(self, zone: ZoneInfo) -> Visit:
        """What was typed; call it once the form is valid."""
        at = self.framing_at.data
        return Visit(
            at_wall_time(at.date(), at.time(), zone) if at else None,
            self.framing_notes.data or "",
            self.next_steps.data or "",
        )
