"""Vouchers looked through: by what became of them, campaign, code or name."""

from __future__ import annotations

from flask import Response, request

from accounts.current import staff
from foundation.fields import whole
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw
from vouchers.queries import campaigns, listing
from vouchers.queries.listing import PER_PAGE, Asked, View
from vouchers.rules.labels import ONE_VOUCHER, VOUCHER_STATES
from vouchers.rules.team import TEAM
from vouchers.views.issuing.blueprint import bp

VIEWS = {
    "": View.ALL,
    "a-remettre": View.TO_HAND_OVER,
    "remis": View.UNUSED,
    "utilises": View.USED,
    "termines": View.ENDED,
}
LONGEST_SEARCH = 60


@bp.get("/cheques")
@allow(*TEAM)
def index() -> Response:
    """`?vue=`, `?campagne=`, `?serie=`, `?q=`: the code of a voucher, the number of a card, or a name."""
    args, number = request.args, page_asked()
    chosen = args.get("vue", "") if args.get("vue", "") in VIEWS else ""
    text = args.get("q", "")[:LONGEST_SEARCH].strip()
    kept = {"campagne": whole(args.get("campagne")), "serie": whole(args.get("serie")), "q": text}
    asked = Asked(VIEWS[chosen], whole(args.get("campagne")), whole(args.get("serie")), text)
    rows = listing.listed(staff(), asked, page=number)
    return draw(
        "vouchers/issuing/index.html", rows=rows[:PER_PAGE], view=asked.view.value,
        views={view.value: name or None for name, view in VIEWS.items()},
        kept={name: value for name, value in kept.items() if value}, campaigns=campaigns.listed(staff()),
        kinds=ONE_VOUCHER, states=VOUCHER_STATES,
        page=pages_around(number, "issuing.index", more=len(rows) > PER_PAGE, vue=chosen, **kept),
    )  # fmt: skip
