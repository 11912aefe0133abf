"""What is needed and when: the first page of a reservation, and what the later ones read of its answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing import NeedForm
from equipment.forms.borrowing_answers import as_typed, when_of
from equipment.queries import choosing
from equipment.queries import lending as queries
from equipment.queries.kits import lendables_for
from equipment.rules.asking import When, periods_of
from equipment.rules.dates import Day
from equipment.rules.school_day import part_of
from equipment.views.borrowing.blueprint import borrower, bp, drafts
from foundation import clock
from foundation.errors import Refused
from foundation.fields import near_day, whole
from foundation.i18n import _
from foundation.period import Period
from foundation.security import Role, allow
from foundation.web import draw, see_other

OF_DATES = ("day", "every", "until")
"""When one of them changes, dates that were left out are other dates."""


@bp.get("/reserver")
@allow(Role.HOST)
def need() -> AnyResponse:
    """What do you need? What was typed before is there again; the calendar says which kit and when."""
    borrower()
    key = request.args.get("d", "")
    if answered := sent(key):
        return answered
    typed = drafts.find(key) or drafts.find(request.args.get("comme", "")) or {}
    form = _form(data=as_typed(typed) | _of_address())
    _still_lent(form)
    return _page(form)


def need_again(answers: dict[str, Any], refused: Refused) -> Response:
    """The page with what was typed, and why it is not possible any more."""
    form = _form(formdata=None, data=as_typed(answers))
    form.refuse(refused)
    return _page(form, refused.status)


def _of_address() -> dict[str, Any]:
    """The kit and the time of the address, those that are any; a single time is meant."""
    found: dict[str, Any] = {}
    if kit_id := whole(request.args.get("mallette")):
        found["kit_id"] = kit_id
    if part := part_of(request.args.get("quand", "")):
        found["part"] = part.key
    try:
        found["day"] = near_day(request.args.get("jour", ""))
    except ValueError:
        return found
    return found | {"every": 0, "until": None, "last_day": None, "anyway": False}


def _still_lent(form: NeedForm) -> bool:
    """Whether the kit that was chosen in the calendar may be had; when not, the page says so and any kit is meant."""
    if not form.kit_id.data or form.kit_id.data in {kit.id for kit in lendables_for(staff())}:
        return True
    form.kit_id.data = 0
    form.refusals.append(_("The kit that you chose is not lent any more. Say what you need to see the others."))
    return False


def _form(**more: Any) -> NeedForm:
    account = staff()
    return NeedForm(choosing.kinds_for(account), account.school_id is not None, **more)


def _page(form: NeedForm, status: int = 200) -> Response:
    kits = {kit.id: kit for kit in lendables_for(staff())}
    key = request.args.get("d")
    return draw(
        "equipment/borrowing/need.html", status, form=form, place=staff().place, kit=kits.get(form.kit_id.data),
        any_kit=bool(kits), key=key,
    )  # fmt: skip


@bp.post("/reserver")
@allow(Role.HOST)
def needed() -> AnyResponse:
    borrower()
    form, key = _form(), request.args.get("d", "")
    if not form.validate() or not _still_lent(form):
        return _page(form, 422)
    before, typed = drafts.find(key) or {}, form.answers()
    if any(before.get(name) != (typed[name] or None) for name in OF_DATES):
        before.pop("left_out", None)
        typed["anyway"] = typed["anyway"] and not before.pop("anyway", None)
    try:
        wanted = periods_wanted(before | typed)
        choosing.check_lent_so_long(staff(), wanted, kind=form.kind.data or "")
        key = drafts.keep(key, before | typed)
    except Refused as refused:
        form.refuse(refused)
        return _page(form, refused.status)
    return see_other("borrowing.choose", d=key, direct=1 if form.kit_id.data else None)


def days_wanted(answers: dict[str, Any]) -> tuple[When, list[Day]]:
    """When the kit is wanted, and each date that was looked at.

    Raises: as `equipment.rules.asking.dates_of`
    """
    when = when_of(as_typed(answers))
    return when, choosing.looked_at_twice(when, at_school=staff().school_id is not None)


def periods_wanted(answers: dict[str, Any]) -> list[Period]:
    """What is to be reserved.

    Raises: as `dates_of` and `periods_of` of `equipment.rules.asking`
    """
    return periods_of(days_wanted(answers)[1], clock.now())


def sent(key: str) -> AnyResponse | None:
    """The way to what was reserved with these answers: somebody came back, or pressed twice."""
    made = queries.by_request_key(key, staff().id)
    return see_other("borrowing.show", code=made[0].code, fait=1) if made else None


def day_of(period: Period) -> date:
    """The day on which a loan begins, on the town's wall."""
    return period.start.astimezone(clock.territory_zone()).date()
