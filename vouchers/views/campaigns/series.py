"""Vouchers for everybody who may have one: asked for here, made by the jobs process, watched on a page that reloads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries as accounts
from accounts.current import staff
from accounts.models import Account
from foundation.downloads import PDF, download
from foundation.errors import Refused, Unknown
from foundation.fields import row_id, whole
from foundation.i18n import _, _l, ngettext
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.issuing import IssueForm
from vouchers.models import BatchState, Campaign, HandedOver
from vouchers.queries import batches, holders, listing
from vouchers.queries import campaigns as queries
from vouchers.rules.campaigns import check_not_closed
from vouchers.rules.eligibility import Claim
from vouchers.rules.labels import CAMPAIGN_KINDS, STOPPED
from vouchers.rules.team import PLANNERS, TEAM
from vouchers.service import batches as verbs
from vouchers.service import issuing
from vouchers.views.acting import done
from vouchers.views.campaigns.blueprint import ONE, bp
from vouchers.views.campaigns.telling import for_whom
from vouchers.views.issuing.paper import papers

EVERY_SECONDS = 3


class NothingToPost(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("No voucher of this series waits for its person any more."))


@bp.get(f"{ONE}/serie")
@allow(*PLANNERS)
def ask_series(campaign_id: int) -> Response:
    """Raises: NoSuchCampaign, CampaignClosed"""
    return _ask(_running(campaign_id), _form())


@bp.post(f"{ONE}/serie")
@allow(*PLANNERS)
def begin_series(campaign_id: int) -> AnyResponse:
    """Raises: NoSuchCampaign, CampaignClosed"""
    campaign, form = _running(campaign_id), _form()
    if not form.validate() or hindrance(campaign, _cards(campaign)):
        return _ask(campaign, form, 422)
    claim = Claim(form.prescribed_by.data, campaign.act_needed)
    only = batches.cards_of_act(campaign) if campaign.act_needed else None
    try:
        batch_id = done(verbs.ask, campaign_id, claim, card_ids=only, request_key=form.key).id
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _ask(queries.seen(campaign_id, staff()), form, refused.status)
    return see_other("campaigns.watch", batch_id=batch_id)


@bp.get("/series/<int(max=2147483647):batch_id>")
@allow(*TEAM)
def watch(batch_id: int) -> Response:
    """How far it is. The page loads itself again until the batch is made; nothing depends on somebody watching."""
    batch = batches.seen(batch_id, staff())
    waits = batch.state is BatchState.WAITING
    post = [] if waits else listing.to_post(batch.id, staff())
    page = draw(
        "vouchers/campaigns/watch.html",
        post=len(post),
        until=post[-1].id if post else 0, batch=batch, campaign=batch.campaign, waits=waits, stopped=STOPPED,
        seconds=EVERY_SECONDS, looked=batch.made + batch.skipped,
    )  # fmt: skip
    if waits:
        page.headers["Refresh"] = str(EVERY_SECONDS)
    page.headers["Cache-Control"] = "no-store"
    return page


@bp.get("/series/<int(max=2147483647):batch_id>/cheques.pdf")
@allow(*TEAM)
def print_series(batch_id: int) -> Response:
    """`?jusqua=` the last one: what is printed is what will be noted as posted."""
    batch = batches.seen(batch_id, staff())
    found = listing.to_post(batch.id, staff(), request.args.get("jusqua", type=row_id))
    if not found:
        raise NothingToPost
    return download(papers(found), PDF, f"cheques-serie-{batch.id}.pdf")


@bp.post("/series/<int(max=2147483647):batch_id>/postes")
@allow(*TEAM)
def post_series(batch_id: int) -> AnyResponse:
    """Note that those that were printed are posted; those handed over meanwhile stay as they are."""
    batch = batches.seen(batch_id, staff())
    ids = [one.id for one in listing.to_post(batch.id, staff(), whole(request.form.get("until")))]
    if not ids:
        flash(_("No voucher was left to note: those of this list are noted as posted or handed over already."), "warn")
        return see_other("campaigns.watch", batch_id=batch_id)
    done(_posted, ids)
    flash(ngettext("%(num)s voucher is noted as posted.", "%(num)s vouchers are noted as posted.", len(ids)), "good")
    return see_other("campaigns.watch", batch_id=batch_id)


def _posted(ids: Sequence[int], actor: Account, *, now: datetime) -> None:
    for voucher_id in ids:
        issuing.hand_over(voucher_id, HandedOver.POSTED, actor, now=now)


def _running(campaign_id: int) -> Campaign:
    """Raises: NoSuchCampaign, CampaignClosed"""
    campaign = queries.seen(campaign_id, staff())
    check_not_closed(campaign)
    return campaign


def _form() -> IssueForm:
    prescribers = [(one.id, one.name) for one in accounts.with_role(Role.PRESCRIBER)]
    return IssueForm(prescribers, uuid4().hex)


def _cards(campaign: Campaign) -> int:
    """How many cards a series would look at."""
    return len(batches.cards_of_act(campaign)) if campaign.act_needed else holders.live_cards()


def hindrance(campaign: Campaign, cards: int) -> str:
    """Why a series would make no voucher at all; empty when it may make one."""
    if not cards and campaign.act_needed:
        return _("Nobody with a card that counts has followed this workshop to its end yet.")
    if not cards:
        return _("There is no card that counts yet.")
    if campaign.left_cents < campaign.face_cents:
        return _("What is left of the budget is not enough for one more voucher.")
    return ""


def _ask(campaign: Campaign, form: IssueForm, status: int = 200) -> Response:
    cards = _cards(campaign)
    return draw(
        "vouchers/campaigns/series.html", status, campaign=campaign, form=form, cards=cards,
        why_not=hindrance(campaign, cards),
        most=campaign.left_cents // campaign.face_cents, whom=for_whom(campaign), kinds=CAMPAIGN_KINDS,
    )  # fmt: skip
