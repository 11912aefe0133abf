"""One stock-taking: the open one of a kit, its list, what was said of each unit."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Condition, Item, Kit, StockLine, StockTaking
from equipment.queries.handing import out_of_kit
from equipment.rules.counting import NoSuchStockTaking
from equipment.rules.keeping import sees
from foundation.db import db

WITH_NAMES = (
    joinedload(StockTaking.kit).joinedload(Kit.structure),
    joinedload(StockTaking.begun_by),
    joinedload(StockTaking.closed_by),
)
_LINE = (joinedload(StockLine.item).joinedload(Item.kit), joinedload(StockLine.home_kit))


def open_of(kit_id: int) -> StockTaking | None:
    """The stock-taking that goes on, at most one a kit."""
    return db.session.scalar(select(StockTaking).where(StockTaking.kit_id == kit_id, StockTaking.closed_at.is_(None)))


def seen(taking_id: int, viewer: Account) -> StockTaking:
    """One stock-taking, for somebody of the team.

    Raises:
        NoSuchStockTaking: none, or of a kit out of reach.
    """
    found = db.session.scalar(select(StockTaking).options(*WITH_NAMES).where(StockTaking.id == taking_id))
    if found is None or not sees(viewer, found.kit.structure_id):
        raise NoSuchStockTaking
    return found


def resources_of(taking_id: int) -> frozenset[int]:
    """The resources of the kit, and of those in which the units on the list are now."""
    own = select(Kit.resource_id).join(StockTaking, StockTaking.kit_id == Kit.id).where(StockTaking.id == taking_id)
    others = select(Kit.resource_id).join(Item, Item.kit_id == Kit.id).join(StockLine, StockLine.item_id == Item.id)
    others = others.where(StockLine.stock_taking_id == taking_id)
    return frozenset(db.session.scalars(own)) | frozenset(db.session.scalars(others))


def lines_of(taking_id: int) -> list[StockLine]:
    """What was said, by the code of the unit."""
    query = select(StockLine).join(StockLine.item).options(*_LINE).where(StockLine.stock_taking_id == taking_id)
    return list(db.session.scalars(query.order_by(Item.code)))


@dataclass(frozen=True)
class Row:
    """One unit on the list. `line` is what was said of it; `away` that a loan has it."""

    item: Item
    line: StockLine | None = None
    away: bool = False

    @property
    def found(self) -> Condition | None:
        return self.line.found if self.line else None


@dataclass(frozen=True)
class Walk:
    """The list as one walks it: what belongs here, what pupils hold first, and what belongs elsewhere and turned up."""

    here: list[Row]
    elsewhere: list[Row]

    @property
    def unseen(self) -> list[Item]:
        """Neither seen, nor said to be missing, nor out on loan."""
        return [row.item for row in self.here if row.line is None and not row.away]

    @property
    def counted(self) -> int:
        return sum(row.line is not None for row in self.here)


def walk(taking: StockTaking) -> Walk:
    """The list of an open stock-taking."""
    lines = {line.item_id: line for line in lines_of(taking.id)}
    away = {item_id for items in out_of_kit(taking.kit_id).values() for item_id in items}
    query = select(Item).where(Item.kit_id == taking.kit_id, Item.condition != Condition.RETIRED)
    units = list(db.session.scalars(query.order_by(Item.kind != taking.kit.unit_kind, Item.kind, Item.code)))
    here = [Row(one, lines.pop(one.id, None), one.id in away) for one in units]
    return Walk(here, [Row(line.item, line) for line in lines.values()])
