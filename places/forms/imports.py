"""A file sent to be imported."""

from __future__ import annotations

from enum import StrEnum

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length, NumberRange, Optional, Regexp

from foundation.fields import IntegerField, SelectField
from foundation.i18n import _l
from foundation.web import BaseForm
from places.words import LEVELS


class Kind(StrEnum):
    """What a file holds."""

    VENUES = "venues"
    NEIGHBOURHOODS = "neighbourhoods"
    SCHOOLS = "schools"
    CARE_HOMES = "care_homes"
    ADDRESSES = "addresses"


KINDS = {
    Kind.VENUES: _l("Places of digital mediation"),
    Kind.NEIGHBOURHOODS: _l("Neighbourhoods (polygons)"),
    Kind.SCHOOLS: _l("Schools"),
    Kind.CARE_HOMES: _l("Care homes"),
    Kind.ADDRESSES: _l("Addresses (Base Adresse Nationale)"),
}
GUESS = ""


class SheetForm(BaseForm):
    """A spreadsheet for the register of any room."""

    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file."))],
        description=_l("CSV or XLSX, 10 MB at most. You see what it would do before anything is written."),
    )  # fmt: skip


class ImportForm(BaseForm):
    kind = SelectField(_l("What does the file hold?"), choices=[(kind.value, label) for kind, label in KINDS.items()],
                       coerce=Kind)  # fmt: skip
    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file."))],
        description=_l(
            "CSV, XLSX, JSON or GeoJSON, 10 MB at most. You see what it would do before anything is written."
        ),
    )  # fmt: skip
    source = StringField(
        _l("Who published it?"), [Length(max=120)],
        description=_l("A second file of the same source updates the first. Empty: what the file says."),
    )  # fmt: skip
    level = SelectField(
        _l("Which polygons are they?"),
        default=GUESS,
        choices=[(GUESS, _l("Find out from the columns")), *((level.value, label) for level, label in LEVELS.items())],
    )
    commune = StringField(
        _l("INSEE code of their commune"),
        [Optional(), Regexp(r"^([013-9]\d|2[AB1-9])\d{3}$", message=_l("Five characters, like 44109."))],
        description=_l("Only needed when the polygons do not say it."),
    )
    population = FileField(
        _l("File of people by neighbourhood"), description=_l("When the polygons do not carry it. CSV, XLSX or JSON.")
    )
    population_year = IntegerField(
        _l("Counted in"), [Optional(), NumberRange(1900, 2100, _l("Write a year, like 2021."))],
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
