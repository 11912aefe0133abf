"""A statement by hand, for whoever can not wait for the night of the first of the month."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse, see_other
from vouchers.queries import partners as queries
from vouchers.rules.partners import check_of_the_territory
from vouchers.rules.statements import MonthNotOver
from vouchers.service import statements
from vouchers.views.partners.blueprint import KEEPERS, ONE, bp, month_form, partner_page


@bp.post(f"{ONE}/releves")
@allow(*KEEPERS)
def state(partner_id: int) -> AnyResponse:
    check_of_the_territory(staff())
    form, now = month_form(queries.partner(partner_id)), clock.now()
    month = form.wanted()
    try:
        if month is None:
            raise MonthNotOver
        made = in_transaction(lambda: statements.issue(partner_id, month, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return partner_page(queries.partner(partner_id), form, refused.status)
    flash(_("The statement is issued. Nothing of it changes any more."), "good")
    return see_other("statements.show", statement_id=made.id)
