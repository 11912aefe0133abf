"""What was written down: a hand-over or a return, on screen and on paper."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.handing import UseForm
from equipment.models import Direction, ReservationState
from equipment.queries import checklists, handing
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS
from equipment.service import correcting
from equipment.views.handing.blueprint import PAPER, bp
from equipment.views.handing.receipt_drawn import drawn
from foundation import clock
from foundation.db import in_transaction
from foundation.downloads import PDF, download
from foundation.errors import Refused, Unknown
from foundation.i18n import _, local
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other


@bp.get(PAPER)
@allow(*WORKERS)
def show(handover_id: int) -> Response:
    one = handing.handover_seen(handover_id, staff()).reservation
    form = UseForm(formdata=None, minutes_in_use=one.minutes_in_use, head_count=one.head_count or None)
    return _page(handover_id, form)


@bp.post(f"{PAPER}/usage")
@allow(*WORKERS)
def correct(handover_id: int) -> AnyResponse:
    """Tell the use of the kit better."""
    one, actor, form = handing.handover_seen(handover_id, staff()).reservation, staff(), UseForm()
    if not form.validate():
        return _page(handover_id, form, 422)
    told = form.minutes_in_use.data, form.head_count.data
    try:
        in_transaction(lambda: correcting.correct_use(one.id, *told, actor, now=clock.now()))
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(handover_id, form, refused.status)
    flash(_("Saved."), "good")
    return see_other("handing.show", handover_id=handover_id)


def _page(handover_id: int, form: UseForm, status: int = 200) -> Response:
    made = handing.handover_seen(handover_id, staff())
    one = made.reservation
    out = one.state is ReservationState.HANDED_OVER
    return draw(
        "equipment/handing/show.html",
        status,
        form=form,
        made=made,
        one=one,
        lines=sorted(made.lines, key=lambda line: (line.kind != one.kit.unit_kind, line.kind, line.code)),
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
