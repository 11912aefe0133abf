"""Vouchers that are cancelled, replaced, given more time, or expire; what is not used goes back to the budget."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from accounts.models import Account
from foundation import audit
from foundation.codes import free_code
from foundation.db import db, rows_changed
from vouchers.models import Campaign, CampaignState, MovementKind, Voucher, VoucherState
from vouchers.queries.holders import LIVE
from vouchers.rules.codes import VOUCHER_LENGTH
from vouchers.rules.reach import check_works_on, id_of
from vouchers.rules.refusals import ChangedMeanwhile
from vouchers.rules.states import check_extension, check_live, check_reason
from vouchers.service.days import day_of
from vouchers.service.ledger import line, lines, locked_campaign, locked_voucher, shift_budget, shift_voucher

CHUNK = 500


def cancel(voucher_id: int, reason: str, actor: Account | None, *, now: datetime) -> Voucher:
    """Cancel what is left of a voucher: it goes back to the budget. Doing so again changes nothing.

    Args:
        actor: None when its person is forgotten.

    Raises:
        NoSuchVoucher, NotYourCampaign, NotLive, ReasonMissing
    """
    why = check_reason(reason)
    campaign, voucher, _card = locked_voucher(voucher_id)
    check_works_on(campaign, actor)
    if voucher.state is VoucherState.CANCELLED:
        return voucher
    check_live(voucher.state)
    _cancel(campaign, voucher, why, actor, now)
    return voucher


def lock_campaigns_on(card_id: int) -> set[int]:
    """Lock the campaigns of all vouchers on a card that is about to end: no payment is undone meanwhile."""
    query = select(Voucher.campaign_id).where(Voucher.card_id == card_id).distinct().order_by(Voucher.campaign_id)
    return {locked_campaign(campaign_id).id for campaign_id in db.session.scalars(query).all()}


def cancel_on(
    card_id: int, why: str, actor: Account, campaign_ids: Collection[int], *, now: datetime
) -> None:  # fmt: skip
    """Cancel all that is left on a card that has just ended, locked since.

    Args:
        campaign_ids: those that were locked before the card.

    Raises:
        ChangedMeanwhile: a voucher of yet another campaign came to it.
    """
    left = select(Voucher.id, Voucher.campaign_id).where(Voucher.card_id == card_id, Voucher.state.in_(LIVE))
    for row in db.session.execute(left.order_by(Voucher.id)).all():
        if row.campaign_id not in campaign_ids:
            raise ChangedMeanwhile
        campaign, voucher, _card = locked_voucher(row.id, row.campaign_id)
        _cancel(campaign, voucher, why, actor, now)


def replace(voucher_id: int, reason: str, actor: Account, *, now: datetime) -> Voucher:
    """A new voucher, with a new code, for what is left of a lost one, whose code is dead. Doing so again for the
    same lost one gives the same new one. It has to be handed over.

    Raises:
        NoSuchVoucher, NotYourCampaign, NotLive, ReasonMissing
    """
    why = check_reason(reason)
    campaign, lost, _card = locked_voucher(voucher_id)
    check_works_on(campaign, actor)
    if already := db.session.scalar(select(Voucher).where(Voucher.replaces_id == lost.id)):
        return already
    check_live(lost.state)
    left = lost.left_cents
    _end(lost, left)
    line(lost, MovementKind.REPLACED, left, now, actor.id, reason=why)
    voucher = _successor(lost, left, now, actor.id)
    db.session.add(voucher)
    db.session.flush()
    line(voucher, MovementKind.ISSUED, left, now, actor.id)
    audit.record("voucher.replaced", lost.reference, actor_id=actor.id, by_id=voucher.id)
    return voucher


def extend(voucher_id: int, until: date, reason: str, actor: Account, *, now: datetime) -> Voucher:
    """Give one voucher more time.

    Raises:
        NoSuchVoucher, NotYourCampaign, NotLive, NotLonger, ReasonMissing
    """
    why = check_reason(reason)
    campaign, voucher, _card = locked_voucher(voucher_id)
    check_works_on(campaign, actor)
    check_extension(voucher, campaign, until)
    voucher.valid_until = until
    db.session.flush()
    line(voucher, MovementKind.EXTENDED, 0, now, actor.id, reason=why)
    audit.record("voucher.extended", voucher.reference, actor_id=actor.id, until=until.isoformat())
    return voucher


def expire(*, now: datetime, limit: int = CHUNK) -> int:
    """Let vouchers expire whose last day and tolerance have passed, of one campaign at a time: call it, each time in
    a transaction of its own, until it gives back 0. How many expired.
    """
    today = day_of(now)
    for campaign_id, tolerance in db.session.execute(_NOT_CLOSED).all():
        due = select(Voucher.id).where(
            Voucher.campaign_id == campaign_id, Voucher.state.in_(LIVE),
            Voucher.valid_until < today - timedelta(days=tolerance),
        )  # fmt: skip
        if db.session.scalar(due.limit(1)) is None:
            continue
        campaign = locked_campaign(campaign_id)
        rows = db.session.execute(
            due.add_columns(Voucher.left_cents).order_by(Voucher.id).limit(limit).with_for_update(key_share=True)
        ).all()
        if rows:
            _expire(campaign, {row.id: row.left_cents for row in rows}, now)
            return len(rows)
    return 0


_NOT_CLOSED = (
    select(Campaign.id, Campaign.tolerance_days).where(Campaign.state == CampaignState.OPEN).order_by(Campaign.id)
)


def _expire(campaign: Campaign, left: dict[int, int], now: datetime) -> None:
    """Raises: ChangedMeanwhile"""
    shift_budget(campaign, committed=-sum(left.values()))
    change = (
        update(Voucher)
        .where(Voucher.id.in_(left), Voucher.state.in_(LIVE))
        .values(
            state=VoucherState.EXPIRED, expired_cents=Voucher.expired_cents + Voucher.left_cents,
            left_cents=0,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if rows_changed(change) != len(left):
        raise ChangedMeanwhile
    lines(list(left), campaign.id, MovementKind.EXPIRED, list(left.values()), now, None)
    audit.record("vouchers.expired", campaign.reference, count=len(left), cents=sum(left.values()))


def _cancel(campaign: Campaign, voucher: Voucher, why: str, actor: Account | None, now: datetime) -> None:
    left = voucher.left_cents
    shift_budget(campaign, committed=-left)
    _end(voucher, left)
    line(voucher, MovementKind.CANCELLED, left, now, id_of(actor), reason=why)
    audit.record("voucher.cancelled", voucher.reference, actor_id=id_of(actor), cents=left)


def _end(voucher: Voucher, left: int) -> None:
    shift_voucher(
        voucher, VoucherState.CANCELLED, left=-left, cancelled=left, first_used_at=voucher.first_used_at
    )  # fmt: skip


def _successor(lost: Voucher, left: int, now: datetime, actor_id: int) -> Voucher:
    """As the lost one was when it was issued, and for as long."""
    same = (
        "campaign_id", "card_id", "person_id", "batch_id", "valid_until", "prescribed_by_id", "act", "first_used_at",
        "category_id", "age_band", "residence", "neighbourhood_id",
    )  # fmt: skip
    return Voucher(
        code=free_code(Voucher.code, VOUCHER_LENGTH), state=VoucherState.ISSUED, face_cents=left, left_cents=left,
        issued_at=now, issued_by_id=actor_id, replaces_id=lost.id, **{name: getattr(lost, name) for name in same},
    )  # fmt: skip
