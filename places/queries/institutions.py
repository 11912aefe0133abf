"""Schools and care homes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
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


def school_names() -> Sequence[Row[int, str]]:
    """(id, name) of each, by name: for somebody who chooses one of them."""
    return db.session.execute(_SCHOOL_NAMES).all()


def care_home_names() -> Sequence[Row[int, str]]:
    """The same of care homes."""
    return db.session.execute(_CARE_HOME_NAMES).all()


_SCHOOL_NAMES = select(School.id, School.name).order_by(School.name, School.id)
_CARE_HOME_NAMES = select(CareHome.id, CareHome.name).order_by(CareHome.name, CareHome.id)


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
