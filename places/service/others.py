"""Looking after structures, neighbourhoods, schools, care homes and the territory itself."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import TypeVar

from foundation import audit
from foundation.db import Base, db, explain_constraint
from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l
from places import queries
from places.clean.commune import clean_commune
from places.models import (
    PARVIS,
    CareHome,
    CareHomeKind,
    Neighbourhood,
    School,
    SchoolKind,
    SchoolZone,
    Structure,
    StructureKind,
    Territory,
    TerritoryKind,
)
from places.rules import (
    DARK_PAPER,
    LIGHT_PAPER,
    Actor,
    check_scope,
    check_whole_territory,
    checked_colour,
    checked_point,
    checked_postcode,
    checked_siret,
)
from places.service.communes import Communes
from places.service.placing import place

Record = TypeVar("Record", bound=Base)
Institution = School | CareHome


class SiretTakenError(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Another structure has this SIRET."), "siret")


class PopulationWithoutYearError(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say in which year people were counted."), "population_year")


explain_constraint("uq_structure_siret", SiretTakenError)


def _found(model: type[Record], one_id: int) -> Record:
    record = db.session.get(model, one_id, with_for_update=True)
    if record is None:
        raise Unknown(_l("This is not in the list any more."))
    return record


@dataclass(frozen=True)
class StructureDetails:
    name: str
    kind: StructureKind = StructureKind.OTHER
    siret: str = ""
    phone: str = ""
    email: str = ""
    active: bool = True


def save_structure(structure_id: int | None, details: StructureDetails, actor: Actor) -> Structure:
    """Add a structure (without id), or write over one.

    Raises:
        Unknown: when there is none.
        NotYoursError: when the actor is bound to another structure.
        BadSiretError, SiretTakenError: when the SIRET is wrong or another's.
    """
    check_scope(actor, structure_id)
    structure = _found(Structure, structure_id) if structure_id is not None else Structure()
    for column, value in (asdict(details) | {"siret": checked_siret(details.siret)}).items():
        setattr(structure, column, value)
    db.session.add(structure)
    db.session.flush()
    audit.record("structure.saved", f"structure:{structure.id}", actor_id=actor.id)
    return structure


@dataclass(frozen=True)
class NeighbourhoodDetails:
    """What people may correct of an imported polygon; the population is None when nobody knows."""

    name: str
    population: int | None = None
    population_year: int | None = None
    priority_code: str = ""


def change_neighbourhood(neighbourhood_id: int, details: NeighbourhoodDetails, actor: Actor) -> Neighbourhood:
    """Correct the name, the people counted and the QPV code of a polygon.

    Raises:
        Unknown: when there is none.
        WholeTerritoryError: when the actor is bound to one structure.
        PopulationWithoutYearError: a count without its year means nothing later.
    """
    check_whole_territory(actor)
    if details.population is not None and details.population_year is None:
        raise PopulationWithoutYearError
    one = _found(Neighbourhood, neighbourhood_id)
    one.name, one.population, one.population_year = details.name, details.population, details.population_year
    one.priority_code, one.is_priority = details.priority_code or None, bool(details.priority_code)
    db.session.flush()
    audit.record("neighbourhood.changed", f"neighbourhood:{one.id}", actor_id=actor.id)
    return one


@dataclass(frozen=True)
class InstitutionDetails:
    """What is written of a school or a care home; `people` is its pupils or its beds."""

    name: str
    kind: SchoolKind | CareHomeKind
    address: str = ""
    postcode: str = ""
    commune: str = ""
    latitude: str = ""
    longitude: str = ""
    phone: str = ""
    email: str = ""
    access_notes: str = ""
    people: int | None = None
    active: bool = True


def save_institution(
    model: type[School] | type[CareHome], one_id: int | None, details: InstitutionDetails, actor: Actor
) -> Institution:
    """Add a school or a care home (without id), or write over one, and place it.

    Raises:
        Unknown: when there is none.
        WholeTerritoryError: when the actor is bound to one structure.
        BadPostcodeError, BadPointError: as the rules say.
    """
    check_whole_territory(actor)
    if one_id is not None:
        one: Institution = _found(model, one_id)
    else:
        one = model(source=PARVIS, external_id=secrets.token_hex(8), insee_code="")
    point = checked_point(details.latitude, details.longitude)
    values = asdict(details) | {
        "postcode": checked_postcode(details.postcode) if details.postcode else "",
        "commune": clean_commune(details.commune) if details.commune else "",
        "insee_code": one.insee_code,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
    }
    values["pupils" if model is School else "beds"] = values.pop("people")
    Communes().complete(values)
    for column, value in values.items():
        setattr(one, column, value)
    place(one, queries.atlas())
    db.session.add(one)
    db.session.flush()
    audit.record(f"{model.__tablename__}.saved", f"{model.__tablename__}:{one.id}", actor_id=actor.id)
    return one


@dataclass(frozen=True)
class TerritoryDetails:
    """What an administrator says of the town; colours are #rrggbb, or empty for those of the house."""

    name: str
    kind: TerritoryKind = TerritoryKind.TOWN
    helpline: str = ""
    email: str = ""
    website: str = ""
    school_zone: SchoolZone = SchoolZone.B
    alsace_moselle: bool = False
    asks_satisfaction: bool = True
    languages: list[str] = field(default_factory=lambda: ["fr", "en", "ar"])
    accent_colour: str = ""
    accent_colour_dark: str = ""
    latitude: str = ""
    longitude: str = ""


def save_territory(details: TerritoryDetails, actor: Actor) -> Territory:
    """Write what the deployment says of its town; the first time makes it known.

    Raises:
        WholeTerritoryError: when the actor is bound to one structure.
        BadColourError, PaleColourError, BadPointError: as the rules say.
    """
    check_whole_territory(actor)
    point = checked_point(details.latitude, details.longitude)
    territory = db.session.get(Territory, 1, with_for_update=True) or Territory(id=1)
    values = asdict(details) | {
        "accent_colour": checked_colour(details.accent_colour, LIGHT_PAPER, "accent_colour"),
        "accent_colour_dark": checked_colour(details.accent_colour_dark, DARK_PAPER, "accent_colour_dark"),
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
    }
    for column, value in values.items():
        setattr(territory, column, value)
    db.session.add(territory)
    db.session.flush()
    audit.record("territory.saved", "territory:1", actor_id=actor.id)
    return territory
