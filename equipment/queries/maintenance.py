"""Planned upkeep: what is to come for a kit, what was, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Kit, Maintenance
from equipment.rules.keeping import sees
from equipment.rules.upkeep_plans import NoSuchMaintenance
from foundation.db import db
from foundation.period import Period

PAST = 5


@dataclass(frozen=True)
class OfKit:
    """What is to come or under way, by start; and the last of what was, the latest first."""

    coming: list[Maintenance]
    past: list[Maintenance]


def of_kit(kit_id: int, now: datetime) -> OfKit:
    """The upkeep of a kit that was not called off."""
    query = (
        select(Maintenance)
        .options(joinedload(Maintenance.planned_by))
        .where(Maintenance.kit_id == kit_id, Maintenance.called_off_at.is_(None))
    )
    coming = query.where(Maintenance.ends_at > now).order_by(Maintenance.starts_at, Maintenance.id)
    past = query.where(Maintenance.ends_at <= now).order_by(Maintenance.starts_at.desc()).limit(PAST)
    return OfKit(list(db.session.scalars(coming)), list(db.session.scalars(past)))


def the_same(kit_id: int, period: Period, label: str, actor_id: int) -> Maintenance | None:
    """What the same person planned already for exactly this."""
    return db.session.scalar(
        select(Maintenance).where(
            Maintenance.kit_id == kit_id, Maintenance.starts_at == period.start, Maintenance.ends_at == period.end,
            Maintenance.label == label, Maintenance.planned_by_id == actor_id, Maintenance.called_off_at.is_(None),
        )
    )  # fmt: skip


def seen(maintenance_id: int, viewer: Account) -> Maintenance:
    """One of them.

    Raises:
        NoSuchMaintenance: none, or of a kit out of reach.
    """
    query = select(Maintenance).join(Kit).options(joinedload(Maintenance.kit)).where(Maintenance.id == maintenance_id)
    found = db.session.scalar(query)
    if found is None or not sees(viewer, found.kit.structure_id):
        raise NoSuchMaintenance
    return found
