"""When a kit is wanted, as every page asks for it: a day, and a part of it or hours."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, TimeField
from wtforms.validators import InputRequired, Optional, ValidationError

from agenda.patterns import said
from equipment.forms.borrowing_answers import when_of
from equipment.rules.asking import HoursMissing, When
from equipment.rules.school_day import EXACT, part_of, parts_for
from foundation.errors import Refused
from foundation.fields import DayField, RadioField
from foundation.i18n import _, _l
from foundation.web import BaseForm, refuse

OTHER_HOURS = _l("For other hours only.")
HOURS_AND_PART = _l(
    "You chose a part of the day and wrote other hours. Keep one: empty the hours, or choose “Other hours”."
)
OF_WHEN = ("day", "part", "starts", "ends", "last_day", "every", "until", "in_holidays", "anyway")
ON_DAY = {"starts", "dates"}
"""Fields of refusals about a time as a whole: here it is the day that was chosen."""


class WhenForm(BaseForm):
    """A day, and a part of it or hours."""

    day = DayField(_l("Which day?"), [InputRequired(_l("Choose the day."))])
    part = RadioField(
        _l("When on that day?"), [InputRequired(_l("Choose one of the answers that are offered."))]
    )  # fmt: skip
    starts = TimeField(_l("From what time?"), [Optional()], description=OTHER_HOURS, render_kw={"class": "narrow"})
    ends = TimeField(_l("Until what time?"), [Optional()], description=OTHER_HOURS, render_kw={"class": "narrow"})
    last_day = DayField(
        _l("Brought back on"), [Optional()], description=_l("Only when you keep it for several days.")
    )  # fmt: skip

    anyway = BooleanField(_l("I mean this day and this time"))

    def __init__(self, at_school: bool, **more: Any) -> None:
        super().__init__(**more)
        self.part.choices = [
            *(
                (one.key, _("%(part)s, %(starts)s to %(ends)s", part=one.label, starts=said(one.starts),
                            ends=said(one.ends)))
                for one in parts_for(at_school)
            ),
            (EXACT, _l("Other hours (to be written)")),
        ]  # fmt: skip
        if self.part.data is None and (self.starts.data or self.ends.data):
            self.part.process_data(EXACT)
            self.part.raw_data = [EXACT]

    def validate_starts(self, field: Field) -> None:
        """Hours beside a part of the day are never ignored: which of the two is meant, only they can say."""
        part = part_of(self.part.data or "")
        if part and field.data != part.starts:
            raise ValidationError(str(HOURS_AND_PART))

    def validate_ends(self, field: Field) -> None:
        part = part_of(self.part.data or "")
        if part and field.data != part.ends and not self.starts.errors:
            raise ValidationError(str(HOURS_AND_PART))

    def when(self) -> When:
        """What was typed; call it once the form is valid."""
        return when_of({name: self._fields[name].data for name in OF_WHEN if name in self._fields})

    def refuse(self, refused: Refused) -> None:
        """Say beside a field why the time is not possible."""
        if refused.field in ON_DAY and not isinstance(refused, HoursMissing):
            refused.field = "day"
        refuse(self, refused)
