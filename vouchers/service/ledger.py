"""Where money moves: one conditional update of the campaign, one of the voucher, one line of the ledger.

Whoever moves money locks the campaign first, then cards, then vouchers, each in ascending id. The updates are
conditional all the same, and the CHECKs of the tables are the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, bindparam, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from foundation.db import db, explain_constraint, table_of
from vouchers.models import Campaign, Card, CardState, MovementKind, Voucher, VoucherMovement, VoucherState
from vouchers.rules.refusals import BudgetExhausted, ChangedMeanwhile, NoSuchCampaign, NoSuchVoucher

explain_constraint("ck_campaign_within_budget", BudgetExhausted)
explain_constraint("ck_voucher_balance", ChangedMeanwhile)

AMOUNTS = ("left_cents", "spent_cents", "cancelled_cents", "expired_cents")


def locked_campaign(campaign_id: int) -> Campaign:
    """The campaign, locked until the end of the transaction.

    Raises:
        NoSuchCampaign
    """
    found = db.session.scalar(_CAMPAIGN, {"id": campaign_id}, execution_options={"populate_existing": True})
    if found is None:
        raise NoSuchCampaign
    return found


_CAMPAIGN = select(Campaign).where(Campaign.id == bindparam("id")).with_for_update(key_share=True)


def locked_voucher(voucher_id: int, campaign_id: int | None = None) -> tuple[Campaign, Voucher, CardState]:
    """A voucher with its campaign, both locked in this order, and the state of the card that it is on.

    Args:
        campaign_id: that of the voucher, where it is known already: it never changes.

    Raises:
        NoSuchVoucher
    """
    if campaign_id is None:
        campaign_id = db.session.scalar(_CAMPAIGN_OF, {"id": voucher_id})
    if campaign_id is None:
        raise NoSuchVoucher
    campaign = locked_campaign(campaign_id)
    voucher, card = db.session.execute(
        _VOUCHER, {"id": voucher_id}, execution_options={"populate_existing": True}
    ).one()  # fmt: skip
    return campaign, voucher, card


_CAMPAIGN_OF = select(Voucher.campaign_id).where(Voucher.id == bindparam("id"))
_VOUCHER = (
    select(Voucher, Card.state)
    .join(Card, Card.id == Voucher.card_id)
    .where(Voucher.id == bindparam("id"))
    .with_for_update(key_share=True, of=Voucher)
)


def shift_budget(campaign: Campaign, *, committed: int = 0, spent: int = 0) -> None:
    """Move cents between what is left, committed and spent of a locked campaign.

    Raises:
        BudgetExhausted: no such sum is left.
    """
    if not _changed(_BUDGET, {"of": campaign.id, "more_committed": committed, "more_spent": spent}):
        raise BudgetExhausted
    set_committed_value(campaign, "committed_cents", campaign.committed_cents + committed)
    set_committed_value(campaign, "spent_cents", campaign.spent_cents + spent)


_campaign = table_of(Campaign)
_COMMITTED = _campaign.c.committed_cents + bindparam("more_committed")
_SPENT = _campaign.c.spent_cents + bindparam("more_spent")
_BUDGET = (
    update(_campaign)
    .where(
        _campaign.c.id == bindparam("of"), _COMMITTED >= 0, _SPENT >= 0, _campaign.c.budget_cents >= _COMMITTED + _SPENT
    )
    .values(committed_cents=_COMMITTED, spent_cents=_SPENT)
)


def shift_voucher(
    voucher: Voucher, state: VoucherState, *, left: int = 0, spent: int = 0, cancelled: int = 0, expired: int = 0,
    first_used_at: datetime | None, face: int = 0,
) -> None:  # fmt: skip
    """Move cents within a locked voucher, if it still is as it was read.

    Args:
        face: what comes to it from the one that it replaces.

    Raises:
        ChangedMeanwhile
    """
    moves = dict(zip(AMOUNTS, (left, spent, cancelled, expired), strict=True))
    now = {name: getattr(voucher, name) + move for name, move in moves.items()}
    was = {f"was_{name}": getattr(voucher, name) for name in AMOUNTS}
    now |= {"state": state, "first_used_at": first_used_at, "face_cents": voucher.face_cents + face}
    if not _changed(_AMOUNTS, {"of": voucher.id, "was_state": voucher.state, **was, **now}):
        raise ChangedMeanwhile
    for name, value in now.items():
        set_committed_value(voucher, name, value)


_voucher = table_of(Voucher)
_AMOUNTS = (
    update(_voucher)
    .where(
        _voucher.c.id == bindparam("of"), _voucher.c.state == bindparam("was_state"),
        *(_voucher.c[name] == bindparam(f"was_{name}") for name in AMOUNTS),
    )
    .values({name: bindparam(name) for name in (*AMOUNTS, "state", "first_used_at", "face_cents")})
)  # fmt: skip


def _changed(statement: Update, given: dict[str, Any]) -> bool:
    return cast(CursorResult[Any], db.session.execute(statement, given)).rowcount == 1


def line(
    voucher: Voucher, kind: MovementKind, amount: int, now: datetime, actor_id: int | None, *, reason: str = "",
    partner_id: int | None = None, redemption_id: int | None = None,
) -> None:  # fmt: skip
    """Append one line of the ledger."""
    lines([voucher.id], voucher.campaign_id, kind, [amount], now, actor_id, reason=reason,
          partner_id=partner_id, redemption_id=redemption_id)  # fmt: skip


def lines(
    voucher_ids: Sequence[int], campaign_id: int, kind: MovementKind, amounts: Sequence[int], now: datetime,
    actor_id: int | None, **more: Any,
) -> None:  # fmt: skip
    """Append one line for each of these vouchers of one campaign."""
    usual = {"campaign_id": campaign_id, "kind": kind, "at": now, "actor_id": actor_id, "reason": ""} | more
    rows = [
        usual | {"voucher_id": voucher_id, "amount_cents": amount}
        for voucher_id, amount in zip(voucher_ids, amounts, strict=True)
    ]
    db.session.execute(_LINES, rows)


_LINES = insert(table_of(VoucherMovement))
