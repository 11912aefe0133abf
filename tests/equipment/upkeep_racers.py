"""What a racer does with incidents and upkeep in one round."""

from __future__ import annotations

from accounts.models import Account
from equipment.models import Condition
from equipment.rules.lending import Wish
from equipment.service import incidents, lending, maintenance
from foundation.db import db, in_transaction
from foundation.period import Period
from tests.cast import NOW

Device = tuple[int, int, int]
"""Kit, device, who reports it."""


def reports(stake: Device, number: int) -> str:
    """Everybody sees it at once, and each writes something else."""
    kit_id, item_id, actor_id = stake
    made = in_transaction(
        lambda: incidents.open_incident(
            kit_id, Condition.DAMAGED, f"Vu par {number}.", _account(actor_id), now=NOW, item_id=item_id
        )
    )
    return str(made.id)


def settles(stake: tuple[int, int], number: int) -> str:
    """Everybody settles it, each in their own words."""
    incident_id, actor_id = stake
    in_transaction(
        lambda: incidents.close(
            incident_id, f"Réparé par {number}.", _account(actor_id), now=NOW, became=Condition.WORKING
        )
    )
    return "settled"


def keeps_back_or_reserves(stake: tuple[int, Period, int], number: int) -> str:
    """Half of them want the kit for its upkeep, half of them to lend it."""
    kit_id, period, actor_id = stake
    if number % 2:
        in_transaction(lambda: maintenance.plan(kit_id, period, f"Charge {number}", _account(actor_id), now=NOW))
    else:
        in_transaction(lambda: lending.reserve(kit_id, period, Wish(), _account(actor_id), now=NOW))
    return "got it"


def _account(actor_id: int) -> Account:
    return db.session.get_one(Account, actor_id)
