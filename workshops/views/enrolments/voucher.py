"""The team notes which training voucher is to pay for somebody who waits: another one, or none."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse, see_other
from workshops.forms.paying import VoucherForm
from workshops.rules.desk import WORKERS
from workshops.views.enrolments.blueprint import bp, seen_whole
from workshops.views.enrolments.showing import PAGE, page
from workshops.views.vouchers import change_promised


@bp.post(f"{PAGE}/cheque")
@allow(*WORKERS)
def change_voucher(registration_id: int) -> AnyResponse:
    form, actor_id = VoucherForm(seen_whole(registration_id).programme), staff().id
    if not form.validate():
        return page(registration_id, paying_form=form, status=422)
    try:
        pays = change_promised(registration_id, form, actor_id)
    except Refused as refused:
        refuse(form, refused)
        return page(registration_id, paying_form=form, status=refused.status)
    flash(_("Noted: this voucher pays when they have a seat.") if pays else _("Noted: no voucher pays it."), "good")
    return see_other("enrolments.show", registration_id=registration_id)
