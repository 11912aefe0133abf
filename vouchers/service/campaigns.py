"""Campaigns: planned, opened, changed, closed with a report that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from foundation import audit
from foundation.db import db
from foundation.said import told
from vouchers.models import Campaign, CampaignKind, CampaignState, Partner
from vouchers.queries.campaigns import neighbourhoods_within
from vouchers.queries.sums import report_of, sums
from vouchers.rules.campaigns import (
    CHANGED_WHILE_OPEN,
    TRANSLATED,
    AreaTwice,
    Plan,
    check_close,
    check_open,
    check_open_change,
    check_plan,
    check_to_come,
)
from vouchers.rules.reach import check_manages
from vouchers.service.days import day_of
from vouchers.service.ledger import locked_campaign

DECIDED = (
    "kind", "title", "budget_cents", "starts_on", "ends_on", "units", "unit_cents", "tolerance_days", "age_min",
    "age_max", "share", "every_years", "prescriber_needed", "act_needed", "floor_cents", "price_ceiling_cents",
    "voucher_text",
)  # fmt: skip
LISTS = ("category_ids", "commune_ids", "neighbourhood_ids", "device_kinds")


def create(plan: Plan, actor: Account, *, now: datetime, structure_id: int | None = None) -> Campaign:
    """Write down a campaign as a draft.

    Args:
        structure_id: who runs it; None: the whole territory, for its own staff.

    Raises:
        NotInYourStructure, OfTheTerritory, AreaTwice, EndsInThePast, and what `check_plan` refuses
    """
    check_manages(structure_id, actor)
    check_plan(plan)
    check_to_come(plan, day_of(now))
    _check_areas(plan)
    campaign = Campaign(structure_id=structure_id, created_at=now, created_by_id=actor.id)
    _write(campaign, plan, (*DECIDED, *LISTS))
    db.session.add(campaign)
    db.session.flush()
    audit.record("campaign.created", campaign.reference, actor_id=actor.id)
    return campaign


def change(campaign_id: int, plan: Plan, actor: Account, *, now: datetime) -> Campaign:
    """Change a draft in all, an open campaign in its words, budget, end, tolerance and partners only.

    Raises:
        NoSuchCampaign, CampaignClosed, BudgetBelowPromises, EndBroughtForward, and the refusals of `create`
    """
    campaign = locked_campaign(campaign_id)
    check_manages(campaign.structure_id, actor)
    if campaign.state is not CampaignState.DRAFT:
        check_open_change(campaign, plan)
    check_plan(plan)
    if campaign.state is CampaignState.DRAFT:
        check_to_come(plan, day_of(now))
        _check_areas(plan)
        _write(campaign, plan, (*DECIDED, *LISTS))
    else:
        _write(campaign, plan, CHANGED_WHILE_OPEN)
    db.session.flush()
    audit.record("campaign.changed", campaign.reference, actor_id=actor.id, budget_cents=campaign.budget_cents)
    return campaign


def open_(campaign_id: int, actor: Account, *, now: datetime) -> Campaign:
    """Let vouchers be issued. Doing so again changes nothing.

    Raises:
        NoSuchCampaign, NotADraft, OverBeforeItOpens, NotInYourStructure, OfTheTerritory
    """
    campaign = locked_campaign(campaign_id)
    check_manages(campaign.structure_id, actor)
    if campaign.state is CampaignState.OPEN:
        return campaign
    check_open(campaign, day_of(now))
    campaign.state = CampaignState.OPEN
    db.session.flush()
    audit.record("campaign.opened", campaign.reference, actor_id=actor.id)
    return campaign


def close(campaign_id: int, actor: Account, *, now: datetime) -> Campaign:
    """Close a campaign that has ended, and keep what it came to. Doing so again changes nothing.

    Raises:
        NoSuchCampaign, NotADraft, TooEarlyToClose, StillLive, NotInYourStructure, OfTheTerritory
    """
    campaign = locked_campaign(campaign_id)
    check_manages(campaign.structure_id, actor)
    if campaign.state is CampaignState.CLOSED:
        return campaign
    check_close(campaign, day_of(now), sums(campaign_id).live)
    campaign.report = report_of(campaign)
    campaign.state, campaign.closed_at, campaign.closed_by_id = CampaignState.CLOSED, now, actor.id
    db.session.flush()
    audit.record("campaign.closed", campaign.reference, actor_id=actor.id, spent_cents=campaign.spent_cents)
    return campaign


def _check_areas(plan: Plan) -> None:
    """Raises: AreaTwice"""
    if twice := neighbourhoods_within(plan.neighbourhood_ids, plan.commune_ids):
        raise AreaTwice(twice)


def _write(campaign: Campaign, plan: Plan, names: Sequence[str]) -> None:
    """What the plan says; a device voucher has no units, and a training voucher is as much as its units."""
    for name in names:
        value = getattr(plan, name)
        setattr(campaign, name, list(value) if name in LISTS else value)
    campaign.title, campaign.voucher_text = plan.title.strip(), plan.voucher_text.strip()
    campaign.translations = told(plan.translations, TRANSLATED)
    if "kind" in names:
        campaign.face_cents = plan.face
        if plan.kind is CampaignKind.DEVICE:
            campaign.units = campaign.unit_cents = 0
    campaign.partners = list(db.session.scalars(select(Partner).where(Partner.id.in_(plan.partner_ids))))
