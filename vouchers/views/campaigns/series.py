"""Vouchers for everybody who may have one: asked for here, made by the jobs process, watched on a page that reloads."""

from __future__ import annotations

from uuid import uuid4

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries as accounts
from accounts.current import staff
from foundation.errors import Refused, Unknown
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.issuing import IssueForm
from vouchers.models import BatchState, Campaign
from vouchers.queries import batches, holders
from vouchers.queries import campaigns as queries
from vouchers.rules.eligibility import Claim
from vouchers.rules.labels import CAMPAIGN_KINDS, STOPPED
from vouchers.rules.team import PLANNERS, TEAM
from vouchers.service import batches as verbs
from vouchers.views.acting import done
from vouchers.views.campaigns.blueprint import ONE, bp
from vouchers.views.campaigns.telling import for_whom

EVERY_SECONDS = 3


@bp.get(f"{ONE}/serie")
@allow(*PLANNERS)
def ask_series(campaign_id: int) -> Response:
    return _ask(queries.seen(campaign_id, staff()), _form())


@bp.post(f"{ONE}/serie")
@allow(*PLANNERS)
def begin_series(campaign_id: int) -> AnyResponse:
    campaign, form = queries.seen(campaign_id, staff()), _form()
    if not form.validate():
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
    page = draw(
        "vouchers/campaigns/watch.html", batch=batch, campaign=batch.campaign, waits=waits, stopped=STOPPED,
        seconds=EVERY_SECONDS, looked=batch.made + batch.skipped,
    )  # fmt: skip
    if waits:
        page.headers["Refresh"] = str(EVERY_SECONDS)
    page.headers["Cache-Control"] = "no-store"
    return page


def _form() -> IssueForm:
    prescribers = [(one.id, one.name) for one in accounts.with_role(Role.PRESCRIBER)]
    return IssueForm(prescribers, uuid4().hex)


def _ask(campaign: Campaign, form: IssueForm, status: int = 200) -> Response:
    cards = len(batches.cards_of_act(campaign)) if campaign.act_needed else holders.live_cards()
    return draw(
        "vouchers/campaigns/series.html", status, campaign=campaign, form=form, cards=cards,
        most=campaign.left_cents // campaign.face_cents, whom=for_whom(campaign), kinds=CAMPAIGN_KINDS,
    )  # fmt: skip
