"""All stock-takings: which kits were not counted for long, and what those that are over found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Condition, Item, Kit, StockLine, StockPlace, StockTaking
from equipment.queries.stock import WITH_NAMES
from foundation.db import db


@dataclass(frozen=True)
class Counted:
    """A kit, when it was last counted, and the stock-taking that goes on."""

    kit: Kit
    units: int
    last: datetime | None
    open_id: int | None


def kits_to_count(viewer: Account) -> list[Counted]:
    """The kits in use within reach: those being counted first, then those that were not for the longest."""
    units = (
        select(Item.kit_id, func.count().label("units")).where(Item.condition != Condition.RETIRED)
        .group_by(Item.kit_id).subquery()
    )  # fmt: skip
    last = select(StockTaking.kit_id, func.max(StockTaking.closed_at).label("last"))
    past = last.group_by(StockTaking.kit_id).subquery()
    going = (StockTaking.kit_id == Kit.id) & StockTaking.closed_at.is_(None)
    query = (
        select(Kit, func.coalesce(units.c.units, 0), past.c.last, StockTaking.id)
        .outerjoin(units, units.c.kit_id == Kit.id)
        .outerjoin(past, past.c.kit_id == Kit.id)
        .outerjoin(StockTaking, going)
        .options(joinedload(Kit.home_venue))
        .where(Kit.retired_at.is_(None), _within_reach(viewer))
    )
    order = (StockTaking.id.is_(None), past.c.last.is_not(None), past.c.last, Kit.name, Kit.id)
    return [Counted(*row) for row in db.session.execute(query.order_by(*order))]


@dataclass(frozen=True)
class Past:
    """A stock-taking that is over: how many units were on its list, and how many were not as the register said."""

    taking: StockTaking
    units: int
    differences: int


def history(viewer: Account, *, kit_id: int | None = None, offset: int = 0, limit: int = 25) -> list[Past]:
    """Those that are over, of kits within reach or of one, the last first."""
    query = select(StockTaking).options(*WITH_NAMES).join(StockTaking.kit)
    query = query.where(StockTaking.closed_at.is_not(None), _within_reach(viewer))
    if kit_id is not None:
        query = query.where(StockTaking.kit_id == kit_id)
    order = (StockTaking.closed_at.desc(), StockTaking.id.desc())
    takings = db.session.scalars(query.order_by(*order).offset(offset).limit(limit)).all()
    counts = _counts([one.id for one in takings])
    return [Past(one, *counts.get(one.id, (0, 0))) for one in takings]


def _counts(taking_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Stock-taking → how many lines, and how many of them differ."""
    differ = or_(StockLine.found != StockLine.was, StockLine.place != StockPlace.HERE)
    query = (
        select(StockLine.stock_taking_id, func.count(), func.count().filter(differ))
        .where(StockLine.stock_taking_id.in_(taking_ids)).group_by(StockLine.stock_taking_id)
    )  # fmt: skip
    return {taking_id: (lines, differences) for taking_id, lines, differences in db.session.execute(query)}


def _within_reach(viewer: Account) -> ColumnElement[bool]:
    if viewer.structure_id is None:
        return Kit.id.is_not(None)
    return or_(Kit.structure_id.is_(None), Kit.structure_id == viewer.structure_id)
