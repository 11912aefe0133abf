"""What a racer does to the register in one round: functions of a module, so that another process finds them."""

from __future__ import annotations

from accounts.models import Account
from equipment.models import Condition
from equipment.rules.details import Leaving
from equipment.rules.lending import Wish
from equipment.service import kits, lending, reshaping, supplies
from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.equipment.given import morning


def retired_or_reserved(stake: tuple[int, int], number: int) -> str:
    """Half of them take the kit out of use, half of them reserve it."""
    kit_id, actor_id = stake

    def act() -> None:
        actor = db.session.get_one(Account, actor_id)
        if number % 2:
            kits.retire(kit_id, Leaving(), actor, now=NOW)
        else:
            lending.reserve(kit_id, morning(), Wish(), actor, now=NOW)

    in_transaction(act)
    return "retired" if number % 2 else "reserved"


def moved_or_looked_at(stake: tuple[int, int, int, int], number: int) -> str:
    """A device goes to and fro between two kits while others find it damaged."""
    item_id, one_id, other_id, actor_id = stake

    def act() -> None:
        actor = db.session.get_one(Account, actor_id)
        if number % 3:
            reshaping.move(item_id, one_id if number % 2 else other_id, actor, now=NOW)
        else:
            reshaping.found(item_id, Condition.DAMAGED, actor, now=NOW, note=f"{number}")

    in_transaction(act)
    return "done"


def counted(stake: tuple[int, int, int], _number: int) -> str:
    """One more of what is counted."""
    kit_id, supply_id, actor_id = stake
    in_transaction(lambda: supplies.count_supply(kit_id, supply_id, 1, db.session.get_one(Account, actor_id)))
    return "counted"
