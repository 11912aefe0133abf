"""Whom to remind before the end: those to call first, with their number, then those who were written to."""

from __future__ import annotations

from flask import Response, request

from accounts.current import staff
from foundation import clock
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw
from vouchers.queries import campaigns as queries
from vouchers.queries import reminding
from vouchers.queries.sums import sums
from vouchers.rules.labels import VOUCHER_STATES
from vouchers.rules.reminding import REMINDED_BEFORE
from vouchers.rules.team import TEAM
from vouchers.views.campaigns.blueprint import ONE, bp

TOLD = "prevenus"


@bp.get(f"{ONE}/a-rappeler")
@allow(*TEAM)
def remind(campaign_id: int) -> Response:
    """`?vue=prevenus`: those who were written to."""
    campaign, number = queries.seen(campaign_id, staff()), page_asked()
    told = request.args.get("vue") == TOLD
    rows = reminding.to_remind(campaign, called=not told, page=number)
    return draw(
        "vouchers/campaigns/remind.html", campaign=campaign, rows=rows[: reminding.PER_PAGE], told=told,
        counts=reminding.counts(campaign), now=reminding.window_of(campaign, clock.today()), sums=sums(campaign.id),
        states=VOUCHER_STATES, begins=campaign.ends_on - REMINDED_BEFORE,
        page=pages_around(
            number, "campaigns.remind", more=len(rows) > reminding.PER_PAGE, campaign_id=campaign.id,
            vue=TOLD if told else None,
        ),
    )  # fmt: skip
