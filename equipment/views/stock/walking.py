"""The list on a phone: one press a device, and what turns up that belongs elsewhere."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.stock import PressForm, SuppliesForm, TurnUpForm, supplies_form
from equipment.models import StockTaking
from equipment.queries import stock as queries
from equipment.rules.counting import CountedOut, NotAsFound
from equipment.rules.kits import WORKERS
from equipment.service import stock
from equipment.views.stock import report
from equipment.views.stock.blueprint import TAKING, WORDS, bp, home_of
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Conflict, Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other

ITEM = "<int(max=2147483647):item_id>"


@bp.get(TAKING)
@allow(*WORKERS)
def show(taking_id: int) -> Response:
    """The list while it is open, what it found afterwards."""
    taking = queries.seen(taking_id, staff())
    return _page(taking, TurnUpForm()) if taking.closed_at is None else report.page(taking)


@bp.post(f"{TAKING}/appareils/{ITEM}")
@allow(*WORKERS)
def press(taking_id: int, item_id: int) -> AnyResponse:
    """Write it down, and go back to the device that was pressed."""
    form, now, actor = PressForm(), clock.now(), staff()
    if not form.validate():
        raise NotAsFound
    found = form.found.data
    try:
        in_transaction(lambda: stock.press(taking_id, item_id, found, actor, now=now))
    except Conflict as refused:
        return _told(taking_id, refused)
    return see_other("stock.show", taking_id=taking_id, _anchor=f"i{item_id}")


@bp.post(f"{TAKING}/appareils/{ITEM}/annuler")
@allow(*WORKERS)
def take_back(taking_id: int, item_id: int) -> AnyResponse:
    actor = staff()
    try:
        in_transaction(lambda: stock.take_back(taking_id, item_id, actor))
    except Conflict as refused:
        return _told(taking_id, refused)
    return see_other("stock.show", taking_id=taking_id, _anchor=f"i{item_id}")


@bp.post(f"{TAKING}/trouve")
@allow(*WORKERS)
def turn_up(taking_id: int) -> AnyResponse:
    form, now, actor = TurnUpForm(), clock.now(), staff()
    taking = queries.seen(taking_id, staff())
    if not form.validate():
        return _page(taking, form, 422)
    try:
        item_id = in_transaction(lambda: stock.turn_up(taking_id, form.wanted(), actor, now=now).item_id)
    except CountedOut as refused:
        return _told(taking_id, refused)
    except Refused as refused:
        refuse(form, Refused(str(refused), "code"))
        return _page(queries.seen(taking_id, staff()), form, 422)
    flash(_("It is on the list. Say how it is."), "good")
    return see_other("stock.show", taking_id=taking_id, _anchor=f"i{item_id}")


@bp.post(f"{TAKING}/consommables")
@allow(*WORKERS)
def count_supplies(taking_id: int) -> AnyResponse:
    actor, taking = staff(), queries.seen(taking_id, staff())
    form = supplies_form(taking.kit.supplies)
    if not form.validate():
        return _page(taking, TurnUpForm(formdata=None), 422, counts=form)
    counted = form.counted()
    try:
        in_transaction(lambda: stock.count_supplies(taking_id, counted, actor))
    except Conflict as refused:
        return _told(taking_id, refused)
    flash(_("Saved."), "good")
    return see_other("stock.show", taking_id=taking_id, _anchor="supplies")


def _told(taking_id: int, refused: Refused) -> AnyResponse:
    """A colleague was faster: the page as it is now says what happened."""
    flash(str(refused), "warn")
    return see_other("stock.show", taking_id=taking_id)


def _page(
    taking: StockTaking, form: TurnUpForm, status: int = 200, counts: SuppliesForm | None = None
) -> Response:  # fmt: skip
    return draw(
        "equipment/stock/walk.html",
        status,
        taking=taking,
        walk=queries.walk(taking),
        form=form,
        counts=counts or supplies_form(taking.kit.supplies),
        home_of=home_of,
        **WORDS,
    )
