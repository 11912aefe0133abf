"""The list of partners, and one of them."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation import clock
from foundation.security import allow
from foundation.web import draw
from vouchers.queries import partners as queries
from vouchers.rules.labels import PARTNERS
from vouchers.rules.partners import is_of_the_territory
from vouchers.views.partners.blueprint import KEEPERS, ONE, bp, month_form, partner_page


@bp.get("")
@allow(*KEEPERS)
def index() -> Response:
    whole = is_of_the_territory(staff())
    return draw(
        "vouchers/partners/index.html", partners=queries.partners(), kinds=PARTNERS, today=clock.today(), whole=whole,
        with_bank=queries.with_bank() if whole else set(),
    )  # fmt: skip


@bp.get(ONE)
@allow(*KEEPERS)
def show(partner_id: int) -> Response:
    partner = queries.partner(partner_id)
    return partner_page(partner, month_form(partner))
