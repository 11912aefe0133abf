"""Payments undone: by the partner on the same day, by a manager later, by the room that sold something for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from foundation import audit
from foundation.db import db
from vouchers.models import Campaign, MovementKind, Redemption, Voucher
from vouchers.rules.reach import check_works_on, id_of
from vouchers.rules.refusals import NoSuchRedemption, UndoTooLate
from vouchers.rules.statements import after_stated
from vouchers.rules.states import check_reason, given_back, is_overdue
from vouchers.service import stock
from vouchers.service.days import day_of
from vouchers.service.ledger import line, locked_voucher, shift_budget, shift_voucher
from vouchers.service.partners import stated_until


def undo(
    redemption_id: int, reason: str, actor: Account | None, *, now: datetime, partner_id: int | None = None
) -> Redemption:
    """Give the money back to the voucher, or to the budget when the voucher is over. Doing so again changes nothing.

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
    campaign, voucher, _card = locked_voucher(found.voucher_id)
    stated = stated_until(found.partner_id) if found.partner_id is not None else None
    redemption = db.session.get_one(Redemption, redemption_id, populate_existing=True)
    _check_whose(redemption, campaign, actor, partner_id)
    if redemption.undone_at is not None:
        return redemption
    if partner_id is not None and day_of(now) != day_of(redemption.at):
        raise UndoTooLate
    at = max(after_stated(now, stated), redemption.at)
    redemption.undone_at, redemption.undone_by_id, redemption.undone_reason = at, id_of(actor), why
    _give_back(campaign, voucher, redemption, at)
    stock.put_back(redemption.offer_id)
    audit.record("voucher.undone", voucher.reference, actor_id=id_of(actor), redemption_id=redemption.id)
    return redemption


def undo_act(act: str, reason: str, actor: Account | None, *, now: datetime) -> list[Redemption]:
    """Give back what was paid without partner for an act of another room, e.g. `registration:5`; what was given back
    already stays so.

    Raises:
        NotYourCampaign, ReasonMissing
    """
    return undo_acts([act], reason, actor, now=now)


def undo_acts(acts: Collection[str], reason: str, actor: Account | None, *, now: datetime) -> list[Redemption]:
    """The same for several acts at once: campaigns and vouchers are locked in the order in which all verbs do.

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


def _give_back(campaign: Campaign, voucher: Voucher, redemption: Redemption, now: datetime) -> None:
    """Move the money and write its lines; a voucher that is over passes it on to the budget."""
    amount, overdue = redemption.amount_cents, is_overdue(campaign, voucher, day_of(now))
    move = given_back(voucher, amount, overdue=overdue)
    first = voucher.first_used_at
    if voucher.spent_cents == amount and first is not None and first >= redemption.at:
        first = None
    shift_budget(campaign, committed=move.left, spent=-amount)
    shift_voucher(
        voucher, move.state, left=move.left, spent=-amount, cancelled=move.cancelled, expired=move.expired,
        first_used_at=first,
    )  # fmt: skip
    db.session.flush()
    line(
        voucher, MovementKind.UNDONE, amount, now, redemption.undone_by_id, reason=redemption.undone_reason,
        partner_id=redemption.partner_id, redemption_id=redemption.id,
    )  # fmt: skip
    if move.cancelled:
        line(voucher, MovementKind.CANCELLED, move.cancelled, now, redemption.undone_by_id)
    if move.expired:
        line(voucher, MovementKind.EXPIRED, move.expired, now, redemption.undone_by_id)
