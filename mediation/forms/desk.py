"""What the pages send on which the staff and prescribers book for somebody, move and cancel."""

from __future__ import annotations

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField, TextAreaField, TimeField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from accounts.models import Account
from foundation.fields import DayField, IntegerField, NumberTravelling, RadioField, SelectField, only_lines, whole
from foundation.i18n import LANGUAGES, _l
from foundation.web import BaseForm
from mediation.models import Service
from mediation.rules.booking import MOST_COMPANIONS
from people.forms import SomebodyForm

ANY = 0
NEW = 0
CODE = Length(max=60)


class WhoAndWhenForm(SomebodyForm):
    """The first of the two screens. `slot` is the key of a `Wish`."""

    service_id = SelectField(_l("For what"), coerce=whole)
    venue_id = SelectField(_l("Where"), coerce=whole)
    mediator_id = SelectField(_l("With whom"), coerce=whole)
    first_day = DayField(_l("From which day on"), [Optional()])
    email = StringField(
        _l("E-mail address"), [Optional(), Length(max=254), Email(_l("Write an address like name@town.fr."))],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )  # fmt: skip
    slot = HiddenField(validators=[CODE])

    def __init__(
        self, services: list[tuple[int, str]], venues: list[tuple[int, str]], mediators: list[tuple[int, str]],
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(**more)
        self.service_id.choices = list(services)
        self.venue_id.choices = [(ANY, _l("All places")), *venues]
        self.mediator_id.choices = [(ANY, _l("Whoever is free")), *mediators]


class CheckForm(BaseForm):
    """The second screen: what was chosen travels hidden, and the last questions."""

    service_id = NumberTravelling()
    venue_id = NumberTravelling()
    mediator_id = NumberTravelling()
    first_day = HiddenField(validators=[CODE])
    q = HiddenField(validators=[Length(max=120)])
    asked = HiddenField(validators=[Length(max=120)])
    person_id = NumberTravelling()
    given_name = HiddenField(validators=[Length(max=80)])
    family_name = HiddenField(validators=[Length(max=80)])
    phone = HiddenField(validators=[Length(max=40)])
    email = HiddenField(validators=[Length(max=254)])
    slot = HiddenField(validators=[CODE])
    request_key = HiddenField(validators=[Length(max=64)])
    same_as = RadioField(_l("Is it one of these people?"), coerce=whole, default=NEW, validate_choice=False)
    companions = IntegerField(
        _l("People who come along"),
        [Optional(), NumberRange(0, MOST_COMPANIONS, _l("Write a number from %(min)s to %(max)s."))],
        default=0, render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    remark = TextAreaField(
        _l("What for, in a few words"), [Length(max=300)], filters=[only_lines],
        description=_l("No health, no password, no number of a card or of social security."), render_kw={"rows": 2},
    )  # fmt: skip
    home_address = StringField(_l("Address to go to"), [Length(max=250)], render_kw={"autocomplete": "off"})
    locale = SelectField(_l("Language of the messages"), choices=list(LANGUAGES.items()), default="fr")


class MoveForm(BaseForm):
    """Another time for an appointment."""

    first_day = DayField(_l("From which day on"), [Optional()])
    slot = HiddenField(validators=[CODE])
    reason = StringField(_l("Why"), [Length(max=300)], render_kw={"autocomplete": "off"})


class WhyForm(BaseForm):
    """A question in the address: mediator, service, day and hour."""

    motif = SelectField(_l("For what"), coerce=whole)
    mediateur = SelectField(_l("With whom"), coerce=whole)
    jour = DayField(_l("Day"), [InputRequired(_l("Choose a day."))])
    heure = TimeField(_l("Hour"), [InputRequired(_l("Write an hour."))], render_kw={"class": "narrow"})

    def __init__(
        self, services: list[Service], mediators: list[Account], asked: MultiDict[str, str], today: date
    ) -> None:
        super().__init__(asked or None, data={"jour": today}, meta={"csrf": False})
        self.motif.choices = [(one.id, one.label) for one in services]
        self.mediateur.choices = [(one.id, one.name) for one in mediators]
