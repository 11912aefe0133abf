"""Yes, no, called off, telephoned: each a press on the page of a reservation."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.lending import AnswerForm
from equipment.models import Reservation
from equipment.queries import one as queries
from equipment.rules.kits import WORKERS
from equipment.rules.lending import CHANGEABLE
from equipment.service import lending as verbs
from equipment.service import warnings
from equipment.views.lending.blueprint import ONE, bp
from equipment.views.lending.showing import page
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _, ngettext
from foundation.security import Role, allow
from foundation.web import refuse, see_other

ANSWERERS = (Role.MANAGER, Role.ADMINISTRATOR)


@bp.post(f"{ONE}/accepter")
@allow(*ANSWERERS)
def approve(reservation_id: int) -> AnyResponse:
    queries.reservation_seen(reservation_id, staff())
    form = AnswerForm(formdata=None)
    return _done(
        reservation_id,
        form,
        lambda: verbs.approve(reservation_id, staff(), now=clock.now()),
        _("The kit is reserved; whoever asked is told."),
    )


@bp.post(f"{ONE}/refuser")
@allow(*ANSWERERS)
def decline(reservation_id: int) -> AnyResponse:
    found, form = queries.reservation_seen(reservation_id, staff()), AnswerForm()
    if not form.validate():
        return page(found, form, 422)
    reason = form.reason.data or ""
    return _done(
        reservation_id,
        form,
        lambda: verbs.refuse(reservation_id, reason, staff(), now=clock.now()),
        _("The reservation is declined; whoever asked is told why."),
    )


@bp.post(f"{ONE}/annuler")
@allow(*WORKERS)
def cancel(reservation_id: int) -> AnyResponse:
    """This date; all those of the wish that are to come, when that is pressed."""
    found, form = queries.reservation_seen(reservation_id, staff()), AnswerForm()
    if not form.validate():
        return page(found, form, 422)
    reason, ids = form.reason.data or "", [reservation_id]
    if request.form.get("do") == "series":
        ids = sorted([reservation_id, *(one.id for one in queries.dates_of_series(found) if _is_to_come(one))])

    def act() -> None:
        for one in ids:
            verbs.cancel(one, staff(), now=clock.now(), reason=reason)

    said = ngettext("The reservation is cancelled.", "%(num)s reservations are cancelled.", len(ids))
    return _done(reservation_id, form, act, said)


def _is_to_come(one: Reservation) -> bool:
    return one.state in CHANGEABLE and one.starts_at > clock.now()


@bp.post(f"{ONE}/appele")
@allow(*WORKERS)
def called(reservation_id: int) -> AnyResponse:
    """The borrower, whom no message reached, knows by telephone that the kit is not whole."""
    queries.reservation_seen(reservation_id, staff())
    in_transaction(lambda: warnings.called(reservation_id, staff(), now=clock.now()))
    flash(_("Noted: they know."), "good")
    return see_other("lending.today")


def _done(reservation_id: int, form: AnswerForm, act: Callable[[], object], said: str) -> AnyResponse:
    """Do it and say so; a refusal is said on the page, with what has become of the reservation meanwhile."""
    try:
        in_transaction(act)
    except Refused as refused:
        refuse(form, refused)
        return page(queries.reservation_seen(reservation_id, staff()), form, refused.status)
    flash(said, "good")
    return see_other("lending.show", reservation_id=reservation_id)
