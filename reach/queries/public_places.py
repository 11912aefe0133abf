"""What everybody is shown of the neighbourhoods: their names, their places and what is on there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import load_only

from foundation import clock
from foundation.db import db
from foundation.errors import Unknown
from foundation.i18n import _l
from mediation.queries.offered import public_venues
from places.clean.text import slug
from places.models import Level, Neighbourhood, Venue, VenueNeighbourhood
from workshops.models import WorkshopSession
from workshops.queries import public
from workshops.rules.public import Wanted

WITHOUT_LETTERS = "quartier"
"""In the address of a neighbourhood whose name has none of ours."""


class NoSuchNeighbourhood(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This neighbourhood is not in the list. Choose one of the list."))


@dataclass(frozen=True, slots=True)
class Shown:
    """A neighbourhood in the list of all.

    Attributes:
        slug: its name as an address writes it, for people: the id alone says which one it is.
        places: to which residents are sent.
    """

    id: int
    name: str
    slug: str
    is_priority: bool
    places: int


def shown_neighbourhoods() -> list[Shown]:
    """The neighbourhoods of the town, by name; the communes where none are loaded."""
    inside = Counter(area_id for _venue_id, area_id in _inside())
    for level in (Level.QUARTIER, Level.COMMUNE):
        if known := _of_level(level):
            return [_shown(one, inside[one.id]) for one in known]
    return []


def shown_neighbourhood(neighbourhood_id: int) -> Shown:
    """One of them.

    Raises:
        NoSuchNeighbourhood: an IRIS or a priority neighbourhood has no page.
    """
    found = next((one for one in shown_neighbourhoods() if one.id == neighbourhood_id), None)
    if found is None:
        raise NoSuchNeighbourhood
    return found


def places_of(neighbourhood_id: int) -> list[Venue]:
    """The active places of a neighbourhood to which residents are sent, by name."""
    inside = _inside()
    return [one for one in public_venues() if (one.id, neighbourhood_id) in inside]


def next_workshops(neighbourhood_id: int, now: datetime, most: int) -> Sequence[WorkshopSession]:
    """The next sessions there that are open to everybody, as the agenda has them."""
    return public.sessions(Wanted(neighbourhood_id=neighbourhood_id), now, clock.territory_zone(), limit=most)


def _of_level(level: Level) -> list[Neighbourhood]:
    """By name, without their polygons."""
    only = load_only(Neighbourhood.name, Neighbourhood.is_priority)
    query = select(Neighbourhood).where(Neighbourhood.level == level).options(only)
    return list(db.session.scalars(query.order_by(Neighbourhood.name, Neighbourhood.id)))


def _shown(one: Neighbourhood, places: int) -> Shown:
    return Shown(one.id, one.name, slug(one.name) or WITHOUT_LETTERS, one.is_priority, places)


def _inside() -> set[tuple[int, int]]:
    """(venue, polygon in which it lies) of the public places, of every level."""
    venues = {one.id: one.neighbourhood_id for one in public_venues()}
    rows = db.session.execute(select(VenueNeighbourhood.venue_id, VenueNeighbourhood.neighbourhood_id))
    own = {(venue_id, area_id) for venue_id, area_id in venues.items() if area_id is not None}
    return own | {(venue_id, area_id) for venue_id, area_id in rows if venue_id in venues}
