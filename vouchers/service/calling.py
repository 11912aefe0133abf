"""Whoever can not be written to is called, and it is noted who did so and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert

from accounts.models import Account
from foundation import audit
from foundation.db import db, table_of
from vouchers.models import Campaign, VoucherCall
from vouchers.queries.reminding import to_be_called
from vouchers.rules.reach import check_works_on
from vouchers.rules.refusals import NoSuchCampaign


def note_calls(campaign_id: int, voucher_ids: Collection[int], actor: Account, *, now: datetime) -> int:
    """Take these vouchers off the list of whom to call; how many were on it. Doing so again changes nothing.

    Raises:
        NoSuchCampaign, NotYourCampaign
    """
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None:
        raise NoSuchCampaign
    check_works_on(campaign, actor)
    found = to_be_called(campaign_id, voucher_ids)
    if found:
        rows = [
            {"voucher_id": one.id, "last_day": one.valid_until, "at": now, "by_id": actor.id} for one in found
        ]  # fmt: skip
        db.session.execute(insert(table_of(VoucherCall)), rows)
        audit.record_each("voucher.holder_called", [one.reference for one in found], actor_id=actor.id)
    return len(found)
