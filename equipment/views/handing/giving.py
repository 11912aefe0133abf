"""A kit goes out: its checklist on a phone, and a name typed under it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.handing import OutForm, checklist
from equipment.models import Direction, Reservation
from equipment.queries import checklists
from equipment.queries.kits import alternatives, lendable
from equipment.queries.one import reservation_seen
from equipment.rules.handing import PUNCTUAL, check_to_hand_over
from equipment.rules.kits import WORKERS, Lendable
from equipment.rules.labels import CONDITIONS
from equipment.rules.refusals import KitIncomplete
from equipment.service import handing
from equipment.views.handing.blueprint import CLOSED, ONE, bp, elsewhere
from equipment.views.handing.scanned import forget_scanned, tick_scanned
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _, ngettext
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{ONE}/remise")
@allow(*WORKERS)
def ask_hand_over(reservation_id: int) -> AnyResponse:
    one = reservation_seen(reservation_id, staff())
    try:
        check_to_hand_over(one.state)
    except CLOSED as refused:
        return elsewhere(reservation_id, refused)
    form = _form(one)
    return _page(one, form, scanned=tick_scanned(form, reservation_id, Direction.OUT))


@bp.post(f"{ONE}/remise")
@allow(*WORKERS)
def hand_over(reservation_id: int) -> AnyResponse:
    one, actor, now = reservation_seen(reservation_id, staff()), staff(), clock.now()
    form = _form(one)
    if not form.validate():
        return _page(one, form, 422)
    checked, key = form.checked(), form.request_key.data or uuid4().hex
    try:
        made = in_transaction(lambda: handing.hand_over(reservation_id, checked, actor, now=now, request_key=key))
    except CLOSED as refused:
        return elsewhere(reservation_id, refused)
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        others = refused.alternatives if isinstance(refused, KitIncomplete) else ()
        return _page(reservation_seen(reservation_id, staff()), form, refused.status, others)
    forget_scanned()
    flash(_("The kit is handed over."), "good")
    return see_other("handing.show", handover_id=made.id)


def _form(one: Reservation) -> OutForm:
    """Whoever takes a kit along to a workshop signs for it themselves."""
    known = {"signed_name": staff().name} if one.purpose_of else {}
    listed, counted = checklists.to_go(one), checklists.supplies_to_go(one)
    form = checklist(OutForm, listed, counted, request_key=uuid4().hex, **known)
    if expected := sum(row.expected for row in listed):
        form.everything.description = ngettext(
            "%(num)s device. Or tick what goes, one by one.", "%(num)s devices. Or tick what goes, one by one.",
            expected,
        )  # fmt: skip
    return form


def _page(
    one: Reservation, form: OutForm, status: int = 200, others: Sequence[Lendable] = (), scanned: int = 0
) -> Response:  # fmt: skip
    """The checklist; for a kit that does not go out, which others do."""
    kit, actor, waiting = lendable(one.kit_id), staff(), checklists.still_with(one)
    if not kit.goes_out and not others:
        others = alternatives(actor, kit, one.period, units=one.units_wanted, ignoring=one.reference)
    return draw(
        "equipment/handing/out.html",
        status,
        one=one,
        kit=kit,
        form=form,
        words=CONDITIONS,
        scanned=scanned,
        others=others,
        early=one.starts_at > clock.now() + PUNCTUAL,
        rules=[line for line in one.kit.rules.splitlines() if line.strip()],
        waiting=waiting,
        gone=bool(waiting) and all(row.away for row in form.listed),
    )
