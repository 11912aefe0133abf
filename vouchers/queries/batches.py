"""Batches of vouchers, as pages watch them and the job finds them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from foundation.db import db
from vouchers import acts
from vouchers.models import BatchState, Campaign, Card, CardState, VoucherBatch
from vouchers.queries.campaigns import within
from vouchers.rules.refusals import NoSuchBatch


def seen(batch_id: int, viewer: Account) -> VoucherBatch:
    """One of a campaign that the viewer may look at, as it is now.

    Raises:
        NoSuchBatch
    """
    query = select(VoucherBatch).join(VoucherBatch.campaign).where(VoucherBatch.id == batch_id, within(viewer))
    found = db.session.scalar(query.options(joinedload(VoucherBatch.asked_by)))
    if found is None:
        raise NoSuchBatch
    return found


def of_campaign(campaign_id: int) -> list[VoucherBatch]:
    """The newest first."""
    query = select(VoucherBatch).where(VoucherBatch.campaign_id == campaign_id).order_by(VoucherBatch.id.desc())
    return list(db.session.scalars(query.options(joinedload(VoucherBatch.asked_by))))


def waiting() -> int | None:
    """The batch that was asked for first of those that are not made."""
    query = select(VoucherBatch.id).where(VoucherBatch.state == BatchState.WAITING).order_by(VoucherBatch.id)
    return db.session.scalar(query.limit(1))


def cards_of_act(campaign: Campaign) -> list[int]:
    """Live cards of those who did what the campaign asks for."""
    did = acts.who_did(campaign.act_needed)
    query = select(Card.id, Card.person_id).where(Card.state == CardState.LIVE)
    return [id_ for id_, person_id in db.session.execute(query) if person_id in did]
