"""Somebody has a device in hand: how it is, what its battery has left, where it goes."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.items import BatteryForm, ConditionForm, MoveForm
from equipment.rules.keeping import KEEPERS
from equipment.rules.kits import WORKERS
from equipment.service import items, reshaping
from equipment.views.kits.blueprint import ITEM, bp, item_seen, item_to_change, kits_to_choose
from equipment.views.kits.items import item_page
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse, see_other


@bp.post(f"{ITEM}/etat")
@allow(*WORKERS)
def set_condition(code: str) -> AnyResponse:
    """What is wrong with a device of a kit opens an incident: it is told, and the kit serves less."""
    found = item_seen(code)
    form = ConditionForm()
    if not form.validate():
        return item_page(found, 422, condition=form)
    item_id, condition, note, now = found.id, form.condition.data, form.note.data or "", clock.now()
    try:
        opened = in_transaction(lambda: reshaping.found(item_id, condition, staff(), now=now, note=note))
    except Refused as refused:
        refuse(form, refused)
        return item_page(item_seen(code), refused.status, condition=form)
    flash(_("Noted, and an incident is open.") if opened else _("Noted."), "good")
    return see_other("kits.item", code=code)


@bp.post(f"{ITEM}/batterie")
@allow(*WORKERS)
def measure_battery(code: str) -> AnyResponse:
    found = item_seen(code)
    form = BatteryForm()
    if not form.validate():
        return item_page(found, 422, battery=form)
    item_id, percent, now = found.id, given(form.percent.data), clock.now()
    try:
        in_transaction(lambda: items.measure_battery(item_id, percent, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return item_page(item_seen(code), refused.status, battery=form)
    flash(_("Noted."), "good")
    return see_other("kits.item", code=code)


@bp.post(f"{ITEM}/deplacer")
@allow(*KEEPERS)
def move_item(code: str) -> AnyResponse:
    found = item_to_change(code)
    form = MoveForm(kits_to_choose(), found.kit_id)
    if not form.validate():
        return item_page(found, 422, move=form)
    item_id, kit_id, note, now = found.id, form.kit_id.data, form.note.data or "", clock.now()
    try:
        in_transaction(lambda: reshaping.move(item_id, kit_id, staff(), now=now, note=note))
    except Refused as refused:
        refuse(form, refused)
        return item_page(item_seen(code), refused.status, move=form)
    flash(_("Moved."), "good")
    return see_other("kits.item", code=code)
