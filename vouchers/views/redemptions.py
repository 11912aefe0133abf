"""Payments with vouchers, for managers: found by the number of a receipt, and undone after the day itself."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.counter import UndoForm
from vouchers.models import Redemption
from vouchers.queries import redemptions as queries
from vouchers.queries.counters import short_name
from vouchers.queries.statement_lines import is_stated
from vouchers.rules.labels import DEVICES
from vouchers.rules.team import PLANNERS
from vouchers.service import undoing
from vouchers.views.counter.receipt_words import amounts_of, facts_of

bp = Blueprint("redemptions", __name__, url_prefix="/equipe/encaissements")
ONE = "/<int(max=2147483647):redemption_id>"
LONGEST = 40


@bp.get("")
@allow(*PLANNERS)
def index() -> Response:
    text, number = request.args.get("q", "")[:LONGEST].strip(), page_asked()
    found = queries.listed(staff(), text, page=number)
    more = len(found) > queries.PER_PAGE
    return draw(
        "vouchers/redemptions/index.html",
        text=text,
        found=found[: queries.PER_PAGE],
        pager=pages_around(number, "redemptions.index", more=more, q=text),
        devices=DEVICES,
        short_name=short_name,
    )


@bp.get(ONE)
@allow(*PLANNERS)
def show(redemption_id: int) -> Response:
    return _page(queries.seen(redemption_id, staff()), UndoForm(formdata=None))


@bp.post(f"{ONE}/annuler")
@allow(*PLANNERS)
def undo(redemption_id: int) -> AnyResponse:
    actor, form, now = staff(), UndoForm(), clock.now()
    made, who = queries.seen(redemption_id, actor), actor.id
    if not form.validate():
        return _page(made, form, 422)
    reason = form.reason.data or ""
    try:
        in_transaction(lambda: undoing.undo(redemption_id, reason, db.session.get_one(Account, who), now=now))
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(queries.seen(redemption_id, staff()), form, refused.status)
    flash(_("It is undone."), "good")
    return see_other("redemptions.show", redemption_id=redemption_id)


def _page(made: Redemption, form: UndoForm, status: int = 200) -> Response:
    return draw(
        "vouchers/redemptions/show.html",
        status,
        made=made,
        form=form,
        facts_said=[*facts_of(made), *amounts_of(made)],
        stated=is_stated(made),
    )
