"""Whom to telephone: seats that wait for an answer, and sessions that changed. The menu and the day say how many."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation import clock
from foundation.i18n import _l
from foundation.pages import add_todo
from foundation.security import allow
from foundation.web import draw
from workshops.queries import telling, waiting
from workshops.rules import labels
from workshops.rules.desk import WORKERS
from workshops.views.calls import CALLS
from workshops.views.enrolments.blueprint import bp
from workshops.views.programmes.blueprint import where


@bp.get("/equipe/ateliers/a-appeler")
@allow(*WORKERS)
def to_call() -> Response:
    """The most urgent first."""
    now = clock.now()
    return draw(
        "enrolments/to_call.html",
        offers=waiting.to_call(staff(), now),
        untold=telling.to_tell(staff(), now),
        where=where,
        words=labels,
    )


add_todo("enrolments.to_call", _l("Who, and why"), CALLS)
