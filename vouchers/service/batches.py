"""Vouchers for everybody who may have one: asked for once, made a few hundred at a time by whoever comes by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from accounts.models import Account
from foundation import audit
from foundation.codes import new_code
from foundation.db import db, explain_constraint, table_of
from foundation.errors import Refused
from vouchers.models import (
    BatchState,
    Campaign,
    MovementKind,
    Share,
    Voucher,
    VoucherBatch,
    VoucherState,
)
from vouchers.queries import holders
from vouchers.rules.codes import VOUCHER_LENGTH
from vouchers.rules.eligibility import ActNeeded, Claim, Holder, PrescriberNeeded, check_eligible, check_issuing
from vouchers.rules.reach import check_works_on
from vouchers.rules.refusals import BudgetExhausted, NoSuchBatch, SentTwice
from vouchers.service.days import day_of
from vouchers.service.issuing import frozen, lock_cards
from vouchers.service.ledger import lines, locked_campaign, shift_budget

explain_constraint("uq_voucher_batch_request_key", SentTwice)
CHUNK = 500


def ask(
    campaign_id: int, claim: Claim, actor: Account, *, now: datetime, card_ids: Sequence[int] | None = None,
    request_key: str | None = None,
) -> VoucherBatch:  # fmt: skip
    """Ask for vouchers for all who may have one; `make_some` makes them. The same `request_key` asks once.

    Args:
        claim: the caller vouches that all these people did its act.
        card_ids: only these cards; None: all, which is refused where an act is needed.

    Raises:
        NoSuchCampaign, NotYourCampaign, CampaignNotOpen, CampaignIsOver, ActNeeded, PrescriberNeeded
    """
    campaign = locked_campaign(campaign_id)
    check_works_on(campaign, actor)
    if request_key and (already := db.session.scalar(select(VoucherBatch).filter_by(request_key=request_key))):
        return already
    check_issuing(campaign, day_of(now))
    if campaign.act_needed and (card_ids is None or claim.act != campaign.act_needed):
        raise ActNeeded
    if campaign.prescriber_needed and claim.prescribed_by_id is None:
        raise PrescriberNeeded
    wanted = holders.live_cards() if card_ids is None else len(set(card_ids))
    batch = VoucherBatch(
        request_key=request_key, campaign_id=campaign_id, wanted=wanted, asked_by_id=actor.id, asked_at=now,
        card_ids=None if card_ids is None else sorted(set(card_ids)), prescribed_by_id=claim.prescribed_by_id,
        act=claim.act,
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    audit.record("voucher_batch.asked", batch.reference, actor_id=actor.id, campaign_id=campaign_id)
    return batch


def make_some(batch_id: int, *, now: datetime, limit: int = CHUNK) -> VoucherBatch:
    """Look at the next cards of a batch and issue to those who may have one: call it, each time in a transaction of
    its own, until its state is no longer waiting. A process that dies leaves whole chunks, and another goes on.

    Raises:
        NoSuchBatch
    """
    campaign_id = db.session.scalar(select(VoucherBatch.campaign_id).where(VoucherBatch.id == batch_id))
    if campaign_id is None:
        raise NoSuchBatch
    campaign = locked_campaign(campaign_id)
    batch = db.session.get_one(VoucherBatch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state is not BatchState.WAITING:
        return batch
    try:
        check_issuing(campaign, day_of(now))
    except Refused as refused:
        return _ended(batch, BatchState.STOPPED, now, type(refused).__name__)
    found = holders.next_holders(campaign, batch.last_card_id, limit, batch.card_ids)
    if not found:
        return _ended(batch, BatchState.DONE, now)
    return _made(batch, campaign, found, now)


def _made(batch: VoucherBatch, campaign: Campaign, found: list[Holder], now: datetime) -> VoucherBatch:
    """Vouchers for those of `found` who may have one, as far as the budget goes."""
    lock_cards([one.card_id for one in found], campaign.share)
    chosen = _chosen(batch, campaign, found, now)
    affordable = chosen[: campaign.left_cents // campaign.face_cents]
    if affordable:
        shift_budget(campaign, committed=len(affordable) * campaign.face_cents)
        _write(batch, campaign, affordable, now)
    batch.made += len(affordable)
    if len(affordable) < len(chosen):
        missed = chosen[len(affordable)].card_id
        batch.skipped += sum(one.card_id < missed for one in found) - len(affordable)
        batch.last_card_id = missed - 1
        return _ended(batch, BatchState.STOPPED, now, BudgetExhausted.__name__)
    batch.skipped += len(found) - len(chosen)
    batch.last_card_id = found[-1].card_id
    db.session.flush()
    return batch


def _chosen(batch: VoucherBatch, campaign: Campaign, found: list[Holder], now: datetime) -> list[Holder]:
    """Who of `found` may have one; of a household that counts as one, the first."""
    today, claim = day_of(now), Claim(batch.prescribed_by_id, batch.act)
    had = holders.had_one(campaign, found, today)
    homes: set[str] = set()
    chosen = []
    for one in found:
        twice = campaign.share is Share.HOUSEHOLD and one.household in homes
        try:
            check_eligible(campaign, one, claim, today, had_one=twice or one.card_id in had)
        except Refused:
            continue
        chosen.append(one)
        homes.update({one.household} - {""})
    return chosen


def _write(batch: VoucherBatch, campaign: Campaign, chosen: Sequence[Holder], now: datetime) -> None:
    """The vouchers and their lines of the ledger. What was written is read again: on PostgreSQL the driver takes longer
    to prepare one insertion of five hundred rows that returns their ids than the database to make it.
    """
    usual: dict[str, Any] = {
        "campaign_id": campaign.id, "batch_id": batch.id, "state": VoucherState.ISSUED,
        "face_cents": campaign.face_cents, "left_cents": campaign.face_cents,
        "spent_cents": 0, "cancelled_cents": 0, "expired_cents": 0,
        "valid_until": campaign.ends_on, "issued_at": now, "issued_by_id": batch.asked_by_id,
        "prescribed_by_id": batch.prescribed_by_id, "act": batch.act,
    }  # fmt: skip
    rows = [usual | frozen(one, now) | {"code": code} for one, code in zip(chosen, _codes(len(chosen)), strict=True)]
    db.session.execute(_ISSUED, rows)
    ids = db.session.scalars(
        _OF_CHUNK, {"batch": batch.id, "first": chosen[0].card_id, "last": chosen[-1].card_id}
    ).all()
    amounts = [campaign.face_cents] * len(ids)
    lines(ids, campaign.id, MovementKind.ISSUED, amounts, now, batch.asked_by_id)


_ISSUED = insert(table_of(Voucher))
_OF_CHUNK = (
    select(Voucher.id)
    .where(Voucher.batch_id == bindparam("batch"), Voucher.card_id.between(bindparam("first"), bindparam("last")))
    .order_by(Voucher.id)
)


def _codes(count: int) -> list[str]:
    """So many codes that no voucher has; should another draw the same at once, the database refuses."""
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {new_code(length=VOUCHER_LENGTH) for _ in range(count - len(codes))}
        codes -= set(db.session.scalars(select(Voucher.code).where(Voucher.code.in_(codes))))
    return list(codes)


def _ended(batch: VoucherBatch, state: BatchState, now: datetime, why: str = "") -> VoucherBatch:
    batch.state, batch.ended_at, batch.stopped = state, now, why
    db.session.flush()
    audit.record("voucher_batch.ended", batch.reference, made=batch.made, state=state.value)
    return batch
