"""Devices: one by its label, those in reserve, and the labels that are taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from equipment.models import Condition, Item, ItemEvent, Kit
from equipment.rules.keeping import NoSuchItem, check_sees_item
from foundation.db import db

_BY_CODE = (
    select(Item)
    .options(joinedload(Item.kit), selectinload(Item.events))
    .where(Item.code == bindparam("code"))
)  # fmt: skip
_PER_QUERY = 500


def by_code(code: str) -> Item | None:
    """The device with this label, its kit and its past along with it."""
    return db.session.scalar(_BY_CODE, {"code": code})


def seen(code: str, viewer: Account) -> Item:
    """The device with this label, for somebody of the team.

    Raises:
        NoSuchItem
    """
    item = by_code(code)
    if item is None:
        raise NoSuchItem
    check_sees_item(viewer, item.structure_id)
    return item


@dataclass(frozen=True)
class Noted:
    """One thing that happened to a device, and the name of whoever noted it."""

    event: ItemEvent
    name: str


def past_of(item_id: int) -> list[Noted]:
    """What happened to it, newest first."""
    query = (
        select(ItemEvent, func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == ItemEvent.actor_id)
        .where(ItemEvent.item_id == item_id)
        .order_by(ItemEvent.id.desc())
    )
    return [Noted(event, name) for event, name in db.session.execute(query)]


class Shelf(StrEnum):
    """Which devices a list shows."""

    IN_USE = "in_use"
    RESERVE = "reserve"
    GONE = "gone"


_SHELVES = {
    Shelf.IN_USE: (Item.condition != Condition.RETIRED,),
    Shelf.RESERVE: (Item.condition != Condition.RETIRED, Item.kit_id.is_(None)),
    Shelf.GONE: (Item.condition == Condition.RETIRED,),
}
_SEARCHED = (Item.code, Item.kind, Item.label, Item.serial_number)


def listed(viewer: Account, shelf: Shelf, words: str = "", *, offset: int = 0, limit: int | None = None) -> list[Item]:
    """Devices within reach, with their kits, by label; each of `words` is in the label, kind, make or serial number."""
    query = select(Item).options(joinedload(Item.kit)).where(*_SHELVES[shelf]).order_by(Item.code)
    if viewer.structure_id is not None:
        query = query.where(or_(Item.structure_id.is_(None), Item.structure_id == viewer.structure_id))
    for word in words.lower().split():
        query = query.where(or_(*(func.lower(column).contains(word, autoescape=True) for column in _SEARCHED)))
    return list(db.session.scalars(query.offset(offset).limit(limit)))


def reserve_of(viewer: Account) -> list[Item]:
    """The devices of no kit that are in use still, by label."""
    return listed(viewer, Shelf.RESERVE)


def codes_taken(codes: Sequence[str]) -> set[str]:
    """Those of `codes` that are on a device or on a kit."""
    found: set[str] = set()
    for start in range(0, len(codes), _PER_QUERY):
        part = codes[start : start + _PER_QUERY]
        for column in (Item.code, Kit.code):
            found |= set(db.session.scalars(select(column).where(column.in_(part))))
    return found


def codes_under(stem: str) -> list[str]:
    """The labels of devices that begin with `stem`."""
    return list(db.session.scalars(select(Item.code).where(Item.code.startswith(stem, autoescape=True))))


def kinds_known() -> Collection[str]:
    """What devices are called so far, each spelling once, by name."""
    return db.session.scalars(select(Item.kind).distinct().order_by(Item.kind)).all()
