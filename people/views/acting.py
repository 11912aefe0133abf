"""Companions of a resident, and what the resident agreed to."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse, see_other
from people import service
from people.forms import CompanionForm, ConsentForm
from people.models import ConsentTopic, Relation
from people.views.blueprint import ID, KEEPERS, bp, known
from people.views.records import page


@bp.post(f"/equipe/habitants/{ID}/accompagnants")
@allow(*KEEPERS)
def add_companion(person_id: int) -> AnyResponse:
    form = CompanionForm()
    if not form.validate():
        return page(known(person_id), 422, companion=form)
    name, phone, relation, actor_id = form.name.data or "", form.phone.data, Relation(form.relation.data), staff().id
    try:
        in_transaction(lambda: service.add_companion(person_id, name, phone, relation, actor_id))
    except service.NoSuchPerson:
        raise
    except Refused as refused:
        refuse(form, refused)
        return page(known(person_id), refused.status, companion=form)
    flash(_("Saved."), "good")
    return see_other("people.show", person_id=person_id)


@bp.post(f"/equipe/habitants/{ID}/accompagnants/<int(max=2147483647):companion_id>/retirer")
@allow(*KEEPERS)
def remove_companion(person_id: int, companion_id: int) -> AnyResponse:
    in_transaction(lambda: service.remove_companion(person_id, companion_id, staff().id))
    flash(_("Removed."), "good")
    return see_other("people.show", person_id=person_id)


@bp.post(f"/equipe/habitants/{ID}/accords")
@allow(*KEEPERS)
def record_consent(person_id: int) -> AnyResponse:
    form = ConsentForm()
    if not form.validate():
        return page(known(person_id), 422, consent=form)
    topic, granted, actor_id = ConsentTopic(form.topic.data), form.answer.data == "yes", staff().id
    in_transaction(lambda: service.record_consent(person_id, topic, granted=granted, actor_id=actor_id))
    flash(_("Saved."), "good")
    return see_other("people.show", person_id=person_id)
