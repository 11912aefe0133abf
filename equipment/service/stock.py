"""Stock-taking: begun, walked with one or several phones. Nothing changes in the register until it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Account
from equipment.models import Condition, Item, Kit, StockLine, StockPlace, StockTaking
from equipment.queries import items as item_queries
from equipment.queries import stock as queries
from equipment.rules.counting import (
    NoSuchStockTaking,
    check_found,
    check_on_list,
    check_open,
    check_turns_up,
)
from equipment.rules.keeping import NoSuchItem, check_sees_item, check_sees_kit, sees
from equipment.service import supplies
from equipment.service.locking import kit_in_use
from foundation import audit
from foundation.db import db


def begin(kit_id: int, actor: Account, *, now: datetime) -> StockTaking:
    """Begin to count a kit, or go on with what is open: there is one at a time, whoever began it.

    Raises:
        NoSuchKit
    """
    kit = _locked_kit(kit_id, actor)
    known = queries.open_of(kit.id)
    if known is not None:
        return known
    taking = StockTaking(kit_id=kit.id, begun_at=now, begun_by_id=actor.id)
    db.session.add(taking)
    db.session.flush()
    audit.record("stock_taking.opened", taking.reference, actor_id=actor.id, kit_id=kit.id)
    return taking


def press(taking_id: int, item_id: int, condition: Condition, actor: Account, *, now: datetime) -> StockLine:
    """Say how a unit on the list was found. The same again changes nothing; of two phones the later one counts.

    Raises:
        NoSuchStockTaking, CountedOut, NoSuchItem, NotOnTheList, NotAsFound
    """
    check_found(condition)
    taking = locked(taking_id, actor)
    check_open(taking)
    item = db.session.get(Item, item_id)
    if item is None:
        raise NoSuchItem
    line = db.session.get(StockLine, (taking.id, item.id))
    check_on_list(item, taking.kit_id, line.place if line else None)
    return write_down(taking, item, condition, actor, now)


def turn_up(taking_id: int, code: str, actor: Account, *, now: datetime) -> StockLine:
    """A unit was found in the kit by its label: one of the kit, or one that belongs elsewhere. It works, until said.

    What was said of it in this stock-taking stays, unless it was missing.

    Raises:
        NoSuchStockTaking, CountedOut, NoSuchItem, GoneForGood
    """
    taking = locked(taking_id, actor)
    check_open(taking)
    item = item_queries.by_code(code)
    if item is None:
        raise NoSuchItem
    check_sees_item(actor, item.structure_id)
    check_turns_up(item)
    line = db.session.get(StockLine, (taking.id, item.id))
    if line is not None and line.found is not Condition.MISSING:
        return line
    return write_down(taking, item, Condition.WORKING, actor, now)


def take_back(taking_id: int, item_id: int, actor: Account) -> None:
    """Nothing was said of this unit; one from elsewhere is not on the list any more.

    Raises:
        NoSuchStockTaking, CountedOut
    """
    taking = locked(taking_id, actor)
    check_open(taking)
    line = db.session.get(StockLine, (taking.id, item_id))
    if line is not None:
        db.session.delete(line)
        db.session.flush()


def count_supplies(taking_id: int, counts: Mapping[int, int], actor: Account) -> int:
    """Write how many there are of each supply, by its id, at once; returns how many were not as many as thought.

    Raises:
        NoSuchStockTaking, CountedOut, and as `equipment.service.supplies.count_supply`
    """
    taking = locked(taking_id, actor)
    check_open(taking)
    kit = _locked_kit(taking.kit_id, actor)
    db.session.refresh(kit, ["supplies"])
    changed = [one for one in kit.supplies if counts.get(one.id, one.count) != one.count]
    for one in changed:
        supplies.count_supply(kit.id, one.id, counts[one.id] - one.count, actor)
    return len(changed)


def locked(taking_id: int, actor: Account) -> StockTaking:
    """The stock-taking, locked until the end of the transaction, for whoever works with its kit.

    Raises:
        NoSuchStockTaking
    """
    taking = db.session.get(StockTaking, taking_id, with_for_update={"of": StockTaking}, populate_existing=True)
    if taking is None or not sees(actor, taking.kit.structure_id):
        raise NoSuchStockTaking
    return taking


def _locked_kit(kit_id: int, actor: Account) -> Kit:
    """Raises: NoSuchKit"""
    kit = kit_in_use(kit_id)
    check_sees_kit(actor, kit.structure_id)
    return kit


def write_down(taking: StockTaking, item: Item, condition: Condition, actor: Account, now: datetime) -> StockLine:
    """The line of a unit. The stock-taking is locked, and open."""
    line = db.session.get(StockLine, (taking.id, item.id))
    if line is None:
        here = item.kit_id == taking.kit_id
        line = StockLine(
            stock_taking_id=taking.id, item_id=item.id, place=StockPlace.HERE if here else StockPlace.ELSEWHERE,
            home_kit_id=None if here else item.kit_id,
        )  # fmt: skip
        db.session.add(line)
    elif line.found is condition:
        return line
    line.found, line.at, line.by_id = condition, now, actor.id
    db.session.flush()
    return line
