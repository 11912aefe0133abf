"""Schools and care homes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from places.models import CareHome, School
from places.queries.found import found


def schools() -> list[School]:
    query = select(School).options(joinedload(School.neighbourhood)).order_by(School.name, School.id)
    return list(db.session.scalars(query))


def care_homes() -> list[CareHome]:
    query = select(CareHome).options(joinedload(CareHome.neighbourhood)).order_by(CareHome.name, CareHome.id)
    return list(db.session.scalars(query))


def institution(model: type[School] | type[CareHome], one_id: int) -> School | CareHome:
    """One school or care home.

    Raises:
        Unknown: when there is none.
    """
    if model is School:
        return found(db.session.get(School, one_id))
    return found(db.session.get(CareHome, one_id))
