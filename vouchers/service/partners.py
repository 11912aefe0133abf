"""Agreements with partners, made and changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, bindparam, select

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
    SiretTaken,
    check_of_the_territory,
    checked,
)

explain_constraint("uq_partner_structure_id", PartnerAlready)
explain_constraint("uq_partner_siret", SiretTaken)
LASTING = {"structure_id", "kind"}


def create(agreement: Agreement, actor: Account, *, now: datetime) -> Partner:
    """Write down an agreement with a structure that has none.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchStructure, PartnerAlready, SiretTaken, and what `checked` refuses
    """
    check_of_the_territory(actor)
    given = checked(agreement)
    if db.session.get(Structure, given.structure_id) is None:
        raise NoSuchStructure
    _check_siret(given, given.structure_id)
    partner = Partner(created_at=now, **asdict(given))
    db.session.add(partner)
    db.session.flush()
    audit.record("partner.created", partner.reference, actor_id=actor.id)
    return partner


def change(partner_id: int, agreement: Agreement, actor: Account) -> Partner:
    """Write over an agreement; whose it is and what is paid stay: vouchers and statements were made for that.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchPartner, SiretTaken, and what `checked` refuses
    """
    check_of_the_territory(actor)
    partner = locked_partner(partner_id)
    given = checked(agreement)
    _check_siret(given, partner.structure_id)
    for column, value in asdict(given).items():
        if column not in LASTING:
            setattr(partner, column, value)
    audit.record("partner.changed", partner.reference, actor_id=actor.id)
    return partner


def _check_siret(given: Agreement, structure_id: int) -> None:
    """Raises: SiretTaken, when a partner other than that of this structure has it"""
    others = select(Partner).where(Partner.siret == given.siret, Partner.structure_id != structure_id)
    if holder := db.session.scalar(others):
        raise SiretTaken(holder.structure.name)


def stated_until(partner_id: int) -> datetime | None:
    """Until when what a partner took is stated; no statement of it is issued before the transaction at hand ends.

    Whoever writes a payment or undoes one asks so, after the locks of the voucher, and writes nothing before that.
    The lock is the one that a foreign key takes: tills go on together, and while the agreement is changed.
    """
    found: datetime | None = db.session.scalar(_STATED_UNTIL, {"id": partner_id})
    return found


_STATED_UNTIL = (
    select(Partner.stated_until).where(Partner.id == bindparam("id")).with_for_update(read=True, key_share=True)
)


def locked_to_state(partner_id: int) -> Partner:
    """The partner, locked until the end of the transaction; its tills wait, and write after what is stated.

    Raises:
        NoSuchPartner
    """
    return _locked(select(Partner).where(Partner.id == partner_id).with_for_update(of=Partner))


def locked_partner(partner_id: int) -> Partner:
    """The partner, locked until the end of the transaction; tills go on meanwhile.

    Raises:
        NoSuchPartner
    """
    return _locked(select(Partner).where(Partner.id == partner_id).with_for_update(key_share=True, of=Partner))


def _locked(query: Select[Partner]) -> Partner:
    """Raises: NoSuchPartner"""
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchPartner
    return found
