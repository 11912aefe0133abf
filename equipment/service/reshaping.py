"""What changes how many devices of a kit work: its time is locked first, whoever borrows it next is told after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Condition, Destination, Incident, Item, Kit
from equipment.queries import incidents as incident_queries
from equipment.rules.details import KitDetails
from equipment.rules.items import FaultKnown, ItemDetails, NewItem
from equipment.rules.keeping import check_sees_item
from equipment.rules.labels import DESTINATIONS
from equipment.service import incidents, items, kits, warnings
from equipment.service.locking import locked_item
from foundation.db import db

T = TypeVar("T")


def add(kit_id: int | None, news: Sequence[NewItem], actor: Account, *, now: datetime) -> list[Item]:
    """Raises: as `items.add_several`"""
    return _telling({kit_id}, lambda: items.add_several(kit_id, news, actor, now=now), now)


def change_item(item_id: int, details: ItemDetails, actor: Account, *, now: datetime) -> Item:
    """Raises: as `items.change`"""
    return _telling({_kit_of(item_id)}, lambda: items.change(item_id, details, actor, now=now), now)


def move(item_id: int, kit_id: int | None, actor: Account, *, now: datetime, note: str = "") -> Item:
    """Raises: as `items.move`"""
    both = {_kit_of(item_id), kit_id}
    return _telling(both, lambda: items.move(item_id, kit_id, actor, now=now, note=note), now)


def retire(
    item_id: int, destination: Destination, certificate: str, actor: Account, *, now: datetime, note: str = ""
) -> Item:  # fmt: skip
    """A device leaves for good; what went wrong with it is settled with that.

    Raises: as `items.retire`
    """

    def leave() -> Item:
        item = items.retire(item_id, destination, certificate, actor, now=now, note=note)
        if open_one := incident_queries.unsettled_of_item(item_id):
            incidents.close(
                open_one.id, note.strip() or str(DESTINATIONS[destination]), actor, now=now, became=Condition.RETIRED,
                destination=destination, certificate=certificate,
            )  # fmt: skip
        return item

    return _telling({_kit_of(item_id)}, leave, now)


def change_kit(kit_id: int, details: KitDetails, actor: Account, *, now: datetime) -> Kit:
    """Raises: as `kits.change`"""
    return _telling({kit_id}, lambda: kits.change(kit_id, details, actor), now)


def found(item_id: int, condition: Condition, actor: Account, *, now: datetime, note: str = "") -> Incident | None:
    """Somebody of the team looked at a device. What is wrong with one of a kit is an incident, which is given back.

    Raises:
        NoSuchItem, FaultKnown: it works, and an incident says that it does not: that is settled where it is kept.
        And as `items.set_condition`, `incidents.open_incident`
    """
    kit_id = _kit_of(item_id)

    def look() -> Incident | None:
        item = locked_item(item_id)
        check_sees_item(actor, item.structure_id)
        open_one = incident_queries.unsettled_of_item(item_id)
        if condition is Condition.WORKING and open_one:
            raise FaultKnown(open_one.id)
        if kit_id is not None and not condition.serves:
            return incidents.open_incident(kit_id, condition, note, actor, now=now, item_id=item_id)
        items.set_condition(item_id, condition, actor, now=now, note=note)
        return None

    return _telling({kit_id}, look, now)


def _kit_of(item_id: int) -> int | None:
    return db.session.scalar(select(Item.kit_id).where(Item.id == item_id))


def _telling(kit_ids: Collection[int | None], act: Callable[[], T], now: datetime) -> T:
    """Lock the time of these kits, act, then warn or reassure their next borrowers."""
    ids = sorted({one for one in kit_ids if one is not None})
    agenda.lock(db.session.scalars(select(Kit.resource_id).where(Kit.id.in_(ids))))
    done = act()
    db.session.flush()
    for one in ids:
        warnings.kit_changed(one, now=now)
    return done
