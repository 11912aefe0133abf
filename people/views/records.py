"""One resident: the page, creating in ten seconds, correcting."""

from __future__ import annotations

import re

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people import queries, service
from people.forms import CompanionForm, ConsentForm, PersonForm
from people.history import history, steps
from people.models import Person
from people.queries import Likely
from people.rules.names import wanted
from people.rules.numbers import digits_typed
from people.views.blueprint import FINDERS, ID, KEEPERS, RESPONSIBLE, bp, known
from people.words import CONTACT_MEANS, GENDERS, REASONS, RELATIONS, STATUSES, TOPICS


@bp.get("/equipe/habitants/nouveau")
@allow(*FINDERS)
def new() -> Response:
    """The form, with what was searched in vain filled in."""
    form = PersonForm(queries.neighbourhood_choices(), formdata=None, data=_guess(request.args.get("q", "")))
    return draw("people/new.html", form=form, likely=[])


def _guess(query: str) -> dict[str, str]:
    """A search as the beginning of a record: a number, or a given name and then a family name."""
    text = " ".join(query.split())[: queries.LONGEST_QUERY]
    if digits_typed(text):
        return {"phone": text}
    without_year = re.sub(r"\b(19|20)\d\d\b", "", text).strip()
    if not wanted(without_year):
        return {}
    given, _space, family = without_year.partition(" ")
    return {"given_name": given, "family_name": family} if family else {"family_name": given}


@bp.post("/equipe/habitants/nouveau")
@allow(*FINDERS)
def create() -> AnyResponse:
    """Create at once, or show who it may already be, and create when somebody who saw them says so."""
    form = PersonForm(queries.neighbourhood_choices())
    if not form.validate():
        return draw("people/new.html", 422, form=form, likely=[])
    details, actor_id = form.details(), staff().id
    likely = _unseen(form, details)
    if likely:
        form.sure.data = " ".join(str(one.person.id) for one in likely)
        return draw("people/new.html", 409, form=form, likely=likely, reasons=REASONS, keeper=staff().has(*KEEPERS))
    try:
        person_id = in_transaction(lambda: service.create(details, actor_id).id)
    except Refused as refused:
        refuse(form, refused)
        return draw("people/new.html", refused.status, form=form, likely=[])
    flash(_("The record is created."), "good")
    return see_other("people.show", person_id=person_id)


def _unseen(form: PersonForm, details: service.Details) -> list[Likely]:
    """Likely doubles, unless all of them were shown before and found to be somebody else."""
    traits = service.Traits(details.given_name, details.family_name, details.birth_year, details.phone)
    likely = queries.similar(traits)
    seen = set((form.sure.data or "").split())
    return [] if all(str(one.person.id) in seen for one in likely) else likely


@bp.get(f"/equipe/habitants/{ID}")
@allow(*FINDERS)
def show(person_id: int) -> AnyResponse:
    person = known(person_id)
    if person.merged_into_id is not None:
        return see_other("people.show", person_id=person.merged_into_id)
    return page(person)


def page(
    person: Person, status: int = 200, *, companion: CompanionForm | None = None, consent: ConsentForm | None = None
) -> Response:
    """The page of a resident, with a form that was refused in place of the empty one."""
    viewer = staff()
    keeper = viewer.has(*KEEPERS)
    return draw(
        "people/show.html" if person.anonymised_at is None else "people/erased.html",
        status,
        person=person,
        companions=queries.companions_of(person.id),
        consents=queries.consents_of(person.id),
        merges=queries.merges_of(person.id) if keeper else [],
        items=history(person.id, viewer) if keeper else [],
        steps=steps(person.id, viewer),
        keeper=keeper,
        responsible=viewer.has(*RESPONSIBLE),
        companion_form=companion or CompanionForm(formdata=None),
        consent_form=consent or ConsentForm(formdata=None),
        words={"means": CONTACT_MEANS, "gender": GENDERS, "status": STATUSES, "relation": RELATIONS, "topic": TOPICS},
    )


@bp.get(f"/equipe/habitants/{ID}/modifier")
@allow(*KEEPERS)
def edit(person_id: int) -> AnyResponse:
    person = known(person_id)
    if person.merged_into_id is not None or person.anonymised_at is not None:
        return see_other("people.show", person_id=person_id)
    form = PersonForm(queries.neighbourhood_choices(), obj=person)
    form.show(person)
    return draw("people/edit.html", form=form, person=person)


@bp.post(f"/equipe/habitants/{ID}/modifier")
@allow(*KEEPERS)
def save(person_id: int) -> AnyResponse:
    form = PersonForm(queries.neighbourhood_choices())
    if not form.validate():
        return draw("people/edit.html", 422, form=form, person=known(person_id))
    details, actor_id = form.details(), staff().id
    try:
        in_transaction(lambda: service.edit(person_id, details, actor_id))
    except service.NoSuchPerson:
        raise
    except Refused as refused:
        refuse(form, refused)
        return draw("people/edit.html", refused.status, form=form, person=known(person_id))
    flash(_("Saved."), "good")
    return see_other("people.show", person_id=person_id)
