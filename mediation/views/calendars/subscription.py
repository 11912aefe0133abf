"""The file behind a private address: calendar programs come for it now and then, without signing in."""

from __future__ import annotations

from hashlib import sha256

from flask import make_response, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import in_transaction
from foundation.security import public
from mediation.service import calendars as verbs
from mediation.views.calendars.blueprint import bp


@bp.get("/agenda/<string(maxlength=80):token>.ics")
@public
def subscription(token: str) -> AnyResponse:
    """The mediator's calendar. It answers 304 as long as nothing changed."""
    feed = verbs.opened(token)
    text, feed_id, due = verbs.diary_of(feed), feed.id, verbs.worth_noting(feed, clock.now())
    if due:
        in_transaction(lambda: verbs.note_reading(feed_id))
    response = make_response(text)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="parvis.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.set_etag(sha256(text.encode()).hexdigest()[:32])
    return response.make_conditional(request)
