"""Whom to remind before the end: who was written to, and who has to be called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, select
from sqlalchemy.orm import contains_eager

from accounts.models import Account
from foundation.db import db
from foundation.outbox.models import Message, MessageState
from people import queries as people
from people.models import Person
from vouchers.models import Campaign, CampaignState, Voucher, VoucherCall
from vouchers.queries.holders import LIVE
from vouchers.rules.reminding import REMINDED_BEFORE, is_ending

PER_PAGE = 50
GONE = (MessageState.FAILED, MessageState.WITHDRAWN)


@dataclass(frozen=True)
class Counts:
    """Of those who still have something to spend: how many were written to, were called, or have to be."""

    told: int
    called: int
    to_call: int


class Way(StrEnum):
    """The lists of a campaign: whom to call, whom somebody called, who was written to. The words stand in addresses."""

    TO_CALL = "a-appeler"
    CALLED = "appeles"
    TOLD = "prevenus"


@dataclass(frozen=True)
class Reminded:
    """A voucher about to end, when its person was written to or called, and by whom they were called."""

    voucher: Voucher
    told_at: datetime | None
    caller: str | None


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


def called() -> ColumnElement[bool]:
    """A condition on `Voucher`: somebody told its person of its last day by telephone."""
    same = VoucherCall.voucher_id == Voucher.id, VoucherCall.last_day == Voucher.valid_until
    return exists().where(*same).correlate(Voucher)


def on_list(way: Way) -> ColumnElement[bool]:
    """A condition on `Voucher`: it stands on this list. A message that left counts more than a call."""
    return {Way.TOLD: told(), Way.CALLED: and_(~told(), called()), Way.TO_CALL: and_(~told(), ~called())}[way]


def window_of(campaign: Campaign, today: date) -> bool:
    """Whether people are reminded of this campaign now."""
    return campaign.state is CampaignState.OPEN and is_ending(campaign.ends_on, today)


def _left() -> ColumnElement[bool]:
    return and_(Voucher.state.in_(LIVE), Voucher.left_cents > 0)


def counts(campaign: Campaign) -> Counts:
    query = select(func.count()).select_from(Voucher).where(Voucher.campaign_id == campaign.id, _left())
    told_, called_ = (db.session.scalar(query.where(on_list(way))) or 0 for way in (Way.TOLD, Way.CALLED))
    return Counts(told_, called_, (db.session.scalar(query) or 0) - told_ - called_)


def to_remind(campaign: Campaign, way: Way, *, page: int) -> list[Reminded]:
    """One page by name of one of the lists, and one more if there is another page."""
    sent = select(Message.created_at).where(Message.key == _KEY).scalar_subquery()
    query = (
        select(Voucher, sent if way is Way.TOLD else VoucherCall.at, Account.name)
        .join(Voucher.person)
        .outerjoin(VoucherCall, and_(VoucherCall.voucher_id == Voucher.id, VoucherCall.last_day == Voucher.valid_until))
        .outerjoin(Account, Account.id == VoucherCall.by_id)
        .options(contains_eager(Voucher.person))
        .where(Voucher.campaign_id == campaign.id, _left(), on_list(way))
        .order_by(Person.family_name, Person.given_name, Voucher.id)
    )
    rows = db.session.execute(query.offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1))
    return [Reminded(*row) for row in rows]


def to_be_called(campaign_id: int, voucher_ids: Collection[int]) -> Sequence[Voucher]:
    """Those of these vouchers that are on the list of a campaign of whom to call, locked in ascending order."""
    query = select(Voucher).where(Voucher.campaign_id == campaign_id, Voucher.id.in_(voucher_ids))
    locked = query.order_by(Voucher.id).with_for_update(key_share=True)
    ids = [one.id for one in db.session.scalars(locked)]
    still = select(Voucher).where(Voucher.id.in_(ids), _left(), on_list(Way.TO_CALL)).order_by(Voucher.id)
    return db.session.scalars(still).all()


def due(today: date) -> Sequence[Voucher]:
    """Vouchers about to end of which nothing was told yet, not by telephone either, of people who may be written to."""
    query = (
        select(Voucher)
        .join(Voucher.person)
        .join(Voucher.campaign)
        .options(contains_eager(Voucher.person), contains_eager(Voucher.campaign))
        .where(
            Campaign.state == CampaignState.OPEN, _left(), Voucher.valid_until >= today,
            Voucher.valid_until <= today + REMINDED_BEFORE, people.may_be_reached(), ~known(), ~called(),
        )
        .order_by(Voucher.id)
    )  # fmt: skip
    return db.session.scalars(query).all()
