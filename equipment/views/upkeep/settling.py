"""One incident: its steps, a repair that begins, what happened meanwhile, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.money import euros
from equipment.forms.upkeep import CloseForm, NoteForm, RepairForm
from equipment.models import Condition, Incident
from equipment.queries import incidents as queries
from equipment.rules.keeping import keeps
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS, DESTINATIONS, INCIDENT_STATES
from equipment.service import incidents as verbs
from equipment.views.upkeep.blueprint import INCIDENT, bp
from equipment.views.upkeep.history import told
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.security import allow
from foundation.web import BaseForm, draw, refuse, see_other

FAULTY = (Condition.WORKING, Condition.DAMAGED, Condition.INCOMPLETE, Condition.MISSING)

REPAIR, NOTE = "repair-", "note-"
"""Three forms stand on one page: their fields have names of their own."""


@bp.get(INCIDENT)
@allow(*WORKERS)
def incident(incident_id: int) -> Response:
    return _page(queries.seen(incident_id, staff()))


@bp.post(f"{INCIDENT}/reparation")
@allow(*WORKERS)
def begin_repair(incident_id: int) -> AnyResponse:
    form, actor, now = RepairForm(prefix=REPAIR), staff(), clock.now()
    supplier, note = form.supplier.data or "", form.note.data or ""
    return _done(
        incident_id, form, {"repair": form}, _("It is in repair."),
        lambda: verbs.begin_repair(incident_id, actor, now=now, supplier=supplier, note=note),
    )  # fmt: skip


@bp.post(f"{INCIDENT}/remarque")
@allow(*WORKERS)
def add_note(incident_id: int) -> AnyResponse:
    form, actor, now = NoteForm(prefix=NOTE), staff(), clock.now()
    note = form.note.data or ""
    return _done(
        incident_id, form, {"note": form}, _("Saved."), lambda: verbs.add_note(incident_id, note, actor, now=now)
    )


@bp.post(f"{INCIDENT}/regler")
@allow(*WORKERS)
def close(incident_id: int) -> AnyResponse:
    actor, now = staff(), clock.now()
    form = _close_form(queries.seen(incident_id, actor))
    outcome, supplier = form.outcome.data or "", form.supplier.data or ""
    return _done(
        incident_id, form, {"ending": form}, _("The incident is settled."),
        lambda: verbs.close(
            incident_id, outcome, actor, now=now, became=form.became.data, supplier=supplier,
            cost_cents=form.cost.data, **form.leaving(),
        ),
    )  # fmt: skip


def _done(
    incident_id: int, form: BaseForm, shown: dict[str, Any], said: str, act: Callable[[], Incident]
) -> AnyResponse:  # fmt: skip
    """The verb, then the incident again; or what is wrong, in its own form."""
    if not form.validate():
        return _page(queries.seen(incident_id, staff()), 422, **shown)
    try:
        in_transaction(act)
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(queries.seen(incident_id, staff()), refused.status, **shown)
    flash(said, "good")
    return see_other("upkeep.incident", incident_id=incident_id)


def _page(found: Incident, status: int = 200, **forms: BaseForm) -> Response:
    item = found.item
    shown = {
        "repair": forms.get("repair") or RepairForm(prefix=REPAIR), "note": forms.get("note") or NoteForm(prefix=NOTE),
        "ending": forms.get("ending") or _close_form(found),
    }  # fmt: skip
    return draw(
        "equipment/upkeep/incident.html", status, incident=found, item=item, steps=told(found.events), **shown,
        tried=next(iter(forms.values()), None), conditions=CONDITIONS, states=INCIDENT_STATES,
        destinations=DESTINATIONS, cost=None if found.cost_cents is None else euros(found.cost_cents),
        earlier=[one for one in queries.of_item(item.id) if one.id != found.id] if item else [],
    )  # fmt: skip


def _close_form(found: Incident) -> CloseForm:
    """A device that left for good before stays so; only who writes the register takes one out of use."""
    item = found.item
    if item is None:
        return CloseForm((Condition.WORKING, Condition.DAMAGED), leaves=False, supplier=found.supplier)
    if item.condition is Condition.RETIRED:
        return CloseForm((Condition.RETIRED,), leaves=False, supplier=found.supplier)
    leaves = keeps(staff(), item.structure_id)
    ends = (*FAULTY, Condition.RETIRED) if leaves else FAULTY
    return CloseForm(ends, leaves=leaves, supplier=found.supplier)
