"""Whom to remind before the end: who was written to, and who has to be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, select
from sqlalchemy.orm import contains_eager

from foundation.db import db
from foundation.outbox.models import Message, MessageState
from people import queries as people
from people.models import Person
from vouchers.models import Campaign, CampaignState, Voucher
from vouchers.queries.holders import LIVE
from vouchers.rules.reminding import REMINDED_BEFORE, is_ending

PER_PAGE = 50
GONE = (MessageState.FAILED, MessageState.WITHDRAWN)


@dataclass(frozen=True)
class Counts:
    """Of those who still have something to spend: how many were written to, and how many have to be called."""

    told: int
    to_call: int


@dataclass(frozen=True)
class Reminded:
    """A voucher about to end, and when its person was written to."""

    voucher: Voucher
    told_at: datetime | None


def key_of(voucher: Voucher) -> str:
    """Of the one message about this last day of a voucher; given more time, it is told once more."""
    return f"{voucher.reference}:ending:{voucher.valid_until.isoformat()}"


_KEY = literal("voucher:") + cast(Voucher.id, String) + ":ending:" + cast(Voucher.valid_until, String)


def told() -> ColumnElement[bool]:
    """A condition on `Voucher`: a message about its last day left, or is about to."""
    return exists().where(Message.key == _KEY, Message.state.not_in(GONE))


def known() -> ColumnElement[bool]:
    """The same, or it left in vain."""
    return exists().where(Message.key == _KEY, Message.state != MessageState.WITHDRAWN)


def window_of(campaign: Campaign, today: date) -> bool:
    """Whether people are reminded of this campaign now."""
    return campaign.state is CampaignState.OPEN and is_ending(campaign.ends_on, today)


def _left() -> ColumnElement[bool]:
    return and_(Voucher.state.in_(LIVE), Voucher.left_cents > 0)


def counts(campaign: Campaign) -> Counts:
    query = select(func.count()).select_from(Voucher).where(Voucher.campaign_id == campaign.id, _left())
    told_ = db.session.scalar(query.where(told())) or 0
    return Counts(told_, (db.session.scalar(query) or 0) - told_)


def to_remind(campaign: Campaign, *, called: bool, page: int) -> list[Reminded]:
    """One page by name, and one more if there is another page.

    Args:
        called: those who have to be called; else those who were written to.
    """
    sent = select(Message.created_at).where(Message.key == _KEY).scalar_subquery()
    query = (
        select(Voucher, sent)
        .join(Voucher.person)
        .options(contains_eager(Voucher.person))
        .where(Voucher.campaign_id == campaign.id, _left(), ~told() if called else told())
        .order_by(Person.family_name, Person.given_name, Voucher.id)
    )
    rows = db.session.execute(query.offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1))
    return [Reminded(voucher, None if called else at) for voucher, at in rows]


def due(today: date) -> Sequence[Voucher]:
    """Vouchers about to end of which nothing was told yet, of people who may be written to."""
    query = (
        select(Voucher)
        .join(Voucher.person)
        .join(Voucher.campaign)
        .options(contains_eager(Voucher.person), contains_eager(Voucher.campaign))
        .where(
            Campaign.state == CampaignState.OPEN, _left(), Voucher.valid_until >= today,
            Voucher.valid_until <= today + REMINDED_BEFORE, people.may_be_reached(), ~known(),
        )
        .order_by(Voucher.id)
    )  # fmt: skip
    return db.session.scalars(query).all()
