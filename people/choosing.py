"""Whom something is for: somebody who is found, or somebody new. The screens where staff book and register share it."""

from __future__ import annotations

from foundation.i18n import _
from people import queries
from people.forms import SomebodyForm
from people.models import Person
from people.queries import Found

MOST_FOUND = 8


def choice(form: SomebodyForm) -> tuple[list[Found], Person | None]:
    """Who is found, and who was chosen and is not among them.

    When nobody is found, what was typed becomes the new person's; who alone is found is chosen.
    """
    query = (form.q.data or "").strip()
    found = queries.find(query, limit=MOST_FOUND) if query else []
    chosen = queries.current(form.person_id.data) if form.person_id.data else None
    if query and not found and chosen is None and not form.newcomer_named and not form.phone.data:
        _name_newcomer(form, query)
    if len(found) == 1 and query != form.asked.data and not form.newcomer_named:
        form.person_id.data = found[0].id
    form.asked.data = query
    return found, chosen if chosen and chosen.id not in {one.id for one in found} else None


def _name_newcomer(form: SomebodyForm, query: str) -> None:
    """A number that nobody has is the new person's; so is a name, given name first."""
    if any(letter.isdigit() for letter in query):
        form.phone.process_formdata([query])
        return
    form.given_name.data, _space, form.family_name.data = query.partition(" ")


def misses_somebody(form: SomebodyForm) -> bool:
    """Say on the form that nobody was named; True when nobody was."""
    if not form.names_somebody:
        form.q.errors = [_("Find the person, or write the name of somebody new.")]
    return bool(form.q.errors)
