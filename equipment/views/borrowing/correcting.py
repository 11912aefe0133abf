"""Head-count, group, phone and the like, corrected without giving the kit away."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_answers import wish_of
from equipment.forms.borrowing_details import CorrectForm
from equipment.models import Reservation
from equipment.rules.lending import check_changeable
from equipment.service.changing import DETAILS, change_details
from equipment.views.borrowing.blueprint import ONE, bp, own
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{ONE}/changer")
@allow(Role.HOST)
def correct(code: str) -> Response:
    one = own(code)
    check_changeable(one)
    return _page(one, CorrectForm(formdata=None, data={name: getattr(one, name) or None for name in DETAILS}))


def _page(one: Reservation, form: CorrectForm, status: int = 200) -> Response:
    return draw("equipment/borrowing/correct.html", status, one=one, form=form)


@bp.post(f"{ONE}/changer")
@allow(Role.HOST)
def corrected(code: str) -> AnyResponse:
    one, form = own(code), CorrectForm()
    check_changeable(one)
    if not form.validate():
        return _page(one, form, 422)
    reservation_id, wish = one.id, wish_of(form.data, None, None)
    try:
        in_transaction(lambda: change_details(reservation_id, wish, staff(), now=clock.now()))
    except Refused as refused:
        db.session.rollback()
        refuse(form, refused)
        return _page(own(code), form, refused.status)
    flash(_("The details are changed. The kit and the time stay yours."), "good")
    return see_other("borrowing.show", code=code)
