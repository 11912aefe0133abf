"""Partners as the managers see them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from foundation.db import db
from places.models import Structure
from vouchers.models import Partner, PartnerBank
from vouchers.rules.partners import NoSuchPartner


def partners() -> list[Partner]:
    """All of them, by name."""
    query = select(Partner).join(Partner.structure).options(contains_eager(Partner.structure))
    return list(db.session.scalars(query.order_by(func.lower(Structure.name), Partner.id)))


def partner(partner_id: int) -> Partner:
    """Raises: NoSuchPartner"""
    found = db.session.get(Partner, partner_id)
    if found is None:
        raise NoSuchPartner
    return found


def structures_without() -> list[Structure]:
    """Structures in use with which there is no agreement, by name."""
    has_one = select(Partner.structure_id)
    query = select(Structure).where(Structure.active, Structure.id.not_in(has_one))
    return list(db.session.scalars(query.order_by(func.lower(Structure.name), Structure.id)))


def bank_of(partner_id: int) -> PartnerBank | None:
    """Where it is paid; for pages, never without `masked`."""
    return db.session.get(PartnerBank, partner_id)


def with_bank() -> set[int]:
    """The partners of whom somebody wrote where to pay."""
    return set(db.session.scalars(select(PartnerBank.partner_id)))
