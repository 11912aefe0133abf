"""What the verbs of incidents share: locking in order, appending a step, and what it does to the device."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Condition, Destination, Incident, IncidentEvent, Item
from equipment.queries import incidents as queries
from equipment.rules.upkeep import NoSuchIncident, check_seen
from equipment.service import items, warnings
from equipment.service.locking import locked_item
from foundation.db import db


def locked(incident_id: int, actor: Account) -> Incident:
    """The incident, with the resources of its kits, the device and its own row locked in this order.

    Raises:
        NoSuchIncident: none, or of a kit out of reach.
    """
    resource_ids = queries.resources_of(incident_id)
    if not resource_ids:
        raise NoSuchIncident
    agenda.lock(resource_ids)
    incident = db.session.get_one(Incident, incident_id, populate_existing=True)
    check_seen(actor, incident.kit)
    if incident.item_id is not None:
        locked_item(incident.item_id)
    return db.session.get_one(Incident, incident_id, with_for_update=True, populate_existing=True)


def append(
    incident: Incident, note: str, actor: Account, now: datetime, condition: Condition | None = None
) -> None:  # fmt: skip
    """Write down one step in the state at hand."""
    step = IncidentEvent(
        incident_id=incident.id, state=incident.state, at=now, actor_id=actor.id, condition=condition, note=note.strip()
    )
    db.session.add(step)
    db.session.flush()


def said_already(incident: Incident, note: str, actor: Account, condition: Condition | None) -> bool:
    """Whether the last step is this one: the page was sent twice."""
    last = queries.last_step(incident.id)
    return last is not None and (last.note, last.actor_id, last.condition) == (note, actor.id, condition)


def become(
    item: Item | None, condition: Condition, actor: Account, now: datetime, *, warn: bool = True
) -> None:  # fmt: skip
    """The device is so now; what left for good before stays so. Whom its kit no longer serves is told, with `warn`."""
    if item is None or Condition.RETIRED in {item.condition, condition}:
        return
    items.set_condition(item.id, condition, actor, now=now)
    if warn and item.kit_id is not None:
        warnings.kit_changed(item.kit_id, now=now)


def leave(item: Item | None, destination: Destination, certificate: str, actor: Account, now: datetime) -> None:
    """The device is out of use for good, unless it is already."""
    if item is not None and item.condition is not Condition.RETIRED:
        items.retire(item.id, destination, certificate, actor, now=now)
        if item.kit_id is not None:
            warnings.kit_changed(item.kit_id, now=now)
