"""What tests of upkeep begin with: a kit with a device that something happened to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Incident, IncidentEvent, Item, ItemEvent
from equipment.service import incidents
from foundation.db import db, in_transaction
from tests.cast import NOW


def devices(kit_id: int) -> list[int]:
    """The ids of the devices of a kit, by label."""
    found = list(db.session.scalars(select(Item.id).where(Item.kit_id == kit_id).order_by(Item.code)))
    db.session.rollback()
    return found


def act(verb: Any, *rest: Any, by: int, **more: Any) -> Any:
    """What a verb of upkeep makes of it, on behalf of an account."""
    return in_transaction(lambda: verb(*rest, db.session.get_one(Account, by), **({"now": NOW} | more)))


def reported(
    kit_id: int, by: int, condition: Condition = Condition.DAMAGED, words: str = "Écran fendu.", **more: Any
) -> Incident:  # fmt: skip
    found: Incident = act(incidents.open_incident, kit_id, condition, words, by=by, **more)
    return found


def condition_of(item_id: int) -> Condition:
    found = db.session.get_one(Item, item_id, populate_existing=True).condition
    db.session.rollback()
    return found


def steps(incident_id: int) -> list[tuple[str, str | None, str]]:
    """(state, condition, note) of each step, in order."""
    query = select(IncidentEvent).where(IncidentEvent.incident_id == incident_id).order_by(IncidentEvent.id)
    found = [(one.state.value, one.condition and one.condition.value, one.note) for one in db.session.scalars(query)]
    db.session.rollback()
    return found


def looked_at(item_id: int) -> list[tuple[str, str]]:
    """(was, became) of all that was written of a device."""
    query = select(ItemEvent.was, ItemEvent.became).where(ItemEvent.item_id == item_id).order_by(ItemEvent.id)
    found = [(was, became) for was, became in db.session.execute(query)]
    db.session.rollback()
    return found


def count(model: Any) -> int:
    found = len(list(db.session.scalars(select(model.id))))
    db.session.rollback()
    return found
