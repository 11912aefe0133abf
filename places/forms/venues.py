"""A venue, its rooms, and the search for one."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from foundation.fields import IntegerField, SelectField
from foundation.i18n import _l, language
from foundation.phones import PhoneField
from foundation.web import BaseForm
from places.forms.fields import (
    AnswerField,
    ChecksField,
    LinesField,
    latitude_field,
    longitude_field,
    name_field,
    text_field,
)
from places.standard.labels import LISTS

LANGUAGES = ("fr", "ar", "en", "es", "pt", "it", "de", "tr", "ru", "uk", "ro", "pl", "zh", "vi", "fa", "ps", "ti",
             "so", "bm", "ff", "kab", "ka", "sq", "hy", "ta", "bn", "ur", "fsl")  # fmt: skip
SIGNED = "fsl"


def language_choices() -> list[tuple[str, str]]:
    """Languages spoken at desks in France, and the French sign language, named in the reader's language."""
    names = Locale.parse(language()).languages
    named = [(code, str(names.get(code, code)).capitalize()) for code in LANGUAGES if code != SIGNED]
    return [*named, (SIGNED, str(_l("French sign language")))]


def label_choices(column: str) -> list[tuple[str, str]]:
    """The labels of the national standard: they are French words by law of the format."""
    return [(label, label) for label in LISTS[column]]


class VenueForm(BaseForm):
    name = name_field(_l("Name of the place"), 250)
    structure_id = SelectField(_l("Structure"), coerce=int)
    address = text_field(_l("Number and street"), 250, autocomplete="off")
    address_extra = text_field(_l("Building, floor, entrance"), 250)
    postcode = StringField(
        _l("Postcode"), [InputRequired(_l("Write the five digits of the postcode.")), Length(max=10)],
        render_kw={"inputmode": "numeric", "class": "narrow"},
    )  # fmt: skip
    commune = StringField(_l("Commune"), [InputRequired(_l("Write the commune.")), Length(max=120)])
    latitude = latitude_field()
    longitude = longitude_field()
    phone = PhoneField(_l("Telephone"), render_kw={"inputmode": "tel"})
    emails = LinesField(_l("E-mail addresses"), [Length(max=2000)], description=_l("One a line."))
    websites = LinesField(_l("Web addresses"), [Length(max=4000)], description=_l("One a line."))
    opening_hours = TextAreaField(
        _l("Opening hours"), [Length(max=2000)],
        description=_l("Like: lundi au vendredi 9h-12h et 14h-17h. Or in OpenStreetMap's way: Mo-Fr 09:00-12:00."),
    )  # fmt: skip
    summary = text_field(_l("In one sentence"), 280)
    details = TextAreaField(_l("More about this place"), [Length(max=5000)])
    services = ChecksField(_l("What people can do there"), choices=label_choices("services"))
    support_modes = ChecksField(_l("How people are helped"), choices=label_choices("support_modes"))
    access_modes = ChecksField(_l("How to come"), choices=label_choices("access_modes"))
    fees = ChecksField(_l("What it costs"), choices=label_choices("fees"))
    audiences = ChecksField(_l("Especially for"), choices=label_choices("audiences"))
    special_support = ChecksField(_l("Particular support"), choices=label_choices("special_support"))
    wheelchair = AnswerField(_l("Can one get in with a wheelchair?"))
    lift = AnswerField(_l("Is there a lift, when there are stairs?"))
    languages = ChecksField(_l("Languages spoken"))
    access_notes = TextAreaField(
        _l("How to get in"), [Length(max=5000)],
        description=_l("Bus stop, doorbell, second courtyard… Residents read it on their slip."),
    )  # fmt: skip
    bookable = BooleanField(_l("Residents may be sent there"), default=True)
    active = BooleanField(_l("This place is open"), default=True)

    def offer(self, structures: Sequence[tuple[int, str]]) -> VenueForm:
        """Fill the choices that depend on the town and on the reader's language."""
        self.structure_id.choices = structures
        self.languages.choices = language_choices()
        return self


class RoomForm(BaseForm):
    name = name_field(_l("Name of the room"), 120)
    seats = IntegerField(
        _l("Seats"),
        [Optional(), NumberRange(1, 10_000, _l("Write a number of seats, or leave it empty."))],
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )
    access_notes = text_field(_l("How to get in"), 1000)
