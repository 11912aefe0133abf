"""Schools and care homes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from places.clean.text import search_key
from places.models import CareHome, School
from places.queries.found import found


def schools() -> list[School]:
    query = select(School).options(joinedload(School.neighbourhood)).order_by(School.name, School.id)
    return list(db.session.scalars(query))


def care_homes() -> list[CareHome]:
    query = select(CareHome).options(joinedload(CareHome.neighbourhood)).order_by(CareHome.name, CareHome.id)
    return list(db.session.scalars(query))


def institutions(
    model: type[School] | type[CareHome], text: str = "", neighbourhood_id: int | None = None
) -> list[School | CareHome]:
    """Those of a neighbourhood, when one is given, that have every word of `text` in their name or address."""
    wanted = search_key(text).split()
    everything: list[School | CareHome] = [*(schools() if model is School else care_homes())]
    return [
        one
        for one in everything
        if neighbourhood_id in {None, one.neighbourhood_id}
        and all(word in search_key(f"{one.name} {one.address} {one.commune}") for word in wanted)
    ]


def institution(model: type[School] | type[CareHome], one_id: int) -> School | CareHome:
    """One school or care home.

    Raises:
        Unknown: when there is none.
    """
    if model is School:
        return found(db.session.get(School, one_id))
    return found(db.session.get(CareHome, one_id))
