"""What a racer does in one round: functions of a module, so that another process finds them."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from equipment.models import Condition, Reservation
from equipment.rules.handing import Checked
from equipment.rules.lending import Wish
from equipment.rules.refusals import KitTaken
from equipment.service import handing, lending
from foundation.db import db, in_transaction
from foundation.period import Period
from tests.cast import NOW
from tests.equipment.given import morning

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


Loan = tuple[int, tuple[int, ...], int]
"""Reservation, the devices of its kit, who hands it over or cancels it."""


def taken_back(stake: Loan, number: int) -> str:
    """Forty phones take one kit back, each from its own page."""
    return _handed(handing.take_back, stake, f"back {number}")


def the_same_return(stake: Loan, _number: int) -> str:
    """One page of a return, pressed forty times."""
    return _handed(handing.take_back, stake, "one page")


def handed_over_or_cancelled(stake: Loan, number: int) -> str:
    """Half of them hand the kit over, half of them cancel the loan."""
    if number % 2:
        return _handed(handing.hand_over, stake, f"out {number}")
    reservation_id, _items, actor_id = stake
    in_transaction(lambda: lending.cancel(reservation_id, db.session.get_one(Account, actor_id), now=NOW))
    return "cancelled"


def _handed(verb: Any, stake: Loan, key: str) -> str:
    reservation_id, items, actor_id = stake
    wanted = Checked(dict.fromkeys(items, Condition.WORKING), "Bruno Lacaze")
    made = in_transaction(
        lambda: verb(
            reservation_id, wanted, db.session.get_one(Account, actor_id), now=morning().start,
            request_key=f"{reservation_id} {key}",
        )
    )  # fmt: skip
    return str(made.id)
