"""What a racer does in one round: functions of a module, so that another process finds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from accounts.models import Account
from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.vouchers.given import LAPTOP, lesson
from vouchers.models import Campaign, Voucher
from vouchers.rules.eligibility import Claim
from vouchers.rules.states import Bought
from vouchers.service import batches, cards, ending, issuing, redeeming, undoing
from vouchers.service.redeeming import Payment

Till = tuple[str, int]
"""A code, and the partner at whose counters it is taken."""


def taken(stake: Till, number: int) -> str:
    """Forty tills, each with its own page."""
    return _paid(stake, LAPTOP, f"{stake[0]} {number}")


def the_same_page(stake: Till, _number: int) -> str:
    """One page, sent by everybody at once: all get the number of one payment."""
    return _paid(stake, LAPTOP, stake[0])


def three_units(stake: Till, number: int) -> str:
    """Ten units are paid three by three: three times, not four."""
    return _paid(stake, lesson(3), f"{stake[0]} {number}")


def _paid(stake: Till, bought: Bought, key: str) -> str:
    code, partner_id = stake
    made = in_transaction(lambda: redeeming.redeem(Payment(code, bought, key, partner_id), now=NOW))
    return str(made.id)


def looked_and_wrote(stake: Till, _number: int) -> str:
    """How it must not be done: read, think, then write what was thought."""
    with transaction():
        voucher = db.session.scalars(select(Voucher).where(Voucher.code == stake[0])).one()
        campaign_id, left = voucher.campaign_id, voucher.left_cents
    with transaction():
        db.session.get_one(Campaign, campaign_id).spent_cents += left
    return "paid" if left else "nothing left"


def all_at_once(stake: tuple[int, int, int, int, str], number: int) -> str:
    """One redeems, one undoes, one cancels, one replaces, one replaces the card, whoever comes first."""
    voucher_id, card_id, redemption_id, actor_id, code = stake

    def act() -> Any:
        actor = db.session.get_one(Account, actor_id)
        match number % 5:
            case 0:
                return redeeming.redeem(Payment(code, lesson(1), f"{code} {number}", None, "registration:5"), now=NOW)
            case 1:
                return undoing.undo(redemption_id, "Rendu", actor, now=NOW)
            case 2:
                return ending.cancel(voucher_id, "Erreur", actor, now=NOW) if number > 20 else None
            case 3:
                return ending.replace(voucher_id, "Perdu", actor, now=NOW) if number > 20 else None
            case _:
                return cards.replace(card_id, actor, now=NOW)

    in_transaction(act)
    return "done"


Issuer = tuple[int, list[int], int]
"""A campaign, forty cards, who issues."""


def issued(stake: Issuer, number: int) -> str:
    """Each issues to another card."""
    campaign_id, card_ids, actor_id = stake
    return _issued(campaign_id, card_ids[number], actor_id)


def issued_to_one(stake: Issuer, number: int) -> str:
    """Everybody issues to the first two cards, which are of one household."""
    campaign_id, card_ids, actor_id = stake
    return _issued(campaign_id, card_ids[number % 2], actor_id)


def issued_of_either(stake: tuple[list[int], list[int], int], number: int) -> str:
    """Two campaigns of one kind, of which a household may have one voucher."""
    campaign_ids, card_ids, actor_id = stake
    return _issued(campaign_ids[number % 2], card_ids[number // 2 % 2], actor_id)


def _issued(campaign_id: int, card_id: int, actor_id: int) -> str:
    in_transaction(lambda: issuing.issue(campaign_id, card_id, Claim(), db.session.get_one(Account, actor_id), now=NOW))
    return "issued"


def batch_made(batch_id: int, _number: int) -> str:
    """Everybody makes some of one batch."""
    in_transaction(lambda: batches.make_some(batch_id, now=NOW, limit=5))
    return "made"


def one_of_the_list(stake: tuple[list[str], int, int], number: int) -> str:
    """Each has a voucher of their own; the device that all want is counted."""
    codes, partner_id, offer_id = stake
    bought = replace(LAPTOP, serial=f"SN{number}", offer_id=offer_id)
    in_transaction(lambda: redeeming.redeem(Payment(codes[number], bought, codes[number], partner_id), now=NOW))
    return "sold"
