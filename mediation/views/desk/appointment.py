"""One appointment: its page, another time, its cancellation."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from activity import queries as records
from activity.queries import ToFollow
from activity.rules.labels import CHANNELS, REFERRALS
from foundation import clock
from foundation.codes import spoken
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.outbox import queries as outbox
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from mediation.forms.desk import MoveForm
from mediation.models import Appointment, Attendance
from mediation.queries import desk as queries
from mediation.queries import outcomes, slots
from mediation.queries.desk import Filter, Time
from mediation.rules.booking import SlotTaken, TooLateToChange, too_late_for_resident
from mediation.rules.desk import BOOKERS, read_wish
from mediation.rules.labels import ATTENDANCES, EVENTS, ORIGINS, OUTCOMES
from mediation.service import booking as verbs
from mediation.service.links import secret_of
from mediation.views.desk.blueprint import Reach, bp, reach, seen
from people import queries as people
from people.typed import NotComingForm


@bp.get("/equipe/rendez-vous/<int(max=2147483647):appointment_id>")
@allow(*BOOKERS)
def show_appointment(appointment_id: int) -> Response:
    appointment, whole = seen(appointment_id)
    return draw(
        "desk/appointment.html" if whole else "desk/outcome.html",
        appointment=appointment,
        code=spoken(appointment.code),
        secret=secret_of(appointment),
        changeable=_changeable(appointment),
        companions=people.companions_of(appointment.person_id) if whole else [],
        events=outcomes.events_of(appointment.id) if whole else [],
        channels=CHANNELS,
        attendances=ATTENDANCES if whole else OUTCOMES,
        undelivered=appointment.reference in outbox.undelivered([appointment.reference]),
        origins=ORIGINS,
        kinds=EVENTS,
        to_follow=_to_follow(appointment) if whole else [],
        referrals=REFERRALS,
        now=clock.now(),
    )


def _to_follow(appointment: Appointment) -> list[ToFollow]:
    """Referrals of the person of which somebody could ask at this appointment what came of them."""
    actor = staff()
    if not actor.has(Role.MEDIATOR, Role.MANAGER) or appointment.attendance is not Attendance.EXPECTED:
        return []
    own = records.Filter(structure_id=actor.structure_id)
    return records.to_follow(own, clock.now(), person_id=appointment.person_id)[0]


def _changeable(appointment: Appointment) -> bool:
    return appointment.attendance is Attendance.EXPECTED and appointment.starts_at > clock.now()


def _to_change(appointment_id: int) -> tuple[Appointment, bool]:
    """The appointment, if the person at hand may still change it: for a prescriber, as long as a resident may.

    Raises:
        NotInYourStructure, TooLateToChange
    """
    appointment, whole = seen(appointment_id)
    notice = appointment.service.change_notice_minutes
    if not whole and too_late_for_resident(appointment, notice, clock.now()):
        raise TooLateToChange
    return appointment, whole


@bp.get("/equipe/rendez-vous/<int(max=2147483647):appointment_id>/deplacer")
@allow(*BOOKERS)
def choose_move(appointment_id: int) -> Response:
    return _move_screen(appointment_id, MoveForm())


@bp.post("/equipe/rendez-vous/<int(max=2147483647):appointment_id>/deplacer")
@allow(*BOOKERS)
def move(appointment_id: int) -> AnyResponse:
    """Look at other days, or move."""
    _to_change(appointment_id)
    form, actor_id, allowed = MoveForm(), staff().id, reach()
    wish, act = read_wish(form.slot.data), request.form.get("do")
    if not form.validate():
        return _move_screen(appointment_id, form, 422)
    if wish is None or act == "show":
        missing = act != "show"
        form.slot.errors = [_("Choose a time.")] if missing else []
        return _move_screen(appointment_id, form, 422 if missing else 200)
    allowed.filter(mediator_id=wish.mediator_id)
    reason = form.reason.data or ""
    try:
        in_transaction(
            lambda: verbs.move(
                appointment_id, wish.starts_at, now=clock.now(), actor_id=actor_id, mediator_id=wish.mediator_id,
                reason=reason,
            )
        )  # fmt: skip
    except SlotTaken as refused:
        form.slot.errors = [str(refused)]
        return _move_screen(appointment_id, form, refused.status, wanted=wish.starts_at)
    except Refused as refused:
        refuse(form, refused)
        return _move_screen(appointment_id, form, refused.status)
    flash(_("The appointment is moved. The person is told, if they can be."), "good")
    return see_other("desk.show_appointment", appointment_id=appointment_id)


def _move_screen(appointment_id: int, form: MoveForm, status: int = 200, wanted: datetime | None = None) -> Response:
    appointment, _whole = _to_change(appointment_id)
    allowed = reach()
    return draw(
        "desk/move.html",
        status,
        appointment=appointment,
        form=form,
        groups=queries.next_times(
            appointment.service,
            max(form.first_day.data or clock.today(), clock.today()),
            _filter(appointment, allowed),
            now=clock.now(),
        ),
        nearest=_nearest(appointment, wanted, allowed) if wanted else [],
        channels=CHANNELS,
    )


def _filter(appointment: Appointment, allowed: Reach) -> Filter:
    ids = [one.id for one in allowed.mediators]
    return Filter(appointment.venue_id, appointment.channel, ids, allowed.freely, appointment.reference)


def _nearest(appointment: Appointment, wanted: datetime, allowed: Reach) -> list[Time]:
    found = slots.nearest(
        appointment.service,
        wanted,
        now=clock.now(),
        venue_id=appointment.venue_id,
        channel=appointment.channel,
        mediator_ids=[one.id for one in allowed.mediators],
        ignoring=appointment.reference,
        freely=allowed.freely,
    )
    return queries.times(found, appointment.service)


@bp.get("/equipe/rendez-vous/<int(max=2147483647):appointment_id>/annuler")
@allow(*BOOKERS)
def ask_cancel(appointment_id: int) -> Response:
    return _cancel_screen(appointment_id, NotComingForm())


def _cancel_screen(appointment_id: int, form: NotComingForm, status: int = 200) -> Response:
    appointment, whole = _to_change(appointment_id)
    return draw("desk/cancel.html", status, form=form, appointment=appointment, whole=whole)


@bp.post("/equipe/rendez-vous/<int(max=2147483647):appointment_id>/annuler")
@allow(*BOOKERS)
def cancel(appointment_id: int) -> AnyResponse:
    """A prescriber says that the person does not come; only colleagues call an appointment off."""
    _appointment, whole = _to_change(appointment_id)
    form, actor_id = NotComingForm(), staff().id
    if not form.validate():
        return _cancel_screen(appointment_id, form, 422)
    by_resident = not whole or form.by.data == "resident"
    reason = form.reason.data or ""
    try:
        in_transaction(
            lambda: verbs.cancel(
                appointment_id, now=clock.now(), actor_id=actor_id, by_resident=by_resident, reason=reason
            )
        )
    except Refused as refused:
        refuse(form, refused)
        return _cancel_screen(appointment_id, form, refused.status)
    flash(_("The appointment is cancelled. The person is told, if they can be."), "good")
    return see_other("desk.show_appointment", appointment_id=appointment_id)
