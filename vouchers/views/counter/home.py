"""Where a counter begins: a code to type, and what was taken today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.codes import read_code
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import near_day
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.counter import CodeForm
from vouchers.models import Partner, Redemption
from vouchers.queries import tills as queries
from vouchers.queries.counters import short_name
from vouchers.rules.codes import VOUCHER_LENGTH, read_voucher_code
from vouchers.rules.labels import DEVICES
from vouchers.service import tills
from vouchers.views.counter.blueprint import bp, own_partner, till


@bp.get("")
@allow(Role.PARTNER)
def index() -> Response:
    return page(CodeForm(formdata=None))


@bp.post("")
@allow(Role.PARTNER)
def typed() -> AnyResponse:
    """A code that may be taken has an address of its own; any other one is refused here."""
    form = CodeForm()
    if not form.validate():
        return page(form, 422)
    here, now, code = till(), clock.now(), form.code.data or ""
    seen = in_transaction(lambda: tills.look(code, here, now=now))
    if isinstance(seen, Refused):
        return refused_code(seen, form)
    return see_other("counter.sale", code=read_voucher_code(code))


def refused_code(refused: Refused, form: CodeForm) -> Response:
    """The first page again, with why beside the code, and what this counter took with it itself."""
    refuse(form, refused)
    code = read_code(form.code.data or "", VOUCHER_LENGTH)
    earlier = queries.taken_of(own_partner().id, code) if code else []
    return page(form, 422 if refused.status == 404 else refused.status, earlier)


def page(form: CodeForm, status: int = 200, earlier: Sequence[Redemption] = ()) -> Response:
    partner, today = own_partner(), clock.today()
    return draw(
        "vouchers/counter/index.html",
        status,
        form=form,
        earlier=earlier,
        taken=queries.taken_on(partner.id, today),
        works=partner.under_agreement(today),
        yesterday=today - timedelta(days=1),
        **_words(partner),
    )


@bp.get("/encaissements")
@allow(Role.PARTNER)
def day() -> AnyResponse:
    """What was taken on another day."""
    partner, today = own_partner(), clock.today()
    wanted = _asked(today)
    return draw(
        "vouchers/counter/day.html",
        wanted=wanted,
        before=wanted - timedelta(days=1),
        after=wanted + timedelta(days=1) if wanted < today else None,
        taken=queries.taken_on(partner.id, wanted),
        **_words(partner),
    )


def _asked(today: date) -> date:
    """The day in `?jour=`; what is none, or has not come yet, is today."""
    try:
        return min(near_day(request.args.get("jour", "")), today)
    except ValueError:
        return today


def _words(partner: Partner) -> dict[str, Any]:
    return {"partner": partner, "devices": DEVICES, "short_name": short_name}
