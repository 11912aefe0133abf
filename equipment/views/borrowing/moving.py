"""Another time or another kit for a reservation, on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_acts import MoveForm
from equipment.forms.borrowing_answers import of_period
from equipment.models import Reservation, ReservationState
from equipment.queries import choosing
from equipment.queries import kits as kit_queries
from equipment.queries.swaps import Swap, swaps
from equipment.rules.asking import periods_of
from equipment.rules.kits import Lendable, serves
from equipment.rules.lending import check_changeable, first_state
from equipment.rules.refusals import KitIncomplete, KitTaken
from equipment.service import lending as verbs
from equipment.views.borrowing.blueprint import ONE, bp, own
from equipment.views.borrowing.swapping import LookFirst, cards, check_seen
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.fields import given, whole
from foundation.i18n import _
from foundation.period import Period
from foundation.security import Role, allow
from foundation.web import draw, see_other


@bp.get(f"{ONE}/deplacer")
@allow(Role.HOST)
def change(code: str) -> Response:
    reservation = own(code)
    check_changeable(reservation)
    return _page(reservation, _form(reservation, data=of_period(reservation.period) | {"kit_id": reservation.kit_id}))


def _form(reservation: Reservation, **more: Any) -> MoveForm:
    kits = [(kit.id, kit.name) for kit in _kits(reservation)]
    return MoveForm(kits, reservation.school_id is not None, **more)


def _kits(reservation: Reservation) -> list[Lendable]:
    """The kit that is reserved, and the others that would do."""
    found = kit_queries.lendables_for(staff())
    return [
        kit for kit in found if kit.id == reservation.kit_id or serves(kit, reservation.units_wanted, "")
    ]  # fmt: skip


def _page(reservation: Reservation, form: MoveForm, status: int = 200, others: Sequence[Swap] = ()) -> Response:
    asking = [kit.name for kit in _kits(reservation) if first_state(kit, staff()) is ReservationState.REQUESTED]
    return draw(
        "equipment/borrowing/change.html", status, one=reservation, form=form, asking=asking,
        **cards(reservation, others),
    )  # fmt: skip


@bp.post(f"{ONE}/deplacer")
@allow(Role.HOST)
def changed(code: str) -> AnyResponse:
    reservation = own(code)
    form = _form(reservation)
    if not form.validate():
        return _page(reservation, form, 422)
    seen = whole(request.form.get("take"))
    reservation_id, kit_id = reservation.id, seen or given(form.kit_id.data)
    try:
        period = _period(form)
        if not seen:
            check_seen(reservation, kit_id, period)
        state = in_transaction(
            lambda: verbs.move(reservation_id, period, staff(), now=clock.now(), kit_id=kit_id).state
        )
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(own(code), form, refused.status, _others(own(code), form, kit_id, refused))
    flash(changed_words(state), "good")
    return see_other("borrowing.show", code=code)


def _others(reservation: Reservation, form: MoveForm, kit_id: int, refused: Refused) -> list[Swap]:
    """The kit that has to be looked at first; or those that are free then, when the one wanted is not."""
    if not isinstance(refused, LookFirst | KitTaken | KitIncomplete):
        return []
    found = swaps(staff(), reservation, _period(form), clock.now())
    return [one for one in found if one.kit.id == kit_id] if isinstance(refused, LookFirst) else found


def changed_words(state: ReservationState) -> str:
    """Whether the change counts at once."""
    if state is ReservationState.REQUESTED:
        return _("The reservation is changed and has to be accepted again. The kit is kept for you until the answer.")
    return _("The reservation is changed.")


def _period(form: MoveForm) -> Period:
    """Raises: as `equipment.rules.asking.dates_of` and `periods_of`"""
    days = choosing.looked_at_twice(form.when(), at_school=staff().school_id is not None)
    return periods_of(days, clock.now())[0]
