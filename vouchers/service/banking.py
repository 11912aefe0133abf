"""Accounts at banks: where partners are paid, and from where. The journal says that one changed, never its number."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from foundation import audit
from foundation.db import db
from vouchers.models import PartnerBank, TownBank
from vouchers.rules.banking import BankDetails, checked
from vouchers.rules.partners import check_of_the_territory
from vouchers.service.partners import locked_partner


def set_bank(partner_id: int, typed: BankDetails, actor: Account, *, now: datetime) -> PartnerBank:
    """Write where a partner is paid from now on. Files that were made already keep the former account.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchPartner, and what `checked` refuses
    """
    check_of_the_territory(actor)
    given, partner = checked(typed), locked_partner(partner_id)
    bank = db.session.get(PartnerBank, partner_id) or PartnerBank(partner_id=partner_id)
    _write(bank, given, now)
    audit.record("partner.bank_changed", partner.reference, actor_id=actor.id)
    return bank


def set_town_bank(typed: BankDetails, actor: Account, *, now: datetime) -> TownBank:
    """Write from where partners are paid.

    Raises:
        ForTheTerritory, OfTheTerritory, and what `checked` refuses
    """
    check_of_the_territory(actor)
    given = checked(typed)
    bank = db.session.get(TownBank, 1, with_for_update=True) or TownBank(id=1)
    _write(bank, given, now)
    audit.record("territory.bank_changed", "territory:1", actor_id=actor.id)
    return bank


def _write(bank: PartnerBank | TownBank, given: BankDetails, now: datetime) -> None:
    bank.iban, bank.bic, bank.holder, bank.changed_at = given.iban, given.bic, given.holder, now
    db.session.add(bank)
    db.session.flush()
