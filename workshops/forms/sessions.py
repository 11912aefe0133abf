"""What the pages of a session send: another time, another team or place, seats, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, HiddenField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange

from agenda.rules.recurrence import Pattern, check, occurrence
from foundation.fields import ChoiceSetField, DayField, IntegerField, SelectField, given, only_lines
from foundation.i18n import _l
from foundation.period import Period
from foundation.said import ARABIC, ENGLISH
from foundation.web import BaseForm, stripped
from workshops.forms.kits import asked_kits, kits_field
from workshops.models import WorkshopSession
from workshops.rules.planning import Place
from workshops.rules.unplannable import NoSuchHour

NARROW = {"class": "narrow", "inputmode": "numeric"}
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
    anyway = BooleanField(_l("Move it there all the same"))
    asked = HiddenField()

    def __init__(self, starts_at: datetime, ends_at: datetime) -> None:
        """The bounds of the session on the town's wall clock."""
        super().__init__(data={"day": starts_at.date(), "starts": starts_at.time(), "ends": ends_at.time()})

    def period(self, zone: ZoneInfo) -> Period:
        """What was typed; call it once the form is valid.

        Raises:
            ImpossiblePattern, NoSuchHour: the change of clocks leaves nothing of it.
        """
        day = given(self.day.data)
        pattern = Pattern.once(day, given(self.starts.data), given(self.ends.data))
        check(pattern)
        period = occurrence(pattern, day, zone)
        if period is None:
            raise NoSuchHour
        return period

    def agreed_to(self, period: Period) -> bool:
        """Whether somebody was asked about this very moment, and means it."""
        return bool(self.anyway.data) and self.asked.data == period.start.isoformat()

    def ask_about(self, period: Period) -> None:
        """Ask for a yes, or once more when it was given to another moment."""
        self.anyway.data, self.asked.data = False, period.start.isoformat()


class ArrangementForm(BaseForm):
    """Another team, place, title or equipment for a session."""

    title = StringField(_l("What this session is about"), [Length(max=120)], filters=[stripped])
    title_en = StringField(_l("In English"), [Length(max=120)], filters=[stripped], render_kw=ENGLISH)
    title_ar = StringField(_l("In Arabic"), [Length(max=120)], filters=[stripped], render_kw=ARABIC)
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
            "title_en": session.translated("title", "en"), "title_ar": session.translated("title", "ar"),
        }  # fmt: skip
        super().__init__(data=begin)
        self.team.choices = list(choosable.mediators)
        self.place.choices = list(choosable.places)
        self.known_kits = choosable.kits

    def translations(self) -> dict[str, dict[str, str]]:
        """Language code → `title`."""
        return {"en": {"title": self.title_en.data or ""}, "ar": {"title": self.title_ar.data or ""}}

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
