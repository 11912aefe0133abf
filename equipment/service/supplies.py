"""Supplies of a kit: counted by whoever looks into it, named by whoever keeps the register."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, update

from accounts.models import Account
from equipment.models import Supply
from equipment.rules.details import MOST_COUNTED, Counted, CountedAlready, check_counted
from equipment.rules.keeping import check_sees_kit
from equipment.rules.refusals import BadCount, NoSuchKit
from equipment.service.locking import kept_kit, kit_in_use
from foundation import audit
from foundation.db import db, explain_constraint

explain_constraint("uq_supply_kit_id_label", CountedAlready)


def add_supply(kit_id: int, counted: Counted, actor: Account) -> Supply:
    """Count something more in a kit.

    Raises:
        NoSuchKit, ForKeepers, NotInYourStructure, OfTheTerritory, CountedAlready, and as `check_counted`
    """
    check_counted(counted)
    kit = kept_kit(kit_id, actor)
    _check_label(kit.supplies, counted)
    supply = Supply(kit_id=kit_id)
    _write(supply, counted)
    db.session.add(supply)
    db.session.flush()
    audit.record("supply.added", f"kit:{kit_id}", actor_id=actor.id, supply_id=supply.id)
    return supply


def change_supply(kit_id: int, supply_id: int, counted: Counted, actor: Account) -> Supply:
    """Give it another name, number or minimum. Raises: as `add_supply`"""
    check_counted(counted)
    kit = kept_kit(kit_id, actor)
    supply = _of_kit(kit.supplies, supply_id)
    _check_label([one for one in kit.supplies if one is not supply], counted)
    _write(supply, counted)
    db.session.flush()
    audit.record("supply.changed", f"kit:{kit_id}", actor_id=actor.id, supply_id=supply_id)
    return supply


def count_supply(kit_id: int, supply_id: int, by: int, actor: Account) -> None:
    """More or fewer, as somebody counts: two telephones at once count both.

    Raises:
        NoSuchKit, BadCount: fewer than none, or more than fit.
    """
    kit = kit_in_use(kit_id)
    check_sees_kit(actor, kit.structure_id)
    _of_kit(kit.supplies, supply_id)
    counted = cast(
        "CursorResult[Any]",
        db.session.execute(
            update(Supply)
            .where(Supply.id == supply_id, (Supply.count + by).between(0, MOST_COUNTED))
            .values(count=Supply.count + by)
        ),
    )
    if not counted.rowcount:
        raise BadCount("count", MOST_COUNTED)
    audit.record("supply.recounted", f"kit:{kit_id}", actor_id=actor.id, supply_id=supply_id, by=by)


def remove_supply(kit_id: int, supply_id: int, actor: Account) -> None:
    """Count it no more. Raises: NoSuchKit, ForKeepers, NotInYourStructure, OfTheTerritory"""
    kit = kept_kit(kit_id, actor)
    kit.supplies.remove(_of_kit(kit.supplies, supply_id))
    db.session.flush()
    audit.record("supply.removed", f"kit:{kit_id}", actor_id=actor.id, supply_id=supply_id)


def _of_kit(supplies: list[Supply], supply_id: int) -> Supply:
    """Raises: NoSuchKit"""
    found = next((one for one in supplies if one.id == supply_id), None)
    if found is None:
        raise NoSuchKit
    return found


def _check_label(others: list[Supply], counted: Counted) -> None:
    """Raises: CountedAlready"""
    if counted.label.strip().casefold() in {one.label.casefold() for one in others}:
        raise CountedAlready


def _write(supply: Supply, counted: Counted) -> None:
    supply.label, supply.count = counted.label.strip(), counted.count
    supply.minimum, supply.consumable = counted.minimum, counted.consumable
