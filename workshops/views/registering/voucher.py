"""Whoever waits gives a training voucher, another one, or none: it pays when they say yes to a seat."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import public
from foundation.web import draw, refuse, see_other
from workshops.forms.paying import VoucherForm
from workshops.models import Registration
from workshops.queries.paid import payment_of
from workshops.rules.refusals import NoSuchRegistration
from workshops.service import paying
from workshops.views.registering.blueprint import bp
from workshops.views.registering.mine import OWN, opened, own
from workshops.views.vouchers import change_promised

PAGE = f"{OWN}/cheque"


@bp.get(PAGE)
@public
def choose_voucher(code: str, secret: str) -> AnyResponse:
    """The page of the registration instead, when there is nothing to choose."""
    registration = opened(code, secret)
    if not paying.may_change(registration):
        return see_other("workshops.mine", **own(registration))
    return _page(registration, VoucherForm(registration.programme))


@bp.post(PAGE)
@public
def change_voucher(code: str, secret: str) -> AnyResponse:
    registration = opened(code, secret)
    id_, form = registration.id, VoucherForm(registration.programme)
    if not form.validate_on_submit():
        return _page(registration, form, 422)
    try:
        pays = change_promised(id_, form)
    except NoSuchRegistration:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(opened(code, secret), form, refused.status)
    flash(_("Noted: this voucher pays when you have a seat.") if pays else _("Noted: no voucher pays it."))
    return see_other("workshops.mine", code=code, secret=secret)


def _page(registration: Registration, form: VoucherForm, status: int = 200) -> Response:
    return draw(
        "workshops/registering/voucher.html", status, form=form, own=own(registration), registration=registration,
        programme=registration.programme, payment=payment_of(registration), dates=[],
    )  # fmt: skip
