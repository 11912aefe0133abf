"""A device: its page, and its particulars written anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.items import BatteryForm, CertificateForm, ConditionForm, ItemForm, MoveForm
from equipment.forms.money import euros
from equipment.models import Condition, Item, ItemEventKind, ReservationState
from equipment.queries import handing, incidents
from equipment.queries import items as queries
from equipment.rules import labels
from equipment.rules.keeping import KEEPERS, keeps
from equipment.rules.kits import WORKERS
from equipment.service import reshaping
from equipment.views.kits.blueprint import ITEM, bp, item_seen, item_to_change, kits_to_choose
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import BaseForm, draw, refuse, see_other


@dataclass
class Forms:
    """The small forms of the page of a device; one of them may be a refused one."""

    condition: BaseForm
    battery: BaseForm
    move: BaseForm
    certificate: BaseForm

    def faults(self) -> Any:
        return [*self.condition.faults(), *self.battery.faults(), *self.move.faults(), *self.certificate.faults()]


@bp.get(ITEM)
@allow(*WORKERS)
def item(code: str) -> Response:
    """Raises: NoSuchItem"""
    return item_page(item_seen(code))


def item_page(found: Item, status: int = 200, **refused: BaseForm) -> Response:
    """All about a device; with a small form that was refused, as it was sent."""
    forms = Forms(
        **{
            "condition": ConditionForm(), "battery": BatteryForm(), "certificate": CertificateForm(),
            "move": MoveForm(kits_to_choose(), found.kit_id),
            **refused,
        }
    )  # fmt: skip
    loan = handing.open_loan_of(found, clock.now())
    return draw(
        "equipment/kits/item.html", status, item=found, forms=forms,
        loan=loan if loan and loan.state is ReservationState.HANDED_OVER else None, past=queries.past_of(found.id),
        incidents=incidents.of_item(found.id), words=labels, said=_said, told=_told,
        price=None if found.price_cents is None else euros(found.price_cents),
        in_use=found.condition is not Condition.RETIRED, kept=keeps(staff(), found.structure_id),
    )  # fmt: skip


@bp.get(f"{ITEM}/modifier")
@allow(*KEEPERS)
def edit_item(code: str) -> Response:
    found = item_to_change(code)
    return _form_page(found, ItemForm(found))


@bp.post(f"{ITEM}/modifier")
@allow(*KEEPERS)
def change_item(code: str) -> AnyResponse:
    found = item_to_change(code)
    form = ItemForm(found)
    if not form.validate():
        return _form_page(found, form, 422)
    item_id, details, now = found.id, form.details(), clock.now()
    try:
        in_transaction(lambda: reshaping.change_item(item_id, details, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _form_page(item_to_change(code), form, refused.status)
    flash(_("Saved."), "good")
    return see_other("kits.item", code=details.code)


def _form_page(found: Item, form: ItemForm, status: int = 200) -> Response:
    return draw("equipment/kits/item_form.html", status, item=found, form=form, unit_kinds=queries.kinds_known())


def _said(kind: ItemEventKind, value: str) -> str:
    """What an event was from, or became, in words."""
    if kind is ItemEventKind.CONDITION:
        return str(labels.CONDITIONS[Condition(value)])
    if kind is ItemEventKind.RETIRED:
        return next((str(words) for one, words in labels.DESTINATIONS.items() if one == value), "")
    if kind is ItemEventKind.BATTERY:
        return _("%(num)s %%", num=value) if value else ""
    return value or _("reserve")


def _told(name: str, value: str) -> str:
    """What a column was, or became, that was written anew."""
    return euros(int(value)) if name == "price_cents" and value else value
