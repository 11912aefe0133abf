"""Payments with vouchers as the town sees them: the latest, by receipt number or code of a voucher, one by one."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Account
from foundation.codes import read_code
from foundation.db import db
from foundation.fields import whole
from vouchers.models import Campaign, Partner, Redemption, Voucher
from vouchers.queries.campaigns import within
from vouchers.rules.codes import VOUCHER_LENGTH
from vouchers.rules.refusals import NoSuchRedemption

PER_PAGE = 50


def listed(viewer: Account, text: str, *, page: int) -> list[Redemption]:
    """One page, the latest first, and one more if there is another page; what is no number and no code finds none."""
    query = _whole(viewer)
    if text:
        code = read_code(text, VOUCHER_LENGTH)
        query = query.where(Voucher.code == code if code else Redemption.id == whole(text.strip()))
    query = query.order_by(Redemption.id.desc()).offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)
    return list(db.session.scalars(query))


def seen(redemption_id: int, viewer: Account) -> Redemption:
    """One that the viewer may look at.

    Raises:
        NoSuchRedemption: also when another structure’s campaign paid it.
    """
    found = db.session.scalar(_whole(viewer).where(Redemption.id == redemption_id))
    if found is None:
        raise NoSuchRedemption
    return found


def _whole(viewer: Account) -> Select[Redemption]:
    voucher = contains_eager(Redemption.voucher)
    return (
        select(Redemption)
        .join(Redemption.voucher)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
        .options(
            voucher.contains_eager(Voucher.campaign), voucher.joinedload(Voucher.person, innerjoin=True),
            joinedload(Redemption.partner).joinedload(Partner.structure), joinedload(Redemption.by),
            joinedload(Redemption.undone_by),
        )
        .where(within(viewer))
    )  # fmt: skip
