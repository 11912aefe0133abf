"""What kits hold, for whoever chooses one or carries it: devices by kind, supplies, where it is at home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from equipment.models import Condition, Item, Kit, Supply
from foundation.db import db

_KITS = select(Kit).options(joinedload(Kit.home_venue)).where(Kit.id.in_(bindparam("ids", expanding=True)))
_UNITS = (
    select(Item.kit_id, Item.kind, func.count(), func.count().filter(Item.condition == Condition.WORKING))
    .where(Item.kit_id.in_(bindparam("ids", expanding=True)), Item.condition != Condition.RETIRED)
    .group_by(Item.kit_id, Item.kind)
    .order_by(Item.kind)
)
_SUPPLIES = (
    select(Supply)
    .where(Supply.kit_id.in_(bindparam("ids", expanding=True)), Supply.count > 0)
    .order_by(Supply.kit_id, Supply.id)
)


@dataclass(frozen=True)
class Count:
    """So many of a kind, of which so many work."""

    kind: str
    units: int
    working: int


@dataclass(frozen=True)
class Contents:
    """A kit with all that is in it, what its pupils hold first."""

    kit: Kit
    counts: list[Count]
    supplies: list[Supply]


def contents(kit_ids: Collection[int]) -> dict[int, Contents]:
    """By the kit's id, in three queries."""
    ids = {"ids": [*kit_ids]}
    found = {kit.id: Contents(kit, [], []) for kit in db.session.scalars(_KITS, ids)}
    counts: dict[int | None, list[Count]] = defaultdict(list)
    for kit_id, kind, units, working in db.session.execute(_UNITS, ids):
        counts[kit_id].append(Count(kind, units, working))
    for kit_id, one in found.items():
        held = one.kit.unit_kind
        one.counts.extend(count for count in counts[kit_id] if count.kind == held)
        one.counts.extend(count for count in counts[kit_id] if count.kind != held)
    for supply in db.session.scalars(_SUPPLIES, ids):
        found[supply.kit_id].supplies.append(supply)
    return found


def contents_of(kit_id: int) -> Contents:
    """Of one kit, which is there."""
    return contents([kit_id])[kit_id]
