"""A sale: what the voucher is, and what is bought with it. What was typed stays in the cookie until it is agreed to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Response, flash, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import in_transaction
from foundation.drafts import Drafts
from foundation.errors import Refused
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.counter import CodeForm, DeviceForm, SaleForm, TrainingForm
from vouchers.models import CampaignKind
from vouchers.queries import offers
from vouchers.queries import tills as queries
from vouchers.queries.counters import Shown
from vouchers.rules.codes import read_voucher_code, spoken
from vouchers.rules.counter import TakenAlready
from vouchers.rules.labels import DEVICES
from vouchers.service import tills
from vouchers.service.tills import Till
from vouchers.views.counter.blueprint import bp, till
from vouchers.views.counter.home import refused_code

ONE = "/cheque/<code>"
drafts = Drafts("counter")


@bp.get(ONE)
@allow(Role.PARTNER)
def sale(code: str) -> AnyResponse:
    """What was typed before is there again when something is to be changed."""
    here = till()
    seen = looked(code, here)
    if isinstance(seen, Refused):
        return not_taken(code, seen)
    return entry(code, seen, form_kept(seen, here, request.args.get("d", "")) or form_of(seen, here, fresh=True), here)


@bp.post(ONE)
@allow(Role.PARTNER)
def check(code: str) -> AnyResponse:
    """To the page with the amounts, which may be opened again; nothing is taken yet."""
    here = till()
    seen = looked(code, here)
    if isinstance(seen, Refused):
        return sent_already(here, request.form.get("request_key", "")) or not_taken(code, seen)
    form = form_of(seen, here)
    if not form.is_payable(tills.terms_of(seen), seen.left_cents, clock.today()):
        return entry(code, seen, form, here, 422)
    try:
        tills.quote(seen, form.bought(), here, now=clock.now())
        return to_agree(code, form)
    except TakenAlready as refused:
        return to_earlier(refused)
    except Refused as refused:
        return refused_sale(code, seen, form, refused, here)


def to_agree(code: str, form: SaleForm) -> AnyResponse:
    """Raises: TooMuchTyped"""
    return see_other("counter.agree", code=code, d=drafts.keep(request.args.get("d", ""), form.kept()))


def looked(code: str, here: Till) -> Shown | Refused:
    now = clock.now()
    return in_transaction(lambda: tills.look(code, here, now=now))


def sent_already(here: Till, key: str) -> AnyResponse | None:
    """To the receipt of what the page at hand did when it came first."""
    made = queries.sent_with(here.partner_id, key) if key else None
    return see_other("counter.receipt", redemption_id=made) if made else None


def not_taken(code: str, refused: Refused) -> Response:
    return refused_code(refused, CodeForm(formdata=None, code=code))


def to_earlier(refused: TakenAlready) -> AnyResponse:
    flash(str(refused), "warn")
    return see_other("counter.receipt", redemption_id=refused.redemption_id)


def refused_sale(code: str, seen: Shown, form: SaleForm, refused: Refused, here: Till) -> AnyResponse:
    """What is wrong with the code, which changed meanwhile, is told and kept; with the sale, beside its field."""
    if refused.field == "code":
        now = clock.now()
        in_transaction(lambda: tills.note(refused, here, now=now))
        return not_taken(code, refused)
    refuse(form, refused)
    return entry(code, seen, form, here, refused.status)


def form_of(seen: Shown, here: Till, *, fresh: bool = False, **more: Any) -> SaleForm:
    known = {"formdata": None, "request_key": uuid4().hex} if fresh else more
    if seen.kind is CampaignKind.DEVICE:
        return DeviceForm(seen.device_kinds, offers.sold_at_till(here.partner_id, seen.device_kinds), **known)
    return TrainingForm(session_on=clock.today(), units=1, **known)


def form_kept(seen: Shown, here: Till, key: str) -> SaleForm | None:
    """With what was typed; None when this browser keeps nothing under `key`, or no more."""
    typed = drafts.find(key)
    return form_of(seen, here, formdata=MultiDict(typed), meta={"csrf": False}) if typed else None


def entry(code: str, seen: Shown, form: SaleForm, here: Till, status: int = 200) -> Response:
    return draw(
        "vouchers/counter/sale.html",
        status,
        code=code,
        spoken=spoken(read_voucher_code(code)),
        seen=seen,
        form=form,
        draft=request.args.get("d", ""),
        earlier=queries.paid_before(here.partner_id, seen.voucher_id),
        devices=DEVICES,
    )
