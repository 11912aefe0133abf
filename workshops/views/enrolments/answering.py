"""What the team presses for somebody: yes or no to a seat, back to the list, a seat, another session, told."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse, safe_next, see_other
from workshops.forms.answering import GiveForm
from workshops.models import RegistrationState
from workshops.rules.desk import WORKERS
from workshops.service import giving, instead, telling, waiting
from workshops.views.enrolments.blueprint import bp, seen_whole
from workshops.views.enrolments.showing import PAGE, page


class _Verb(Protocol):
    def __call__(self, registration_id: int, *, now: datetime, actor_id: int) -> object: ...


def _pressed(registration_id: int, verb: _Verb, done: str) -> AnyResponse:
    """Do it, and go back to where it was pressed."""
    seen_whole(registration_id)
    now, actor_id = clock.now(), staff().id
    try:
        in_transaction(lambda: verb(registration_id, now=now, actor_id=actor_id))
    except Refused as refused:
        flash(str(refused), "warn")
    else:
        flash(done, "good")
    return redirect(safe_next(url_for("enrolments.show", registration_id=registration_id)), code=303)


@bp.post(f"{PAGE}/oui")
@allow(*WORKERS)
def accept(registration_id: int) -> AnyResponse:
    """They were reached, and take the seat."""
    return _pressed(registration_id, waiting.accept, _("They have the seat."))


@bp.post(f"{PAGE}/non")
@allow(*WORKERS)
def decline(registration_id: int) -> AnyResponse:
    """They were reached, and do not come: the seat goes to the next."""
    return _pressed(registration_id, waiting.decline, _("The seat goes to the next on the list."))


@bp.post(f"{PAGE}/sans-reponse")
@allow(*WORKERS)
def nobody_answered(registration_id: int) -> AnyResponse:
    """The seat is kept until its time; somebody tries again."""
    return _pressed(registration_id, waiting.called, _("Noted. Try again later: the seat is kept until its time."))


@bp.post(f"{PAGE}/revenir")
@allow(*WORKERS)
def rejoin(registration_id: int) -> AnyResponse:
    """Back to the list, at its end."""
    return _pressed(registration_id, waiting.rejoin, _("On the waiting list again, at its end."))


@bp.post(f"{PAGE}/prevenu")
@allow(*WORKERS)
def told(registration_id: int) -> AnyResponse:
    """They were telephoned, and know what changed."""
    return _pressed(registration_id, telling.told, _("Noted: they know."))


@bp.post(f"{PAGE}/place")
@allow(*WORKERS)
def give(registration_id: int) -> AnyResponse:
    """A seat for somebody who waits, beyond those planned only when it is said."""
    seen_whole(registration_id)
    form, now, actor_id = GiveForm(), clock.now(), staff().id
    if not form.validate():
        return page(registration_id, form, status=422)
    beyond = bool(form.beyond.data)
    try:
        in_transaction(lambda: giving.give_seat(registration_id, now=now, actor_id=actor_id, beyond=beyond))
    except Refused as refused:
        refuse(form, refused)
        return page(registration_id, form, status=refused.status)
    flash(_("They have the seat."), "good")
    return see_other("enrolments.show", registration_id=registration_id)


@bp.post(f"{PAGE}/autre-seance/<int(max=2147483647):session_id>")
@allow(*WORKERS)
def take_another(registration_id: int, session_id: int) -> AnyResponse:
    """Another session in place of the one that was called off, with what was said before."""
    seen_whole(registration_id)
    now, actor_id = clock.now(), staff().id
    try:
        made = in_transaction(lambda: instead.take(registration_id, session_id, now=now, actor_id=actor_id))
    except Refused as refused:
        flash(str(refused), "warn")
        return see_other("enrolments.show", registration_id=registration_id)
    flash(_("Registered.") if made.state is RegistrationState.REGISTERED else _("On the waiting list."), "good")
    return see_other("enrolments.show", registration_id=made.id)
