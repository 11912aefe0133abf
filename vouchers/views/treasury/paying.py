"""Files of transfers: made, fetched as often as one likes, noted as paid."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.downloads import download
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse, see_other
from vouchers.forms.statements import PaidForm, TransferForm
from vouchers.queries import treasury as queries
from vouchers.rules.partners import check_of_the_territory
from vouchers.rules.treasury import check_not_called_off
from vouchers.service import treasury as verbs
from vouchers.views.treasury.blueprint import CLERKS, ONE, bp, treasury_page

XML = "application/xml; charset=utf-8"


@bp.get("")
@allow(*CLERKS)
def index() -> Response:
    check_of_the_territory(staff())
    return treasury_page()


@bp.post("/virements")
@allow(*CLERKS)
def make() -> AnyResponse:
    check_of_the_territory(staff())
    form, now = TransferForm(clock.today()), clock.now()
    if not form.validate():
        return treasury_page(form, status=422)
    day, key = given(form.execute_on.data), given(form.request_key.data)
    try:
        in_transaction(lambda: verbs.make(day, key, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return treasury_page(form, status=refused.status)
    flash(_("The file is made. Fetch it below and send it to the bank."), "good")
    return see_other("treasury.index", _anchor="virements")


@bp.get(f"{ONE}.xml")
@allow(*CLERKS)
def file(transfer_id: int) -> Response:
    """The file as it was made, whole numbers of accounts included: it goes to the bank."""
    check_of_the_territory(staff())
    found = queries.transfer(transfer_id)
    check_not_called_off(found)
    return download(found.content, XML, f"{found.message}.xml")


@bp.post(f"{ONE}/paye")
@allow(*CLERKS)
def paid(transfer_id: int) -> AnyResponse:
    check_of_the_territory(staff())
    form, now = PaidForm(), clock.now()
    if not form.validate():
        return treasury_page(paid=form, status=422)
    day = given(form.paid_on.data)
    try:
        in_transaction(lambda: verbs.paid(transfer_id, day, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return treasury_page(paid=form, status=refused.status)
    flash(_("Noted as paid."), "good")
    return see_other("treasury.index", _anchor="virements")
