"""Two records of one resident: found, looked at side by side, joined, parted again."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people import queries, service
from people.forms import MergeForm
from people.models import Person
from people.rules.merging import check_merge, fields_to_fill
from people.views.blueprint import ID, KEEPERS, bp, known
from people.words import FIELDS, REASONS

OTHER = "<int(max=2147483647):other_id>"


@bp.get(f"/equipe/habitants/{ID}/doublons")
@allow(*KEEPERS)
def doubles(person_id: int) -> Response:
    """Records that look like this one, and a box to find another."""
    person = known(person_id)
    query = request.args.get("q", "").strip()[: queries.LONGEST_QUERY]
    traits = service.Traits(person.given_name, person.family_name, person.birth_year, person.phone)
    return draw(
        "people/doubles.html",
        person=person,
        query=query,
        likely=queries.similar(traits, but=person.id),
        found=[one for one in queries.find(query) if one.id != person.id] if query else [],
        reasons=REASONS,
    )


@bp.get(f"/equipe/habitants/{ID}/doublons/{OTHER}")
@allow(*KEEPERS)
def preview(person_id: int, other_id: int) -> Response:
    """Both records side by side, and what the merge would do."""
    person, other = known(person_id), known(other_id)
    check_merge(person, other)
    form = MergeForm(_older_first(person, other), formdata=None)
    form.kept.data = _older_first(person, other)[0].id
    return _page(form, person, other)


def _older_first(person: Person, other: Person) -> list[Person]:
    return sorted((person, other), key=lambda one: one.id)


def _page(form: MergeForm, person: Person, other: Person, status: int = 200) -> Response:
    first, second = _older_first(person, other)
    filled = {
        first.id: [FIELDS[field] for field in fields_to_fill(first, second)],
        second.id: [FIELDS[field] for field in fields_to_fill(second, first)],
    }
    return draw("people/merge.html", status, form=form, person=person, pair=[first, second], filled=filled)


@bp.post(f"/equipe/habitants/{ID}/doublons/{OTHER}")
@allow(*KEEPERS)
def merge(person_id: int, other_id: int) -> AnyResponse:
    person, other = known(person_id), known(other_id)
    form = MergeForm(_older_first(person, other))
    if not form.validate():
        return _page(form, person, other, 422)
    kept_id = form.kept.data
    gone_id = other_id if kept_id == person_id else person_id
    try:
        in_transaction(lambda: service.merge(kept_id, gone_id, staff().id))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, known(person_id), known(other_id), refused.status)
    flash(_("The two records are one now. You can undo this at the foot of the page."), "good")
    return see_other("people.show", person_id=kept_id)


@bp.post("/equipe/habitants/fusions/<int(max=2147483647):merge_id>/annuler")
@allow(*KEEPERS)
def undo(merge_id: int) -> AnyResponse:
    gone_id = in_transaction(lambda: service.undo_merge(merge_id, staff().id).gone_id)
    flash(_("The two records are apart again. This is the one that had been joined."), "good")
    return see_other("people.show", person_id=gone_id)
