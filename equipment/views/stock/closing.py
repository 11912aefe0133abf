"""The end of a stock-taking: what nobody saw, what belongs elsewhere, and what will be written."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.stock import CloseForm
from equipment.models import StockTaking
from equipment.queries import stock as queries
from equipment.queries.stock import Walk
from equipment.rules.counting import CountedOut
from equipment.rules.keeping import keeps
from equipment.rules.kits import WORKERS
from equipment.service import stock_closing
from equipment.views.stock.blueprint import TAKING, WORDS, bp, home_of
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{TAKING}/fin")
@allow(*WORKERS)
def ask_close(taking_id: int) -> AnyResponse:
    taking = queries.seen(taking_id, staff())
    if taking.closed_at is not None:
        return see_other("stock.show", taking_id=taking_id)
    return _page(taking, CloseForm())


@bp.post(f"{TAKING}/fin")
@allow(*WORKERS)
def close(taking_id: int) -> AnyResponse:
    taking, form, now, actor = queries.seen(taking_id, staff()), CloseForm(), clock.now(), staff()
    form.take_in.choices = _to_take_in(taking, queries.walk(taking))
    if not form.validate():
        return _page(taking, form, 422)
    rest, taken = form.rest_missing.data, form.take_in.data or []
    try:
        in_transaction(lambda: stock_closing.close(taking_id, actor, now=now, rest_missing=rest, take_in=taken))
    except Unknown:
        raise
    except CountedOut as refused:
        flash(str(refused), "warn")
        return see_other("stock.show", taking_id=taking_id)
    except Refused as refused:
        refuse(form, refused)
        return _page(queries.seen(taking_id, staff()), form, refused.status)
    flash(_("The stock-taking is closed, and the register says what was found."), "good")
    return see_other("stock.show", taking_id=taking_id)


def _page(taking: StockTaking, form: CloseForm, status: int = 200) -> Response:
    walk = queries.walk(taking)
    form.take_in.choices = _to_take_in(taking, walk)
    changed = [row for row in [*walk.here, *walk.elsewhere] if row.found not in {None, row.item.condition}]
    return draw(
        "equipment/stock/close.html", status, taking=taking, walk=walk, form=form, changed=changed, **WORDS
    )  # fmt: skip


def _to_take_in(taking: StockTaking, walk: Walk) -> list[tuple[int, str]]:
    """What turned up and may be put into this kit by the person at hand; they write the register of both."""
    if not keeps(staff(), taking.kit.structure_id):
        return []
    return [
        (row.item.id, _("%(what)s: %(more)s", what=row.item.code, more=home_of(row.item.kit)))
        for row in walk.elsewhere
        if keeps(staff(), row.item.structure_id)
    ]
