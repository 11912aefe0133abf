"""What the page of a service sends."""

from __future__ import annotations

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from activity.models import Autonomy, Channel, Theme
from activity.rules.labels import AUTONOMIES, CHANNELS, THEMES
from foundation.fields import ChoiceSetField, IntegerField, SelectField, only_lines, optional, with_value
from foundation.i18n import _, _l, duration, ngettext
from foundation.labels import choices
from foundation.said import ARABIC, ENGLISH, in_fields, typed
from foundation.web import BaseForm
from mediation.models import Audience, Service
from mediation.rules.labels import AUDIENCES
from mediation.rules.offers import TRANSLATED, ServiceDetails

WHOLE_TERRITORY = 0
HOUR = 60
DAY = 24 * HOUR
NOTICES = (0, 30, HOUR, 2 * HOUR, 4 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY)
TEXT = 500


def _minutes(label: Any, least: int, most: int, *first: Any, **more: Any) -> IntegerField:
    limits = NumberRange(least, most, _l("Write a number of minutes from %(min)s to %(max)s."))
    return IntegerField(label, [*first, limits], render_kw={"class": "narrow", "inputmode": "numeric"}, **more)


def _notice(minutes: int) -> str:
    if minutes == 0:
        return _("Up to the last minute")
    if minutes % DAY == 0:
        return ngettext("%(num)s day before", "%(num)s days before", minutes // DAY)
    return _("%(length)s before", length=duration(minutes))


class ServiceForm(BaseForm):
    """A service as a manager writes it. Structure 0 is the whole territory."""

    structure_id = SelectField(_l("Offered by"), coerce=int)
    label = StringField(
        _l("Name"), [InputRequired(_l("Write what the service is called.")), Length(max=120)],
        description=_l("In the words of the people who come: “My first steps with a computer”."),
    )  # fmt: skip
    description = TextAreaField(
        _l("In plain words"), [Length(max=TEXT)], filters=[only_lines],
        description=_l("One or two short sentences: what is done, and for whom."), render_kw={"rows": 3},
    )  # fmt: skip
    bring = TextAreaField(
        _l("What to bring"), [Length(max=TEXT)], filters=[only_lines], description=_l("One thing a line."),
        render_kw={"rows": 3},
    )  # fmt: skip
    position = IntegerField(
        _l("Place in the list"), [Optional(), NumberRange(0, 1000)], default=0,
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    audience = SelectField(
        _l("Who may book it"), coerce=Audience, choices=choices(AUDIENCES), default=Audience.EVERYONE
    )
    channels = ChoiceSetField(_l("How people are received"), coerce=Channel, choices=choices(CHANNELS))
    duration_minutes = _minutes(
        _l("Length, in minutes"), 5, 480, InputRequired(_l("Write how long an appointment takes.")), default=45
    )
    buffer_before_minutes = _minutes(_l("Minutes kept free before"), 0, 240, Optional(), default=0)
    buffer_after_minutes = _minutes(_l("Minutes kept free after"), 0, 240, Optional(), default=0)
    step_minutes = _minutes(
        _l("Minutes from one start to the next"), 5, 480, Optional(),
        description=_l("Empty: one after the other, with the free minutes."),
    )  # fmt: skip
    notice_minutes = SelectField(_l("Book at the latest"), coerce=int, default=2 * HOUR)
    change_notice_minutes = SelectField(_l("Move or cancel online at the latest"), coerce=int, default=2 * HOUR)
    horizon_days = IntegerField(
        _l("Open for booking, in days ahead"),
        [
            InputRequired(_l("Write how many days ahead people may book.")),
            NumberRange(1, 365, _l("Write a number of days from %(min)s to %(max)s.")),
        ],
        default=60, render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    themes = ChoiceSetField(_l("Themes written in the record in advance"), coerce=Theme, choices=choices(THEMES))
    autonomy = SelectField(
        _l("Autonomy written in the record in advance"), coerce=optional(Autonomy),
        choices=[("", _l("Ask each time")), *choices(AUTONOMIES)],
    )  # fmt: skip
    label_en = StringField(_l("Name in English"), [Length(max=120)], render_kw=ENGLISH)
    description_en = TextAreaField(
        _l("In plain words, in English"), [Length(max=TEXT)], filters=[only_lines],
        render_kw=ENGLISH | {"rows": 2},
    )  # fmt: skip
    bring_en = TextAreaField(
        _l("What to bring, in English"), [Length(max=TEXT)], filters=[only_lines],
        render_kw=ENGLISH | {"rows": 2},
    )  # fmt: skip
    label_ar = StringField(_l("Name in Arabic"), [Length(max=120)], render_kw=ARABIC)
    description_ar = TextAreaField(
        _l("In plain words, in Arabic"), [Length(max=TEXT)], filters=[only_lines],
        render_kw=ARABIC | {"rows": 2},
    )  # fmt: skip
    bring_ar = TextAreaField(
        _l("What to bring, in Arabic"), [Length(max=TEXT)], filters=[only_lines],
        render_kw=ARABIC | {"rows": 2},
    )  # fmt: skip

    def __init__(self, structures: list[tuple[int, str]], service: Service | None = None) -> None:
        begins = in_fields(service.translations, TRANSLATED) if service else {"channels": [Channel.VENUE]}
        super().__init__(obj=service, data=begins)
        self.structure_id.choices = list(structures)
        for field in (self.notice_minutes, self.change_notice_minutes):
            known = [(minutes, _notice(minutes)) for minutes in NOTICES]
            stored = field.object_data
            field.choices = with_value(known, stored, _notice(stored or 0))

    def details(self) -> ServiceDetails:
        """What was typed, for the verb; call it once the form is valid."""
        return ServiceDetails(
            label=self.label.data or "",
            description=self.description.data or "",
            bring=self.bring.data or "",
            position=self.position.data or 0,
            audience=self.audience.data,
            channels=self.channels.data or [],
            duration=self.duration_minutes.data or 0,
            buffer_before=self.buffer_before_minutes.data or 0,
            buffer_after=self.buffer_after_minutes.data or 0,
            step=self.step_minutes.data,
            notice=self.notice_minutes.data,
            change_notice=self.change_notice_minutes.data,
            horizon_days=self.horizon_days.data or 0,
            themes=self.themes.data or [],
            autonomy=self.autonomy.data,
            translations=typed(self._fields, TRANSLATED),
        )
