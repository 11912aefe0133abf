"""Whom to remind before the end: those to call, with their number; whom somebody called; who was written to."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.fields import whole
from foundation.i18n import _, ngettext
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw, see_other
from vouchers.queries import campaigns as queries
from vouchers.queries import reminding
from vouchers.queries.reminding import Way
from vouchers.rules.labels import VOUCHER_STATES
from vouchers.rules.reminding import REMINDED_BEFORE
from vouchers.rules.team import TEAM
from vouchers.service import calling
from vouchers.views.acting import done
from vouchers.views.campaigns.blueprint import ONE, bp


@bp.get(f"{ONE}/a-rappeler")
@allow(*TEAM)
def remind(campaign_id: int) -> Response:
    """`?vue=prevenus`: those who were written to; `?vue=appeles`: whom somebody called."""
    campaign, number, way = queries.seen(campaign_id, staff()), page_asked(), _way_asked()
    rows = reminding.to_remind(campaign, way, page=number)
    return draw(
        "vouchers/campaigns/remind.html", campaign=campaign, rows=rows[: reminding.PER_PAGE], way=way,
        counts=reminding.counts(campaign), now=reminding.window_of(campaign, clock.today()),
        states=VOUCHER_STATES, begins=campaign.ends_on - REMINDED_BEFORE,
        page=pages_around(
            number, "campaigns.remind", more=len(rows) > reminding.PER_PAGE, campaign_id=campaign.id,
            vue=None if way is Way.TO_CALL else way.value,
        ),
    )  # fmt: skip


@bp.post(f"{ONE}/a-rappeler")
@allow(*TEAM)
def note_calls(campaign_id: int) -> AnyResponse:
    """Those that are ticked leave the list."""
    queries.seen(campaign_id, staff())
    ticked = [whole(one) for one in request.form.getlist("voucher")[: reminding.PER_PAGE]]
    count = done(calling.note_calls, campaign_id, ticked) if ticked else 0
    if count:
        told = ngettext("%(num)s person was told: it is noted.", "%(num)s people were told: it is noted.", count)
        flash(told, "good")
    else:
        flash(_("Tick the people whom you told, then press again."), "warn")
    return see_other("campaigns.remind", campaign_id=campaign_id)


def _way_asked() -> Way:
    """The list in `?vue=`; whom to call, when it is none."""
    asked = request.args.get("vue", "")
    return Way(asked) if asked in set(Way) else Way.TO_CALL
