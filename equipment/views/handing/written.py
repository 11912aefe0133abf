"""What was written down: a hand-over or a return, on screen and on paper."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from equipment.models import Direction, ReservationState
from equipment.queries import checklists, handing
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS
from equipment.views.handing.blueprint import PAPER, bp
from equipment.views.handing.receipt_drawn import drawn
from foundation.downloads import PDF, download
from foundation.i18n import local
from foundation.security import Role, allow
from foundation.web import draw


@bp.get(PAPER)
@allow(*WORKERS)
def show(handover_id: int) -> Response:
    made = handing.handover_seen(handover_id, staff())
    one = made.reservation
    out = one.state is ReservationState.HANDED_OVER
    return draw(
        "equipment/handing/show.html",
        made=made,
        one=one,
        lines=sorted(
            made.lines, key=lambda line: (line.item.kind != one.kit.unit_kind, line.item.kind, line.item.code)
        ),
        back=made.direction is Direction.BACK,
        still_out=checklists.to_come(one) if out else [],
        incidents=checklists.incidents_of(one.id),
        words=CONDITIONS,
    )


@bp.get(f"{PAPER}/recu.pdf")
@allow(*WORKERS, Role.HOST)
def receipt(handover_id: int) -> Response:
    """For the team, and for the place that borrowed the kit."""
    made = handing.handover_seen(handover_id, staff())
    kind = "remise" if made.direction is Direction.OUT else "retour"
    return download(drawn(made), PDF, f"{kind}-{local(made.at):%Y-%m-%d}-{made.reservation.code}.pdf")
