"""A campaign is written down, and changed: everything of a draft, a little of an open one."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.errors import Refused, Unknown
from foundation.fields import with_value
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people import queries as people
from vouchers import acts
from vouchers.forms.campaigns import CampaignForm, Choices
from vouchers.models import Campaign, CampaignKind
from vouchers.queries import campaigns as queries
from vouchers.queries.partners import structures_without
from vouchers.rules.campaigns import check_not_closed
from vouchers.rules.labels import CAMPAIGN_KINDS
from vouchers.rules.reach import check_manages
from vouchers.rules.team import PLANNERS
from vouchers.service import campaigns as verbs
from vouchers.views.acting import done
from vouchers.views.campaigns.blueprint import ONE, bp


@bp.get("/nouvelle")
@allow(*PLANNERS)
def new() -> Response:
    """First which kind of vouchers, then everything of it."""
    kind = _kind()
    if kind is None:
        return draw("vouchers/campaigns/kind.html", kinds=CAMPAIGN_KINDS)
    return _page(CampaignForm(kind, _offers(kind)))


@bp.post("/nouvelle")
@allow(*PLANNERS)
def create() -> AnyResponse:
    kind = _kind()
    if kind is None:
        return see_other("campaigns.new")
    form = CampaignForm(kind, _offers(kind))
    if not form.validate():
        return _page(form, 422)
    structure_id = form.structure_id.data if "structure_id" in form else staff().structure_id
    try:
        campaign_id = done(verbs.create, form.plan(), structure_id=structure_id).id
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    flash(_("The campaign is written down. Open it when vouchers may be issued."), "good")
    return see_other("campaigns.show", campaign_id=campaign_id)


@bp.get(f"{ONE}/modifier")
@allow(*PLANNERS)
def edit(campaign_id: int) -> Response:
    campaign = _decided(campaign_id)
    return _page(_form_of(campaign), campaign=campaign)


@bp.post(f"{ONE}/modifier")
@allow(*PLANNERS)
def change(campaign_id: int) -> AnyResponse:
    campaign = _decided(campaign_id)
    form = _form_of(campaign)
    if not form.validate():
        return _page(form, 422, campaign)
    plan = form.plan()
    try:
        done(verbs.change, campaign_id, plan)
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status, queries.seen(campaign_id, staff()))
    flash(_("Saved."), "good")
    return see_other("campaigns.show", campaign_id=campaign_id)


def _kind() -> CampaignKind | None:
    value = request.args.get("type", "")
    return CampaignKind(value) if value in set(CampaignKind) else None


def _decided(campaign_id: int) -> Campaign:
    """Raises: NoSuchCampaign, OfTheTerritory, CampaignClosed"""
    campaign = queries.seen(campaign_id, staff())
    check_manages(campaign.structure_id, staff())
    check_not_closed(campaign)
    return campaign


def _form_of(campaign: Campaign) -> CampaignForm:
    return CampaignForm(campaign.kind, _offers(campaign.kind, campaign), campaign)


def _offers(kind: CampaignKind, campaign: Campaign | None = None) -> dict[str, Choices]:
    """What the lists of the form offer. A partner is paid by campaigns: it runs none."""
    whole = staff().structure_id is None and campaign is None
    of = [("", _("The whole territory")), *((one.id, one.name) for one in structures_without())] if whole else []
    known = acts.offered()
    needed = campaign.act_needed if campaign else ""
    programmes = with_value(known, needed or None, needed)
    return {
        "structure_id": of,
        "category_ids": queries.category_choices(),
        "commune_ids": queries.commune_choices(),
        "neighbourhood_ids": people.neighbourhood_choices(),
        "act_needed": [("", _("No workshop is needed")), *programmes] if programmes else [],
        "partner_ids": queries.partner_choices(kind),
    }


def _page(form: CampaignForm, status: int = 200, campaign: Campaign | None = None) -> Response:
    return draw("vouchers/campaigns/form.html", status, form=form, campaign=campaign, kinds=CAMPAIGN_KINDS)
