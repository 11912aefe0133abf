"""Supplies of a kit: one press more, one press fewer; named, changed and counted no more."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.kits import SupplyForm
from equipment.models import Kit, Supply
from equipment.queries import kept as queries
from equipment.rules.keeping import KEEPERS
from equipment.rules.kits import WORKERS
from equipment.rules.refusals import NoSuchKit
from equipment.service import supplies as verbs
from equipment.views.kits.blueprint import KIT, bp, kit_to_change
from equipment.views.kits.showing import kit_page
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other

SUPPLY = f"{KIT}/fournitures/<int(max=2147483647):supply_id>"
STEPS = {"plus": 1, "moins": -1}


@bp.post(f"{KIT}/fournitures")
@allow(*KEEPERS)
def add_supply(kit_id: int) -> AnyResponse:
    kit = kit_to_change(kit_id)
    form = SupplyForm()
    if not form.validate():
        return kit_page(kit, 422, supply=form)
    counted = form.counted()
    try:
        in_transaction(lambda: verbs.add_supply(kit_id, counted, staff()))
    except Refused as refused:
        refuse(form, refused)
        return kit_page(kit_to_change(kit_id), refused.status, supply=form)
    return see_other("kits.show", kit_id=kit_id, _anchor="fournitures")


@bp.post(f"{SUPPLY}/compter")
@allow(*WORKERS)
def count_supply(kit_id: int, supply_id: int) -> AnyResponse:
    """One more or one fewer; what does not fit is told on the page of the kit."""
    by = STEPS.get(request.form.get("pas", ""), 0)
    try:
        in_transaction(lambda: verbs.count_supply(kit_id, supply_id, by, staff()))
    except NoSuchKit:
        raise
    except Refused as refused:
        form = SupplyForm()
        form.refusals.append(str(refused))
        return kit_page(queries.seen(kit_id, staff()), refused.status, supply=form)
    return see_other("kits.show", kit_id=kit_id, _anchor="fournitures")


@bp.get(f"{SUPPLY}/modifier")
@allow(*KEEPERS)
def edit_supply(kit_id: int, supply_id: int) -> Response:
    kit = kit_to_change(kit_id)
    supply = _supply(kit, supply_id)
    return _page(kit, supply, SupplyForm(supply))


@bp.post(f"{SUPPLY}/modifier")
@allow(*KEEPERS)
def change_supply(kit_id: int, supply_id: int) -> AnyResponse:
    kit = kit_to_change(kit_id)
    form = SupplyForm()
    if not form.validate():
        return _page(kit, _supply(kit, supply_id), form, 422)
    counted = form.counted()
    try:
        in_transaction(lambda: verbs.change_supply(kit_id, supply_id, counted, staff()))
    except Refused as refused:
        refuse(form, refused)
        kit = kit_to_change(kit_id)
        return _page(kit, _supply(kit, supply_id), form, refused.status)
    return see_other("kits.show", kit_id=kit_id, _anchor="fournitures")


@bp.post(f"{SUPPLY}/retirer")
@allow(*KEEPERS)
def remove_supply(kit_id: int, supply_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.remove_supply(kit_id, supply_id, staff()))
    flash(_("Removed."), "good")
    return see_other("kits.show", kit_id=kit_id, _anchor="fournitures")


def _supply(kit: Kit, supply_id: int) -> Supply:
    """Raises: NoSuchKit"""
    found = next((one for one in kit.supplies if one.id == supply_id), None)
    if found is None:
        raise NoSuchKit
    return found


def _page(kit: Kit, supply: Supply, form: SupplyForm, status: int = 200) -> Response:
    return draw("equipment/kits/supply.html", status, kit=kit, supply=supply, form=form)
