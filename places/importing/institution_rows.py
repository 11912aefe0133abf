"""Rows of schools and care homes, from the national files or a town's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from places.clean.text import one_line, search_key, slug
from places.importing.location import (
    Facts,
    commune_name,
    read_emails,
    read_insee,
    read_phone,
    read_point,
    read_postcode,
    read_siret,
)
from places.importing.neighbourhood_rows import read_count
from places.importing.reading import Row
from places.importing.report import Remark, RowRefusedError, Trouble
from places.models.institution import CareHomeKind, SchoolKind

_NAME = ("nom_etablissement", "appellation_officielle", "c_rs", "rslongue", "raison_sociale", "nom", "equipement",
         "ecole", "name")  # fmt: skip
_COLUMNS = {
    "address": ("adresse_1", "adresse", "c_adresse"),
    "postcode": ("code_postal", "c_post_code", "adr_codepo"),
    "commune": ("nom_commune", "libelle_commune", "c_com_lib", "commune"),
    "insee_code": ("code_insee", "code_commune", "c_com_code"),
    "phone": ("telephone", "tel"),
    "email": ("mail", "courriel", "email"),
    "siret": ("siren_siret", "c_siret", "siret"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng"),
}
UAI = re.compile(r"^\d{7}[A-Z]$")
FINESS = re.compile(r"^[0-9][0-9AB]\d{7}$")


def _value(values: Mapping[str, Any], columns: tuple[str, ...]) -> Any:
    return next((values[column] for column in columns if one_line(values.get(column))), "")


def _common(row: Row, name: str, remarks: list[Remark]) -> Facts:
    values = row.values
    raw = {target: _value(values, columns) for target, columns in _COLUMNS.items()}
    latitude, longitude = _geometry_point(row) or (raw["latitude"], raw["longitude"])
    postcode = read_postcode(raw["postcode"], remarks)
    street = [values.get(column) for column in ("numero_rue", "complement_rue", "nom_rue")]
    return {
        "name": name,
        "address": one_line(raw["address"]) or " ".join(filter(None, map(one_line, street))),
        "postcode": postcode,
        "commune": commune_name(raw["commune"]),
        "insee_code": read_insee(raw["insee_code"], remarks) if raw["insee_code"] else "",
        "phone": read_phone(raw["phone"], postcode, remarks),
        "email": next(iter(read_emails(raw["email"], remarks)), ""),
        "siret": read_siret(raw["siret"], remarks),
        **read_point(latitude, longitude, remarks),
    }


def _geometry_point(row: Row) -> tuple[Any, Any] | None:
    """(latitude, longitude) of a Point, or of a MultiPoint that holds one point."""
    coordinates: Any = (row.geometry or {}).get("coordinates")
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    return coordinates[1], coordinates[0]


_NOT_SCHOOLS = ("service", "circonscription", "rectorat", "information et orientation", "cirque")
_KINDS = (
    (SchoolKind.NURSERY, ("maternelle",)),
    (SchoolKind.MIDDLE, ("college",)),
    (SchoolKind.HIGH, ("lycee", "section d enseignement professionnel", "erea")),
    (SchoolKind.PRIMARY, ("primaire",)),
    (SchoolKind.ELEMENTARY, ("elementaire", "elem ")),
    (SchoolKind.OTHER, ("ecole", "medico", "institut", "etablissement pour", "sts ou cpge")),
)


def read_school(row: Row) -> tuple[Facts, list[Remark]]:
    """Columns of a `School`.

    Raises:
        RowRefusedError: when the row has no name, an impossible point, or is a service and no school.
    """
    values, remarks = row.values, list[Remark]()
    name = _school_name(values)
    if not name:
        raise RowRefusedError(Trouble.NO_NAME)
    kind = _school_kind(values, name)
    uai = one_line(_value(values, ("identifiant_de_l_etablissement", "numero_uai", "uai", "numero_de_l_ecole"))).upper()
    facts = _common(row, re.sub(r"^\d{4} ", "", name), remarks)
    facts |= {
        "uai": uai if UAI.match(uai) else None,
        "external_id": uai or slug(name, facts["address"], facts["commune"]),
        "kind": kind,
        "is_public": {"public": True, "prive": False}.get(
            search_key(_value(values, ("statut_public_prive", "secteur"))).split(" ")[0]
        ),
        "priority_education": one_line(values.get("appartenance_education_prioritaire"))[:10],
        "pupils": read_count(_value(values, ("nombre_d_eleves", "nombre_total_d_eleves", "effectif"))),
        "active": not one_line(values.get("etat")) or search_key(values.get("etat")) == "ouvert",
    }
    return facts, remarks


def _school_name(values: Mapping[str, Any]) -> str:
    if name := one_line(_value(values, _NAME)):
        return name
    return " ".join(filter(None, (one_line(values.get(part)) for part in ("denomination_principale", "patronyme"))))


def _school_kind(values: Mapping[str, Any], name: str) -> SchoolKind:
    """The name says it best; then the levels taught, then the kind written by the publisher.

    Raises:
        RowRefusedError: when the publisher says that it is something else.
    """
    written = search_key(
        " ".join(one_line(values.get(one)) for one in ("type_etablissement", "type_etab", "type_equipement"))
    )
    nature = search_key(values.get("libelle_nature"))
    said = f"{written} {nature}".strip()
    if said and (any(word in said for word in _NOT_SCHOOLS) or not any(_kinds_in(said))):
        raise RowRefusedError(Trouble.NOT_A_SCHOOL, f"{name} ({written or nature})")
    levels = (one_line(values.get("ecole_maternelle")), one_line(values.get("ecole_elementaire")))
    if levels == ("1", "1"):
        return SchoolKind.PRIMARY
    return next((kind for text in (search_key(name), said) for kind in _kinds_in(text)), SchoolKind.OTHER)


def _kinds_in(text: str) -> list[SchoolKind]:
    return [kind for kind, words in _KINDS if any(word in text for word in words) and kind is not SchoolKind.OTHER] or [
        kind for kind, words in _KINDS if any(word in text for word in words)
    ]


_CATEGORIES = {
    "500": CareHomeKind.EHPAD,
    "501": CareHomeKind.EHPAD,
    "502": CareHomeKind.EHPAD,
    "202": CareHomeKind.SENIOR_RESIDENCE,
    "207": CareHomeKind.DAY_CENTRE,
    "381": CareHomeKind.OTHER,
}


def read_care_home(row: Row) -> tuple[Facts, list[Remark]]:
    """Columns of a `CareHome`.

    Raises:
        RowRefusedError: when the row has no name, an impossible point, or nobody lives or spends the day there.
    """
    values, remarks = row.values, list[Remark]()
    name = one_line(_value(values, _NAME))
    if not name:
        raise RowRefusedError(Trouble.NO_NAME)
    kind = _care_home_kind(values, name)
    number = one_line(_value(values, ("numero_finess_etablissement", "c_finess", "nofinesset", "finess"))).upper()
    finess = number.zfill(9) if number.isdigit() else number
    facts = _common(row, name, remarks)
    where = (facts["address"], facts["commune"], facts["latitude"], facts["longitude"])
    facts |= {
        "finess": finess if FINESS.match(finess) else None,
        "external_id": finess or slug(name, *where),
        "kind": kind,
        "beds": read_count(_value(values, ("capacite", "places", "nb_lits", "nombre_de_places"))),
    }
    return facts, remarks


def _care_home_kind(values: Mapping[str, Any], name: str) -> CareHomeKind:
    """By FINESS category, else by the name, else by a column that only one kind has."""
    category = one_line(_value(values, ("categetab", "c_categorie")))
    if category:
        if category not in _CATEGORIES:
            raise RowRefusedError(Trouble.NOT_A_CARE_HOME, f"{name} ({one_line(values.get('categorie')) or category})")
        return _CATEGORIES[category]
    key = search_key(name)
    if "ehpad" in key or "prix_chambre_simple" in values:
        return CareHomeKind.EHPAD
    return CareHomeKind.SENIOR_RESIDENCE if "residence autonomie" in key else CareHomeKind.OTHER
