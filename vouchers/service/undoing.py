"""Payments undone: by the partner on the same day, by a manager later, by the room that sold something for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from foundation import audit
from foundation.db import db
from vouchers.models import Campaign, CardState, MovementKind, Redemption, Voucher
from vouchers.rules.reach import check_works_on, id_of
from vouchers.rules.refusals import NoSuchRedemption, UndoTooLate
from vouchers.rules.statements import after_stated
from vouchers.rules.states import GivenBack, check_reason, given_back, over_by
from vouchers.service import stock
from vouchers.service.days import day_of
from vouchers.service.ledger import line, locked_voucher, shift_budget, shift_voucher
from vouchers.service.partners import stated_until


def undo(
    redemption_id: int, reason: str, actor: Account | None, *, now: datetime, partner_id: int | None = None
) -> Redemption:
    """Give the money back to the voucher, or to the one that took its place; to the budget when that is over. Doing
    so again changes nothing.

    Args:
        actor: None for a resident or a job, through another room.
        partner_id: the partner who undoes what they took today; None: a manager, or the room that sold it.

    Raises:
        NoSuchRedemption, UndoTooLate, NotYourCampaign, ReasonMissing
    """
    why = check_reason(reason)
    whose = select(Redemption.voucher_id, Redemption.partner_id).where(Redemption.id == redemption_id)
    found = db.session.execute(whose).one_or_none()
    if found is None:
        raise NoSuchRedemption
    campaign, voucher, card = locked_voucher(found.voucher_id)
    stated = stated_until(found.partner_id) if found.partner_id is not None else None
    redemption = db.session.get_one(Redemption, redemption_id, populate_existing=True)
    _check_whose(redemption, campaign, actor, partner_id)
    if redemption.undone_at is not None:
        return redemption
    if partner_id is not None and day_of(now) != day_of(redemption.at):
        raise UndoTooLate
    at = max(after_stated(now, stated), redemption.at)
    redemption.undone_at, redemption.undone_by_id, redemption.undone_reason = at, id_of(actor), why
    db.session.flush()
    _give_back(campaign, voucher, card, redemption, at)
    stock.put_back(redemption.offer_id)
    audit.record("voucher.undone", voucher.reference, actor_id=id_of(actor), redemption_id=redemption.id)
    return redemption


def undo_acts(acts: Collection[str], reason: str, actor: Account | None, *, now: datetime) -> list[Redemption]:
    """Give back what was paid without partner for acts of another room, e.g. `registration:5`; what was given back
    already stays so. Campaigns and vouchers are locked in the order in which all verbs do.

    Raises:
        NotYourCampaign, ReasonMissing
    """
    paid = select(Redemption.id).where(
        Redemption.act.in_(acts), Redemption.partner_id.is_(None), Redemption.undone_at.is_(None)
    )
    ids = db.session.scalars(paid.join(Redemption.voucher).order_by(Voucher.campaign_id, Voucher.id)).all()
    return [undo(one, reason, actor, now=now) for one in ids]


def _check_whose(redemption: Redemption, campaign: Campaign, actor: Account | None, partner_id: int | None) -> None:
    """Raises: NoSuchRedemption, NotYourCampaign"""
    if partner_id is None:
        check_works_on(campaign, actor)
    elif redemption.partner_id != partner_id:
        raise NoSuchRedemption


def _give_back(campaign: Campaign, voucher: Voucher, card: CardState, redemption: Redemption, now: datetime) -> None:
    """Move the money and write its lines. What came to a voucher that was replaced is on the last of those that took
    its place; there, as on any other, a voucher that is over passes it on to the budget.
    """
    amount, taken_over = redemption.amount_cents, _taken_over_by(voucher)
    if not taken_over:
        over = over_by(campaign, voucher, card, day_of(now))
        move = given_back(voucher, amount, over, spent=voucher.spent_cents - amount)
        shift_budget(campaign, committed=move.left, spent=-amount)
        _moved(voucher, move, _first_use(voucher, redemption, [voucher.id]), spent=-amount)
        _told(voucher, MovementKind.UNDONE, amount, redemption, now)
        _told_over(voucher, move, redemption, now)
        return
    _campaign, last, card = locked_voucher(taken_over[-1], campaign.id)
    move = given_back(last, amount, over_by(campaign, last, card, day_of(now)), spent=last.spent_cents)
    shift_budget(campaign, committed=move.left, spent=-amount)
    passed_on = GivenBack(voucher.state, cancelled=amount)
    _moved(voucher, passed_on, _first_use(voucher, redemption, [voucher.id]), spent=-amount)
    _told(voucher, MovementKind.UNDONE, amount, redemption, now)
    _told(voucher, MovementKind.REPLACED, amount, redemption, now)
    _moved(last, move, _first_use(last, redemption, [voucher.id, *taken_over]), face=amount)
    _told(last, MovementKind.ISSUED, amount, redemption, now)
    _told_over(last, move, redemption, now)


def _taken_over_by(voucher: Voucher) -> list[int]:
    """The vouchers that took its place, one after the other."""
    found: list[int] = []
    after: int | None = voucher.id
    while after := db.session.scalar(select(Voucher.id).where(Voucher.replaces_id == after)):
        found.append(after)
    return found


def _first_use(voucher: Voucher, undone: Redemption, ids: Collection[int]) -> datetime | None:
    """When something was first taken of what a voucher stands for; never, when this payment was all that was."""
    first = voucher.first_used_at
    if first is None or first < undone.at:
        return first
    stands = select(Redemption.id).where(Redemption.voucher_id.in_(ids), Redemption.undone_at.is_(None)).limit(1)
    return first if db.session.scalar(stands) else None


def _moved(voucher: Voucher, move: GivenBack, first: datetime | None, *, spent: int = 0, face: int = 0) -> None:
    shift_voucher(
        voucher, move.state, left=move.left, spent=spent, cancelled=move.cancelled, expired=move.expired, face=face,
        first_used_at=first,
    )  # fmt: skip


def _told_over(voucher: Voucher, move: GivenBack, undone: Redemption, now: datetime) -> None:
    """Write what a voucher that is over passes on to the budget."""
    if move.cancelled:
        _told(voucher, MovementKind.CANCELLED, move.cancelled, undone, now)
    if move.expired:
        _told(voucher, MovementKind.EXPIRED, move.expired, undone, now)


def _told(voucher: Voucher, kind: MovementKind, amount: int, undone: Redemption, now: datetime) -> None:
    """Write one line; the counter of the partner is in that of the payment itself alone."""
    line(
        voucher, kind, amount, now, undone.undone_by_id, reason=undone.undone_reason, redemption_id=undone.id,
        partner_id=undone.partner_id if kind is MovementKind.UNDONE else None,
    )  # fmt: skip
