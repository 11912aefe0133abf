"""What the pages about the calendar send, and days and hours that come again, for every feature."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agenda.models import Recurrence
from agenda.patterns import WEEKDAYS
from agenda.rules.recurrence import Pattern, bits, weekdays_of
from agenda.words import CALENDAR_KINDS
from foundation.fields import ChoiceSetField, DayField, IntegerField, RadioField, SelectField, given
from foundation.i18n import _l
from foundation.web import BaseForm, stripped


class CalendarDayForm(BaseForm):
    """Days of the calendar. Without a last day, one day; `knowingly` says that what is booked then was seen."""

    label = StringField(
        _l("Name"),
        [InputRequired(_l("Write a name, such as “Bridge day”.")), Length(max=120)],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    first_day = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DayField(_l("Last day"), [Optional()], description=_l("Included. Leave empty for a single day."))
    knowingly = HiddenField()


class NewCalendarDayForm(CalendarDayForm):
    kind = SelectField(_l("What it is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, label) for kind, label in CALENDAR_KINDS.items()]


RHYTHMS = [
    (Recurrence.WEEKLY.value, _l("Every week, or every 2, 3… weeks")),
    (Recurrence.ONCE.value, _l("Once, on the first day")),
    (Recurrence.MONTHLY_WEEKDAY.value, _l("Each month, on the same weekday of the month (the second Tuesday)")),
    (Recurrence.MONTHLY_DAY.value, _l("Each month, on the same day of the month (the 15th)")),
]


class RepeatingForm(BaseForm):
    """Days and hours, and how they come again."""

    recurrence = RadioField(_l("How often"), coerce=Recurrence, choices=RHYTHMS, default=Recurrence.WEEKLY)
    weekdays = ChoiceSetField(
        _l("On which weekdays"), coerce=int, choices=list(enumerate(WEEKDAYS)),
        description=_l("None chosen: the weekday of the first day."),
    )  # fmt: skip
    every = IntegerField(
        _l("Every how many weeks or months"),
        [Optional(), NumberRange(1, 52, _l("Write a number from %(min)s to %(max)s."))],
        default=1, description=_l("1: each one. 2: every other one, counted from the first day."),
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    first_day = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DayField(_l("Last day"), [Optional()])

    def pattern(self, starts: time, ends: time) -> Pattern:
        """What was typed; call it once the form is valid."""
        first = given(self.first_day.data)
        last = self.last_day.data
        rhythm: Recurrence = self.recurrence.data
        if rhythm == Recurrence.ONCE:
            return Pattern.once(first, starts, ends, self.once_until(first, last))
        weekly = rhythm == Recurrence.WEEKLY
        weekdays = bits(self.weekdays.data or [first.weekday()]) if weekly else 0
        return Pattern(first, last, starts, ends, rhythm, self.every.data or 1, weekdays)

    def once_until(self, first: date, last: date | None) -> date:
        """The last day of what happens once."""
        return last or first


def of_pattern(pattern: Pattern, first_day: date) -> dict[str, Any]:
    """What a form of days and hours shows of `pattern`, from `first_day` on."""
    return {
        "recurrence": pattern.recurrence,
        "weekdays": weekdays_of(pattern),
        "every": pattern.every,
        "first_day": first_day,
        "last_day": None if pattern.recurrence == Recurrence.ONCE else pattern.last_day,
        "starts": pattern.starts,
        "ends": pattern.ends,
    }
