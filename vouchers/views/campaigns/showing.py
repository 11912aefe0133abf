"""One campaign: its money, its four sums, its conditions in words; opened after a last look, closed by one press."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.said import TRANSLATED_INTO
from foundation.security import allow
from foundation.web import draw, see_other
from vouchers.models import Campaign, CampaignState
from vouchers.queries import batches
from vouchers.queries import campaigns as queries
from vouchers.queries.reminding import counts, window_of
from vouchers.queries.sums import sums
from vouchers.rules.campaigns import TRANSLATED, CampaignClosed, OverBeforeItOpens, check_open
from vouchers.rules.labels import CAMPAIGN_KINDS, CAMPAIGN_STATES, STOPPED, TRANSLATABLE
from vouchers.rules.money import percents
from vouchers.rules.reach import check_manages
from vouchers.rules.team import PLANNERS, TEAM
from vouchers.service import campaigns as verbs
from vouchers.views.acting import done
from vouchers.views.campaigns.blueprint import ONE, bp
from vouchers.views.campaigns.telling import for_what, for_whom


@bp.get(ONE)
@allow(*TEAM)
def show(campaign_id: int) -> Response:
    return page(campaign_id)


@bp.get(f"{ONE}/ouvrir")
@allow(*PLANNERS)
def ask_open(campaign_id: int) -> AnyResponse:
    """Everything once more, since most of it is fixed afterwards; one that is open already has its page."""
    campaign = queries.seen(campaign_id, staff())
    check_manages(campaign.structure_id, staff())
    if campaign.state is not CampaignState.DRAFT:
        return see_other("campaigns.show", campaign_id=campaign_id)
    try:
        check_open(campaign, clock.today())
    except OverBeforeItOpens as refused:
        return page(campaign_id, refused.status, str(refused))
    return draw(
        "vouchers/campaigns/open.html", campaign=campaign, kinds=CAMPAIGN_KINDS, whom=for_whom(campaign),
        what=for_what(campaign),
    )  # fmt: skip


@bp.post(f"{ONE}/ouvrir")
@allow(*PLANNERS)
def open_(campaign_id: int) -> AnyResponse:
    try:
        done(verbs.open_, campaign_id)
    except Unknown:
        raise
    except Refused as refused:
        return page(campaign_id, refused.status, str(refused))
    flash(_("The campaign is open: vouchers can be issued."), "good")
    return see_other("campaigns.show", campaign_id=campaign_id)


@bp.post(f"{ONE}/fermer")
@allow(*PLANNERS)
def close(campaign_id: int) -> AnyResponse:
    try:
        done(verbs.close, campaign_id)
    except Unknown:
        raise
    except Refused as refused:
        return page(campaign_id, refused.status, str(refused))
    flash(_("The campaign is closed. This is its report."), "good")
    return see_other("campaigns.report", campaign_id=campaign_id)


@bp.errorhandler(CampaignClosed)
def closed(refused: CampaignClosed) -> Response:
    """The campaign itself, with what is said of it: there is nothing to change or to make any more."""
    return page((request.view_args or {})["campaign_id"], refused.status, str(refused))


def page(campaign_id: int, status: int = 200, refusal: str = "") -> Response:
    """A campaign as it is, with what was refused above it."""
    viewer, today = staff(), clock.today()
    campaign = queries.seen(campaign_id, viewer)
    return draw(
        "vouchers/campaigns/show.html", status, campaign=campaign, sums=sums(campaign.id), refusal=refusal,
        kinds=CAMPAIGN_KINDS, states=CAMPAIGN_STATES, whom=for_whom(campaign), what=for_what(campaign),
        decides=viewer.has(*PLANNERS) and queries.manages(campaign, viewer),
        issues=campaign.state is CampaignState.OPEN and today <= campaign.ends_on,
        remind=counts(campaign) if window_of(campaign, today) else None, series=batches.of_campaign(campaign.id),
        stopped=STOPPED, translated=_translated(campaign),
        shares=percents(
            (campaign.spent_cents, campaign.committed_cents, campaign.left_cents), campaign.budget_cents
        ),
    )  # fmt: skip


def _translated(campaign: Campaign) -> list[tuple[str, list[str]]]:
    """The languages in which something of it is said, each with what is missing, in words."""
    return [
        (one, [str(TRANSLATABLE[name]) for name in campaign.untranslated(TRANSLATED, one)])
        for one in TRANSLATED_INTO
        if one in campaign.translations
    ]
