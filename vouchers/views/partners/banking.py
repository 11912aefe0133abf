"""Where a partner is paid."""

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
from vouchers.queries import partners as queries
from vouchers.rules.banking import masked
from vouchers.rules.partners import check_of_the_territory
from vouchers.service.banking import set_bank
from vouchers.views.partners.blueprint import KEEPERS, ONE, bp


@bp.get(f"{ONE}/compte")
@allow(*KEEPERS)
def bank(partner_id: int) -> Response:
    check_of_the_territory(staff())
    return _page(partner_id, BankForm(queries.bank_of(partner_id)))


@bp.post(f"{ONE}/compte")
@allow(*KEEPERS)
def change_bank(partner_id: int) -> AnyResponse:
    check_of_the_territory(staff())
    form = BankForm(None)
    if not form.validate():
        return _page(partner_id, form, 422)
    details, now = form.details(), clock.now()
    try:
        in_transaction(lambda: set_bank(partner_id, details, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _page(partner_id, form, refused.status)
    flash(_("The account is saved. It is shown with its last characters only."), "good")
    return see_other("partners.show", partner_id=partner_id)


def _page(partner_id: int, form: BankForm, status: int = 200) -> Response:
    partner, kept = queries.partner(partner_id), queries.bank_of(partner_id)
    return draw(
        "vouchers/partners/bank.html", status, form=form, partner=partner, kept=masked(kept.iban) if kept else ""
    )
