"""Structures, venues and rooms, and which venue is nearest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from foundation.db import db
from places.clean.text import search_key
from places.geometry import distance
from places.models import Neighbourhood, Room, Structure, Venue, VenueNeighbourhood
from places.queries.found import found


@dataclass(frozen=True, slots=True)
class Near:
    """A venue and how far it is, in metres; None when either place is not known."""

    venue: Venue
    metres: int | None


def structures(active_only: bool = True) -> list[Structure]:
    query = select(Structure).order_by(Structure.name, Structure.id)
    return list(db.session.scalars(query.where(Structure.active) if active_only else query))


def structure(structure_id: int) -> Structure:
    """One structure.

    Raises:
        Unknown: when there is none.
    """
    return found(db.session.get(Structure, structure_id))


def venue(venue_id: int) -> Venue:
    """One venue with its rooms.

    Raises:
        Unknown: when there is none.
    """
    query = select(Venue).options(selectinload(Venue.rooms), joinedload(Venue.structure))
    return found(db.session.scalar(query.where(Venue.id == venue_id)))


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


def room(room_id: int) -> Room:
    """One room.

    Raises:
        Unknown: when there is none.
    """
    return found(db.session.get(Room, room_id))


def levels_of(venue_id: int) -> list[Neighbourhood]:
    """Every polygon in which a venue lies, from the smallest kind to the largest."""
    query = (
        select(Neighbourhood)
        .join(VenueNeighbourhood, VenueNeighbourhood.neighbourhood_id == Neighbourhood.id)
        .where(VenueNeighbourhood.venue_id == venue_id)
        .order_by(Neighbourhood.level, Neighbourhood.id)
    )
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
