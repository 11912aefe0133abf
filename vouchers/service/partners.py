"""Agreements with partners, made and changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from foundation import audit
from foundation.db import db, explain_constraint
from places.models import Structure
from vouchers.models import Partner
from vouchers.rules.partners import (
    Agreement,
    NoSuchPartner,
    NoSuchStructure,
    PartnerAlready,
    check_of_the_territory,
    checked,
)

explain_constraint("uq_partner_structure_id", PartnerAlready)
LASTING = {"structure_id", "kind"}


def create(agreement: Agreement, actor: Account, *, now: datetime) -> Partner:
    """Write down an agreement with a structure that has none.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchStructure, PartnerAlready, and what `checked` refuses
    """
    check_of_the_territory(actor)
    given = checked(agreement)
    if db.session.get(Structure, given.structure_id) is None:
        raise NoSuchStructure
    partner = Partner(created_at=now, **asdict(given))
    db.session.add(partner)
    db.session.flush()
    audit.record("partner.created", partner.reference, actor_id=actor.id)
    return partner


def change(partner_id: int, agreement: Agreement, actor: Account) -> Partner:
    """Write over an agreement; whose it is and what is paid stay: vouchers and statements were made for that.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchPartner, and what `checked` refuses
    """
    check_of_the_territory(actor)
    partner = locked_partner(partner_id)
    for column, value in asdict(checked(agreement)).items():
        if column not in LASTING:
            setattr(partner, column, value)
    audit.record("partner.changed", partner.reference, actor_id=actor.id)
    return partner


def locked_partner(partner_id: int) -> Partner:
    """The partner, locked until the end of the transaction; tills go on meanwhile.

    Raises:
        NoSuchPartner
    """
    query = select(Partner).where(Partner.id == partner_id).with_for_update(key_share=True, of=Partner)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchPartner
    return found
