"""Devices three months later: who is to be asked, who has not answered, and what the answers come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Account
from foundation import clock
from foundation.db import db
from foundation.period import at_wall_time
from people.queries import may_be_reached
from vouchers.models import FollowUp, FollowUpAnswer, Redemption, Voucher
from vouchers.queries.campaigns import within
from vouchers.rules.follow_ups import NoSuchFollowUp, asked_about

PER_PAGE = 50


def due(today: date, limit: int) -> Sequence[Redemption]:
    """Devices bought three months ago of which nobody was asked yet, the oldest first."""
    first, last = asked_about(today)
    zone = clock.territory_zone()
    begins, ends = (at_wall_time(day, time(), zone) for day in (first, last + timedelta(days=1)))
    known = exists().where(FollowUp.redemption_id == Redemption.id)
    query = (
        select(Redemption)
        .options(joinedload(Redemption.voucher, innerjoin=True).joinedload(Voucher.person, innerjoin=True))
        .where(
            Redemption.device_kind.is_not(None), Redemption.undone_at.is_(None), Redemption.at >= begins,
            Redemption.at < ends, ~known,
        )
        .order_by(Redemption.id)
        .limit(limit)
    )  # fmt: skip
    return db.session.scalars(query).all()


def unwritten(today: date) -> Sequence[FollowUp]:
    """Questions nobody answered that went out by no message, of those who may be reached by now; the oldest first."""
    zone = clock.territory_zone()
    begins = at_wall_time(asked_about(today)[0], time(), zone)
    voucher = contains_eager(FollowUp.redemption).contains_eager(Redemption.voucher)
    query = (
        select(FollowUp)
        .join(FollowUp.redemption)
        .join(Redemption.voucher)
        .join(Voucher.person)
        .options(voucher.contains_eager(Voucher.person))
        .where(
            FollowUp.answer.is_(None), FollowUp.asked_at.is_(None), Redemption.undone_at.is_(None),
            Redemption.at >= begins, may_be_reached(),
        )
        .order_by(FollowUp.id)
    )  # fmt: skip
    return db.session.scalars(query).all()


def unanswered(viewer: Account, *, page: int, person_id: int | None = None) -> Sequence[FollowUp]:
    """One page, those whom no message reached first, then the oldest; and one more if there is another page.

    Args:
        person_id: only of this resident.
    """
    query = _of(viewer, person_id).where(FollowUp.answer.is_(None))
    return _page(query.order_by(FollowUp.asked_at.is_not(None), FollowUp.due_on, FollowUp.id), page)


def answered_ones(viewer: Account, *, page: int, person_id: int | None = None) -> Sequence[FollowUp]:
    """One page of those that were answered, the last first; and one more if there is another page."""
    query = _of(viewer, person_id).where(FollowUp.answer.is_not(None)).options(joinedload(FollowUp.answered_by))
    return _page(query.order_by(FollowUp.answered_at.desc(), FollowUp.id.desc()), page)


def _of(viewer: Account, person_id: int | None) -> Select[FollowUp]:
    query = _whole(viewer)
    return query if person_id is None else query.where(Voucher.person_id == person_id)


def _page(ordered: Select[FollowUp], page: int) -> Sequence[FollowUp]:
    return db.session.scalars(ordered.offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)).all()


def seen(follow_up_id: int, viewer: Account) -> FollowUp:
    """Raises: NoSuchFollowUp, also when another structure's campaign paid the device."""
    found = db.session.scalar(_whole(viewer).where(FollowUp.id == follow_up_id))
    if found is None:
        raise NoSuchFollowUp
    return found


def _whole(viewer: Account) -> Select[FollowUp]:
    voucher = contains_eager(FollowUp.redemption).contains_eager(Redemption.voucher)
    return (
        select(FollowUp)
        .join(FollowUp.redemption)
        .join(Redemption.voucher)
        .join(Voucher.campaign)
        .options(voucher.contains_eager(Voucher.campaign), voucher.joinedload(Voucher.person, innerjoin=True))
        .where(Redemption.undone_at.is_(None), within(viewer))
    )


def answered(first: date, last: date) -> dict[FollowUpAnswer | None, int]:
    """How many devices of which the question was due in these days are used, are not…; None: no answer, not no."""
    query = (
        select(FollowUp.answer, func.count())
        .join(FollowUp.redemption)
        .where(FollowUp.due_on >= first, FollowUp.due_on <= last, Redemption.undone_at.is_(None))
        .group_by(FollowUp.answer)
    )
    counted = {answer: count for answer, count in db.session.execute(query)}
    return {answer: counted.get(answer, 0) for answer in (*FollowUpAnswer, None)}
