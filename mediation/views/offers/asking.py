"""The page that asks what becomes of booked appointments, before a change that leaves them behind is written."""

from __future__ import annotations

from flask import Response, request

from foundation.web import draw
from mediation.forms.shifts import AnswerForm
from mediation.queries import presences
from mediation.rules.stranding import Answer, WouldStrand

OWN = {"csrf_token", "fate", "seen", "back"}


def answer() -> Answer | None:
    """What the page answered; None when it was not asked yet."""
    form = AnswerForm(meta={"csrf": False})
    if not form.validate() or form.fate.data is None:
        return None
    return Answer(form.fate.data, form.ids())


def went_back() -> bool:
    """Whether the person looked at what is booked, and wants to change what was typed instead."""
    return "back" in request.form


def ask(refused: WouldStrand) -> Response:
    """List what is booked, and carry along what was typed: nothing is written until it is answered."""
    carried = [(name, value) for name, value in request.form.items(multi=True) if name not in OWN]
    return draw(
        "offers/stranded.html",
        refused.status,
        appointments=presences.appointments_named(refused.alternatives),
        sentence=str(refused),
        carried=carried,
    )
