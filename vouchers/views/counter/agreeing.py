"""The amounts of a sale, to be read to the resident, and the press that takes them."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, see_other
from vouchers.forms.counter import DeviceForm, SaleForm, TrainingForm
from vouchers.models import Redemption
from vouchers.queries import offers
from vouchers.queries import tills as queries
from vouchers.queries.counters import Shown
from vouchers.rules.counter import AmountChanged, TakenAlready
from vouchers.rules.labels import DEVICES
from vouchers.rules.states import Bought, Device, serial_of
from vouchers.service import tills
from vouchers.service.redeeming import Payment
from vouchers.service.tills import Till
from vouchers.views.counter.blueprint import bp, till
from vouchers.views.counter.sale import (
    ONE,
    check,
    drafts,
    entry,
    form_kept,
    form_of,
    looked,
    not_taken,
    refused_sale,
    sent_already,
    to_agree,
    to_earlier,
)


@bp.get(f"{ONE}/verifier")
@allow(Role.PARTNER)
def agree(code: str) -> AnyResponse:
    """Whoever comes back to it after the press is led to the receipt; without what was typed, to the sale."""
    here = till()
    seen = looked(code, here)
    if isinstance(seen, Refused):
        return sent_already(here, _key_kept()) or not_taken(code, seen)
    form = form_kept(seen, here, request.args.get("d", ""))
    if form is None:
        flash(_("Too much time has passed: please write it again."), "warn")
        return see_other("counter.sale", code=code)
    if done := sent_already(here, form.request_key.data or ""):
        return done
    if not form.is_payable(tills.terms_of(seen), seen.left_cents, clock.today()):
        return entry(code, seen, form, here, 422)
    return _ask(code, seen, form, here)


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
    if made.undone_at is None:
        flash(_("The voucher is taken. Hand the receipt to the resident."), "good")
    else:
        words = _("This sale was undone since: nothing is taken. To take the voucher, begin again with its code.")
        flash(words, "warn")
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
    if isinstance(refused, AmountChanged) and form.validate():
        flash(str(refused), "warn")
        return to_agree(code, form)
    return refused_sale(code, seen, form, refused, here)


def _key_kept() -> str:
    return str((drafts.find(request.args.get("d", "")) or {}).get("request_key", ""))


def _ask(code: str, seen: Shown, form: SaleForm, here: Till) -> AnyResponse:
    bought = form.bought()
    try:
        quote = tills.quote(seen, bought, here, now=clock.now())
    except TakenAlready as refused:
        return to_earlier(refused)
    except Refused as refused:
        return refused_sale(code, seen, form, refused, here)
    form.agreed.data = str(quote.amount_cents)
    return draw(
        "vouchers/counter/check.html",
        code=code,
        draft=request.args["d"],
        seen=seen,
        form=form,
        quote=quote,
        bought=bought,
        devices=DEVICES,
        chosen=getattr(form, "chosen", None),
        earlier=queries.paid_before(here.partner_id, seen.voucher_id),
        serial=serial_of(bought) if isinstance(bought, Device) else "",
        same_device=_same_device(bought),
        partner_id=here.partner_id,
    )


def _same_device(bought: Bought) -> Redemption | None:
    """When a device with this number was paid before: it may be read wrongly, or be sold twice."""
    return queries.sold_before(serial_of(bought)) if isinstance(bought, Device) else None
