"""Another time for a reservation, another kit, or both."""

from __future__ import annotations

from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_answers import of_period
from equipment.forms.lending import ShiftForm
from equipment.models import Reservation
from equipment.queries import kits as kit_queries
from equipment.queries import one as queries
from equipment.queries.choosing import looked_at
from equipment.rules.dates import taking_place
from equipment.rules.kits import WORKERS, Lendable
from equipment.rules.lending import check_changeable
from equipment.rules.refusals import NoDates
from equipment.service import lending as verbs
from equipment.views.lending.blueprint import ONE, bp
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _, daytime
from foundation.period import Period
from foundation.security import allow
from foundation.web import draw, see_other


@bp.get(f"{ONE}/deplacer")
@allow(*WORKERS)
def move(reservation_id: int) -> Response:
    one = _to_change(reservation_id)
    return _page(one, _form(one, formdata=None, data=of_period(one.period) | {"kit_id": one.kit_id}))


def _to_change(reservation_id: int) -> Reservation:
    """Raises: NoSuchReservation, OfAnAct, NotToChange"""
    one = queries.reservation_seen(reservation_id, staff())
    check_changeable(one)
    return one


def _form(one: Reservation, **more: Any) -> ShiftForm:
    """The kits free at the time of the reservation come first: it is most often a kit that is missing."""
    found = kit_queries.offered(staff(), one.period, units=one.units_wanted, ignoring=one.reference)
    others = [row for row in found if row.kit.id != one.kit_id]
    free = [(row.kit.id, _free_words(row)) for row in others if row.free]
    taken = [(row.kit.id, _("%(kit)s, taken then", kit=row.kit.name)) for row in others if not row.free]
    mine = (one.kit_id, _("%(kit)s, reserved now", kit=one.kit.name))
    return ShiftForm([mine, *free, *taken], at_school=True, **more)


def _free_words(row: kit_queries.Offered) -> str:
    if row.late:
        return _("%(kit)s, not back yet, expected since %(when)s", kit=row.kit.name, when=daytime(row.late.due))
    return _("%(kit)s, free then", kit=row.kit.name)


def _page(one: Reservation, form: ShiftForm, status: int = 200, others: list[Lendable] | None = None) -> Response:
    return draw("equipment/lending/move.html", status, one=one, form=form, others=others or [])


@bp.post(f"{ONE}/deplacer")
@allow(*WORKERS)
def moved(reservation_id: int) -> AnyResponse:
    one = _to_change(reservation_id)
    form = _form(one)
    if not form.validate():
        return _page(one, form, 422)
    kit_id, reason = given(form.kit_id.data), form.reason.data or ""
    try:
        period = _period(form, one)
        in_transaction(
            lambda: verbs.move(reservation_id, period, staff(), now=clock.now(), kit_id=kit_id, reason=reason)
        )
    except Refused as refused:
        form.refuse(refused)
        others = [kit for kit in refused.alternatives if isinstance(kit, Lendable)]
        return _page(queries.reservation_seen(reservation_id, staff()), form, refused.status, others)
    flash(_("The reservation is changed; the borrower is told."), "good")
    return see_other("lending.show", reservation_id=reservation_id)


def _period(form: ShiftForm, one: Reservation) -> Period:
    """Raises: as `equipment.rules.asking.dates_of`, and NoDates when the clocks skip that hour"""
    found = taking_place(looked_at(form.when(), at_school=one.school_id is not None))
    if not found:
        raise NoDates
    return found[0]
