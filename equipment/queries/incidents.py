"""Incidents: those that are not settled, those of a kit or a device, one with all its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from equipment.models import Condition, Incident, IncidentEvent, IncidentState, Item, Kit
from equipment.rules.kits import works_here
from equipment.rules.upkeep import NoSuchIncident, check_seen
from foundation.db import db

WITH_NAMES = (joinedload(Incident.kit), joinedload(Incident.item), joinedload(Incident.opened_by))
UNSETTLED = Incident.state != IncidentState.CLOSED
LATELY, LONG = timedelta(days=7), timedelta(days=30)
_OWN = (
    select(Kit.resource_id)
    .join(Incident, Incident.kit_id == Kit.id)
    .where(Incident.id == bindparam("incident_id"))
)  # fmt: skip
_NOW_IN = (
    select(Kit.resource_id)
    .join(Item, Item.kit_id == Kit.id)
    .join(Incident, Incident.item_id == Item.id)
    .where(Incident.id == bindparam("incident_id"))
)


class Age(StrEnum):
    """How long ago it was reported."""

    WEEK = "week"
    MONTH = "month"
    OLDER = "older"


@dataclass(frozen=True)
class Wanted:
    """Which incidents a list shows; without more, all that is not settled."""

    states: Sequence[IncidentState] = (IncidentState.OPEN, IncidentState.IN_REPAIR)
    kit_id: int | None = None
    age: Age | None = None


def resources_of(incident_id: int) -> frozenset[int]:
    """The resources of the kit that it happened to, and of that in which the device is now; none: no such incident."""
    asked = {"incident_id": incident_id}
    return frozenset(db.session.scalars(_OWN, asked)) | frozenset(db.session.scalars(_NOW_IN, asked))


def unsettled_of_item(item_id: int) -> Incident | None:
    return db.session.scalar(select(Incident).where(Incident.item_id == item_id, UNSETTLED).with_for_update())


def same_of_kit(kit_id: int, description: str, actor_id: int) -> Incident | None:
    """What the same person reported of the kit as a whole in the same words, when it is not settled."""
    same = (Incident.kit_id == kit_id, Incident.item_id.is_(None), Incident.opened_by_id == actor_id)
    return db.session.scalar(select(Incident).where(*same, Incident.description == description, UNSETTLED))


def last_step(incident_id: int) -> IncidentEvent | None:
    query = select(IncidentEvent).where(IncidentEvent.incident_id == incident_id)
    return db.session.scalar(query.order_by(IncidentEvent.id.desc()).limit(1))


def seen(incident_id: int, viewer: Account) -> Incident:
    """One incident with its steps.

    Raises:
        NoSuchIncident: none, or of a kit out of reach.
    """
    steps = selectinload(Incident.events).joinedload(IncidentEvent.actor)
    query = select(Incident).options(*WITH_NAMES, steps).where(Incident.id == incident_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchIncident
    check_seen(viewer, found.kit)
    return found


def listed(viewer: Account, wanted: Wanted, now: datetime, *, offset: int = 0, limit: int = 50) -> list[Incident]:
    """Those within reach of the viewer: what is not settled first, the oldest first; then what was settled last."""
    query = select(Incident).options(*WITH_NAMES).join(Incident.kit).where(_within_reach(viewer), *_asked(wanted, now))
    order = (Incident.closed_at.is_not(None), Incident.closed_at.desc(), Incident.opened_at, Incident.id)
    return list(db.session.scalars(query.order_by(*order).offset(offset).limit(limit)))


def counts(viewer: Account) -> dict[IncidentState, int]:
    """How many there are within reach, by state."""
    query = select(Incident.state, func.count()).join(Incident.kit).where(_within_reach(viewer))
    found = {state: number for state, number in db.session.execute(query.group_by(Incident.state))}
    return {state: found.get(state, 0) for state in IncidentState}


def kits_concerned(viewer: Account) -> list[tuple[int, str]]:
    """(id, name) of the kits within reach that ever had an incident, by name."""
    query = select(Kit.id, Kit.name).where(_within_reach(viewer), Kit.id.in_(select(Incident.kit_id)))
    return [(id_, name) for id_, name in db.session.execute(query.order_by(Kit.name, Kit.id))]


def devices_of(kit_id: int) -> list[Item]:
    """Those of a kit of which something can be reported, by label."""
    query = select(Item).where(Item.kit_id == kit_id, Item.condition != Condition.RETIRED)
    return list(db.session.scalars(query.order_by(Item.code)))


def of_kit(kit_id: int, *, settled: int = 5) -> list[Incident]:
    """Those of a kit that are not settled, and the `settled` that were last."""
    return _of(Incident.kit_id == kit_id, settled)


def of_item(item_id: int, *, settled: int = 20) -> list[Incident]:
    """The same of a device: its history of repairs."""
    return _of(Incident.item_id == item_id, settled)


def _of(whose: ColumnElement[bool], settled: int) -> list[Incident]:
    query = select(Incident).options(*WITH_NAMES).where(whose)
    waiting = db.session.scalars(query.where(UNSETTLED).order_by(Incident.opened_at, Incident.id)).all()
    last = query.where(Incident.state == IncidentState.CLOSED).order_by(Incident.closed_at.desc(), Incident.id.desc())
    return [*waiting, *db.session.scalars(last.limit(settled))]


def _within_reach(viewer: Account) -> ColumnElement[bool]:
    """As `equipment.rules.upkeep.check_seen` decides for one."""
    if not works_here(viewer):
        return Kit.id.is_(None)
    if viewer.structure_id is None:
        return Kit.id.is_not(None)
    return or_(Kit.structure_id.is_(None), Kit.structure_id == viewer.structure_id)


def _asked(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Incident.state.in_(wanted.states)]
    if wanted.kit_id is not None:
        conditions.append(Incident.kit_id == wanted.kit_id)
    match wanted.age:
        case Age.WEEK:
            conditions.append(Incident.opened_at > now - LATELY)
        case Age.MONTH:
            conditions.append(Incident.opened_at.between(now - LONG, now - LATELY))
        case Age.OLDER:
            conditions.append(Incident.opened_at < now - LONG)
    return conditions
