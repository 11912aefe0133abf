"""What the page of an activity record sends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from wtforms import DateField, HiddenField, StringField, TextAreaField, TimeField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from activity.models import (
    ActivityKind,
    ActivityRecord,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Procedure,
    Referral,
    Theme,
)
from activity.rules.labels import AUTONOMIES, CHANNELS, EQUIPMENT, PROCEDURES, REFERRALS, THEMES
from activity.rules.records import LONGEST_NOTE, OFFERED_MINUTES, Draft
from foundation import clock
from foundation.fields import (
    ChoiceSetField,
    IdField,
    InstantField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    only_lines,
    optional,
    row_id,
    with_value,
)
from foundation.i18n import _l, duration
from foundation.labels import choices
from foundation.period import at_wall_time
from foundation.web import BaseForm
from mediation.models import id_in, reference_of
from people.models import Gender
from people.words import GENDERS

OTHER = "other"
FIRST_DAY = date(2000, 1, 1)
SECRETS = _l(
    "Never write here anything about health or family matters."
    " Social security numbers, bank cards and passwords are refused."
)


def _count(label: Any) -> IntegerField:
    return IntegerField(
        label, [Optional(), NumberRange(0, 1000, _l("Write a number of people from %(min)s to %(max)s."))],
        default=0, render_kw={"class": "narrow", "inputmode": "numeric", "min": 0},
    )  # fmt: skip


class RecordForm(BaseForm):
    """What was done: the questions in the order in which they are asked."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in ActivityKind])], default=ActivityKind.INDIVIDUAL.value)
    appointment_id = IdField()
    request_key = HiddenField(validators=[Length(max=64)])
    as_of = InstantField()
    length = RadioField(_l("How long"), [InputRequired(_l("Say how long it took."))])
    minutes = IntegerField(
        _l("Other length, in minutes"), [Optional()], render_kw={"class": "narrow", "inputmode": "numeric"}
    )
    themes = ChoiceSetField(_l("Themes"), coerce=Theme, choices=choices(THEMES))
    procedures = ChoiceSetField(_l("Which procedures"), coerce=Procedure, choices=choices(PROCEDURES))
    autonomy = RadioField(
        _l("Autonomy"), [Optional()], coerce=optional(Autonomy), choices=choices(AUTONOMIES), validate_choice=False
    )
    equipment = ChoiceSetField(_l("Device used"), coerce=Equipment, choices=choices(EQUIPMENT))
    referrals = ChoiceSetField(_l("Referred to"), coerce=Referral, choices=choices(REFERRALS))
    note = TextAreaField(
        _l("Note"), [Length(max=LONGEST_NOTE, message=_l("Write at most 500 characters."))], filters=[only_lines],
        description=SECRETS, render_kw={"rows": 3, "maxlength": LONGEST_NOTE},
    )  # fmt: skip
    person_ids = SelectMultipleField(_l("People"), coerce=row_id, validate_choice=False)
    find = StringField(
        _l("Add somebody"), [Length(max=120)], description=_l("Name, phone or code"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    anonymous_count = _count(_l("How many more came, without a name"))
    anonymous_feminine = _count(_l("Of whom women"))
    anonymous_masculine = _count(_l("Of whom men"))
    gender = RadioField(
        _l("Gender"), [Optional()], coerce=optional(Gender), default=Gender.NOT_COMMUNICATED,
        choices=[(one.value, words) for one, words in GENDERS.items()],
    )  # fmt: skip
    day = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    at = TimeField(_l("Time of start"), [InputRequired(_l("Write the time at which it began, like 14:30."))])
    channel = RadioField(_l("Where"), coerce=Channel, choices=choices(CHANNELS), default=Channel.VENUE)
    venue_id = SelectField(_l("Place"), coerce=optional(int))
    service_id = SelectField(_l("For what"), coerce=optional(int))

    def __init__(self, venues: Sequence[tuple[int, str]], services: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.length.choices = [
            *((str(minutes), duration(minutes)) for minutes in OFFERED_MINUTES), (OTHER, _l("Other")),
        ]  # fmt: skip
        self.venue_id.choices = [("", _l("Choose the place")), *with_value(venues, self.venue_id.object_data, "…")]
        self.service_id.choices = [
            ("", _l("None in particular")), *with_value(services, self.service_id.object_data, "…"),
        ]  # fmt: skip

    @property
    def is_group(self) -> bool:
        return self.kind.data == ActivityKind.GROUP

    def _women_and_men(self) -> tuple[int, int]:
        """Of those without a name; of one single person, the gender is asked rather than two numbers."""
        if self.is_group or self.person_ids.data:
            return self.anonymous_feminine.data or 0, self.anonymous_masculine.data or 0
        return int(self.gender.data is Gender.FEMININE), int(self.gender.data is Gender.MASCULINE)

    def draft(self) -> Draft:
        """What was told, for the verb; call it once the form is valid."""
        women, men = self._women_and_men()
        appointment_id = self.appointment_id.data
        return Draft(
            kind=ActivityKind(self.kind.data or ""),
            started_at=_instant(self.day.data, self.at.data),
            duration_minutes=self.minutes.data or 0 if self.length.data == OTHER else int(self.length.data),
            channel=self.channel.data,
            venue_id=self.venue_id.data,
            service_id=self.service_id.data,
            themes=frozenset(self.themes.data or ()),
            procedures=frozenset(self.procedures.data or ()),
            equipment=frozenset(self.equipment.data or ()),
            referrals=frozenset(self.referrals.data or ()),
            autonomy=self.autonomy.data,
            note=self.note.data or "",
            person_ids=tuple(self.person_ids.data or ()),
            anonymous_count=self.anonymous_count.data or 0,
            anonymous_feminine=women,
            anonymous_masculine=men,
            reference=reference_of(appointment_id) if appointment_id else None,
        )


def _instant(day: date | None, at: time | None) -> datetime:
    """A day and a time on the town's wall clock; what no calendar holds is as long ago as can be."""
    if day is None or at is None or day < FIRST_DAY:
        return datetime.combine(FIRST_DAY, time.min, tzinfo=UTC)
    return at_wall_time(min(day, clock.today() + timedelta(days=400)), at, clock.territory_zone())


def moment(instant: datetime) -> dict[str, Any]:
    """The fields that tell when."""
    local = instant.astimezone(clock.territory_zone())
    return {"day": local.date(), "at": local.time()}


def length(minutes: int) -> dict[str, Any]:
    """The fields that tell how long."""
    if minutes in OFFERED_MINUTES:
        return {"length": str(minutes), "minutes": None}
    return {"length": OTHER, "minutes": minutes}


def content(record: ActivityRecord) -> dict[str, Any]:
    """The fields that may be the same as last time: all but who, when, where and the note."""
    return {
        "themes": [Theme(value) for value in record.values(Aspect.THEME)],
        "procedures": [Procedure(value) for value in record.values(Aspect.PROCEDURE)],
        "equipment": [Equipment(value) for value in record.values(Aspect.EQUIPMENT)],
        "referrals": [Referral(value) for value in record.values(Aspect.REFERRAL)],
        "autonomy": record.autonomy,
        **length(record.duration_minutes),
    }


def _gender(record: ActivityRecord) -> Gender:
    """Of the one person without a name that a record is about."""
    if record.anonymous_feminine:
        return Gender.FEMININE
    return Gender.MASCULINE if record.anonymous_masculine else Gender.NOT_COMMUNICATED


def stored(record: ActivityRecord) -> dict[str, Any]:
    """All fields of a record that is written."""
    return {
        **content(record),
        **moment(record.started_at),
        "kind": record.kind.value,
        "as_of": record.updated_at,
        "note": record.note,
        "person_ids": [row.person_id for row in record.participants],
        "anonymous_count": record.anonymous_count,
        "anonymous_feminine": record.anonymous_feminine,
        "anonymous_masculine": record.anonymous_masculine,
        "gender": _gender(record),
        "channel": record.channel,
        "venue_id": record.venue_id,
        "service_id": record.service_id,
        "appointment_id": id_in(record.reference),
    }
