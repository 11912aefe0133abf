"""Writes the places of Valbriac and remembers their ids by the keys of the town's description."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agenda.models import Resource, ResourceKind
from demo.geography import INSEE_CODE, POSTCODE, QUARTERS, TOWN, Quarter, geojson_of, iris_of, polygon_of
from demo.offer import OFFERED, Offered
from demo.town import CARE_HOMES, DOORS, HOUSES, SCHOOLS, SITES, House, Site
from foundation.db import Base, db
from mediation.models import Service
from people.rules.names import plain
from places.models import (
    CareHome,
    Commune,
    Level,
    Neighbourhood,
    Placement,
    Room,
    School,
    SchoolZone,
    Structure,
    Territory,
    Venue,
    VenueNeighbourhood,
)

CENTRE = (46.1012, 2.9556)


@dataclass(frozen=True)
class Ground:
    """What was written: ids of neighbourhoods and structures, venues with their rooms, and services."""

    quarters: dict[str, int]
    houses: dict[str, int]
    venues: dict[str, Venue]
    rooms: dict[str, list[Room]]
    services: dict[str, tuple[int, Offered]]


def lay_ground() -> Ground:
    """Write the territory, its neighbourhoods, structures, venues, schools, care homes and services."""
    commune = _territory()
    quarters = {quarter.code: _quarter(quarter, commune) for quarter in QUARTERS}
    for quarter in QUARTERS:
        _iris(quarter, quarters[quarter.code], commune)
    houses = {house.key: _house(house) for house in HOUSES}
    venues = {site.key: _venue(site, quarters, houses) for site in SITES}
    for door in DOORS:
        _venue(door, quarters, houses)
    rooms = {site.key: [_room(venues[site.key], name) for name in site.rooms] for site in SITES}
    _schools(quarters)
    _care_homes(quarters)
    services = {offered.key: (_service(offered, position), offered) for position, offered in enumerate(OFFERED)}
    return Ground(quarters, houses, venues, rooms, services)


def _add(row: Base) -> int:
    """Write a row and return its id."""
    db.session.add(row)
    db.session.flush()
    return int(row.id)  # type: ignore[attr-defined]


def _territory() -> int:
    latitude, longitude = CENTRE
    db.session.add(
        Territory(
            name=f"Ville de {TOWN}", helpline="+33261910100", email="numerique@valbriac.example",
            school_zone=SchoolZone.A, latitude=latitude, longitude=longitude,
        )
    )  # fmt: skip
    return _add(Commune(code=INSEE_CODE, name=TOWN, search_key=plain(TOWN)))


def _quarter(quarter: Quarter, commune_id: int) -> int:
    shape = polygon_of(quarter)
    west, south, east, north = shape.bounds
    return _add(
        Neighbourhood(
            commune_id=commune_id, level=Level.QUARTIER, code=quarter.code, name=quarter.name,
            is_priority=quarter.priority_code is not None, priority_code=quarter.priority_code,
            population=quarter.population, population_year=2022, geometry=geojson_of(shape),
            min_latitude=south, max_latitude=north, min_longitude=west, max_longitude=east,
            latitude=quarter.latitude, longitude=quarter.longitude,
        )
    )  # fmt: skip


def _iris(quarter: Quarter, parent_id: int, commune_id: int) -> None:
    """Distances are those of where people were counted, not of the middle, beside which the places stand."""
    for one in iris_of(quarter):
        west, south, east, north = one.shape.bounds
        longitude, latitude = one.point
        db.session.add(
            Neighbourhood(
                commune_id=commune_id, parent_id=parent_id, level=Level.IRIS, code=one.code, name=one.name,
                population=one.population, population_year=2022, geometry=geojson_of(one.shape), min_latitude=south,
                max_latitude=north, min_longitude=west, max_longitude=east, latitude=latitude, longitude=longitude,
            )
        )  # fmt: skip


def _house(house: House) -> int:
    return _add(Structure(name=house.name, kind=house.kind, phone=house.phone, email=f"{house.key}@valbriac.example"))


def _place(code: str, shift: tuple[float, float]) -> tuple[float, float]:
    """Latitude and longitude of a spot beside the middle of a neighbourhood."""
    quarter = next(one for one in QUARTERS if one.code == code)
    return round(quarter.latitude + shift[0], 6), round(quarter.longitude + shift[1], 6)


def _venue(site: Site, quarters: dict[str, int], houses: dict[str, int]) -> Venue:
    latitude, longitude = _place(site.quarter, site.shift)
    venue = Venue(
        external_id=site.key, structure_id=houses[site.house], name=site.name, commune=TOWN, postcode=POSTCODE,
        search_key=plain(f"{site.name} {site.address}"), insee_code=INSEE_CODE, address=site.address,
        latitude=latitude, longitude=longitude, kinds=list(site.kinds), opening_hours=site.hours,
        wheelchair=site.wheelchair, lift=site.lift, languages=list(site.languages), access_notes=site.notes,
        neighbourhood_id=quarters[site.quarter], placement=Placement.INSIDE, updated_on=date(2026, 9, 1),
        phone=site.phone, services=list(site.services), fees=[site.fees], bookable=site.bookable,
    )  # fmt: skip
    _add(venue)
    db.session.add(VenueNeighbourhood(venue_id=venue.id, level=Level.QUARTIER, neighbourhood_id=quarters[site.quarter]))
    return venue


def _room(venue: Venue, name: str) -> Room:
    resource_id = _add(Resource(kind=ResourceKind.ROOM, label=f"{venue.name} – {name}"))
    room = Room(venue_id=venue.id, name=name, resource_id=resource_id)
    _add(room)
    return room


def _schools(quarters: dict[str, int]) -> None:
    for number, site in enumerate(SCHOOLS):
        latitude, longitude = _place(site.quarter, (0.0004 * number - 0.001, -0.0011))
        _add(
            School(
                external_id=site.uai, uai=site.uai, name=site.name, kind=site.kind, is_public=True, pupils=site.pupils,
                priority_education=site.priority, address=site.address, postcode=POSTCODE, commune=TOWN,
                insee_code=INSEE_CODE, latitude=latitude, longitude=longitude,
                neighbourhood_id=quarters[site.quarter], placement=Placement.INSIDE,
            )
        )  # fmt: skip


def _care_homes(quarters: dict[str, int]) -> None:
    for number, site in enumerate(CARE_HOMES):
        latitude, longitude = _place(site.quarter, (0.0012 - 0.0005 * number, 0.0012))
        _add(
            CareHome(
                external_id=site.finess, finess=site.finess, name=site.name, kind=site.kind, beds=site.beds,
                address=site.address, postcode=POSTCODE, commune=TOWN, insee_code=INSEE_CODE, latitude=latitude,
                longitude=longitude, neighbourhood_id=quarters[site.quarter], placement=Placement.INSIDE,
            )
        )  # fmt: skip


def _service(offered: Offered, position: int) -> int:
    return _add(
        Service(
            label=offered.label, description=offered.description, bring=offered.bring,
            translations=offered.translations, duration_minutes=offered.minutes, buffer_after_minutes=offered.after,
            audience=offered.audience, channels=[channel.value for channel in offered.channels],
            themes=[theme.value for theme in offered.themes], autonomy=offered.autonomy, position=position,
        )
    )  # fmt: skip
