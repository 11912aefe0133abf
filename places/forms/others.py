"""Structures, neighbourhoods, schools, care homes and the territory."""

from __future__ import annotations

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Email, Length, NumberRange, Optional

from foundation.fields import IntegerField, SelectField
from foundation.i18n import LANGUAGES, _l
from foundation.phones import PhoneField
from foundation.web import BaseForm
from places.forms.fields import ChecksField, latitude_field, longitude_field, name_field, text_field
from places.models import CareHomeKind, SchoolKind, SchoolZone, StructureKind, TerritoryKind
from places.words import CARE_HOME_KINDS, SCHOOL_KINDS, STRUCTURE_KINDS

NARROW = {"class": "narrow", "inputmode": "numeric"}
PEOPLE = NumberRange(0, 10_000_000, _l("Write a whole number, or leave it empty."))


def email_field() -> StringField:
    return StringField(
        _l("E-mail address"), [Optional(), Email(_l("This is no e-mail address.")), Length(max=254)],
        render_kw={"inputmode": "email", "autocapitalize": "none"},
    )  # fmt: skip


class StructureForm(BaseForm):
    name = name_field(_l("Name"), 200)
    kind = SelectField(_l("Kind"), choices=[(kind.value, label) for kind, label in STRUCTURE_KINDS.items()],
                       coerce=StructureKind)  # fmt: skip
    siret = text_field(_l("SIRET"), 20, _l("14 digits. Leave it empty when there is none."), inputmode="numeric")
    phone = PhoneField(_l("Telephone"), render_kw={"inputmode": "tel"})
    email = email_field()
    active = BooleanField(_l("This structure is at work"), default=True)


class NeighbourhoodForm(BaseForm):
    name = name_field(_l("Name"), 200)
    population = IntegerField(_l("People living there"), [Optional(), PEOPLE], render_kw=NARROW)
    population_year = IntegerField(
        _l("Counted in"), [Optional(), NumberRange(1900, 2100, _l("Write a year, like 2021."))], render_kw=NARROW
    )
    priority_code = text_field(
        _l("Code of the priority neighbourhood"), 20, _l("Like QN04403M. Leave it empty when it is not one.")
    )


class InstitutionForm(BaseForm):
    """A school or a care home."""

    name = name_field(_l("Name"), 250)
    address = text_field(_l("Number and street"), 250)
    postcode = text_field(_l("Postcode"), 10, **NARROW)
    commune = text_field(_l("Commune"), 120)
    latitude = latitude_field()
    longitude = longitude_field()
    phone = PhoneField(_l("Telephone"), render_kw={"inputmode": "tel"})
    email = email_field()
    access_notes = TextAreaField(_l("How to get in"), [Length(max=1000)])
    active = BooleanField(_l("It is open"), default=True)


class SchoolForm(InstitutionForm):
    kind = SelectField(_l("Kind"), choices=[(kind.value, label) for kind, label in SCHOOL_KINDS.items()],
                       coerce=SchoolKind)  # fmt: skip
    people = IntegerField(_l("Pupils"), [Optional(), PEOPLE], render_kw=NARROW)


class CareHomeForm(InstitutionForm):
    kind = SelectField(_l("Kind"), choices=[(kind.value, label) for kind, label in CARE_HOME_KINDS.items()],
                       coerce=CareHomeKind)  # fmt: skip
    people = IntegerField(_l("Beds"), [Optional(), PEOPLE], render_kw=NARROW)


class TerritoryForm(BaseForm):
    name = name_field(_l("Name of the town"), 120)
    kind = SelectField(
        _l("Kind"), coerce=TerritoryKind,
        choices=[(TerritoryKind.TOWN.value, _l("A town")), (TerritoryKind.INTERCOMMUNALITY.value, _l("Several towns"))],
    )  # fmt: skip
    helpline = PhoneField(_l("Telephone that residents may call"), render_kw={"inputmode": "tel"})
    email = email_field()
    website = text_field(_l("Web site"), 500, inputmode="url")
    school_zone = SelectField(
        _l("Zone of the school holidays"), choices=[(zone.value, zone.value) for zone in SchoolZone], coerce=SchoolZone
    )
    alsace_moselle = BooleanField(_l("Public holidays of Alsace-Moselle"))
    languages = ChecksField(_l("Languages of the residents' pages"), choices=list(LANGUAGES.items()))
    asks_satisfaction = BooleanField(
        _l("Ask residents whether it helped them"), default=True,
        description=_l(
            "One question on the page of their appointment or workshop, for 30 days. No message is sent for it."
        ),
    )  # fmt: skip
    accent_colour = text_field(_l("Colour on a light page"), 7, _l("Like #0c5a55. Empty: the colour of Parvis."))
    accent_colour_dark = text_field(_l("Colour on a dark page"), 7, _l("Like #7fd0c4. Empty: the colour of Parvis."))
    latitude = latitude_field()
    longitude = longitude_field()
