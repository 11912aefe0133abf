"""What a racer does in one round: functions of a module, so that another process finds them."""

from __future__ import annotations

from accounts.models import Account
from equipment.models import Reservation
from equipment.rules.lending import Wish
from equipment.rules.refusals import KitTaken
from equipment.service import lending
from foundation.db import db, in_transaction
from foundation.period import Period
from tests.cast import NOW

Stake = tuple[int, Period, int, int]
"""Kit, time, who reserves, and another kit that is free then."""


def one(stake: Stake, number: int) -> str:
    """Reserve the kit; who comes too late has to be offered the other one."""
    kit_id, period, actor_id, other_id = stake
    try:
        in_transaction(lambda: _reserve(kit_id, period, actor_id, f"{kit_id}:{period.start}:{number}"))
    except KitTaken as refused:
        return "offered" if [kit.id for kit in refused.alternatives] == [other_id] else "KitTaken"
    return "reserved"


def the_same(stake: Stake, _number: int) -> str:
    """One page, sent by everybody at once."""
    kit_id, period, actor_id, _other = stake
    made = in_transaction(lambda: _reserve(kit_id, period, actor_id, f"{kit_id}:{period.start}"))
    return str(made.id)


def _reserve(kit_id: int, period: Period, actor_id: int, key: str) -> Reservation:
    actor = db.session.get_one(Account, actor_id)
    return lending.reserve(kit_id, period, Wish(), actor, now=NOW, request_key=key)
