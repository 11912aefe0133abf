"""What becomes of one row of a file of devices: new, changed, the same, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equipment.importing.register import Register
from equipment.importing.rows import Facts
from equipment.models import Condition, Destination, ItemEventKind
from equipment.rules.codes import CodeTaken, plain_code
from equipment.rules.importing import LeavesOnItsPage, check_leaving
from equipment.rules.items import ItemDetails, ItemGone, NewItem, StillOut, check_battery, check_details, check_new
from equipment.rules.items import check_leaving as check_certificate
from equipment.rules.keeping import check_keeps, keeps

DETAILS = ("code", "kind", "label", "serial_number", "purchase", "bought_on", "price_cents", "funder")


@dataclass(frozen=True)
class Outcome:
    """What is written of one row.

    Attributes:
        values: columns of `item`: all of a new one, those that change of a known one.
        events: kind, what it was, what it becomes.
        kits: those of which the number of devices changes.
        left: the row says another condition, which stays as it is.
    """

    values: dict[str, Any]
    events: tuple[tuple[ItemEventKind, str, str], ...] = ()
    kits: frozenset[int] = frozenset()
    left: bool = False


def new(facts: Facts, register: Register) -> Outcome:
    """A device that comes into the register.

    Raises:
        CodeTaken, UnknownKit, UnknownStructure, HowItLeft, InUseStill, CertificateElsewhere, ForKeepers, and as
        `check_new`
    """
    if facts["code"] in register.shelves:
        raise CodeTaken(facts["code"])
    shelf = register.shelf(facts) if "kit" in facts else None
    named = register.structure(facts)
    structure_id = shelf.structure_id if shelf else named
    check_keeps(register.actor, structure_id)
    condition = facts.get("condition", Condition.WORKING)
    since = facts.get("retired_on")
    check_leaving(condition, since=since, somewhere="destination" in facts, today=register.today)
    check_certificate(facts.get("destination", Destination.LOST), facts.get("certificate", ""))
    told = {name: facts[name] for name in (*DETAILS, "battery_percent") if name in facts}
    item = NewItem(**{"kind": ""} | told, structure_id=structure_id)
    check_new([item], register.today)
    values = {name: getattr(item, name) for name in (*DETAILS, "battery_percent", "structure_id")}
    values |= {
        "kit_id": shelf.id if shelf else None, "condition": condition, "retired_on": since,
        "destination": facts.get("destination"), "certificate": facts.get("certificate", ""),
    }  # fmt: skip
    added = (ItemEventKind.ADDED, "", plain_code(facts["kit"]) if shelf else "")
    return Outcome(values, (added,), frozenset({shelf.id} if shelf else ()))


def changed(facts: Facts, known: Any, register: Register) -> Outcome:
    """What a row changes of a device that is known; a cell that says nothing takes nothing away.

    Args:
        known: a row of `item`.

    Raises:
        CodeTaken: it is another structure's. ItemGone, StillOut, LeavesOnItsPage, UnknownKit, and as `check_details`
    """
    if not keeps(register.actor, known.structure_id):
        raise CodeTaken(facts["code"])
    told = {name: facts[name] for name in DETAILS if name in facts}
    values = {name: value for name, value in told.items() if getattr(known, name) != value}
    if known.condition is Condition.RETIRED:
        if values:
            raise ItemGone
        return Outcome({})
    condition = facts.get("condition", known.condition)
    if condition is Condition.RETIRED:
        raise LeavesOnItsPage
    check_leaving(
        condition, since=facts.get("retired_on"), somewhere="destination" in facts, today=register.today
    )  # fmt: skip
    if values:
        check_details(ItemDetails(**{name: getattr(known, name) for name in DETAILS} | values), register.today)
    moved = _moved(facts, known, register)
    values |= _given(facts, known, moved, register)
    measured = _measured(facts, known)
    return Outcome(
        values | moved.values | measured.values, moved.events + measured.events, moved.kits,
        left=condition is not known.condition,
    )  # fmt: skip


def _moved(facts: Facts, known: Any, register: Register) -> Outcome:
    """Raises: UnknownKit, StillOut"""
    was = register.codes[known.kit_id]
    if "kit" not in facts or plain_code(facts["kit"]) == was:
        return Outcome({})
    shelf = register.shelf(facts)
    if shelf is None and known.kit_id is None:
        return Outcome({})
    if known.id in register.out:
        raise StillOut("kit_id")
    became = register.codes[shelf.id if shelf else None]
    values = {"kit_id": shelf.id, "structure_id": shelf.structure_id} if shelf else {"kit_id": None}
    touched = {known.kit_id, shelf.id if shelf else None} - {None}
    return Outcome(values, ((ItemEventKind.MOVED, was, became),), frozenset(touched))


def _given(facts: Facts, known: Any, moved: Outcome, register: Register) -> dict[str, Any]:
    """Whose a device in reserve becomes; in a kit it is whose the kit is.

    Raises:
        UnknownStructure
    """
    named = register.structure(facts)
    in_kit = moved.values.get("kit_id", known.kit_id) is not None
    return {} if "structure" not in facts or in_kit or named == known.structure_id else {"structure_id": named}


def _measured(facts: Facts, known: Any) -> Outcome:
    """Raises: BadCount"""
    percent = facts.get("battery_percent", known.battery_percent)
    if percent == known.battery_percent:
        return Outcome({})
    check_battery(percent)
    was = "" if known.battery_percent is None else str(known.battery_percent)
    return Outcome({"battery_percent": percent}, ((ItemEventKind.BATTERY, was, str(percent)),))
