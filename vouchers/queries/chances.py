"""The campaigns from which somebody may have a voucher today, and why not from the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Account
from foundation.errors import Refused
from vouchers import acts
from vouchers.models import Campaign, CampaignState, Card
from vouchers.queries import campaigns, holders
from vouchers.rules.cards import NoSuchCard
from vouchers.rules.eligibility import Claim, check_eligible, check_issuing
from vouchers.rules.refusals import BudgetExhausted

SOMEBODY = 0
"""Who prescribes it is asked for when it is issued."""


@dataclass(frozen=True)
class Chance:
    """One open campaign beside a card.

    Attributes:
        refused: why not; empty when a voucher can be issued.
        prescribed: whether somebody has to be named who prescribes it.
    """

    campaign: Campaign
    refused: str
    prescribed: bool


def chances(card: Card, viewer: Account, today: date) -> list[Chance]:
    """All open campaigns, those first from which a voucher can be issued."""
    found = [_chance(one, card, today) for one in campaigns.listed(viewer, (CampaignState.OPEN,))]
    return sorted(found, key=lambda one: bool(one.refused))


def claim_of(campaign: Campaign, person_id: int, prescribed_by_id: int | None) -> Claim:
    """What is brought forward for a voucher: the act counts only for who did it."""
    needed = campaign.act_needed
    did = bool(needed) and person_id in acts.who_did(needed, [person_id])
    return Claim(prescribed_by_id, needed if did else "")


def _chance(campaign: Campaign, card: Card, today: date) -> Chance:
    holder = holders.holder(card.id, campaign)
    if holder is None:
        return Chance(campaign, str(NoSuchCard()), prescribed=False)
    claim = claim_of(campaign, card.person_id, SOMEBODY if campaign.prescriber_needed else None)
    try:
        check_issuing(campaign, today)
        check_eligible(campaign, holder, claim, today, had_one=bool(holders.had_one(campaign, [holder], today)))
        if campaign.left_cents < campaign.face_cents:
            raise BudgetExhausted
    except Refused as why:
        return Chance(campaign, str(why), campaign.prescriber_needed)
    return Chance(campaign, "", campaign.prescriber_needed)
