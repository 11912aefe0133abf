"""A colleague reserves for a school, a home or the team: all on one page, the kits free then beneath it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.lending import HOME, SCHOOL, ReserveForm
from equipment.queries import choosing, kits
from equipment.queries.choosing import Choice
from equipment.queries.late import late_by_kit
from equipment.rules.dates import Day, taking_place
from equipment.rules.kits import WORKERS
from equipment.rules.refusals import NoDates
from equipment.rules.school_day import part_of
from equipment.service import lending as verbs
from equipment.views.lending.blueprint import bp
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import near_day, whole
from foundation.i18n import _, ngettext
from foundation.period import Period
from foundation.security import allow
from foundation.web import draw, see_other
from places import queries as places

LONGEST_KEY = 64


@bp.get("/reserver")
@allow(*WORKERS)
def reserve() -> Response:
    """Empty, or as a free half-day of the week says."""
    return _page(_form(formdata=None, data=_of_address()))


def _of_address() -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kit_id := whole(request.args.get("mallette")):
        found["kit_id"] = kit_id
    if part := part_of(request.args.get("quand", "")):
        found["part"] = part.key
    try:
        found["day"] = near_day(request.args.get("jour", ""))
    except ValueError:
        return found
    return found


def _form(**more: Any) -> ReserveForm:
    borrowers = [(f"{SCHOOL}-{one.id}", one.name) for one in places.school_names()]
    borrowers += [(f"{HOME}-{one.id}", one.name) for one in places.care_home_names()]
    venues = [(one.id, one.name) for one in places.venues() if one.active]
    return ReserveForm(choosing.kinds_for(staff()), borrowers, venues, **more)


def _page(
    form: ReserveForm, status: int = 200, rows: Sequence[Choice] | None = None, days: Sequence[Day] = ()
) -> Response:
    own = {kit.id: kit for kit in kits.lendables_for(staff())}
    periods = taking_place(days)
    return draw(
        "equipment/lending/reserve.html",
        status,
        form=form,
        rows=rows,
        days=days,
        periods=periods,
        late=late_by_kit(clock.now()),
        taken=_why_taken(rows or (), periods),
        kit=own.get(form.kit_id.data),
        any_kit=bool(own),
        key=request.form.get("key", "")[:LONGEST_KEY] or uuid4().hex,
    )


def _why_taken(rows: Sequence[Choice], periods: Sequence[Period]) -> Mapping[int, Any]:
    """Who has the kits that are not free at the one time that is wanted."""
    if len(periods) != 1:
        return {}
    return kits.in_the_way([row.kit for row in rows if row.taken], periods[0])


@bp.post("/reserver")
@allow(*WORKERS)
def reserved() -> AnyResponse:
    """The kits for what is typed; or the kit whose button is pressed, reserved."""
    form = _form()
    if not form.validate():
        return _page(form, 422)
    days: list[Day] = []
    kit_id = whole(request.form.get("take"))
    try:
        days = choosing.looked_at(form.when(), at_school=form.school_id is not None)
        periods = taking_place(days)
        if not periods:
            raise NoDates
        if kit_id:
            return _reserve(form, kit_id, periods)
    except Refused as refused:
        form.refuse(refused)
        return _page(form, refused.status, _choices(form, days), days)
    return _page(form, 200, _choices(form, days), days)


def _reserve(form: ReserveForm, kit_id: int, periods: Sequence[Period]) -> AnyResponse:
    """Raises: what `equipment.service.lending.reserve_series` refuses"""
    key, only_free = request.form.get("key", "")[:LONGEST_KEY] or None, "only_free" in request.args
    wish = form.wish()
    made = in_transaction(
        lambda: verbs.reserve_series(
            kit_id, periods, wish, staff(), now=clock.now(), only_free=only_free, request_key=key
        )
    )
    first_id, count = made[0].id, len(made)
    one_of_them = ngettext("%(num)s date is reserved.", "%(num)s dates are reserved.", count)
    flash(_("The kit is reserved.") if count == 1 else one_of_them, "good")
    return see_other("lending.show", reservation_id=first_id)


def _choices(form: ReserveForm, days: Sequence[Day]) -> list[Choice] | None:
    """The kits that serve what is wanted, the one that was chosen first; None when no date is left."""
    periods = taking_place(days)
    if not periods:
        return None
    units, kind = form.units_wanted.data or 0, form.kind.data or ""
    found = choosing.choices(staff(), form.when(), periods, units=units, kind=kind, now=clock.now())
    return sorted(found, key=lambda row: row.kit.id != form.kit_id.data)
