"""Reads of places for every feature: the territory, where to send people, what is nearest, where a point lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from foundation.db import db
from foundation.errors import Unknown
from foundation.i18n import _l
from places.clean.text import search_key
from places.geometry import UNKNOWN_SPOT, Area, Atlas, Spot, distance, from_text
from places.models import (
    Address,
    CareHome,
    Level,
    Neighbourhood,
    Room,
    School,
    Structure,
    Territory,
    Venue,
)

LAST_LETTER = "\uffff"


@dataclass(frozen=True, slots=True)
class Near:
    """A venue and how far it is, in metres; None when either place is not known."""

    venue: Venue
    metres: int | None


def territory() -> Territory | None:
    """The town or intercommunality served; None before it is set up."""
    return db.session.get(Territory, 1)


def structures(active_only: bool = True) -> list[Structure]:
    query = select(Structure).order_by(Structure.name, Structure.id)
    return list(db.session.scalars(query.where(Structure.active) if active_only else query))


def venue(venue_id: int) -> Venue:
    """One venue with its rooms.

    Raises:
        Unknown: when there is none.
    """
    found = db.session.scalar(
        select(Venue).options(selectinload(Venue.rooms), joinedload(Venue.structure)).where(Venue.id == venue_id)
    )
    if found is None:
        raise Unknown(_l("This place is not in the list any more."))
    return found


def venues_for_booking(neighbourhood_id: int | None = None) -> list[Venue]:
    """Active venues to which residents may be sent, by name; only those of a neighbourhood when one is given."""
    query = _venues().where(Venue.active, Venue.bookable)
    if neighbourhood_id is not None:
        query = query.where(Venue.neighbourhood_id == neighbourhood_id)
    return list(db.session.scalars(query))


def _venues() -> Select[Venue]:
    return select(Venue).options(joinedload(Venue.neighbourhood)).order_by(Venue.name, Venue.id)


def venues(
    text: str = "",
    neighbourhood_id: int | None = None,
    structure_id: int | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[Venue]:
    """Venues for the people who look after them, inactive ones too; every word of `text` is in the name or address."""
    query = _venues().options(joinedload(Venue.structure))
    for word in search_key(text).split():
        query = query.where(Venue.search_key.contains(word, autoescape=True))
    if neighbourhood_id is not None:
        query = query.where(Venue.neighbourhood_id == neighbourhood_id)
    if structure_id is not None:
        query = query.where(Venue.structure_id == structure_id)
    return list(db.session.scalars(query.offset(offset).limit(limit)))


def rooms(venue_id: int | None = None) -> list[Room]:
    """Active rooms, of one venue or of all, in the order in which they were made."""
    query = select(Room).options(joinedload(Room.venue)).where(Room.active).order_by(Room.id)
    return list(db.session.scalars(query.where(Room.venue_id == venue_id) if venue_id is not None else query))


def neighbourhoods(level: Level = Level.QUARTIER) -> list[Neighbourhood]:
    """The neighbourhoods of one level, by name; numbers in names count as numbers."""
    found = db.session.scalars(select(Neighbourhood).where(Neighbourhood.level == level))
    return sorted(found, key=lambda one: (_natural(one.name), one.id))


def priority_neighbourhoods() -> list[Neighbourhood]:
    """Every polygon flagged as priority, whatever its level."""
    found = db.session.scalars(select(Neighbourhood).where(Neighbourhood.is_priority))
    return sorted(found, key=lambda one: (_natural(one.name), one.id))


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|[a-z]+", search_key(name))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def schools() -> list[School]:
    query = select(School).options(joinedload(School.neighbourhood)).order_by(School.name, School.id)
    return list(db.session.scalars(query))


def care_homes() -> list[CareHome]:
    query = select(CareHome).options(joinedload(CareHome.neighbourhood)).order_by(CareHome.name, CareHome.id)
    return list(db.session.scalars(query))


def nearest(venues: Iterable[Venue], point: tuple[float, float] | None) -> list[Near]:
    """`venues`, nearest first; those whose place is not known come last, in the order given.

    Args:
        venues: any venues.
        point: (latitude, longitude) of the person, or of the neighbourhood they chose; None keeps the order.
    """
    measured = [Near(one, _metres(one, point)) for one in venues]
    return sorted(measured, key=lambda near: (near.metres is None, near.metres or 0))


def _metres(one: Venue, point: tuple[float, float] | None) -> int | None:
    if point is None or one.latitude is None or one.longitude is None:
        return None
    return round(distance(*point, one.latitude, one.longitude))


def centre_of(neighbourhood_id: int) -> tuple[float, float] | None:
    """(latitude, longitude) of the middle of a neighbourhood, for `nearest`."""
    found = db.session.get(Neighbourhood, neighbourhood_id)
    if found is None or found.latitude is None or found.longitude is None:
        return None
    return found.latitude, found.longitude


def locate(latitude: float | None, longitude: float | None) -> Spot:
    """Where one point lies. Only the polygons around it are read, and the levels that are loaded are known."""
    if latitude is None or longitude is None:
        return UNKNOWN_SPOT
    around = _areas(
        select(Neighbourhood.id, Neighbourhood.level, Neighbourhood.geometry).where(
            Neighbourhood.min_latitude <= latitude,
            Neighbourhood.max_latitude >= latitude,
            Neighbourhood.min_longitude <= longitude,
            Neighbourhood.max_longitude >= longitude,
        )
    )
    drawn = db.session.scalars(select(Neighbourhood.level).where(Neighbourhood.geometry.is_not(None)).distinct())
    return Atlas(around, drawn).locate(latitude, longitude)


def atlas() -> Atlas:
    """Every polygon, to place many points."""
    return Atlas(_areas(select(Neighbourhood.id, Neighbourhood.level, Neighbourhood.geometry)))


def _areas(query: Select[int, Level, str | None]) -> list[Area]:
    rows = db.session.execute(query.order_by(Neighbourhood.id))
    return [Area(id, level, from_text(geometry)) for id, level, geometry in rows if geometry]


def has_addresses() -> bool:
    """Whether the town has loaded its Base Adresse Nationale file."""
    return db.session.scalar(select(Address.id).limit(1)) is not None


def search_addresses(text: str, limit: int = 8) -> Sequence[Address]:
    """Addresses that start as `text` does, accent-blind: `12 rue de la paix`, `rue de la paix`, `12bis av foch`.

    When none starts so, those that hold it. A number narrows the search to it; without one, each street comes
    once, by its lowest number.
    """
    number, suffix, street = _split_address(text)
    if len(street) < 3:
        return []
    query = select(Address).order_by(
        Address.street_key, Address.postcode, Address.house_number, Address.suffix, Address.id
    )
    if number is not None:
        query = query.where(Address.house_number == number)
    if suffix:
        query = query.where(Address.suffix == suffix)
    starting = query.where(Address.street_key >= street, Address.street_key < street + LAST_LETTER)
    holding = query.where(Address.street_key.contains(street, autoescape=True))
    return _one_a_door(starting, number, limit) or _one_a_door(holding, number, limit)


def _one_a_door(query: Select[Address], number: int | None, limit: int) -> list[Address]:
    """The first `limit` addresses; one a street when no number narrows them."""
    if number is not None:
        return list(db.session.scalars(query.limit(limit)))
    streets: dict[tuple[str, str], Address] = {}
    for one in db.session.scalars(query.limit(limit * 200)):
        streets.setdefault((one.street_key, one.postcode), one)
        if len(streets) == limit:
            break
    return list(streets.values())


_TYPES = {"av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "bvd": "boulevard", "r": "rue",
          "pl": "place", "imp": "impasse", "all": "allee", "ch": "chemin", "che": "chemin", "rte": "route",
          "sq": "square", "crs": "cours"}  # fmt: skip


def _split_address(text: str) -> tuple[int | None, str, str]:
    """(number, suffix, street key): common short forms of the kind of street are written in full."""
    match = re.match(r"(?:(\d{1,5})\s*(bis|ter|quater|[a-d])?\s+)?(.*)", search_key(text))
    number, suffix, street = match.groups() if match else (None, None, "")
    first, _, rest = street.partition(" ")
    street = f"{_TYPES.get(first, first)} {rest}".strip()
    return (int(number) if number else None), suffix or "", street
