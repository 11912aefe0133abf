"""A device is out of use for good: where it goes, and the certificate that comes later."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.items import CertificateForm, RetireForm
from equipment.models import Item
from equipment.rules.items import check_here
from equipment.rules.keeping import KEEPERS
from equipment.service import items, reshaping
from equipment.views.kits.blueprint import ITEM, bp, item_to_change
from equipment.views.kits.items import item_page
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other


def _here(code: str) -> Item:
    """Raises: ItemGone, and those of `item_to_change`"""
    found = item_to_change(code)
    check_here(found)
    return found


@bp.get(f"{ITEM}/retirer")
@allow(*KEEPERS)
def choose_destination(code: str) -> Response:
    return _page(_here(code), RetireForm())


@bp.post(f"{ITEM}/retirer")
@allow(*KEEPERS)
def retire_item(code: str) -> AnyResponse:
    found = _here(code)
    form = RetireForm()
    if not form.validate():
        return _page(found, form, 422)
    item_id, now = found.id, clock.now()
    destination, certificate, note = form.destination.data, form.certificate.data or "", form.note.data or ""
    try:
        in_transaction(lambda: reshaping.retire(item_id, destination, certificate, staff(), now=now, note=note))
    except Refused as refused:
        refuse(form, refused)
        return _page(_here(code), form, refused.status)
    flash(_("This device is out of use for good. Its past stays here."), "good")
    return see_other("kits.item", code=code)


@bp.post(f"{ITEM}/certificat")
@allow(*KEEPERS)
def certify(code: str) -> AnyResponse:
    found = item_to_change(code)
    form = CertificateForm()
    if not form.validate():
        return item_page(found, 422, certificate=form)
    item_id, certificate = found.id, form.certificate.data or ""
    try:
        in_transaction(lambda: items.certify(item_id, certificate, staff()))
    except Refused as refused:
        refuse(form, refused)
        return item_page(item_to_change(code), refused.status, certificate=form)
    flash(_("Noted."), "good")
    return see_other("kits.item", code=code)


def _page(found: Item, form: RetireForm, status: int = 200) -> Response:
    return draw("equipment/kits/item_retire.html", status, item=found, form=form)
