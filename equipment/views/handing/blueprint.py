"""What the pages of hand-over and return share."""

from __future__ import annotations

from flask import Blueprint, flash
from werkzeug.wrappers import Response as AnyResponse

from equipment.models import Direction
from equipment.queries import checklists
from equipment.rules.unhandable import (
    HandedOverMeanwhile,
    LoanOver,
    NotApprovedYet,
    NotHandedOver,
    NotLentAnyMore,
    TakenBackMeanwhile,
)
from foundation.errors import Refused
from foundation.web import see_other

bp = Blueprint("handing", __name__, url_prefix="/equipe/materiel")
ONE = "/reservations/<int(max=2147483647):reservation_id>"
PAPER = "/remises/<int(max=2147483647):handover_id>"
WRITTEN: dict[type[Refused], Direction] = {HandedOverMeanwhile: Direction.OUT, TakenBackMeanwhile: Direction.BACK}
"""Somebody else wrote it down meanwhile: what they wrote is shown."""
CLOSED: tuple[type[Refused], ...] = (*WRITTEN, LoanOver, NotApprovedYet, NotHandedOver, NotLentAnyMore)
"""No checklist of this loan can be gone through now: another page says what was done, or what can be done instead."""


def elsewhere(reservation_id: int, refused: Refused) -> AnyResponse:
    """To what somebody else wrote meanwhile, or back to the reservation, saying why."""
    flash(str(refused), "warn")
    direction = WRITTEN.get(type(refused))
    written = checklists.last_handover(reservation_id, direction) if direction else None
    if written is None:
        return see_other("lending.show", reservation_id=reservation_id)
    return see_other("handing.show", handover_id=written)
