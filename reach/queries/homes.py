"""Where the inhabitants of each neighbourhood are taken to live, for distances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from foundation.db import db
from places.models import Level, Neighbourhood
from reach.queries.population import Inhabited
from reach.rules.nearness import Home, Homes


def homes(inhabited: Inhabited) -> list[Homes]:
    """In the order of `inhabited`: the IRIS of a neighbourhood where all of them are counted, else a point inside it.

    The statistical office counts inhabitants by IRIS, some 2,000 at a time; their points weigh as many as live there.
    """
    ids = [one.id for one in inhabited.areas]
    own = {one.id: one for one in db.session.scalars(select(Neighbourhood).where(Neighbourhood.id.in_(ids)))}
    parts: dict[int, list[Neighbourhood]] = defaultdict(list)
    within = select(Neighbourhood).where(Neighbourhood.level == Level.IRIS, Neighbourhood.parent_id.in_(ids))
    for part in db.session.scalars(within.order_by(Neighbourhood.id)):
        parts[part.parent_id or 0].append(part)
    return [
        Homes(one.id, one.name, one.population, _counted(parts[one.id]) or _inside(own[one.id]))
        for one in inhabited.areas
    ]  # fmt: skip


def _counted(parts: Sequence[Neighbourhood]) -> tuple[Home, ...]:
    """Nothing when one of them lacks its count or its point: the others would weigh too much."""
    found = [
        Home((part.latitude, part.longitude), part.population)
        for part in parts
        if part.population is not None and part.latitude is not None and part.longitude is not None
    ]
    whole = len(found) == len(parts) and any(home.weight for home in found)
    return tuple(home for home in found if home.weight) if whole else ()


def _inside(one: Neighbourhood) -> tuple[Home, ...]:
    if one.latitude is None or one.longitude is None:
        return ()
    return (Home((one.latitude, one.longitude), 1),)
