"""Refurbished devices on offer: those of one partner, and those that residents see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import contains_eager

from foundation.db import db
from places.models import Venue
from vouchers.models import DeviceKind, Offer, Partner, PartnerKind
from vouchers.rules.offers import NoSuchOffer

_IN_STOCK = or_(Offer.stock.is_(None), Offer.stock > 0)


def offers_of(partner_id: int) -> list[Offer]:
    """All of a partner, those on show first, then by kind and price."""
    query = select(Offer).where(Offer.partner_id == partner_id)
    return list(db.session.scalars(query.order_by(Offer.active.desc(), Offer.device_kind, Offer.price_cents, Offer.id)))


def sold_at_till(partner_id: int, kinds: Collection[str]) -> list[Offer]:
    """Those on the partner's list that are not sold out, of these kinds (none: of all), by title."""
    query = select(Offer).where(Offer.partner_id == partner_id, Offer.active, _IN_STOCK)
    if kinds:
        query = query.where(Offer.device_kind.in_(kinds))
    return list(db.session.scalars(query.order_by(Offer.title, Offer.price_cents, Offer.id)))


def offer_of(partner_id: int, offer_id: int) -> Offer:
    """One of this partner.

    Raises:
        NoSuchOffer: of another one too.
    """
    found = db.session.scalar(select(Offer).where(Offer.id == offer_id, Offer.partner_id == partner_id))
    if found is None:
        raise NoSuchOffer
    return found


def on_show(today: date, kind: DeviceKind | None, *, limit: int, skip: int = 0) -> list[Offer]:
    """What residents can buy today, cheapest first: of partners under agreement, and not sold out."""
    query = _shown(today).options(contains_eager(Offer.partner).contains_eager(Partner.structure))
    if kind is not None:
        query = query.where(Offer.device_kind == kind)
    return list(db.session.scalars(query.order_by(Offer.price_cents, Offer.id).offset(skip).limit(limit)))


def is_anything_on_show(today: date) -> bool:
    return bool(db.session.scalar(select(exists(_shown(today).with_only_columns(Offer.id)))))


def _shown(today: date) -> Select[Offer]:
    return (
        select(Offer)
        .join(Offer.partner)
        .join(Partner.structure)
        .where(
            Offer.active,
            _IN_STOCK,
            Partner.kind == PartnerKind.REFURBISHER,
            Partner.agreement_from <= today,
            or_(Partner.agreement_until.is_(None), Partner.agreement_until >= today),
        )
    )


def shops_of(structure_ids: Collection[int]) -> dict[int, list[Venue]]:
    """Structure → its places in use, by name."""
    found: dict[int, list[Venue]] = {}
    query = select(Venue).where(Venue.structure_id.in_(structure_ids), Venue.active).order_by(Venue.name, Venue.id)
    for venue in db.session.scalars(query):
        found.setdefault(venue.structure_id or 0, []).append(venue)
    return found
