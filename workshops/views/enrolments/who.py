"""The first screen of a registration for somebody: who, and for which date. Names never travel in the address."""

from __future__ import annotations

from flask import Response, request

from foundation.fields import row_id
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw
from people import queries as people
from people.models import Person
from people.queries import Found
from workshops.forms.enrolling import WhoForm
from workshops.rules.desk import BOOKERS
from workshops.views.enrolments.blueprint import Reach, bp, reach

MOST_FOUND = 8
PAGE = "/equipe/ateliers/<int(max=2147483647):programme_id>/inscrire"


@bp.get(PAGE)
@allow(*BOOKERS)
def who(programme_id: int) -> Response:
    allowed = reach(programme_id)
    named = {"session_id": "seance", "person_id": "personne"}
    start = {name: request.args.get(argument, type=row_id) for name, argument in named.items()}
    return screen(WhoForm(allowed.programme, allowed.dates, data=start), allowed)


def screen(form: WhoForm, allowed: Reach, status: int = 200) -> Response:
    """Draw it, with whoever is found. What was typed on the second screen is carried along."""
    found, chosen = _people(form)
    later = [(name, text) for name, text in request.form.items(multi=True) if name not in form and name not in NOT_KEPT]
    return draw(
        "enrolments/who.html", status, form=form, programme=allowed.programme, dates=allowed.dates, found=found,
        chosen=chosen, colleague=allowed.colleague, most_found=MOST_FOUND, carried=later,
    )  # fmt: skip


NOT_KEPT = {"csrf_token", "do", "add", "q"}


def _people(form: WhoForm) -> tuple[list[Found], Person | None]:
    """Who is found, and who was chosen; when nobody is found, what was typed becomes the new person's."""
    query = (form.q.data or "").strip()
    found = people.find(query, limit=MOST_FOUND) if query else []
    chosen = people.current(form.person_id.data) if form.person_id.data else None
    if query and not found and chosen is None and not form.newcomer_named and not form.phone.data:
        _name_newcomer(form, query)
    if len(found) == 1 and query != form.asked.data and not form.newcomer_named:
        form.person_id.data = found[0].id
    form.asked.data = query
    return found, chosen if chosen and chosen.id not in {one.id for one in found} else None


def _name_newcomer(form: WhoForm, query: str) -> None:
    """A number that nobody has is the new person's; so is a name, given name first."""
    if any(letter.isdigit() for letter in query):
        form.phone.process_formdata([query])
        return
    form.given_name.data, _space, form.family_name.data = query.partition(" ")


def complain(form: WhoForm) -> bool:
    """Say on the form what is still missing; True when something is."""
    if not form.names_somebody:
        form.q.errors = [_("Find the person, or write the name of somebody new.")]
    return bool(form.q.errors)
