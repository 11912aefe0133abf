"""What lets the page of attendance open again where there is no network."""

from __future__ import annotations

from flask import Response, current_app

from foundation.security import allow
from workshops.views.attendance.blueprint import bp
from workshops.views.programmes.blueprint import WORKERS


@bp.get("/equipe/ateliers/seances/hors-ligne.js")
@allow(*WORKERS)
def worker() -> Response:
    """The service worker, under the address that limits it to the pages of sessions. It holds no data."""
    answer = current_app.send_static_file("worker.js")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
