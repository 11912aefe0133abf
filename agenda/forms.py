"""What the pages about the calendar send."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from agenda.words import CALENDAR_KINDS
from foundation.fields import SelectField
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
    first_day = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Last day"), [Optional()], description=_l("Included. Leave empty for a single day."))
    knowingly = HiddenField()


class NewCalendarDayForm(CalendarDayForm):
    kind = SelectField(_l("What it is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, label) for kind, label in CALENDAR_KINDS.items()]
