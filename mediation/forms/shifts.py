"""What the pages of presences and absences send."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from activity.models import Channel
from activity.rules.labels import CHANNELS
from agenda.forms import RHYTHMS, RepeatingForm, of_pattern
from agenda.models import MIDNIGHT, Absence, Recurrence
from agenda.rules.recurrence import Pattern
from foundation.fields import ChoiceSetField, DayField, RadioField, SelectField, given, optional
from foundation.i18n import _l
from foundation.labels import choices
from foundation.web import BaseForm
from mediation.models import Service, Shift
from mediation.rules.shifts import ShiftDetails, next_day
from mediation.rules.stranding import Fate
from places.models import Room, Venue

NOWHERE = ""


class ShiftForm(RepeatingForm):
    """A presence. `place` is `venue` or `venue:room`, by id."""

    starts = TimeField(
        _l("Begins at"), [InputRequired(_l("Write the hour at which it begins."))], render_kw={"class": "narrow"}
    )
    ends = TimeField(
        _l("Ends at"), [InputRequired(_l("Write the hour at which it ends."))], render_kw={"class": "narrow"}
    )
    channels = ChoiceSetField(_l("How people are received"), coerce=Channel, choices=choices(CHANNELS))
    place = SelectField(_l("Place"), description=_l("With a room, each appointment takes the room too."))
    service_ids = ChoiceSetField(_l("What may be booked then"), coerce=int)

    def __init__(
        self, venues: list[Venue], rooms: list[Room], services: list[Service], shift: Shift | None, today: date
    ) -> None:
        super().__init__(data=_of_shift(shift, today) if shift else _fresh(services, today))
        self.place.choices = [(NOWHERE, _l("No place")), *_places(venues, rooms)]
        self.service_ids.choices = [(service.id, service.label) for service in services]

    def once_until(self, first: date, last: date | None) -> date:
        """A presence is over on the day it begins."""
        return first

    def details(self) -> ShiftDetails:
        """What was typed, for the verb."""
        venue, _colon, room = (self.place.data or "").partition(":")
        return ShiftDetails(
            pattern=self.pattern(given(self.starts.data), given(self.ends.data)),
            venue_id=int(venue) if venue else None,
            room_id=int(room) if room else None,
            channels=self.channels.data or [],
            service_ids=self.service_ids.data or [],
        )


def _fresh(services: list[Service], today: date) -> dict[str, Any]:
    return {"channels": [Channel.VENUE], "first_day": today, "service_ids": [service.id for service in services]}


def _of_shift(shift: Shift, today: date) -> dict[str, Any]:
    pattern = Pattern.of(shift.opening)
    return {
        **of_pattern(pattern, next_day(pattern, today)),
        "channels": [Channel(value) for value in shift.channels],
        "place": _place(shift.venue_id, shift.room_id),
        "service_ids": [service.id for service in shift.services],
    }


def _place(venue_id: int | None, room_id: int | None) -> str:
    if venue_id is None:
        return NOWHERE
    return f"{venue_id}:{room_id}" if room_id else str(venue_id)


def _places(venues: list[Venue], rooms: list[Room]) -> list[tuple[str, str]]:
    """Each venue, and each of its rooms."""
    found: list[tuple[str, str]] = []
    for venue in venues:
        found.append((_place(venue.id, None), venue.name))
        own = (room for room in rooms if room.venue_id == venue.id)
        found += [(_place(venue.id, room.id), f"{venue.name} · {room.name}") for room in own]
    return found


class EndForm(BaseForm):
    """The last day of a presence."""

    last_day = DayField(_l("Last day"), [InputRequired(_l("Choose the last day."))])

    def __init__(self, last: date | None = None) -> None:
        super().__init__(data={"last_day": last})


class AbsenceForm(RepeatingForm):
    """An absence. Without hours it takes whole days; once, it may last from a day to another."""

    recurrence = RadioField(
        _l("How often"), coerce=Recurrence, default=Recurrence.ONCE,
        choices=[(Recurrence.ONCE.value, _l("Once, from the first day to the last")), RHYTHMS[0], *RHYTHMS[2:]],
    )  # fmt: skip
    label = StringField(
        _l("What colleagues read"), [Length(max=120)],
        description=_l("“Training”, “Away”. Never a reason that concerns private life or health."),
    )  # fmt: skip
    starts = TimeField(_l("Begins at"), [Optional()], render_kw={"class": "narrow"})
    ends = TimeField(_l("Ends at"), [Optional()], render_kw={"class": "narrow"})

    def __init__(self, absence: Absence | None = None, today: date | None = None) -> None:
        super().__init__(data=_of_absence(absence) if absence else {"first_day": today})

    def whole_pattern(self) -> Pattern:
        """What was typed; hours that were left out are the ends of the day."""
        return self.pattern(self.starts.data or MIDNIGHT, self.ends.data or MIDNIGHT)


def _of_absence(absence: Absence) -> dict[str, Any]:
    pattern = Pattern.of(absence)
    hours = {"starts": None, "ends": None} if pattern.whole_days else {}
    return {**of_pattern(pattern, pattern.first_day), "last_day": pattern.last_day, "label": absence.label, **hours}


class AnswerForm(BaseForm):
    """What becomes of the appointments that a change leaves behind, and which ones were on the page."""

    fate = SelectField(coerce=optional(Fate), choices=[("", ""), *((fate.value, "") for fate in Fate)])
    seen = StringField(validators=[Length(max=4000)])

    def ids(self) -> frozenset[int]:
        return frozenset(int(part) for part in (self.seen.data or "").split(",") if part.isdecimal() and len(part) < 10)
