"""Incidents and what their repair cost, and the devices, as bare facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from equipment.models import Incident, Item, ItemEvent, ItemEventKind, Kit
from equipment.queries.figures.scope import Scope
from equipment.rules.fleet import Device
from foundation.db import db
from foundation.period import Period

_ADDED = (
    select(ItemEvent.item_id, func.min(ItemEvent.at).label("at"))
    .where(ItemEvent.kind == ItemEventKind.ADDED)
    .group_by(ItemEvent.item_id)
    .subquery()
)


@dataclass(frozen=True)
class Costs:
    """Of the incidents that were settled: what is known of their cost."""

    settled: int
    known: int
    cents: int

    @property
    def unknown(self) -> int:
        return self.settled - self.known


def incidents(scope: Scope, period: Period) -> dict[int, int]:
    """How many were reported, by kit."""
    query = (
        select(Incident.kit_id, func.count())
        .join(Kit, Kit.id == Incident.kit_id)
        .where(scope.of(Kit.structure_id), Incident.opened_at >= period.start, Incident.opened_at < period.end)
        .group_by(Incident.kit_id)
    )
    return {kit_id: number for kit_id, number in db.session.execute(query)}


def costs(scope: Scope, period: Period) -> Costs:
    """Of all that was settled in `period`."""
    query = (
        select(func.count(), func.count(Incident.cost_cents), func.coalesce(func.sum(Incident.cost_cents), 0))
        .join(Kit, Kit.id == Incident.kit_id)
        .where(scope.of(Kit.structure_id), Incident.closed_at >= period.start, Incident.closed_at < period.end)
    )
    settled, known, cents = db.session.execute(query).one()
    return Costs(settled, known, int(cents or 0))


def devices(scope: Scope, until: datetime, zone: ZoneInfo) -> list[Device]:
    """All that ever were, with their batteries as they were known just before `until`."""
    query = (
        select(
            Item.id, Item.purchase, Item.bought_on, _ADDED.c.at, Item.retired_on, Item.destination,
            Item.certificate != "", Item.price_cents, Item.battery_percent,
        )
        .outerjoin(_ADDED, _ADDED.c.item_id == Item.id)
        .where(scope.of(Item.structure_id))
    )  # fmt: skip
    measured = _batteries(until)
    return [
        Device(row[1], row[2], _day(row[3], zone), row[4], row[5], row[6], row[7], measured.get(row[0], row[8]))
        for row in db.session.execute(query)
    ]


def _day(instant: datetime | None, zone: ZoneInfo) -> date | None:
    return instant.astimezone(zone).date() if instant else None


def _batteries(until: datetime) -> dict[int, int | None]:
    """What was known of each battery that was measured at any time: the last one before, or what the next one was."""
    query = select(ItemEvent.item_id, ItemEvent.at, ItemEvent.was, ItemEvent.became)
    rows = db.session.execute(query.where(ItemEvent.kind == ItemEventKind.BATTERY).order_by(ItemEvent.id))
    found: dict[int, int | None] = {}
    for item_id, at, was, became in rows:
        if at < until:
            found[item_id] = int(became)
        elif item_id not in found:
            found[item_id] = int(was) if was else None
    return found
