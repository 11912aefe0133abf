"""What a campaign came to: frozen when it closed, on a page and on paper. Before that there is none."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from activity.models import AgeBand
from activity.rules.labels import AGE_BANDS
from foundation.downloads import PDF, download
from foundation.errors import Unknown
from foundation.i18n import _, _l, euros, full_day, local
from foundation.security import allow
from foundation.web import draw
from people.models import Residence
from vouchers.models import Campaign
from vouchers.queries import campaigns as queries
from vouchers.queries.sums import undone_since_closing
from vouchers.rules.labels import CAMPAIGN_KINDS
from vouchers.rules.team import TEAM
from vouchers.views.campaigns.blueprint import ONE, bp
from vouchers.views.campaigns.report_paper import Report, Rows, paper
from vouchers.views.campaigns.telling import for_what, for_whom


class NotClosedYet(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This campaign has no report yet: it is written when the campaign closes."))


@bp.get(f"{ONE}/bilan")
@allow(*TEAM)
def report(campaign_id: int) -> Response:
    campaign = _closed(campaign_id)
    return draw(
        "vouchers/campaigns/report.html", campaign=campaign, kinds=CAMPAIGN_KINDS, report=told(campaign),
        whom=for_whom(campaign), what=for_what(campaign),
    )  # fmt: skip


@bp.get(f"{ONE}/bilan.pdf")
@allow(*TEAM)
def report_paper(campaign_id: int) -> Response:
    campaign = _closed(campaign_id)
    return download(paper(campaign, told(campaign)), PDF, f"bilan-campagne-{campaign.id}.pdf")


def _closed(campaign_id: int) -> Campaign:
    """Raises: NoSuchCampaign, NotClosedYet"""
    campaign = queries.seen(campaign_id, staff())
    if campaign.report is None:
        raise NotClosedYet
    return campaign


def told(campaign: Campaign) -> Report:
    """The frozen figures with their words."""
    kept = campaign.report or {}
    ages = {one["key"]: one for one in kept.get("ages", [])}
    return Report(
        sums=kept,
        ages=[(str(AGE_BANDS[band]), ages[band]["issued"], ages[band]["used"]) for band in AgeBand if band in ages],
        areas=_areas(kept.get("areas", [])),
        categories=[(one["name"], one["issued"], one["used"]) for one in kept.get("categories", [])],
        partners=[
            (one["name"] or _("Workshops of the town"), one["redemptions"], one["cents"])
            for one in kept.get("partners", [])
        ],
        since=[
            _(
                "Undone on %(day)s, after the closing: %(amount)s. The report stays as it was.",
                day=full_day(local(at)),
                amount=euros(cents),
            )
            for at, cents in undone_since_closing(campaign)
        ],
    )


def _areas(rows: list[dict[str, object]]) -> Rows:
    """Neighbourhoods by name, then outside, then not known: that one is a value too."""
    words = {Residence.OUTSIDE.value: _("Outside the territory")}
    found = [
        (str(one["name"]) or words.get(str(one["key"]), _("Not known")), one["issued"], one["used"], one["key"])
        for one in rows
    ]
    order = [Residence.INSIDE, Residence.OUTSIDE, Residence.UNKNOWN]
    found.sort(key=lambda one: (order.index(Residence(str(one[3]))), one[0]))
    return [(name, int(str(issued)), int(str(used))) for name, issued, used, _key in found]
