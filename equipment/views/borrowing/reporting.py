"""Report a problem: what is wrong is one press; which device, and a word about it, only if one likes."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_acts import FOUND, PROBLEMS, Problem, ProblemForm
from equipment.models import Reservation
from equipment.queries import borrowed
from equipment.rules.own import check_with_them
from equipment.service import incidents
from equipment.views.borrowing.blueprint import ONE, bp, own
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{ONE}/probleme")
@allow(Role.HOST)
def problem(code: str) -> Response:
    """The label of a device, scanned, chooses it: its code stands in the address."""
    reservation = own(code)
    check_with_them(reservation, clock.now())
    scanned = request.args.get("appareil", "")
    found = next((one.id for one in borrowed.items_of(reservation.kit_id) if one.code == scanned), None)
    return _page(reservation, _form(reservation, data={"item_id": found}))


def _form(reservation: Reservation, **more: object) -> ProblemForm:
    items = borrowed.items_of(reservation.kit_id)
    names = [(one.id, " · ".join(filter(None, (one.code, one.kind, one.label)))) for one in items]
    return ProblemForm(names, **more)


def _page(reservation: Reservation, form: ProblemForm, status: int = 200) -> Response:
    return draw("equipment/borrowing/problem.html", status, one=reservation, form=form, problems=PROBLEMS)


@bp.post(f"{ONE}/probleme")
@allow(Role.HOST)
def report(code: str) -> AnyResponse:
    reservation = own(code)
    check_with_them(reservation, clock.now())
    form, what = _form(reservation), request.form.get("what", "")
    if what not in set(Problem):
        form.refusals.append(_("Choose what is wrong."))
    if not form.validate() or form.refusals:
        return _page(reservation, form, 422)
    try:
        _report(reservation, Problem(what), form)
    except Refused as refused:
        refuse(form, refused)
        return _page(own(code), form, refused.status)
    flash(_("Thank you: the team knows. Nobody is blamed for what wears out."), "good")
    return see_other("borrowing.show", code=code)


def _report(reservation: Reservation, what: Problem, form: ProblemForm) -> None:
    kit_id, reservation_id, item_id = reservation.kit_id, reservation.id, form.item_id.data
    said = ": ".join(part for part in (str(PROBLEMS[what]), form.note.data) if part)
    in_transaction(
        lambda: incidents.open_incident(
            kit_id, FOUND[what], said, staff(), now=clock.now(), item_id=item_id, reservation_id=reservation_id
        )
    )
