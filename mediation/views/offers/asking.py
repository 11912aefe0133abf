"""The page that asks what becomes of booked appointments, before a change that leaves them behind is written."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, flash, request

from foundation.i18n import _
from foundation.web import draw
from mediation.forms.shifts import AnswerForm
from mediation.models import Appointment
from mediation.queries import presences
from mediation.rules.stranding import Answer, Fate, WouldStrand
from people import queries as people

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
    booked = presences.appointments_named(refused.alternatives)
    carried = [(name, value) for name, value in request.form.items(multi=True) if name not in OWN]
    return draw(
        "offers/stranded.html",
        refused.status,
        appointments=booked,
        unreached=_unreached(booked),
        sentence=str(refused),
        carried=carried,
    )


def _unreached(appointments: Iterable[Appointment]) -> dict[int, str]:
    """Names of those whom no message reaches, by appointment."""
    return {one.id: one.person.name for one in appointments if people.reach(one.person) is None}


def name_who_is_left_to_tell() -> None:
    """After appointments were cancelled: somebody has to tell those whom no message reaches."""
    answered = answer()
    if answered is None or answered.fate is not Fate.CANCEL:
        return
    names = _unreached(presences.appointments_named(answered.seen)).values()
    if names:
        flash(_("No message reaches these people, tell them yourselves: %(names)s.", names=", ".join(names)), "warn")
