"""Who of the staff works on which campaign."""

from __future__ import annotations

from accounts.models import Account
from foundation.scope import check_may_change
from vouchers.models import Campaign
from vouchers.rules.refusals import NotYourCampaign


def check_works_on(campaign: Campaign, actor: Account | None) -> None:
    """Everybody issues vouchers of the territory's campaigns; those of a structure are issued there. None: a job.

    Raises:
        NotYourCampaign
    """
    if actor is None or None in {campaign.structure_id, actor.structure_id}:
        return
    if campaign.structure_id != actor.structure_id:
        raise NotYourCampaign


def check_manages(structure_id: int | None, actor: Account) -> None:
    """Raises: NotInYourStructure, OfTheTerritory"""
    check_may_change(actor.structure_id, structure_id)


def id_of(actor: Account | None) -> int | None:
    """Who is written down; None for a job or a resident."""
    return None if actor is None else actor.id
