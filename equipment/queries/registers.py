"""The register as imports and exports read it: kits by code, devices by code, structures and places by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Item, Kit
from foundation.db import db
from places.clean.text import search_key
from places.models import Structure, Venue

PER_QUERY = 500


class Shelf(NamedTuple):
    """A kit as devices are put into it."""

    id: int
    resource_id: int
    structure_id: int | None
    in_use: bool


def shelves() -> dict[str, Shelf]:
    """All kits by code."""
    rows = db.session.execute(select(Kit.code, Kit.id, Kit.resource_id, Kit.structure_id, Kit.retired_at))
    return {code: Shelf(id_, resource, structure, gone is None) for code, id_, resource, structure, gone in rows}


def kits_by_code(codes: Collection[str]) -> dict[str, Kit]:
    return {
        kit.code: kit for part in _parts(codes) for kit in db.session.scalars(select(Kit).where(Kit.code.in_(part)))
    }


def devices(codes: Collection[str], *, locked: bool = False) -> dict[str, Row[Any]]:
    """The rows of `item` that have these codes; locked in the order of their numbers, as every verb does."""
    query: Select[Any] = select(*Item.__table__.columns).order_by(Item.id)
    ids = sorted(
        id_ for part in _parts(codes) for id_ in db.session.scalars(select(Item.id).where(Item.code.in_(part)))
    )
    found: dict[str, Row[Any]] = {}
    for start in range(0, len(ids), PER_QUERY):
        part = query.where(Item.id.in_(ids[start : start + PER_QUERY]))
        found |= {row.code: row for row in db.session.execute(part.with_for_update() if locked else part)}
    return found


def ids_of(codes: Collection[str]) -> dict[str, int]:
    """Code → number of devices."""
    query = select(Item.code, Item.id)
    return {code: id_ for part in _parts(codes) for code, id_ in db.session.execute(query.where(Item.code.in_(part)))}


def structures() -> dict[str, int]:
    """Name, however it is spelt → id."""
    return {search_key(name): id_ for id_, name in db.session.execute(select(Structure.id, Structure.name))}


def places() -> dict[str, int | None]:
    """Name, however it is spelt → id of a place that is open; None when several have it."""
    found: dict[str, int | None] = {}
    for id_, name in db.session.execute(select(Venue.id, Venue.name).where(Venue.active)):
        key = search_key(name)
        found[key] = None if key in found else id_
    return found


def all_items(viewer: Account) -> list[Item]:
    """The devices within reach, those out of use too, kit by kit."""
    query = select(Item).options(joinedload(Item.kit).load_only(Kit.code)).outerjoin(Item.kit)
    query = query.where(_reach(viewer, Item)).order_by(Kit.code.is_(None), Kit.code, Item.code)
    return list(db.session.scalars(query))


def all_kits(viewer: Account) -> list[Kit]:
    """The kits in use within reach, by code."""
    query = select(Kit).options(joinedload(Kit.structure), joinedload(Kit.home_venue)).order_by(Kit.code)
    return list(db.session.scalars(query.where(_reach(viewer, Kit), Kit.retired_at.is_(None))))


def structure_names() -> dict[int, str]:
    return {id_: name for id_, name in db.session.execute(select(Structure.id, Structure.name))}


def _reach(viewer: Account, what: type[Item | Kit]) -> ColumnElement[bool]:
    if viewer.structure_id is None:
        return what.id.is_not(None)
    return or_(what.structure_id.is_(None), what.structure_id == viewer.structure_id)


def _parts(codes: Collection[str]) -> Iterator[list[str]]:
    listed = list(codes)
    for start in range(0, len(listed), PER_QUERY):
        yield listed[start : start + PER_QUERY]
