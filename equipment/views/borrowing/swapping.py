"""Another kit for a reservation: shown with its place, its conditions and whose yes it needs, taken in one press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing_acts import PressForm
from equipment.models import Handing, Kit, Reservation, ReservationState
from equipment.queries import kits as kit_queries
from equipment.queries.contents import contents, contents_of
from equipment.queries.swaps import Swap, swaps
from equipment.rules.lending import check_changeable
from equipment.service import lending as verbs
from equipment.views.borrowing.blueprint import ONE, asks_of, bp, own
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.fields import whole
from foundation.i18n import _, _l
from foundation.period import Period
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other

SHOWN = 12


class LookFirst(Refused):
    """The other kit has a place or conditions of its own, or needs a yes: nobody takes it unseen."""

    def __init__(self) -> None:
        super().__init__(_l("Look at this kit first: nothing is changed until you take it."), "kit_id")


def cards(reservation: Reservation, found: Sequence[Swap]) -> dict[str, Any]:
    """What the pages show of other kits: what each holds, where one goes for it, and whose yes it needs."""
    shown = found[:SHOWN]
    held = contents([one.kit.id for one in shown])
    return {
        "others": shown,
        "held": held,
        "asks": {kit_id: asks_of(one.kit) for kit_id, one in held.items()},
        "elsewhere": {kit_id for kit_id, one in held.items() if is_elsewhere(reservation, one.kit)},
        "sure": reservation.state is ReservationState.APPROVED,
    }


def is_elsewhere(reservation: Reservation, kit: Kit) -> bool:
    """Whether the borrower collects it, or brings it back, somewhere else than the kit they have."""
    themselves = Handing.COLLECTED in {reservation.outward, reservation.homeward}
    return themselves and kit.home_venue_id != reservation.kit.home_venue_id


def check_seen(reservation: Reservation, kit_id: int, period: Period) -> None:
    """Nothing is said of a kit that is not free: the verb says that.

    Raises:
        LookFirst
    """
    free = {one.kit.id for one in swaps(staff(), reservation, period, clock.now())}
    if kit_id == reservation.kit_id or kit_id not in free:
        return
    kit = contents_of(kit_id).kit
    if kit.rules.strip() or asks_of(kit) or is_elsewhere(reservation, kit):
        raise LookFirst


@bp.get(f"{ONE}/autre-mallette")
@allow(Role.HOST)
def instead(code: str) -> Response:
    """Other kits that are free at the time of a reservation, one press each; messages lead here."""
    return _page(own(code), PressForm(formdata=None))


def _page(reservation: Reservation, form: PressForm, status: int = 200) -> Response:
    check_changeable(reservation)
    kits = {kit.id: kit for kit in kit_queries.lendables()}
    found = swaps(staff(), reservation, reservation.period, clock.now())
    return draw(
        "equipment/borrowing/instead.html", status, one=reservation, form=form, kit=kits.get(reservation.kit_id),
        **cards(reservation, found),
    )  # fmt: skip


@bp.post(f"{ONE}/autre-mallette")
@allow(Role.HOST)
def take_instead(code: str) -> AnyResponse:
    """Take another kit; with `accepted` when it was pressed below its conditions."""
    reservation = own(code)
    reservation_id, period, old = reservation.id, reservation.period, reservation.kit.name
    kit_id = whole(request.form.get("kit_id"))
    try:
        if kit_id and request.form.get("accepted") != "1":
            check_seen(reservation, kit_id, period)
        state, new = in_transaction(
            lambda: _taken(verbs.move(reservation_id, period, staff(), now=clock.now(), kit_id=kit_id))
        )
    except Refused as refused:
        db.session.rollback()
        form = PressForm(formdata=None)
        refuse(form, refused)
        return _page(own(code), form, refused.status)
    flash(taken_words(state, new, old), "good")
    return see_other("borrowing.show", code=code)


def _taken(reservation: Reservation) -> tuple[ReservationState, str]:
    return reservation.state, reservation.kit.name


def taken_words(state: ReservationState, new: str, old: str) -> str:
    """What was promised: the kit itself, or that somebody answers."""
    if state is ReservationState.REQUESTED:
        return _(
            "You asked for %(new)s: it is not sure until the answer, and kept for you meanwhile. %(old)s is let go.",
            new=new, old=old,
        )  # fmt: skip
    return _("Another kit is reserved for you.")
