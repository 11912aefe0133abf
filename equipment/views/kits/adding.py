"""Devices come into a kit or into the reserve, one or many alike."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.items import NewItemsForm
from equipment.models import Kit
from equipment.queries import items as queries
from equipment.rules.codes import following
from equipment.rules.keeping import KEEPERS
from equipment.service import reshaping as verbs
from equipment.views.kits.blueprint import KIT, RESERVE, bp, kit_to_change, structures
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import ngettext
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{KIT}/appareils")
@allow(*KEEPERS)
def new_items(kit_id: int) -> Response:
    kit = kit_to_change(kit_id)
    first = following(kit.code, queries.codes_under(f"{kit.code}-"))
    return _page(_form(kit, code=first, kind=kit.unit_kind), kit)


@bp.post(f"{KIT}/appareils")
@allow(*KEEPERS)
def add_items(kit_id: int) -> AnyResponse:
    kit = kit_to_change(kit_id)
    return _added(_form(kit), kit)


@bp.get(f"{RESERVE}/ajouter")
@allow(*KEEPERS)
def new_in_reserve() -> Response:
    return _page(_form(None), None)


@bp.post(f"{RESERVE}/ajouter")
@allow(*KEEPERS)
def add_in_reserve() -> AnyResponse:
    return _added(_form(None), None)


def _form(kit: Kit | None, **given: str) -> NewItemsForm:
    """Whose the devices are is asked for the reserve alone: in a kit they are whose the kit is."""
    form = NewItemsForm(structures(), **given)
    if kit:
        del form.structure_id
    return form


def _added(form: NewItemsForm, kit: Kit | None) -> AnyResponse:
    if not form.validate():
        return _page(form, kit, 422)
    news, kit_id, now = form.news(), kit.id if kit else None, clock.now()
    try:
        in_transaction(lambda: verbs.add(kit_id, news, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, kit_to_change(kit_id) if kit_id else None, refused.status)
    number = len(news)
    flash(
        ngettext("%(num)s device is in the register.", "%(num)s devices are in the register.", number), "good"
    )  # fmt: skip
    return see_other("kits.show", kit_id=kit_id) if kit_id else see_other("kits.items", vue="reserve")


def _page(form: NewItemsForm, kit: Kit | None, status: int = 200) -> Response:
    return draw(
        "equipment/kits/items_new.html", status, form=form, kit=kit, unit_kinds=queries.kinds_known()
    )  # fmt: skip
