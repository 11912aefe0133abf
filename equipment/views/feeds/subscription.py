"""The file behind a secret address: calendar programs come for it now and then, without signing in."""

from __future__ import annotations

from werkzeug.wrappers import Response as AnyResponse

from equipment.service import feeds as verbs
from equipment.service.kit_diary import diary_of
from equipment.views.feeds.blueprint import bp
from foundation import clock
from foundation.db import in_transaction
from foundation.feeds import served, worth_noting
from foundation.security import public


@bp.get("/agenda/mallettes/<string(maxlength=80):token>.ics")
@public
def subscription(token: str) -> AnyResponse:
    """The loans of a kit, or of a school or a home. It answers 304 as long as nothing changed."""
    feed = verbs.opened(token)
    text, feed_id, due = diary_of(feed), feed.id, worth_noting(feed.last_read_at, clock.now())
    if due:
        in_transaction(lambda: verbs.note_reading(feed_id))
    return served(text)
