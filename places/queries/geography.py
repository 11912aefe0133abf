"""The territory, its polygons, and where a point lies."""

from __future__ import annotations

import re

from sqlalchemy import Select, func, select
from sqlalchemy.orm import undefer

from foundation.db import db
from places.clean.text import search_key
from places.geometry import UNKNOWN_SPOT, Area, Atlas, Spot, from_text
from places.models import Level, Neighbourhood, Territory, Venue, VenueNeighbourhood
from places.queries.found import found


def territory() -> Territory | None:
    """The town or intercommunality served; None before it is set up."""
    return db.session.get(Territory, 1)


def asks_satisfaction() -> bool:
    """Whether residents are asked if it helped them; not before the town is set up."""
    found = territory()
    return found is not None and found.asks_satisfaction


def neighbourhood(neighbourhood_id: int) -> Neighbourhood:
    """One polygon.

    Raises:
        Unknown: when there is none.
    """
    return found(db.session.get(Neighbourhood, neighbourhood_id))


def neighbourhoods(level: Level = Level.QUARTIER, *, drawn: bool = False) -> list[Neighbourhood]:
    """The neighbourhoods of one level, by name; numbers in names count as numbers. `drawn`: with their polygons."""
    query = select(Neighbourhood).where(Neighbourhood.level == level)
    known = db.session.scalars(query.options(_POLYGON) if drawn else query)
    return sorted(known, key=lambda one: (_natural(one.name), one.id))


def priority_neighbourhoods() -> list[Neighbourhood]:
    """Every polygon flagged as priority, whatever its level: to be drawn on a map."""
    known = db.session.scalars(select(Neighbourhood).where(Neighbourhood.is_priority).options(_POLYGON))
    return sorted(known, key=lambda one: (_natural(one.name), one.id))


_POLYGON = undefer(Neighbourhood.geometry)


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|[a-z]+", search_key(name))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def venues_by_neighbourhood() -> dict[int, int]:
    """Number of active venues in each polygon, by its id."""
    query = (
        select(VenueNeighbourhood.neighbourhood_id, func.count())
        .join(Venue, Venue.id == VenueNeighbourhood.venue_id)
        .where(Venue.active)
        .group_by(VenueNeighbourhood.neighbourhood_id)
    )
    return {neighbourhood_id: count for neighbourhood_id, count in db.session.execute(query)}


def centre_of(neighbourhood_id: int) -> tuple[float, float] | None:
    """(latitude, longitude) of the middle of a neighbourhood, for `nearest`."""
    one = db.session.get(Neighbourhood, neighbourhood_id)
    if one is None or one.latitude is None or one.longitude is None:
        return None
    return one.latitude, one.longitude


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
