"""What the pages of a programme send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf.file import FileField
from wtforms import BooleanField, DateTimeLocalField, DecimalField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from activity.models import Theme
from activity.rules.labels import THEMES
from foundation.fields import (
    YEARS,
    ChoiceSetField,
    DayField,
    IntegerField,
    SelectField,
    only_lines,
    optional,
    with_value,
)
from foundation.formwords import DAY_AND_TIME
from foundation.i18n import _l
from foundation.labels import choices
from foundation.period import at_wall_time
from foundation.said import ARABIC, ENGLISH, in_fields, typed
from foundation.web import BaseForm, stripped
from workshops.models import Enrolment, Level, Openness, Priority, Programme, ProgrammeAudience, ProgrammeKind
from workshops.rules.labels import ENROLMENTS, LEVELS, OPENNESS, PRIORITIES, PROGRAMME_AUDIENCES
from workshops.rules.programmes import ProgrammeDetails
from workshops.rules.translating import TRANSLATED

WHOLE_TERRITORY = 0
DAY = timedelta(days=1)
NARROW = {"class": "narrow", "inputmode": "numeric"}
ANSWER_HOURS = (12, 24, 48, 72, 120, 168)
SAME = (
    "audience", "age_min", "age_max", "level", "training_units", "enrolment", "openness", "capacity",
    "people_per_helper", "care_home_id", "school_id", "answer_hours",
)  # fmt: skip
WORDS = ("title", "description", "goals", "material", "framing_notes", "next_steps")


@dataclass(frozen=True)
class Offered:
    """What the form lets choose: (id, name)."""

    structures: Sequence[tuple[int, Any]]
    care_homes: Sequence[tuple[int, str]]
    schools: Sequence[tuple[int, str]]
    neighbourhoods: Sequence[tuple[int, str]]


def _number(label: Any, least: int, most: int, *first: Any, **more: Any) -> IntegerField:
    limits = NumberRange(least, most, _l("Write a number from %(min)s to %(max)s."))
    return IntegerField(label, [*(first or [Optional()]), limits], render_kw=NARROW, **more)


def _text(label: Any, most: int, rows: int = 3, **more: Any) -> TextAreaField:
    kw = {"rows": rows, **more.pop("render_kw", {})}
    return TextAreaField(label, [Length(max=most)], filters=[only_lines], render_kw=kw, **more)


class PriceField(DecimalField):
    """Euros; a comma is as good as a point."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([text.replace(",", ".").replace("\u202f", "").strip() for text in valuelist])


