"""What tests of statements begin with: payments in March, and the instants at which months are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from accounts.models import Account
from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.vouchers.given import TRAINING, campaign, card, handed, lesson, paid, partner
from vouchers.models import PartnerKind, Redemption, Statement, Voucher
from vouchers.rules.banking import BankDetails
from vouchers.rules.statements import Month
from vouchers.service import banking, statements, treasury, undoing

MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)
IN_APRIL, IN_MAY = datetime(2026, 4, 2, 8, 0, tzinfo=UTC), datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
IBAN, OTHER_IBAN = "FR1420041010050500013M02606", "DE89370400440532013000"


def trainer(cast) -> int:
    """A training body that takes vouchers; its account is `cast.partner`."""
    return partner(cast, PartnerKind.TRAINING)


def purse(cast) -> Voucher:
    """A training voucher of ten units of 10 €."""
    return handed(cast, campaign(cast, TRAINING).id, card(cast).id)


def lessons(voucher: Voucher, partner_id: int, *units: int, now: datetime = NOW) -> list[Redemption]:
    """One payment for each number of units, an hour apart."""
    return [
        paid(voucher.code, partner_id, lesson(count, now.date()), now=now + timedelta(hours=place))
        for place, count in enumerate(units)
    ]


def undone(redemption: Redemption, now: datetime) -> None:
    """By a manager."""
    in_transaction(lambda: undoing.undo(redemption.id, "Séance annulée", None, now=now))


def stated(partner_id: int, month: Month = MARCH, now: datetime = IN_APRIL) -> Statement:
    """By the job."""
    return in_transaction(lambda: statements.issue(partner_id, month, None, now=now))


def by(cast, name: str, verb, *rest, **more):
    """What a verb of a member of the cast makes of it."""
    return in_transaction(lambda: verb(*rest, db.session.get_one(Account, cast.ids[name]), **more))


def approved(cast, partner_id: int, month: Month = MARCH, now: datetime = IN_APRIL) -> Statement:
    return by(cast, "manager", statements.approve, stated(partner_id, month, now).id, now=now)


def with_accounts(cast, partner_id: int, iban: str = OTHER_IBAN) -> None:
    """The town pays from its account, the partner is paid on its own."""
    by(cast, "manager", banking.set_town_bank, BankDetails(IBAN, "PSSTFRPPPAR", "Ville de Rives"), now=NOW)
    by(cast, "manager", banking.set_bank, partner_id, BankDetails(iban, "", "Les Clics"), now=NOW)


def transfer(cast, key: str = "page 1", now: datetime = IN_APRIL):
    return by(cast, "manager", treasury.make, now.date(), key, now=now)


def raced_statement(partner_id: int, _number: int) -> str:
    """Everybody states March for one partner."""
    return str(stated(partner_id).id)


Clerk = tuple[int, str]
"""Who makes the file, and the page that asks."""


def raced_file(stake: Clerk, number: int) -> str:
    """Each clerk from a page of its own."""
    return _raced(stake[0], f"{stake[1]} {number}")


def raced_page(stake: Clerk, _number: int) -> str:
    """One page, pressed by everybody."""
    return _raced(*stake)


def _raced(actor_id: int, key: str) -> str:
    made = in_transaction(
        lambda: treasury.make(IN_APRIL.date(), key, db.session.get_one(Account, actor_id), now=IN_APRIL)
    )
    return str(made.id)


def raced_end_of_file(stake: tuple[int, int], number: int) -> str:
    """One half says that the bank has paid it, the other that the bank refused it."""
    transfer_id, actor_id = stake

    def end() -> None:
        actor = db.session.get_one(Account, actor_id)
        if number % 2:
            treasury.paid(transfer_id, IN_APRIL.date(), actor, now=IN_APRIL)
        else:
            treasury.call_off(transfer_id, "Refusé", actor, now=IN_APRIL)

    in_transaction(end)
    return "done"
