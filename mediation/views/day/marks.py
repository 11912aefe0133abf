"""One press beside an appointment."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _l, local
from foundation.security import allow
from foundation.web import safe_next
from mediation.models import Appointment, Attendance
from mediation.queries import appointments as queries
from mediation.rules.attendance import Act
from mediation.rules.booking import NotYourAppointment
from mediation.service import attendance
from mediation.views.day.blueprint import LOOKERS, bp
from mediation.views.day.pages import page

MARKS = {
    Act.SEEN: Attendance.SEEN,
    Act.NOSHOW: Attendance.NOSHOW,
    Act.EXCUSED: Attendance.EXCUSED,
    Act.REOPEN: Attendance.EXPECTED,
}


class NoSuchAct(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such button. Go back to the day."))


@bp.post("/equipe/journee/rendez-vous/<int(max=2147483647):appointment_id>/<act>")
@allow(*LOOKERS)
def press(appointment_id: int, act: str) -> AnyResponse:
    """Note it, and go back to the line that was pressed."""
    if act not in set(Act):
        raise NoSuchAct
    actor, now = staff(), clock.now()

    def verb() -> Appointment:
        if act == Act.ARRIVE:
            return attendance.arrive(appointment_id, now=now, actor=actor)
        return attendance.mark(appointment_id, MARKS[Act(act)], now=now, actor=actor)

    try:
        in_transaction(verb)
    except Unknown:
        raise
    except Refused as refused:
        return page(local(_known(appointment_id).starts_at).date(), refused.status, str(refused))
    home = url_for("day.show", day=local(_known(appointment_id).starts_at).date().isoformat())
    return redirect(f"{safe_next(home)}#rdv-{appointment_id}", code=303)


def _known(appointment_id: int) -> Appointment:
    found = queries.by_id(appointment_id)
    if found is None:
        raise NotYourAppointment
    return found