class MomentField(DateTimeLocalField):
    """A day and an hour; of a year in which nothing is planned is none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data and self.data.year not in YEARS:
            self.data = None
            raise ValueError(str(DAY_AND_TIME))


class ProgrammeForm(BaseForm):
    """A programme as the staff write it. Structure 0 is the whole territory; days are of the town's wall clock."""

    request_key = HiddenField(validators=[Length(max=64)])
    structure_id = SelectField(_l("Offered by"), coerce=int)
    title = StringField(
        _l("Title"), [InputRequired(_l("Write what the programme is called.")), Length(max=120)], filters=[stripped],
        description=_l("In the words of the people who come: “Scratch club on Wednesdays”."),
    )  # fmt: skip
    description = _text(
        _l("In plain words"), 1000, 4, description=_l("What one does there, and for whom. Short sentences.")
    )
    goals = _text(_l("Goals"), 1000, description=_l("What one can do afterwards. One a line."))
    material = _text(_l("What to bring"), 500, description=_l("One thing a line."))
    audience = SelectField(_l("For whom"), coerce=ProgrammeAudience, choices=choices(PROGRAMME_AUDIENCES))
    age_min = _number(_l("From age"), 0, 120)
    age_max = _number(_l("Up to age"), 0, 120)
    level = SelectField(
        _l("Level"), coerce=optional(Level), choices=[("", _l("Any level")), *choices(LEVELS)]
    )  # fmt: skip
    enrolment = SelectField(
        _l("How people register"), coerce=Enrolment, choices=choices(ENROLMENTS), default=Enrolment.CYCLE
    )
    openness = SelectField(_l("Who may register"), coerce=Openness, choices=choices(OPENNESS))
    capacity = _number(_l("Seats of a session"), 1, 500, InputRequired(_l("Write how many people fit in.")))
    people_per_helper = _number(_l("People for one helper"), 1, 100)
    registration_opens_at = DayField(_l("Registration opens on"), [Optional()])
    registration_closes_at = DayField(_l("Last day to register"), [Optional()])
    price = PriceField(
        _l("Price in euros"),
        [Optional(), NumberRange(0, 10_000, _l("Write a price from %(min)s to %(max)s euros."))],
        places=2, description=_l("Empty: free."), render_kw=NARROW,
    )  # fmt: skip
    training_units = _number(_l("Units of a training voucher"), 1, 1000)
    care_home_id = SelectField(_l("Care home"), coerce=optional(int))
    school_id = SelectField(_l("School"), coerce=optional(int))
    priorities = ChoiceSetField(
        _l("Who comes first on the waiting list"), coerce=Priority, choices=choices(PRIORITIES),
        description=_l("The public reads this. Otherwise the order in which people came counts."),
    )  # fmt: skip
    neighbourhood_ids = ChoiceSetField(_l("Neighbourhoods that have priority"), coerce=int)
    answer_hours = SelectField(_l("A seat that was freed is kept for one person during"), coerce=int, default=48)
    framing_at = MomentField(
        _l("Visit before the series"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    framing_notes = _text(_l("What was agreed"), 1000, description=_l("Names nobody."))
    next_steps = _text(_l("Next steps, told to the home at the end"), 1000)
    themes = ChoiceSetField(_l("Themes written in the record in advance"), coerce=Theme, choices=choices(THEMES))
    title_en = StringField(_l("Title in English"), [Length(max=120)], render_kw=ENGLISH)
    description_en = _text(_l("In plain words, in English"), 1000, render_kw=ENGLISH)
    goals_en = _text(_l("Goals in English"), 1000, 2, render_kw=ENGLISH)
    material_en = _text(_l("What to bring, in English"), 500, 2, render_kw=ENGLISH)
    title_ar = StringField(_l("Title in Arabic"), [Length(max=120)], render_kw=ARABIC)
    description_ar = _text(_l("In plain words, in Arabic"), 1000, render_kw=ARABIC)
    goals_ar = _text(_l("Goals in Arabic"), 1000, 2, render_kw=ARABIC)
    material_ar = _text(_l("What to bring, in Arabic"), 500, 2, render_kw=ARABIC)

    def __init__(self, offered: Offered, given: dict[str, Any]) -> None:
        """`given` is what the form begins with: usual values, or those of a programme, see `of_programme`."""
        super().__init__(data=given)
        self.structure_id.choices = list(offered.structures)
        self.care_home_id.choices = [("", _l("None")), *offered.care_homes]
        self.school_id.choices = [("", _l("None")), *offered.schools]
        self.neighbourhood_ids.choices = list(offered.neighbourhoods)
        hours = [(one, _l("%(num)s h", num=one)) for one in ANSWER_HOURS]
        kept = self.answer_hours.object_data
        self.answer_hours.choices = with_value(hours, kept, _l("%(num)s h", num=kept))

    def details(self, kind: ProgrammeKind, zone: ZoneInfo) -> ProgrammeDetails:
        """What was typed, for the verb; call it once the form is valid."""
        plain: dict[str, Any] = {name: self._fields[name].data for name in SAME if name in self._fields}
        words: dict[str, Any] = {name: self._fields[name].data or "" for name in WORDS}
        return ProgrammeDetails(
            kind=kind,
            **plain,
            **words,
            themes=[one.value for one in self.themes.data or []],
            price_cents=None if self.price.data is None else int(self.price.data * 100),
            priorities=self.priorities.data or [],
            neighbourhood_ids=self.neighbourhood_ids.data or [],
            registration_opens_at=_midnight(self.registration_opens_at.data, zone),
            registration_closes_at=_midnight(self.registration_closes_at.data, zone, after=DAY),
            framing_at=_instant(self.framing_at.data, zone),
            translations=typed(self._fields, TRANSLATED),
        )


def _midnight(day: date | None, zone: ZoneInfo, after: timedelta = timedelta(0)) -> datetime | None:
    return None if day is None else at_wall_time(day + after, time.min, zone)


def _instant(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else at_wall_time(at.date(), at.time(), zone)


def of_programme(programme: Programme, zone: ZoneInfo) -> dict[str, Any]:
    """What the form of a programme shows."""
    opens, closes = programme.registration_opens_at, programme.registration_closes_at
    return {
        **{name: getattr(programme, name) for name in SAME},
        **{name: getattr(programme, name) for name in WORDS},
        "framing_at": programme.framing_at.astimezone(zone) if programme.framing_at else None,
        "registration_opens_at": opens.astimezone(zone).date() if opens else None,
        "registration_closes_at": (closes - timedelta.resolution).astimezone(zone).date() if closes else None,
        "price": None if programme.price_cents is None else programme.price_cents / 100,
        "priorities": [Priority(value) for value in programme.priorities],
        "neighbourhood_ids": programme.neighbourhood_ids,
        "themes": [Theme(value) for value in programme.themes if value in set(Theme)],
        **in_fields(programme.translations, TRANSLATED),
    }


class SheetNameForm(BaseForm):
    """What a lesson sheet is called."""

    label = StringField(_l("What it is called"), [Length(max=120)], filters=[stripped], render_kw={"list": "usual"})
    label_en = StringField(_l("In English"), [Length(max=120)], filters=[stripped], render_kw=ENGLISH)
    label_ar = StringField(_l("In Arabic"), [Length(max=120)], filters=[stripped], render_kw=ARABIC)

    def translations(self) -> dict[str, dict[str, str]]:
        """Language → its name; call it once the form is valid."""
        return {"en": {"label": self.label_en.data or ""}, "ar": {"label": self.label_ar.data or ""}}


class SheetForm(SheetNameForm):
    """A lesson sheet: a link or a file."""

    url = StringField(_l("Address of the page"), [Length(max=500)], filters=[stripped], render_kw={"dir": "ltr"})
    file = FileField(_l("Or a file"), description=_l("A PDF, slides, a picture, a Scratch project: 5 MB at most."))
    team_only = BooleanField(_l("For the team only"))
