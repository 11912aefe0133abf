"""Writing a record, correcting it, withdrawing it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from activity.models import ActivityRecord
from activity.queries import telling_of
from activity.rules.records import AlreadyRecorded, check_change
from activity.service import records as activity
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.fields import row_id
from foundation.i18n import _, local
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from mediation.forms.records import RecordForm, stored
from mediation.models import id_in, reference_of
from mediation.queries.offers import open_services
from mediation.queries.records import appointment_of, unwritten
from mediation.queries.whereabouts import venue_choices
from mediation.service import records as verbs
from mediation.views.records.blueprint import ID, bp, seen
from mediation.views.records.prefilled import last_time, of_address, own_appointment
from people import queries as people

SAVE_AND_NEXT, FIND = "next", "find"
MOST_FOUND = 8


def _form(**more: Any) -> RecordForm:
    own = staff().structure_id
    return RecordForm(venue_choices(own), [(one.id, one.label) for one in open_services(own)], **more)


def _page(form: RecordForm, status: int = 200, record: ActivityRecord | None = None) -> Response:
    """The form, with who is in it, and who was found to be added."""
    actor = staff()
    appointment = appointment_of(record) if record else own_appointment(form.appointment_id.data, actor)
    typed = (form.find.data or "").strip()
    waiting = [one for one in unwritten(actor.id, clock.now()) if one.id != form.appointment_id.data]
    return draw(
        "records/form.html",
        status,
        form=form,
        record=record,
        appointment=appointment,
        present=[people.current(id_) for id_ in dict.fromkeys(form.person_ids.data or ())],
        found=people.find(typed, MOST_FOUND) if typed else [],
        typed=typed,
        like=None if record else last_time(actor, appointment),
        following=len(waiting),
    )


def _only_people(form: RecordForm) -> bool:
    """Whether the press was about who took part, not about saving; what was typed stays as it is."""
    there = list(dict.fromkeys(form.person_ids.data or ()))
    added, removed = request.form.get("add", type=row_id), request.form.get("remove", type=row_id)
    if added:
        form.person_ids.data = [*there, people.current(added).id]
        form.find.data = ""
        return True
    if removed:
        form.person_ids.data = [id_ for id_ in there if id_ != removed]
        return True
    return request.form.get("act") == FIND or bool((form.find.data or "").strip())


@bp.get("/equipe/comptes-rendus/nouveau")
@allow(Role.MEDIATOR)
def new() -> AnyResponse:
    """`?rendez_vous=`, `?personne=`, `?groupe=1` or `?anonyme=1`; `comme=1` fills in what was done last time."""
    actor = staff()
    appointment_id = request.args.get("rendez_vous", type=row_id)
    if appointment_id and (record_id := telling_of(reference_of(appointment_id))):
        own_appointment(appointment_id, actor)
        return see_other("records.show", record_id=record_id)
    form = _form(data={**of_address(actor), "request_key": uuid4().hex})
    return _page(form)


@bp.post("/equipe/comptes-rendus/nouveau")
@allow(Role.MEDIATOR)
def create() -> AnyResponse:
    form, actor, now = _form(), staff(), clock.now()
    if _only_people(form):
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    draft, key = form.draft(), form.request_key.data or None
    try:
        record_id = in_transaction(lambda: verbs.write(draft, now=now, actor=actor, request_key=key)).id
    except AlreadyRecorded as refused:
        flash(str(refused), "warn")
        return see_other("records.show", record_id=refused.alternatives[0])
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    return _after(record_id)


def _after(record_id: int) -> AnyResponse:
    """The next one that waits, when asked for; else the day on which it happened."""
    record = seen(record_id)
    waiting = unwritten(staff().id, clock.now())
    if request.form.get("act") == SAVE_AND_NEXT and waiting:
        flash(_("The record is written. Here is the next one."), "good")
        return see_other("records.new", rendez_vous=waiting[0].id)
    flash(_("The record is written."), "good")
    appointment_id = id_in(record.reference)
    if appointment_id is None:
        return see_other("records.show", record_id=record_id)
    anchor = f"rdv-{appointment_id}"
    return see_other("day.show", day=local(record.started_at).date().isoformat(), _anchor=anchor)


@bp.get(f"/equipe/comptes-rendus/{ID}/modifier")
@allow(Role.MEDIATOR)
def edit(record_id: int) -> Response:
    record = seen(record_id)
    check_change(record.mediator_id, record.created_at, staff().id, clock.now())
    return _page(_form(data=stored(record)), record=record)


@bp.post(f"/equipe/comptes-rendus/{ID}/modifier")
@allow(Role.MEDIATOR)
def save(record_id: int) -> AnyResponse:
    record = seen(record_id)
    form = _form(data=stored(record))
    if _only_people(form):
        return _page(form, record=record)
    if not form.validate():
        return _page(form, 422, record)
    draft, as_of, actor, now = form.draft(), form.as_of.data, staff(), clock.now()
    try:
        in_transaction(lambda: verbs.edit(record_id, draft, now=now, actor=actor, as_of=as_of))
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        refuse(form, refused)
        there = seen(record_id)
        if isinstance(refused, activity.ChangedMeanwhile):
            form.as_of.data = there.updated_at
        return _page(form, refused.status, there)
    flash(_("Saved."), "good")
    return see_other("records.show", record_id=record_id)


@bp.post(f"/equipe/comptes-rendus/{ID}/retirer")
@allow(Role.MEDIATOR)
def withdraw(record_id: int) -> AnyResponse:
    actor, now = staff(), clock.now()
    in_transaction(lambda: activity.withdraw(record_id, now=now, actor=actor))
    flash(_("The record is withdrawn."), "good")
    return see_other("records.mine")
