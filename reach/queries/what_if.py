"""“And if we opened here on Tuesdays”: the places where one could, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _l
from places.clean.coordinates import ImpossiblePointError, clean_point
from places.models import Neighbourhood, Venue
from reach.queries.blanks import weeks_ahead
from reach.queries.homes import homes
from reach.queries.openings import Open, openings
from reach.queries.population import inhabited
from reach.rules.nearness import Nearness, Point, compared

VENUE, NEIGHBOURHOOD = "lieu", "quartier"


class NoSuchSpot(Refused):
    """Nothing is reckoned rather than the distances to another point."""

    def __init__(self) -> None:
        super().__init__(
            _l("Choose a place or a neighbourhood of the list, or write coordinates like 47.2184, -1.5536."), "ou"
        )


@dataclass(frozen=True)
class Spot:
    """Where one could open; `key` as it stands in an address."""

    key: str
    name: str
    point: Point


@dataclass(frozen=True)
class WhatIf:
    """What one more opening changes.

    Attributes:
        weekday: 0 is Monday.
        open_now: where something is open for all residents on that weekday, within the weeks to come, by name; of the
            same name and point once.
        unplaced: such places of which nobody told where they are: they are near nobody.
    """

    spot: Spot
    weekday: int
    open_now: list[tuple[str, Point]]
    unplaced: list[str]
    nearness: Nearness


def spots() -> tuple[list[Spot], list[Spot]]:
    """Active venues whose point is known, and neighbourhoods that are drawn, each by name."""
    query = select(Venue).where(Venue.active, Venue.latitude.is_not(None)).order_by(Venue.name, Venue.id)
    venues = [_spot(VENUE, one) for one in db.session.scalars(query)]
    ids = [one.id for one in inhabited().areas]
    own = {one.id: one for one in db.session.scalars(select(Neighbourhood).where(Neighbourhood.id.in_(ids)))}
    areas = [_spot(NEIGHBOURHOOD, own[id_]) for id_ in ids]
    return [one for one in venues if one], [one for one in areas if one]


def _spot(kind: str, one: Venue | Neighbourhood) -> Spot | None:
    if one.latitude is None or one.longitude is None:
        return None
    return Spot(f"{kind}-{one.id}", one.name, (one.latitude, one.longitude))


def spot_of(key: str, coordinates: str) -> Spot:
    """The one that an address names; coordinates win over a choice of the list.

    Raises:
        NoSuchSpot
    """
    if written := coordinates.strip():
        return Spot(key, written, _written(written))
    found = next((one for some in spots() for one in some if one.key == key), None)
    if found is None:
        raise NoSuchSpot
    return found


def what_if(spot: Spot, weekday: int, today: date) -> WhatIf:
    """Compare with what is open for everybody on a weekday (0 is Monday) in the weeks from `today` on."""
    found = [one for one in openings(weeks_ahead(today)) if one.for_all and one.day.weekday() == weekday]
    known = sorted({(one.place, one.point) for one in found if one.point is not None})
    nearness = compared(homes(inhabited()), [point for _name, point in known], spot.point)
    return WhatIf(spot, weekday, known, _without_point(found), nearness)


def _without_point(found: list[Open]) -> list[str]:
    return sorted({one.place for one in found if one.point is None})


def _written(coordinates: str) -> Point:
    latitude, _comma, longitude = coordinates.partition(",")
    try:
        point = clean_point(latitude, longitude)
    except ImpossiblePointError as error:
        raise NoSuchSpot from error
    if point is None:
        raise NoSuchSpot
    return point.latitude, point.longitude
