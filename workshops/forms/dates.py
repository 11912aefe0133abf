"""What the page sends on which sessions are planned: days that come again, the team, the place, titles, kits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, Field, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agenda.forms import RepeatingForm
from foundation.fields import ChoiceSetField, DayField, IntegerField, SelectField, given, near_day
from foundation.formwords import CHOICE
from foundation.i18n import _l
from foundation.period import Period
from foundation.said import ARABIC, ENGLISH
from foundation.web import stripped
from workshops.forms.kits import LinesField, asked_kits, kits_field
from workshops.forms.sessions import NARROW, Choosable, place_of_text
from workshops.rules.dates import MOST_SESSIONS, Dates
from workshops.rules.planning import SessionPlan

MOST_DATES = 400


class DaysField(Field):
    """Several days, as hidden inputs or checkboxes send them; what is none is refused."""

    data: list[date]

    def process_formdata(self, valuelist: list[Any]) -> None:
        if len(valuelist) > MOST_DATES:
            raise ValueError(str(CHOICE))
        try:
            self.data = [near_day(text) for text in valuelist if text]
        except ValueError as broken:
            raise ValueError(str(CHOICE)) from broken

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])


class DatesForm(RepeatingForm):
    """Sessions to plan: days that come again, who, where, how many seats, and what was left out or added."""

    starts = TimeField(
        _l("Begins at"), [InputRequired(_l("Write the hour at which it begins."))], render_kw={"class": "narrow"}
    )
    ends = TimeField(
        _l("Ends at"), [InputRequired(_l("Write the hour at which it ends."))], render_kw={"class": "narrow"}
    )
    count = IntegerField(
        _l("How many sessions"),
        [
            Optional(),
            NumberRange(
                1, MOST_SESSIONS,
                _l("Write a number from %(min)s to %(max)s: a programme has at most %(max)s sessions."),
            ),
        ],
        description=_l("Those that are skipped do not count. Or choose the last day."), render_kw=NARROW,
    )  # fmt: skip
    skip_school_holidays = BooleanField(_l("Not in the school holidays"), default=True)
    skip_closed = BooleanField(_l("Not on public holidays and closed days"), default=True)
    team = ChoiceSetField(_l("Team"), coerce=int)
    place = SelectField(_l("Place"), [InputRequired(_l("Choose where it takes place."))])
    capacity = IntegerField(
        _l("Seats of a session"),
        [
            InputRequired(_l("Write how many people fit in.")),
            NumberRange(1, 500, _l("Write a number from %(min)s to %(max)s.")),
        ],
        render_kw=NARROW,
    )
    before = IntegerField(
        _l("Minutes kept free before"), [Optional(), NumberRange(0, 240)], default=0, render_kw=NARROW,
        description=_l("To go there and to set up. The team and the room are taken then."),
    )  # fmt: skip
    after = IntegerField(
        _l("Minutes kept free after"), [Optional(), NumberRange(0, 240)], default=0, render_kw=NARROW
    )  # fmt: skip
    kits = kits_field()
    equipment_note = StringField(_l("Equipment needed"), [Length(max=300)], filters=[stripped])
    titles = LinesField(
        _l("What each session is about"), longest=120, description=_l("One title a line, in the order of the dates.")
    )
    titles_en = LinesField(_l("The same in English"), longest=120, said_in=ENGLISH)
    titles_ar = LinesField(_l("The same in Arabic"), longest=120, said_in=ARABIC)
    left_out = DaysField()
    added = DaysField()
    one_more = DayField(_l("One more date"), [Optional()])

    def __init__(self, choosable: Choosable, begin: dict[str, Any] | None = None) -> None:
        super().__init__(data=begin or {})
        self.team.choices = list(choosable.mediators)
        self.place.choices = [("", _l("Choose a place")), *choosable.places]
        self.known_kits = choosable.kits

    def dates(self) -> Dates:
        """Which dates were asked for; call it once the form is valid."""
        extra = [self.one_more.data] if self.one_more.data else []
        return Dates(
            self.pattern(given(self.starts.data), given(self.ends.data)),
            self.count.data,
            skip_school_holidays=self.skip_school_holidays.data,
            skip_closed=self.skip_closed.data,
            added=sorted({*self.added.data, *extra}),
            left_out=sorted(set(self.left_out.data)),
        )

    def plans(self, periods: Sequence[Period]) -> list[SessionPlan]:
        """The sessions as they were asked for, each with the title of its line.

        Raises:
            NoKindOfKit
        """
        kits, none = asked_kits(self.kits, self.known_kits), ["" for _one in periods]
        lines = [[*one.lines(), *none] for one in (self.titles, self.titles_en, self.titles_ar)]
        return [self._plan(period, said, kits) for period, *said in zip(periods, *lines, strict=False)]

    def _plan(self, period: Period, said: Sequence[str], kits: Mapping[str, int]) -> SessionPlan:
        """Args: said: what it is about, in French, English and Arabic."""
        title, english, arabic = said
        return SessionPlan(
            period,
            place_of_text(self.place.data or ""),
            self.team.data or [],
            capacity=self.capacity.data,
            title=title,
            kits=kits,
            before=timedelta(minutes=self.before.data or 0),
            after=timedelta(minutes=self.after.data or 0),
            equipment_note=self.equipment_note.data or "",
            translations={"en": {"title": english}, "ar": {"title": arabic}},
        )
