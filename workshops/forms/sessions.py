"""What the pages of sessions send: dates to plan, another time, another team or place, seats, a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agenda.forms import RepeatingForm
from agenda.rules.recurrence import Pattern, check, occurrence
from foundation.fields import ChoiceSetField, DayField, IntegerField, SelectField, given, near_day, only_lines
from foundation.formwords import CHOICE
from foundation.i18n import _l
from foundation.period import Period
from foundation.web import BaseForm, stripped
from workshops.forms.kits import LinesField, asked_kits, kits_field
from workshops.models import WorkshopSession
from workshops.rules.dates import Dates
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.unplannable import TooLong

NARROW = {"class": "narrow", "inputmode": "numeric"}
MOST_DATES = 400
KINDS = {"lieu": "venue_id", "ecole": "school_id", "residence": "care_home_id"}


@dataclass(frozen=True)
class Choosable:
    """What a form of sessions lets choose: mediators by id, places by the text of `place_text`.

    `kits` are kinds that were asked for before: what is typed is one of them where it can be.
    """

    mediators: Sequence[tuple[int, str]]
    places: Sequence[tuple[str, Any]]
    kits: Sequence[str] = ()


def place_text(place: Place) -> str:
    """`lieu:1`, `lieu:1:2` with a room, `ecole:1`, `residence:1`."""
    if place.venue_id is not None:
        return f"lieu:{place.venue_id}" + (f":{place.room_id}" if place.room_id is not None else "")
    return f"ecole:{place.school_id}" if place.school_id is not None else f"residence:{place.care_home_id}"


def place_of_text(text: str) -> Place:
    """The place that a choice means; nowhere when it means none."""
    kind, *ids = text.split(":")
    if kind not in KINDS or not ids:
        return Place()
    room = {"room_id": int(ids[1])} if len(ids) > 1 else {}
    return Place(**{KINDS[kind]: int(ids[0])}, **room)


class DaysField(Field):
    """Several days, as hidden inputs or checkboxes send them; what is none is refused."""

    data: list[date]

    def process_formdata(self, valuelist: list[Any]) -> None:
        if len(valuelist) > MOST_DATES:
            raise ValueError(str(CHOICE))
        self.data = [near_day(text) for text in valuelist if text]

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
        _l("How many sessions"), [Optional(), NumberRange(1, 500, _l("Write a number from %(min)s to %(max)s."))],
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
        titles, kits = self.titles.lines(), asked_kits(self.kits, self.known_kits)
        padded = [*titles, *("" for _one in periods)]
        return [self._plan(period, title, kits) for period, title in zip(periods, padded, strict=False)]

    def _plan(self, period: Period, title: str, kits: Mapping[str, int]) -> SessionPlan:
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
        )


class MoveForm(BaseForm):
    """Another time for a session."""

    day = DayField(_l("Day"), [InputRequired(_l("Choose the day."))])
    starts = TimeField(
        _l("Begins at"), [InputRequired(_l("Write the hour at which it begins."))], render_kw={"class": "narrow"}
    )
    ends = TimeField(
        _l("Ends at"), [InputRequired(_l("Write the hour at which it ends."))], render_kw={"class": "narrow"}
    )
    reason = StringField(_l("Why"), [Length(max=300)], description=_l("Names nobody."), filters=[stripped])

    def __init__(self, starts_at: datetime, ends_at: datetime) -> None:
        """The bounds of the session on the town's wall clock."""
        super().__init__(data={"day": starts_at.date(), "starts": starts_at.time(), "ends": ends_at.time()})

    def period(self, zone: ZoneInfo) -> Period:
        """What was typed; call it once the form is valid.

        Raises:
            ImpossiblePattern, TooLong: the change of clocks leaves nothing of it.
        """
        day = given(self.day.data)
        pattern = Pattern.once(day, given(self.starts.data), given(self.ends.data))
        check(pattern)
        period = occurrence(pattern, day, zone)
        if period is None:
            raise TooLong
        return period


class ArrangementForm(BaseForm):
    """Another team, place, title or equipment for a session."""

    title = StringField(
        _l("What this session is about"), [Length(max=120)], filters=[stripped]
    )  # fmt: skip
    team = ChoiceSetField(_l("Team"), coerce=int)
    place = SelectField(_l("Place"), [InputRequired(_l("Choose where it takes place."))])
    kits = kits_field()
    equipment_note = TextAreaField(
        _l("Equipment needed"), [Length(max=300)], filters=[only_lines], render_kw={"rows": 2}
    )
    reason = StringField(_l("Why"), [Length(max=300)], description=_l("Names nobody."), filters=[stripped])

    def __init__(self, choosable: Choosable, session: WorkshopSession, place: Place) -> None:
        begin = {
            "title": session.title, "equipment_note": session.equipment_note, "place": place_text(place),
            "team": [one.account_id for one in session.team],
            "kits": [{"kind": one.kind, "count": one.count} for one in session.kit_needs],
        }  # fmt: skip
        super().__init__(data=begin)
        self.team.choices = list(choosable.mediators)
        self.place.choices = list(choosable.places)
        self.known_kits = choosable.kits

    def asked_kits(self) -> dict[str, int]:
        """Kind of kit → how many.

        Raises:
            NoKindOfKit
        """
        return asked_kits(self.kits, self.known_kits)


class CapacityForm(BaseForm):
    """Seats of a session."""

    capacity = IntegerField(
        _l("How many seats"),
        [InputRequired(_l("Write a number of seats from 1 to 500.")),
         NumberRange(1, 500, _l("Write a number of seats from 1 to 500."))],
        render_kw=NARROW,
    )  # fmt: skip


class CancelForm(BaseForm):
    """Why a session does not take place."""

    reason = StringField(_l("Why"), [Length(max=300)], description=_l("Names nobody."), filters=[stripped])
