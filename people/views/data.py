"""A resident's rights: a copy of their data, and its erasure."""

from __future__ import annotations

from flask import Response, flash, jsonify
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.i18n import _
from foundation.security import allow
from foundation.web import BaseForm, draw, see_other
from people import service
from people.rules.details import AlreadyErased
from people.views.blueprint import ID, RESPONSIBLE, bp, known


@bp.post(f"/equipe/habitants/{ID}/copie.json")
@allow(*RESPONSIBLE)
def export(person_id: int) -> Response:
    """Everything kept of the resident; asked with POST, as handing it out is written down."""
    person = known(person_id)
    name = f"parvis-{person.code}.json"
    answer = jsonify(in_transaction(lambda: service.export(person_id, staff().id)))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.get(f"/equipe/habitants/{ID}/effacer")
@allow(*RESPONSIBLE)
def confirm_erasure(person_id: int) -> Response:
    person = known(person_id)
    if person.anonymised_at is not None:
        raise AlreadyErased
    return draw("people/erase.html", person=person, form=BaseForm())


@bp.post(f"/equipe/habitants/{ID}/effacer")
@allow(*RESPONSIBLE)
def erase(person_id: int) -> AnyResponse:
    in_transaction(lambda: service.erase(person_id, staff().id))
    flash(_("The data of this person are erased."), "good")
    return see_other("people.search")
