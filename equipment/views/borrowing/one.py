"""One reservation: when and where, what the kit holds, what became of it; cancelled, or put into one's own calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_acts import PressForm, ReasonForm
from equipment.models import Reservation
from equipment.queries import borrowed, handing
from equipment.queries import kits as kit_queries
from equipment.queries.contents import contents_of
from equipment.queries.late import late_by_kit
from equipment.rules import labels
from equipment.rules.late import awaited, may_come_too_late
from equipment.rules.lending import CHANGEABLE
from equipment.rules.own import BACK, TO_US, is_with_them, unserved
from equipment.rules.reports import reports
from equipment.rules.wishes import with_it
from equipment.service import lending as verbs
from equipment.views.borrowing.blueprint import ONE, bp, own
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import ngettext
from foundation.security import Role, allow
from foundation.web import BaseForm, draw, refuse, see_other


@bp.get(ONE)
@allow(Role.HOST)
def show(code: str) -> Response:
    return page(own(code))


def page(reservation: Reservation, form: BaseForm | None = None, status: int = 200) -> Response:
    """The reservation; `form` carries a refusal of one of its presses."""
    now, kits = clock.now(), {kit.id: kit for kit in kit_queries.lendables()}
    late = awaited(reservation, late_by_kit(now))
    waits = borrowed.to_answer(staff(), now) if reservation.state == "requested" else []
    changeable = reservation.state in CHANGEABLE and reservation.ends_at > now
    return draw(
        "equipment/borrowing/show.html",
        status,
        one=reservation,
        held=contents_of(reservation.kit_id),
        dates=borrowed.dates_of_series(reservation),
        handovers=borrowed.handovers_of(reservation),
        history=borrowed.history(reservation),
        left_out=handing.left_out([reservation.id]).get(reservation.id, []),
        incidents=borrowed.incidents_of(reservation, staff()),
        reports=reports,
        changeable=changeable,
        changed=changeable and bool(unserved([reservation], kits)),
        late=late,
        unsure=bool(late) and may_come_too_late([reservation.period], now),
        with_us=is_with_them(reservation, now),
        answers=reservation in waits,
        together=len(with_it(reservation, waits)),
        declines=bool(request.args.get("refuser")),
        fresh=bool(request.args.get("fait")),
        form=form or PressForm(formdata=None),
        reason=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        words=labels,
        to_us=TO_US,
        back=BACK,
    )


@bp.post(f"{ONE}/annuler")
@allow(Role.HOST)
def cancel(code: str) -> AnyResponse:
    """Give the kit back before it has gone out; all dates of the series that are to come, when that is pressed."""
    reservation = own(code)
    whole = request.form.get("series") == "1"
    ids = [one.id for one in borrowed.dates_of_series(reservation) if is_to_cancel(one)] if whole else []
    try:
        in_transaction(lambda: _cancel(ids or [reservation.id]))
    except Refused as refused:
        form = PressForm(formdata=None)
        refuse(form, refused)
        return page(own(code), form, refused.status)
    count = len(ids or [reservation.id])
    flash(ngettext("The reservation is cancelled.", "%(num)s reservations are cancelled.", count), "good")
    return see_other("borrowing.show", code=code)


def is_to_cancel(reservation: Reservation) -> bool:
    """Whether it has not begun and can still be given back."""
    return reservation.state in CHANGEABLE and reservation.starts_at > clock.now()


def _cancel(ids: list[int]) -> None:
    for reservation_id in sorted(ids):
        verbs.cancel(reservation_id, staff(), now=clock.now())


def said(act: Any, reservation: Reservation, form: BaseForm, done: str) -> AnyResponse:
    """Do it, say so, and go to the reservation; a refusal is said on its page.

    Args:
        act: a verb without arguments, for a transaction.
    """
    code = reservation.code
    try:
        in_transaction(act)
    except Refused as refused:
        refuse(form, refused)
        return page(own(code), form, refused.status)
    flash(done, "good")
    return see_other("borrowing.show", code=code)
