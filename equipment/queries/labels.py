"""What labels are printed for: the units of a kit, or those of which the codes are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Condition, Item, Kit
from equipment.rules.kits import within_reach
from foundation.db import db

_OWNED = (joinedload(Kit.structure), joinedload(Kit.home_venue))


def units_of(kit_id: int) -> list[Item]:
    """The units of a kit that have not left for good, by code."""
    here = select(Item).where(Item.kit_id == kit_id, Item.condition != Condition.RETIRED)
    return list(db.session.scalars(here.order_by(Item.code)))


def contents(units: Sequence[Item]) -> list[tuple[str, int]]:
    """How many of each kind, the most first."""
    return Counter(one.kind for one in units).most_common()


def by_codes(codes: Collection[str], viewer: Account) -> dict[str, Item | Kit]:
    """The kits and units within reach of somebody that have these codes."""
    kits = select(Kit).options(*_OWNED).where(Kit.code.in_(codes), Kit.retired_at.is_(None))
    units = select(Item).options(joinedload(Item.kit).options(*_OWNED))
    units = units.where(Item.code.in_(codes), Item.condition != Condition.RETIRED)
    found: dict[str, Item | Kit] = {one.code: one for one in db.session.scalars(units)}
    found |= {one.code: one for one in db.session.scalars(kits)}
    return {code: one for code, one in found.items() if within_reach(viewer.structure_id, one.structure_id)}
