"""Where a borrower begins: what changes hands next, what comes, what waits, what is out, and what was."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from accounts.current import staff
from equipment.queries import kits as kit_queries
from equipment.queries import lending as queries
from equipment.queries.borrowed import declined, left_to_bring, to_answer, went_out
from equipment.queries.contents import contents_of
from equipment.queries.late import late_by_kit
from equipment.rules import labels
from equipment.rules.own import by_kit, check_place, next_handling, not_back_yet, sorted_out, unserved
from equipment.rules.refusals import NoPlaceOfYours
from equipment.views.borrowing.blueprint import bp, no_place
from foundation import clock
from foundation.security import Role, allow
from foundation.web import draw

REMEMBERED = timedelta(days=366)
REFUSAL_TOLD = timedelta(days=14)
"""How long a refusal stands at the top of the page, unless its time comes earlier."""
SHOWN, SOON = 20, 8
"""How many loans that are over, and how many to come, the page lists at once."""


@bp.get("")
@allow(Role.HOST)
def index() -> Response:
    host, now = staff(), clock.now()
    try:
        check_place(host)
    except NoPlaceOfYours:
        return no_place(200)
    mine = sorted_out(queries.of_place(host.school_id, host.care_home_id, since=now - REMEMBERED), now)
    coming = next_handling(mine)
    ahead = [*mine.coming, *mine.waiting]
    kits = {kit.id: kit for kit in kit_queries.lendables()} if ahead else {}
    return draw(
        "equipment/borrowing/index.html",
        place=host.place,
        mine=mine,
        past=mine.past[:SHOWN],
        soon=SOON,
        next=coming,
        held=contents_of(coming.reservation.kit_id) if coming else None,
        left=left_to_bring(coming.reservation) if coming and coming.back else [],
        went=went_out(coming.reservation) if coming and coming.back else [],
        declined=declined(host, now - REFUSAL_TOLD, now),
        changed=by_kit(unserved(ahead, kits)),
        late=not_back_yet(ahead, late_by_kit(now) if ahead else {}, now),
        to_answer=to_answer(host, now),
        states=labels.RESERVATION_STATES,
        own_id=host.id,
    )
