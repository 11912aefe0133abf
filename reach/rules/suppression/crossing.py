"""By what an indicator may be published: never by a mediator, and heads never by what nobody asked them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reach.rules.dimensions import Dimension, Value
from reach.rules.filters import Filters, Side
from reach.rules.suppression.tables import By, OfPlace, Place

UNTOLD: Final[frozenset[By]] = frozenset({Dimension.MEDIATOR})
"""By these nothing is published at all: the figures of a mediator are for them and for whoever manages."""
NOT_ASKED: Final[frozenset[By]] = frozenset(
    {Dimension.AGE_BAND, Dimension.STATUS, Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.COMMUNE}
)
"""What nobody knows of those who were only counted: how old they are, what they do, where they live.

Where and when they were is known, and how many were women and men where that was counted.
"""
WITH_HEADS: Final = frozenset({"anonymous", "contacts", "minutes", "records"})
"""Indicators that count heads, or records of groups in which there may be heads. `named_contacts` counts none."""


class NeverPublished(ValueError):
    """A table that must not leave the team was about to be published: a fault of whoever made the report."""


def may_cross(indicator: str, dimensions: Iterable[By]) -> bool:
    """Whether figures of an indicator may be published by these dimensions, filters included."""
    found = set(dimensions)
    return not found & UNTOLD and not (indicator in WITH_HEADS and found & NOT_ASKED)


def check_crossing(indicator: str, dimensions: Iterable[By]) -> None:
    """Raises: NeverPublished"""
    found = sorted(dimension.value for dimension in dimensions)
    if not may_cross(indicator, dimensions):
        raise NeverPublished(f"{indicator} by {', '.join(found)}")


def by_side(dimension: Dimension, side: Side) -> By:
    """A dimension of a page, named after the side that its filters choose."""
    if side is Side.RESIDENCE:
        return dimension
    return {Dimension.PRIORITY: OfPlace.PRIORITY, Dimension.COMMUNE: OfPlace.COMMUNE}.get(dimension, dimension)


def place_of(filters: Filters) -> Place:
    """The filters of a page, all but its period, as the `where` of a table."""
    here = filters.side is Side.PLACE
    chosen: dict[By, Value | None] = {
        Dimension.PLACE_NEIGHBOURHOOD if here else Dimension.NEIGHBOURHOOD: filters.neighbourhood_id,
        by_side(Dimension.PRIORITY, filters.side): filters.priority and filters.priority.value,
        by_side(Dimension.COMMUNE, filters.side): filters.commune_id,
        Dimension.STRUCTURE: filters.structure_id,
        Dimension.VENUE: filters.venue_id,
        Dimension.MEDIATOR: filters.mediator_id,
        Dimension.AGE_BAND: filters.age_band and filters.age_band.value,
        Dimension.GENDER: filters.gender and filters.gender.value,
        Dimension.STATUS: filters.status and filters.status.value,
        Dimension.CHANNEL: filters.channel and filters.channel.value,
    }
    return frozenset((dimension, value) for dimension, value in chosen.items() if value is not None)
