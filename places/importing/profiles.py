"""Dialects of venue files: how the columns of each are read as those of `Venue`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from foundation.errors import Refused
from foundation.i18n import _l
from places.clean.text import one_line
from places.hours import french
from places.hours.week import DAYS
from places.standard.columns import OLDER, STANDARD

Values = Mapping[str, Any]


class UnknownColumnsError(Refused):
    """No known dialect has these columns."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The columns of this file are not known. The first line must name them as the national standard "
                "does: id, nom, commune, code_postal, adresse…"
            ),
            "file",
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """One dialect.

    Attributes:
        signature: columns that tell it from the others.
        targets: the columns of `Venue` that a file with the given columns speaks of; what it does not speak of
            is left as it is when a venue is updated.
        read: values of a row → raw values by column of `Venue`.
        source: where its rows come from when neither the row nor the person tells.
    """

    name: str
    signature: frozenset[str]
    targets: Callable[[Collection[str]], frozenset[str]]
    read: Callable[[Values], dict[str, Any]]
    source: str = ""


_STANDARD_COLUMNS = OLDER | STANDARD


def _standard_targets(columns: Collection[str]) -> frozenset[str]:
    return frozenset(target for column, target in _STANDARD_COLUMNS.items() if column in columns)


def _read_standard(values: Values) -> dict[str, Any]:
    """When a file has both the old and the current column of a thing, the current one counts if it is filled."""
    raw: dict[str, Any] = {}
    for column, target in _STANDARD_COLUMNS.items():
        value = values.get(column)
        if column in values and (target not in raw or value not in (None, "")):
            raw[target] = value
    return raw


_ANGERS_SERVICES = (
    "qualif1", "qualif2", "qualif3", "qualif4", "qualif6", "qualif7", "qualif8", "acces_ordi", "wifi", "pret_mat",
    "repar_mat", "aide_demat", "form_perf", "sens_inter", "avis_num",
)  # fmt: skip
_ANGERS = {
    "external_id": "typo_uid",
    "name": "user_nom",
    "commune": "commune",
    "postcode": "code_postal",
    "address": "user_adres",
    "latitude": "lat",
    "longitude": "lng",
    "kinds": "picto",
    "phone": "telephone",
    "emails": "mail",
    "opening_hours": "horaire",
    "updated_on": "date_maj",
    "access_notes": "transport",
}


def _read_angers(values: Values) -> dict[str, Any]:
    """Columns of the town of Angers: one column a service, filled or not, and lists with commas."""
    raw = {target: values.get(column) for target, column in _ANGERS.items()}
    raw["services"] = "|".join(one_line(values.get(column)) for column in _ANGERS_SERVICES)
    raw["audiences"] = one_line(values.get("public")).replace(", ", "|")
    sites = (one_line(values.get(column)) for column in ("site_inter", "lien"))
    raw["websites"] = "|".join(site for site in sites if site)
    return raw


_FRANCE_SERVICES = {
    "external_id": "id_fs",
    "name": "lib_fs",
    "commune": "lib_com",
    "postcode": "code_postal",
    "insee_code": "insee_com",
    "address": "adresse",
    "address_extra": "complement_adresse",
    "latitude": "latitude",
    "longitude": "longitude",
    "phone": "telephone",
    "emails": "mail",
    "details": "commentaire",
}
_WEEKDAYS = ("h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi")


def _read_france_services(values: Values) -> dict[str, Any]:
    """The national list of France services: hours in one column a weekday."""
    raw = {target: values.get(column) for target, column in _FRANCE_SERVICES.items()}
    spans = [(day, one_line(values.get(column))) for day, column in zip(DAYS, _WEEKDAYS, strict=False)]
    raw["opening_hours"] = "; ".join(f"{day} {french.times(text) or text}" for day, text in spans if text)
    raw["programmes"] = "France Services"
    raw["itinerance"] = "Itinérant" if one_line(values.get("itinerance")).lower() == "oui" else "Fixe"
    return raw


PROFILES = (
    Profile(
        "angers",
        frozenset({"typo_uid", "user_nom", "user_adres"}),
        lambda _: frozenset(_ANGERS) | {"services", "audiences", "special_support", "websites"},
        _read_angers,
        "angers.fr",
    ),
    Profile(
        "france-services",
        frozenset({"id_fs", "lib_fs"}),
        lambda _: frozenset(_FRANCE_SERVICES) | {"opening_hours", "programmes", "itinerance"},
        _read_france_services,
        "france-services",
    ),
    Profile("standard", frozenset({"nom", "commune"}), _standard_targets, _read_standard),
)


def recognise(columns: Collection[str]) -> Profile:
    """The dialect whose signature these columns hold.

    Raises:
        UnknownColumnsError: when none has.
    """
    present = set(columns)
    for profile in PROFILES:
        if profile.signature <= present:
            return profile
    raise UnknownColumnsError
