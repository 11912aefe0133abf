"""From which account the town pays."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.partners import BankForm
from vouchers.queries import treasury as queries
from vouchers.rules.banking import masked
from vouchers.rules.partners import check_of_the_territory
from vouchers.service.banking import set_town_bank
from vouchers.views.treasury.blueprint import CLERKS, bp


@bp.get("/compte")
@allow(*CLERKS)
def bank() -> Response:
    check_of_the_territory(staff())
    return _page(BankForm(queries.town_bank()))


@bp.post("/compte")
@allow(*CLERKS)
def change_bank() -> AnyResponse:
    check_of_the_territory(staff())
    form, now = BankForm(None), clock.now()
    if not form.validate():
        return _page(form, 422)
    details = form.details()
    try:
        in_transaction(lambda: set_town_bank(details, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    flash(_("The account is saved. It is shown with its last characters only."), "good")
    return see_other("treasury.index")


def _page(form: BankForm, status: int = 200) -> Response:
    kept = queries.town_bank()
    return draw("vouchers/partners/bank.html", status, form=form, partner=None, kept=masked(kept.iban) if kept else "")
