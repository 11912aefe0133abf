"""What a partner counts of its devices: one less with a sale, one more when the sale is undone."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from foundation.db import db, explain_constraint, rows_changed
from vouchers.models import Offer
from vouchers.rules.offers import MOST_STOCK, NoSuchOffer, SoldOut
from vouchers.rules.states import Device

explain_constraint("ck_offer_stock", SoldOut)


def take_one(sold: Device, partner_id: int | None) -> None:
    """One device less in the list of its partner, where it is counted; nothing when it was typed by hand.

    Raises:
        NoSuchOffer: of another partner or kind too. SoldOut
    """
    if sold.offer_id is None:
        return
    theirs = (Offer.id == sold.offer_id, Offer.partner_id == partner_id, Offer.device_kind == sold.kind)
    one_left = or_(Offer.stock.is_(None), Offer.stock > 0)
    if rows_changed(update(Offer).where(*theirs, Offer.active, one_left).values(stock=Offer.stock - 1)):
        return
    if db.session.scalar(select(Offer.id).where(*theirs)) is None:
        raise NoSuchOffer
    raise SoldOut


def put_back(offer_id: int | None) -> None:
    """The device is in the shop again; a list that is not counted, or is as full as it can be, stays as it is."""
    if offer_id is not None:
        more = update(Offer).where(Offer.id == offer_id, Offer.stock < MOST_STOCK)
        db.session.execute(more.values(stock=Offer.stock + 1))
