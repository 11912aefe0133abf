"""A partner looks after its list of refurbished devices."""

from __future__ import annotations

from datetime import datetime

from foundation import audit
from foundation.db import db
from vouchers.models import Offer, Partner
from vouchers.queries.offers import offer_of
from vouchers.rules.offers import OfferDetails, check_offer, check_sells


def add(partner_id: int, details: OfferDetails, *, now: datetime, actor_id: int) -> Offer:
    """Raises: SellsNoDevices, and what `check_offer` refuses"""
    check_sells(db.session.get_one(Partner, partner_id))
    check_offer(details)
    offer = Offer(partner_id=partner_id, stock=details.stock)
    _write(offer, details, now)
    db.session.add(offer)
    db.session.flush()
    audit.record("offer.added", f"offer:{offer.id}", actor_id=actor_id)
    return offer


def change(
    partner_id: int, offer_id: int, details: OfferDetails, *, now: datetime, actor_id: int, recounted: bool = True
) -> Offer:
    """Args: recounted: whether the number is said anew; else it stays what sales made of it meanwhile.

    Raises:
        NoSuchOffer, and what `check_offer` refuses
    """
    offer = offer_of(partner_id, offer_id)
    check_offer(details)
    _write(offer, details, now)
    if recounted:
        offer.stock = details.stock
    db.session.flush()
    audit.record("offer.changed", f"offer:{offer.id}", actor_id=actor_id)
    return offer


def _write(offer: Offer, details: OfferDetails, now: datetime) -> None:
    offer.device_kind, offer.grade, offer.title = details.device_kind, details.grade, details.title.strip()
    offer.price_cents, offer.warranty_months = details.price_cents, details.warranty_months
    offer.active, offer.changed_at = details.active, now
