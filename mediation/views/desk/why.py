"""Why is this not free? A colleague asks for a mediator, a service, a day and a time."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request

from agenda.rules.why import ReasonKind
from agenda.words import why as said
from foundation import clock
from foundation.i18n import _
from foundation.period import at_wall_time
from foundation.security import Role, allow
from foundation.web import draw
from mediation.forms.desk import WhyForm
from mediation.queries.desk import Time, times
from mediation.queries.whynot import Answer, why_not
from mediation.views.desk.blueprint import Reach, bp, reach

ASKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
ONLY_FOR_RESIDENTS = {ReasonKind.TOO_LATE, ReasonKind.TOO_FAR}


@bp.get("/equipe/pourquoi")
@allow(*ASKERS)
def why() -> Response:
    allowed = reach()
    form = WhyForm(allowed.services, allowed.mediators, request.args, clock.today())
    asked = "heure" in request.args
    if not asked or not form.validate():
        return draw("desk/why.html", 422 if asked else 200, form=form)
    day, hour = form.jour.data, form.heure.data
    at = at_wall_time(day, hour, clock.territory_zone()) if day and hour else clock.now()
    return _page(form, allowed, at)


def _page(form: WhyForm, allowed: Reach, at: datetime) -> Response:
    service = allowed.service(form.motif.data)
    mediator = next(one for one in allowed.mediators if one.id == form.mediateur.data)
    answer = why_not(service, mediator, at, now=clock.now())
    near: list[Time] = times(answer.nearest, service)
    return draw(
        "desk/why.html", form=form, answer=answer, sentences=sentences(answer), at=at, mediator=mediator,
        service=service, near=near,
    )  # fmt: skip


def sentences(answer: Answer) -> list[str]:
    """What stands in the way, the plainest first; when nothing does, why it is not on the list all the same.

    What takes the mediator and the room together is said once.
    """
    found = list(dict.fromkeys(said(reason) for reason in answer.reasons))
    if answer.other_service:
        found.append(_("They receive then, but not for this service: add it to the presence."))
    if answer.room_closed:
        found.append(_("The room of this presence is closed: give the presence another one."))
    if answer.reasons and all(reason.kind in ONLY_FOR_RESIDENTS for reason in answer.reasons):
        found.append(_("That holds for residents and prescribers: the team may book it all the same."))
    if not found and not answer.offered:
        found.append(_("It is free, but no start is offered then: times follow one another from the presence’s start."))
    return found
