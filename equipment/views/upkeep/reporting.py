"""Reporting what is wrong with a kit or a device, by the team."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.upkeep import ReportForm
from equipment.models import Item, Kit
from equipment.queries import incidents as queries
from equipment.queries import kept
from equipment.queries.kits import lendables_for
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS
from equipment.service import incidents as verbs
from equipment.views.upkeep.blueprint import KIT, bp
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.fields import row_id
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get("/incidents/nouveau")
@allow(*WORKERS)
def choose_kit() -> Response:
    """First which kit."""
    return draw("equipment/upkeep/which_kit.html", kits=lendables_for(staff()))


@bp.get(f"{KIT}/incident")
@allow(*WORKERS)
def ask_report(kit_id: int) -> Response:
    """`?appareil=` chooses the device."""
    kit = kept.seen(kit_id, staff())
    return _page(kit, _form(kit_id, request.args.get("appareil", type=row_id)))


@bp.post(f"{KIT}/incident")
@allow(*WORKERS)
def report(kit_id: int) -> AnyResponse:
    actor, now = staff(), clock.now()
    kit, form = kept.seen(kit_id, actor), _form(kit_id)
    if not form.validate():
        return _page(kit, form, 422)
    condition, words, item_id = form.condition.data, form.description.data or "", form.item_id
    try:
        made = in_transaction(
            lambda: verbs.open_incident(kit_id, condition, words, actor, now=now, item_id=item_id)
        )  # fmt: skip
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(kept.seen(kit_id, staff()), form, refused.status)
    flash(_("The incident is written down. Whoever borrows the kit next is told if it no longer serves them."), "good")
    return see_other("upkeep.incident", incident_id=made.id)


def _form(kit_id: int, chosen: int | None = None) -> ReportForm:
    devices = queries.devices_of(kit_id)
    offered = [(one.id, " · ".join(filter(None, (one.code, one.kind, one.label, _said(one))))) for one in devices]
    return ReportForm(offered, chosen if chosen in {one.id for one in devices} else None)


def _said(item: Item) -> str:
    """What is known already, so that nobody reports it anew."""
    return "" if item.condition.serves else str(CONDITIONS[item.condition]).lower()


def _page(kit: Kit, form: ReportForm, status: int = 200) -> Response:
    return draw("equipment/upkeep/report.html", status, kit=kit, form=form)
