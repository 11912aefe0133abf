"""Whom a voucher names: a card is nominative, and so is what is bought with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from foundation.db import db
from people.models import Person
from vouchers.models import Campaign, Share, Voucher
from vouchers.rules.codes import read_voucher_code
from vouchers.rules.refusals import NotTakenHere


@dataclass(frozen=True)
class Bearer:
    """Who holds a voucher.

    Attributes:
        of_household: the campaign gives one a household, so that it pays for those whom the holder registers too.
    """

    voucher_id: int
    person_id: int
    given_name: str
    family_name: str
    birth_year: int | None
    of_household: bool


def bearer(code: str) -> Bearer:
    """Who holds the voucher with this code, as it was typed.

    Raises:
        Mistyped, NotTakenHere: there is none
    """
    row = db.session.execute(_BEARER, {"code": read_voucher_code(code)}).one_or_none()
    if row is None:
        raise NotTakenHere
    return Bearer(*row[:5], of_household=row.share is Share.HOUSEHOLD)


_BEARER = (
    select(Voucher.id, Person.id, Person.given_name, Person.family_name, Person.birth_year, Campaign.share)
    .join(Voucher.person)
    .join(Voucher.campaign)
    .where(Voucher.code == bindparam("code"))
)
