"""An appointment that was booked: find it, see it, move it, cancel it, with its code or the link of a message."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from activity.queries import answer_of
from activity.rules.labels import ANSWERS
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Conflict, Refused
from foundation.outbox.reminders import will_be_reminded
from foundation.security import public
from foundation.web import draw, refuse, see_other
from mediation.forms.booking import CancelForm, FindForm
from mediation.models import Appointment, Attendance
from mediation.queries import appointments
from mediation.rules import journey
from mediation.rules.booking import NoSuchAppointment, NotToCome, TooLateToChange, check_change
from mediation.rules.journey import Choice, UnreadableChoice
from mediation.service import answers
from mediation.service import booking as verbs
from mediation.service.links import is_secret_of, secret_of
from mediation.service.notices import promised
from mediation.views.booking.blueprint import bp, too_late
from mediation.views.booking.choosing import Calendar
from people import proving

OWN = "/r/<code>/<secret>"


@bp.get("/mon-rendez-vous")
@public
def find() -> Response:
    return draw("booking/find.html", form=FindForm())


@bp.post("/mon-rendez-vous")
@public
def find_typed() -> AnyResponse:
    """With the code, and the phone number or the family name. Guessing is slowed down for each network address."""
    form = FindForm()
    if not form.validate_on_submit():
        return draw("booking/find.html", 422, form=form)
    try:
        found = proving.opened(
            appointments.by_code, form.code.data, form.proof.data, purpose="appointment",
            address=request.remote_addr or "", unknown=NoSuchAppointment,
        )  # fmt: skip
    except Refused as refused:
        refuse(form, refused)
        return draw("booking/find.html", 422 if isinstance(refused, NoSuchAppointment) else refused.status, form=form)
    return see_other("booking.mine", **own(found))


def own(appointment: Appointment) -> dict[str, str]:
    """The parameters of the pages of one appointment."""
    return {"code": appointment.code, "secret": secret_of(appointment)}


def opened(code: str, secret: str) -> Appointment:
    """The appointment that a link opens.

    Raises:
        NoSuchAppointment: for an unknown code and for a wrong secret alike.
    """
    found = appointments.by_code(code)
    if found is None or not is_secret_of(found, secret):
        raise NoSuchAppointment
    return found


@bp.errorhandler(NoSuchAppointment)
def not_found(refused: NoSuchAppointment) -> Response:
    """A link that was cut, or of an appointment that is forgotten: the code is asked for instead."""
    form = FindForm(formdata=None)
    refuse(form, refused)
    return draw("booking/find.html", refused.status, form=form)


@bp.get(OWN)
@public
def mine(code: str, secret: str) -> Response:
    appointment = opened(code, secret)
    return draw("booking/mine.html", **_shown(appointment))


@bp.get(f"{OWN}/confirme")
@public
def confirmed(code: str, secret: str) -> AnyResponse:
    """It is booked: the code, in large; the slip, the calendar. Cancelled or over since: its page says so."""
    shown = _shown(opened(code, secret))
    if not shown["to_come"]:
        return see_other("booking.mine", **shown["own"])
    appointment = shown["appointment"]
    reminded = will_be_reminded(appointment.starts_at, appointment.created_at, clock.territory_zone())
    return draw("booking/confirmed.html", **shown, channel=promised(appointment), reminded=reminded)


def _shown(appointment: Appointment) -> dict[str, Any]:
    now, asking = clock.now(), answers.asking_of(appointment)
    to_come = appointment.attendance is Attendance.EXPECTED and appointment.ends_at > now
    return {
        "appointment": appointment,
        "own": own(appointment),
        "to_come": to_come,
        "too_late": to_come and too_late(appointment),
        "asked_until": asking.until if asking.is_open(now) else None,
        "answered": answer_of(appointment.reference, [appointment.person_id]) is not None,
        "answers": ANSWERS,
    }


@bp.get(f"{OWN}/deplacer")
@public
def moving(code: str, secret: str) -> AnyResponse:
    """The same days and times as when it was booked."""
    appointment = opened(code, secret)
    return _draw_moving(appointment) if _changeable(appointment) else _why_not(appointment)


def _changeable(appointment: Appointment) -> bool:
    try:
        check_change(appointment, appointment.service.change_notice_minutes, clock.now(), by_staff=False)
    except (NotToCome, TooLateToChange):
        return False
    return True


def _why_not(appointment: Appointment) -> AnyResponse:
    """Its page says that it was cancelled, is over, or that it is too late, and whom to call."""
    return see_other("booking.mine", **own(appointment))


def _draw_moving(appointment: Appointment, refused: Conflict | None = None) -> Response:
    choice = Choice(appointment.service_id, appointment.channel, appointment.venue_id)
    calendar = Calendar.of(
        appointment.service, choice, ignoring=appointment.reference, leaving_out=appointment.starts_at
    )
    return draw(
        "booking/move.html",
        refused.status if refused else 200,
        calendar=calendar,
        refused=refused,
        alternatives=refused.alternatives if refused else [],
        **_shown(appointment),
    )


@bp.post(f"{OWN}/deplacer")
@public
def move(code: str, secret: str) -> AnyResponse:
    appointment = opened(code, secret)
    starts_at = journey.read_start(request.form.get("debut"))
    if starts_at is None:
        raise UnreadableChoice
    appointment_id = appointment.id
    try:
        moved = in_transaction(lambda: verbs.move(appointment_id, starts_at, now=clock.now()))
    except (NotToCome, TooLateToChange):
        return _why_not(opened(code, secret))
    except Conflict as taken:
        return _draw_moving(opened(code, secret), taken)
    return see_other("booking.mine", **own(moved), deplace=1)


@bp.get(f"{OWN}/annuler")
@public
def cancelling(code: str, secret: str) -> AnyResponse:
    appointment = opened(code, secret)
    if not _changeable(appointment):
        return _why_not(appointment)
    return draw("booking/cancel.html", form=CancelForm(), **_shown(appointment))


@bp.post(f"{OWN}/annuler")
@public
def cancel(code: str, secret: str) -> AnyResponse:
    appointment = opened(code, secret)
    form = CancelForm()
    if not form.validate_on_submit():
        return draw("booking/cancel.html", 422, form=form, **_shown(appointment))
    appointment_id, reason = appointment.id, form.reason.data or ""
    try:
        in_transaction(lambda: verbs.cancel(appointment_id, now=clock.now(), by_resident=True, reason=reason))
    except (NotToCome, TooLateToChange):
        return _why_not(opened(code, secret))
    except Refused as refused:
        refuse(form, refused)
        return draw("booking/cancel.html", refused.status, form=form, **_shown(appointment))
    return see_other("booking.mine", **own(opened(code, secret)))
