"""One reservation as the team sees it: for whom, what happened, what was written, and what may be done about it."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from equipment.forms.lending import AnswerForm
from equipment.models import Reservation
from equipment.queries import borrowed, handing, kits
from equipment.queries import one as queries
from equipment.queries.late import late_by_kit
from equipment.rules import labels
from equipment.rules.kits import WORKERS
from equipment.rules.late import awaited, may_come_too_late
from equipment.rules.lending import CHANGEABLE, check_may_answer
from equipment.rules.refusals import NotYoursToAnswer
from equipment.views.lending.blueprint import ONE, bp
from foundation import clock
from foundation.codes import spoken
from foundation.outbox import queries as outbox
from foundation.outbox.words import CHANNELS, STATES
from foundation.security import Role, allow
from foundation.web import draw


@bp.get(ONE)
@allow(*WORKERS)
def show(reservation_id: int) -> Response:
    return page(queries.reservation_seen(reservation_id, staff()))


def page(one: Reservation, form: AnswerForm | None = None, status: int = 200) -> Response:
    """The reservation; `form` carries a refusal of an answer or of a cancellation."""
    viewer, now = staff(), clock.now()
    reader = outbox.Reader(viewer.structure_id, confidential=viewer.has(Role.ADMINISTRATOR))
    return draw(
        "equipment/lending/show.html",
        status,
        one=one,
        kit=next((kit for kit in kits.lendables() if kit.id == one.kit_id), None),
        now=now,
        late=(late := awaited(one, late_by_kit(now))),
        unsure=bool(late) and may_come_too_late([one.period], now),
        code=spoken(one.code),
        session_id=int(one.purpose_of.partition(":")[2]) if one.purpose_of.startswith("session:") else None,
        answers=one.state == "requested" and _may_answer(one),
        changeable=one.state in CHANGEABLE and not one.purpose_of,
        dates=queries.dates_of_series(one),
        events=borrowed.history(one),
        handovers=queries.handovers(one.id),
        left_out=handing.left_out([one.id]).get(one.id, []),
        messages=outbox.about(reader, one.reference),
        undelivered=one.reference in outbox.undelivered([one.reference]),
        form=form or AnswerForm(formdata=None),
        words=labels,
        channels=CHANNELS,
        message_states=STATES,
    )


def _may_answer(one: Reservation) -> bool:
    try:
        check_may_answer(one, staff(), one.kit.approval, one.kit.structure_id)
    except NotYoursToAnswer:
        return False
    return True
