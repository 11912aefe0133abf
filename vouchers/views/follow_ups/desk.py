"""Those who have not answered, for the team: whom no message reached first; and answers, to correct them."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.fields import row_id
from foundation.i18n import _
from foundation.outbox.queries import undelivered
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw, see_other
from vouchers.queries import follow_ups as queries
from vouchers.rules.follow_up_words import TOLD
from vouchers.rules.labels import DEVICES
from vouchers.rules.team import TEAM
from vouchers.service import follow_ups
from vouchers.views.follow_ups.blueprint import bp, pressed

LIST = "/equipe/cheques/appareils"


@bp.get(LIST)
@allow(*TEAM)
def index() -> Response:
    """`?habitant=` shows one resident's devices only; `?reponses=1` those that were answered, to correct them."""
    number, asked = page_asked(), request.args.get("habitant", type=row_id)
    answered = _shows_answers()
    find = queries.answered_ones if answered else queries.unanswered
    found = find(staff(), page=number, person_id=asked)
    more = len(found) > queries.PER_PAGE
    lost = undelivered([follow_ups.reference_of(one) for one in found])
    around = pages_around(number, "follow_ups.index", more=more, habitant=asked, reponses=answered)
    return draw(
        "vouchers/follow_ups/index.html", found=found[: queries.PER_PAGE], answers=TOLD, devices=DEVICES, asked=asked,
        answered=answered, pager=around, lost={one.id for one in found if follow_ups.reference_of(one) in lost},
    )  # fmt: skip


def _shows_answers() -> int | None:
    return 1 if request.args.get("reponses") == "1" else None


@bp.post(f"{LIST}/<int(max=2147483647):follow_up_id>")
@allow(*TEAM)
def told(follow_up_id: int) -> AnyResponse:
    """Somebody said it at the desk, or on the telephone; or what was written is corrected."""
    actor_id = staff().id
    queries.seen(follow_up_id, staff())
    said, now = pressed(TOLD), clock.now()
    in_transaction(lambda: follow_ups.answer(follow_up_id, said, now=now, actor_id=actor_id))
    flash(_("Noted."), "good")
    return see_other(
        "follow_ups.index", habitant=request.args.get("habitant", type=row_id), reponses=_shows_answers()
    )  # fmt: skip
