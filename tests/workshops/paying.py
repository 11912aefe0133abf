"""Who pays with what: vouchers of the adults that tests of workshops register."""

from __future__ import annotations

from dataclasses import replace

from tests.cast import Cast
from tests.vouchers.given import TRAINING, campaign, card, handed, person
from vouchers.models import Share, Voucher
from vouchers.rules.campaigns import Plan

HOUSEHOLD = replace(TRAINING, share=Share.HOUSEHOLD)


def voucher_of(
    cast: Cast, family_name: str = "Numéro 1", given_name: str = "Alix", *, plan: Plan = TRAINING,
    campaign_id: int | None = None, birth_year: int | None = None,
) -> Voucher:  # fmt: skip
    """Ten units in the hands of somebody of whom only the name is known; of a campaign of its own unless it is told."""
    who = person(given_name=given_name, family_name=family_name, birth_year=birth_year)
    return handed(cast, campaign_id or campaign(cast, plan).id, card(cast, who, household="foyer 7").id)
