"""Keeping a kit back for upkeep, and calling it off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from agenda.words import why
from equipment.forms.upkeep import PlanForm
from equipment.queries import kept
from equipment.queries import maintenance as queries
from equipment.rules.kits import WORKERS
from equipment.rules.upkeep_plans import KitNotFree
from equipment.service import maintenance as verbs
from equipment.views.upkeep.blueprint import KIT, bp
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.period import Period
from foundation.security import allow
from foundation.web import draw, refuse, see_other

USUAL_START, USUAL_END = time(9), time(12)


@bp.get(f"{KIT}/entretien")
@allow(*WORKERS)
def ask_plan(kit_id: int) -> Response:
    """`?du=`, `?au=`: a stretch of time that was proposed, and `?quoi=` what is done."""
    form = PlanForm()
    begin, end = _instant("du"), _instant("au")
    if begin and end and begin < end:
        form.propose(begin, end)
    else:
        form.starts.data, form.ends.data = USUAL_START, USUAL_END
    form.label.data = request.args.get("quoi", "")
    return _page(kit_id, form)


@bp.post(f"{KIT}/entretien")
@allow(*WORKERS)
def plan(kit_id: int) -> AnyResponse:
    form, actor, now = PlanForm(), staff(), clock.now()
    if not form.validate():
        return _page(kit_id, form, 422)
    label = form.label.data or ""
    try:
        period = form.period(clock.territory_zone())
        in_transaction(lambda: verbs.plan(kit_id, period, label, actor, now=now))
    except Unknown:
        raise
    except Refused as refused:
        _say(form, refused)
        free = refused.alternatives if isinstance(refused, KitNotFree) else ()
        dated = form.last_day.data not in {None, form.first_day.data}
        met = [why(one, dated=dated) for one in refused.reasons] if isinstance(refused, KitNotFree) else ()
        return _page(kit_id, form, refused.status, free, met)
    flash(_("The kit is kept back: nobody reserves it then."), "good")
    return see_other("upkeep.ask_plan", kit_id=kit_id)


@bp.post("/entretiens/<int(max=2147483647):maintenance_id>/annuler")
@allow(*WORKERS)
def call_off(maintenance_id: int) -> AnyResponse:
    actor, now = staff(), clock.now()
    kit_id = queries.seen(maintenance_id, actor).kit_id
    try:
        in_transaction(lambda: verbs.call_off(maintenance_id, actor, now=now))
    except Unknown:
        raise
    except Refused as refused:
        flash(str(refused), "warn")
    else:
        flash(_("The upkeep is called off: the kit can be reserved."), "good")
    return see_other("upkeep.ask_plan", kit_id=kit_id)


def _page(
    kit_id: int, form: PlanForm, status: int = 200, free: Sequence[Period] = (), met: Sequence[str] = ()
) -> Response:  # fmt: skip
    kit, now = kept.seen(kit_id, staff()), clock.now()
    return draw(
        "equipment/upkeep/plan.html", status, kit=kit, form=form, met=met, plans=queries.of_kit(kit_id, now),
        free=[(one, _address(kit_id, one, form.label.data or "")) for one in free],
    )  # fmt: skip


def _address(kit_id: int, period: Period, label: str) -> str:
    """The form again, with this time in it."""
    return url_for(
        "upkeep.ask_plan", kit_id=kit_id, du=period.start.isoformat(), au=period.end.isoformat(), quoi=label or None
    )


def _say(form: PlanForm, refused: Refused) -> None:
    """A refusal of the whole stretch belongs to its first day."""
    refused.field = "first_day" if refused.field == "starts" else refused.field
    refuse(form, refused)


def _instant(name: str) -> datetime | None:
    """An instant of the address on the town's wall clock; what is none is left out."""
    try:
        found = datetime.fromisoformat(request.args.get(name, ""))
        return found.astimezone(clock.territory_zone()) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
