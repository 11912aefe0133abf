"""The first screen of a registration for somebody: who, and for which date. Names never travel in the address."""

from __future__ import annotations

from flask import Response, request

from foundation.fields import row_id
from foundation.security import allow
from foundation.web import draw
from people.choosing import MOST_FOUND, choice
from workshops.forms.enrolling import WhoForm
from workshops.rules.desk import BOOKERS
from workshops.views.enrolments.blueprint import Reach, bp, reach

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
    found, chosen = choice(form)
    later = [(name, text) for name, text in request.form.items(multi=True) if name not in form and name not in NOT_KEPT]
    return draw(
        "enrolments/who.html", status, form=form, programme=allowed.programme, dates=allowed.dates, found=found,
        chosen=chosen, colleague=allowed.colleague, most_found=MOST_FOUND, carried=later,
    )  # fmt: skip


NOT_KEPT = {"csrf_token", "do", "add", "q"}
