"""A kit comes back, whole or in parts: what is there and how it is, and a name typed under it."""

from __future__ import annotations

from uuid import uuid4

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.handing import BackForm, checklist
from equipment.models import Direction, Reservation, ReservationState
from equipment.queries import checklists
from equipment.queries.one import reservation_seen
from equipment.rules.handing import check_to_take_back
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS
from equipment.service import handing
from equipment.views.handing.blueprint import CLOSED, ONE, bp, elsewhere
from equipment.views.handing.scanned import forget_scanned, tick_scanned
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _, ngettext
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{ONE}/retour")
@allow(*WORKERS)
def ask_take_back(reservation_id: int) -> AnyResponse:
    one = reservation_seen(reservation_id, staff())
    try:
        check_to_take_back(one.state)
    except CLOSED as refused:
        return elsewhere(reservation_id, refused)
    form = _form(one)
    return _page(one, form, scanned=tick_scanned(form, reservation_id, Direction.BACK))


@bp.post(f"{ONE}/retour")
@allow(*WORKERS)
def take_back(reservation_id: int) -> AnyResponse:
    one, actor, now = reservation_seen(reservation_id, staff()), staff(), clock.now()
    form = _form(one)
    if not form.validate():
        return _page(one, form, 422)
    checked, key = form.checked(), form.request_key.data or uuid4().hex
    try:
        made = in_transaction(lambda: handing.take_back(reservation_id, checked, actor, now=now, request_key=key))
    except CLOSED as refused:
        return elsewhere(reservation_id, refused)
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(reservation_seen(reservation_id, staff()), form, refused.status)
    forget_scanned()
    whole = made.reservation.state is ReservationState.RETURNED
    flash(_("The kit is back.") if whole else _("Noted: the rest is still out."), "good")
    return see_other("handing.show", handover_id=made.id)


def _form(one: Reservation) -> BackForm:
    known = {"signed_name": staff().name} if one.purpose_of else {}
    listed, counted = checklists.to_come(one), checklists.supplies_to_come(one)
    form = checklist(
        BackForm, listed, counted, request_key=uuid4().hex, head_count=one.head_count or None,
        minutes_in_use=one.minutes_in_use, **known,
    )  # fmt: skip
    form.everything.description = ngettext(
        "%(num)s device is out. Or tick what is back, one by one.",
        "%(num)s devices are out. Or tick what is back, one by one.", len(listed),
    )  # fmt: skip
    return form


def _page(one: Reservation, form: BackForm, status: int = 200, scanned: int = 0) -> Response:
    return draw(
        "equipment/handing/back.html", status, one=one, form=form, words=CONDITIONS, late=one.ends_at <= clock.now()
    )
