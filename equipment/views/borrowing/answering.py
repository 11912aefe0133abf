"""A head teacher says yes or no to what their school reserves."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_acts import PressForm, ReasonForm
from equipment.models import Reservation
from equipment.queries.borrowed import to_answer
from equipment.service import lending as verbs
from equipment.views.borrowing.blueprint import ONE, borrower, bp, own
from equipment.views.borrowing.one import page, said
from foundation import clock
from foundation.i18n import _, ngettext
from foundation.pages import Alert
from foundation.security import Role, allow
from foundation.web import draw


def alert() -> Alert | None:
    """What the menu says beside the entry: how many wait for this person's answer."""
    count = len(to_answer(staff(), clock.now()))
    return Alert(count, ngettext("%(num)s to answer", "%(num)s to answer", count)) if count else None


@bp.get("/a-repondre")
@allow(Role.HOST)
def waiting() -> Response:
    account = borrower()
    rows = to_answer(account, clock.now())
    return draw("equipment/borrowing/waiting.html", rows=rows, place=account.place, approves=account.approves)


@bp.post(f"{ONE}/accepter")
@allow(Role.HOST)
def approve(code: str) -> AnyResponse:
    reservation = own(code)
    reservation_id = reservation.id

    def act() -> Reservation:
        return verbs.approve(reservation_id, staff(), now=clock.now())

    return said(act, reservation, PressForm(formdata=None), _("The kit is reserved; whoever asked is told."))


@bp.post(f"{ONE}/refuser")
@allow(Role.HOST)
def decline(code: str) -> AnyResponse:
    reservation, form = own(code), ReasonForm()
    if not form.validate():
        return page(reservation, form, 422)
    reservation_id, reason = reservation.id, form.reason.data or ""

    def act() -> Reservation:
        return verbs.refuse(reservation_id, reason, staff(), now=clock.now())

    return said(act, reservation, form, _("The reservation is declined; whoever asked is told why."))
