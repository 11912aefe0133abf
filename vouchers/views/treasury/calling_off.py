"""A file that the bank refused is called off: what it would have paid waits for another one."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.statements import CallOffForm
from vouchers.queries import treasury as queries
from vouchers.rules.partners import check_of_the_territory
from vouchers.service import treasury as verbs
from vouchers.views.acting import done
from vouchers.views.statements.words import month_of
from vouchers.views.treasury.blueprint import CLERKS, ONE, bp


@bp.get(f"{ONE}/annuler")
@allow(*CLERKS)
def call_off(transfer_id: int) -> Response:
    check_of_the_territory(staff())
    return _page(transfer_id, CallOffForm(formdata=None))


@bp.post(f"{ONE}/annuler")
@allow(*CLERKS)
def called_off(transfer_id: int) -> AnyResponse:
    check_of_the_territory(staff())
    form = CallOffForm()
    if not form.validate():
        return _page(transfer_id, form, 422)
    try:
        done(verbs.call_off, transfer_id, given(form.reason.data))
    except Refused as refused:
        refuse(form, refused)
        return _page(transfer_id, form, refused.status)
    flash(_("The file is called off. Put right what the bank refused, then make another one."), "good")
    return see_other("treasury.index")


def _page(transfer_id: int, form: CallOffForm, status: int = 200) -> Response:
    """Raises: NoSuchTransfer"""
    transfer = queries.transfer(transfer_id)
    return draw(
        "vouchers/treasury/call_off.html", status, form=form, transfer=transfer, month_of=month_of,
        statements=queries.statements_of(transfer_id),
    )  # fmt: skip
