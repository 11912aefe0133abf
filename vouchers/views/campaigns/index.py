"""All campaigns, with what each has left."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation.security import allow
from foundation.web import draw
from vouchers.queries import campaigns as queries
from vouchers.rules.labels import CAMPAIGN_KINDS, CAMPAIGN_STATES
from vouchers.rules.team import TEAM
from vouchers.views.campaigns.blueprint import bp


@bp.get("")
@allow(*TEAM)
def index() -> Response:
    return draw(
        "vouchers/campaigns/index.html", campaigns=queries.listed(staff()), kinds=CAMPAIGN_KINDS,
        states=CAMPAIGN_STATES,
    )  # fmt: skip
