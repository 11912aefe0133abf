"""A sale: what the voucher is, what is bought with it, the amounts to agree to, and the press that takes it."""

from __future__ import annotations

from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.counter import CodeForm, DeviceForm, SaleForm, TrainingForm
from vouchers.models import CampaignKind
from vouchers.queries import offers
from vouchers.queries import tills as queries
from vouchers.queries.counters import Shown
from vouchers.rules.codes import read_voucher_code, spoken
from vouchers.rules.counter import AmountChanged, Quote, TakenAlready
from vouchers.rules.labels import DEVICES
from vouchers.service import tills
from vouchers.service.redeeming import Payment
from vouchers.service.tills import Till
from vouchers.views.counter.blueprint import bp, till
from vouchers.views.counter.home import refused_code

ONE = "/cheque/<code>"


@bp.get(ONE)
@allow(Role.PARTNER)
def sale(code: str) -> AnyResponse:
    here = till()
    seen = looked(code, here)
    if isinstance(seen, Refused):
        return not_taken(code, seen)
    return entry(code, seen, form_of(seen, here, fresh=True))


@bp.post(ONE)
@allow(Role.PARTNER)
def check(code: str) -> AnyResponse:
    """The amounts, in words, to be read to the resident; nothing is taken yet."""
    here = till()
    seen = looked(code, here)
    if isinstance(seen, Refused):
        return sent_already(here, request.form.get("request_key", "")) or not_taken(code, seen)
    form = form_of(seen, here)
    if not form.validate():
        return entry(code, seen, form, 422)
    if "change" in request.form:
        return entry(code, seen, form)
    return ask(code, seen, form, here)


@bp.post(f"{ONE}/encaisser")
@allow(Role.PARTNER)
def take(code: str) -> AnyResponse:
    """Taken once, however often it is pressed: the page that asked has a key, and its receipt answers each press.

    The voucher is looked at by the verb that takes it, and once more only to say what is wrong.
    """
    here = till()
    form = form_sent(here)
    if not form.validate():
        return sent_already(here, request.form.get("request_key", "")) or check(code)
    payment = Payment(code, form.bought(), form.request_key.data or uuid4().hex, here.partner_id)
    now, who = clock.now(), staff().id
    try:
        made = in_transaction(lambda: tills.take(payment, form.agreed_cents, here, now=now, actor_id=who))
    except Refused as refused:
        return sent_already(here, payment.request_key) or not_sold(code, refused, here)
    flash(_("The voucher is taken. Hand the receipt to the resident."), "good")
    return see_other("counter.receipt", redemption_id=made.id)


def form_sent(here: Till) -> SaleForm:
    """Of the kind that the page shows; whether it fits the voucher is seen by who takes it."""
    if "units" in request.form:
        return TrainingForm()
    return DeviceForm([], offers.sold_at_till(here.partner_id, []) if request.form.get("offer") else [])


def not_sold(code: str, refused: Refused, here: Till) -> AnyResponse:
    """The amounts as they are now, the earlier receipt, or the sale again with what is wrong with it."""
    if isinstance(refused, TakenAlready):
        return to_earlier(refused)
    seen = looked(code, here)
    if isinstance(seen, Refused):
        return not_taken(code, seen)
    form = form_of(seen, here)
    if isinstance(refused, AmountChanged):
        flash(str(refused), "warn")
        return ask(code, seen, form, here, 409)
    return refused_sale(code, seen, form, refused, here)


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
    return entry(code, seen, form, refused.status)


def form_of(seen: Shown, here: Till, *, fresh: bool = False) -> SaleForm:
    known = {"formdata": None, "request_key": uuid4().hex} if fresh else {}
    if seen.kind is CampaignKind.DEVICE:
        return DeviceForm(seen.device_kinds, offers.sold_at_till(here.partner_id, seen.device_kinds), **known)
    return TrainingForm(session_on=clock.today(), units=1, **known)


def entry(code: str, seen: Shown, form: SaleForm, status: int = 200) -> Response:
    said = spoken(read_voucher_code(code))
    return draw("vouchers/counter/sale.html", status, code=code, spoken=said, seen=seen, form=form)


def ask(code: str, seen: Shown, form: SaleForm, here: Till, status: int = 200) -> AnyResponse:
    """The amounts to agree to."""
    try:
        quote: Quote = tills.quote(seen, form.bought(), here, now=clock.now())
    except TakenAlready as refused:
        return to_earlier(refused)
    except Refused as refused:
        return refused_sale(code, seen, form, refused, here)
    form.agreed.data = str(quote.amount_cents)
    return draw(
        "vouchers/counter/check.html",
        status,
        code=code,
        seen=seen,
        form=form,
        quote=quote,
        bought=form.bought(),
        devices=DEVICES,
        earlier=queries.taken_with(here.partner_id, seen.voucher_id),
    )
