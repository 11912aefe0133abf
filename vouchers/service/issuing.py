"""Vouchers are issued one by one, and handed over to their person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, or_, select

from accounts.models import Account
from activity.rules.ages import age_band
from foundation import audit
from foundation.codes import free_code
from foundation.db import db, explain_constraint
from people import service as people
from vouchers.models import Campaign, Card, HandedOver, MovementKind, Share, Voucher, VoucherState
from vouchers.queries import holders
from vouchers.rules.cards import NoSuchCard
from vouchers.rules.codes import VOUCHER_LENGTH
from vouchers.rules.eligibility import Claim, Holder, check_eligible, check_issuing
from vouchers.rules.reach import check_works_on, id_of
from vouchers.rules.refusals import BudgetExhausted, SentTwice
from vouchers.rules.states import check_card, check_live
from vouchers.service.days import day_of
from vouchers.service.ledger import line, locked_campaign, locked_voucher, shift_budget

explain_constraint("uq_voucher_request_key", SentTwice)


def issue(
    campaign_id: int, card_id: int, claim: Claim, actor: Account | None, *, now: datetime,
    request_key: str | None = None,
) -> Voucher:  # fmt: skip
    """Issue one voucher to whoever has the card. The same `request_key` issues once.

    Raises:
        BudgetExhausted, NoSuchCampaign, NoSuchCard, NotYourCampaign, SentTwice, and what `check_issuing` and
        `check_eligible` refuse
    """
    campaign = locked_campaign(campaign_id)
    check_works_on(campaign, actor)
    if already := _issued_with(request_key):
        return _the_same(already, campaign_id, card_id)
    today = day_of(now)
    check_issuing(campaign, today)
    if campaign.left_cents < campaign.face_cents:
        raise BudgetExhausted
    lock_cards([card_id], campaign.share)
    holder = holders.holder(card_id, campaign)
    if holder is None:
        raise NoSuchCard
    had_one = bool(holders.had_one(campaign, [holder], today))
    check_eligible(campaign, holder, claim, today, had_one=had_one)
    shift_budget(campaign, committed=campaign.face_cents)
    voucher = _written(campaign, holder, claim, now, id_of(actor))
    voucher.request_key = request_key
    db.session.add(voucher)
    db.session.flush()
    line(voucher, MovementKind.ISSUED, voucher.face_cents, now, id_of(actor))
    audit.record("voucher.issued", voucher.reference, actor_id=id_of(actor), campaign_id=campaign_id)
    return voucher


def hand_over(voucher_id: int, how: HandedOver, actor: Account, *, now: datetime) -> Voucher:
    """Note that the person has it now: only then can it be spent. Doing so again changes nothing.

    Raises:
        NoSuchVoucher, NotYourCampaign, NotLive, CardWaits
    """
    campaign, voucher, card = locked_voucher(voucher_id)
    check_works_on(campaign, actor)
    check_live(voucher.state)
    if voucher.handed_over_at is not None:
        return voucher
    check_card(card)
    voucher.state, voucher.handed_over_how = VoucherState.HANDED_OVER, how
    voucher.handed_over_at, voucher.handed_over_by_id = now, actor.id
    db.session.flush()
    line(voucher, MovementKind.HANDED_OVER, 0, now, actor.id, reason=how.value)
    audit.record("voucher.handed_over", voucher.reference, actor_id=actor.id, how=how.value)
    people.touch(voucher.person_id, now)
    return voucher


def lock_cards(card_ids: list[int], share: Share) -> None:
    """Lock these cards, and where households count those of their households too: nobody is helped twice at once."""
    wanted: ColumnElement[bool] = Card.id.in_(card_ids)
    if share is Share.HOUSEHOLD:
        homes = select(Card.household_key).where(Card.id.in_(card_ids), Card.household_key != "")
        wanted = or_(wanted, Card.household_key.in_(homes))
    db.session.execute(select(Card.id).where(wanted).order_by(Card.id).with_for_update(key_share=True))


def frozen(holder: Holder, now: datetime) -> dict[str, object]:
    """What a voucher keeps of its person, as it is on the day."""
    return {
        "card_id": holder.card_id,
        "person_id": holder.person_id,
        "category_id": holder.category_id,
        "age_band": age_band(holder.birth_year, day_of(now)),
        "residence": holder.residence,
        "neighbourhood_id": holder.neighbourhood_id,
    }


def _written(campaign: Campaign, holder: Holder, claim: Claim, now: datetime, actor_id: int | None) -> Voucher:
    return Voucher(
        code=free_code(Voucher.code, VOUCHER_LENGTH), campaign_id=campaign.id, face_cents=campaign.face_cents,
        left_cents=campaign.face_cents, valid_until=campaign.ends_on, issued_at=now, issued_by_id=actor_id,
        prescribed_by_id=claim.prescribed_by_id, act=claim.act, state=VoucherState.ISSUED, **frozen(holder, now),
    )  # fmt: skip


def _issued_with(request_key: str | None) -> Voucher | None:
    return db.session.scalar(_ISSUED_WITH, {"request_key": request_key}) if request_key else None


_ISSUED_WITH = select(Voucher).where(Voucher.request_key == bindparam("request_key"))


def _the_same(voucher: Voucher, campaign_id: int, card_id: int) -> Voucher:
    """Raises: SentTwice"""
    if (voucher.campaign_id, voucher.card_id) != (campaign_id, card_id):
        raise SentTwice
    return voucher
