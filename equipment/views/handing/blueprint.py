"""What the pages of hand-over and return share."""

from __future__ import annotations

from flask import Blueprint, flash
from werkzeug.wrappers import Response as AnyResponse

from equipment.models import Direction
from equipment.queries import checklists
from equipment.rules.unhandable import LoanOver, NotApprovedYet, NotHandedOver, NotLentAnyMore
from foundation.errors import Refused
from foundation.web import see_other

bp = Blueprint("handing", __name__, url_prefix="/equipe/materiel")
ONE = "/reservations/<int(max=2147483647):reservation_id>"
PAPER = "/remises/<int(max=2147483647):handover_id>"
CLOSED = (LoanOver, NotApprovedYet, NotHandedOver, NotLentAnyMore)
"""No checklist of this loan can be gone through now: the reservation says what can be done instead."""


def to_reservation(reservation_id: int, refused: Refused) -> AnyResponse:
    """Back to the reservation, saying why."""
    flash(str(refused), "warn")
    return see_other("lending.show", reservation_id=reservation_id)


def to_written(reservation_id: int, direction: Direction, refused: Refused) -> AnyResponse:
    """To what somebody else wrote meanwhile."""
    written = checklists.last_handover(reservation_id, direction)
    if written is None:
        return to_reservation(reservation_id, refused)
    flash(str(refused), "warn")
    return see_other("handing.show", handover_id=written)
