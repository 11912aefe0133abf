"""A kit is put into the register, or described anew."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.kits import KitForm
from equipment.models import Kit
from equipment.rules.keeping import KEEPERS
from equipment.service import kits as verbs
from equipment.service import reshaping
from equipment.views.kits.blueprint import KIT, KITS, bp, kit_to_change, offered
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{KITS}/nouvelle")
@allow(*KEEPERS)
def new_kit() -> Response:
    return _form_page(KitForm(offered()))


@bp.post(f"{KITS}/nouvelle")
@allow(*KEEPERS)
def create_kit() -> AnyResponse:
    form = KitForm(offered())
    if not form.validate():
        return _form_page(form, status=422)
    details, now = form.details(), clock.now()
    try:
        made = in_transaction(lambda: verbs.create(details, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _form_page(form, status=refused.status)
    flash(_("The kit is in the register. Put its devices into it now."), "good")
    return see_other("kits.show", kit_id=made.id)


@bp.get(f"{KIT}/modifier")
@allow(*KEEPERS)
def edit_kit(kit_id: int) -> Response:
    kit = kit_to_change(kit_id)
    return _form_page(KitForm(offered(), kit), kit)


@bp.post(f"{KIT}/modifier")
@allow(*KEEPERS)
def change_kit(kit_id: int) -> AnyResponse:
    kit = kit_to_change(kit_id)
    form = KitForm(offered(), kit)
    if not form.validate():
        return _form_page(form, kit, 422)
    details, now = form.details(), clock.now()
    try:
        in_transaction(lambda: reshaping.change_kit(kit_id, details, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _form_page(form, kit_to_change(kit_id), refused.status)
    flash(_("Saved. Reserved loans keep their time; whoever the kit no longer serves is told."), "good")
    return see_other("kits.show", kit_id=kit_id)


def _form_page(form: KitForm, kit: Kit | None = None, status: int = 200) -> Response:
    return draw("equipment/kits/form.html", status, form=form, kit=kit, known=offered())
