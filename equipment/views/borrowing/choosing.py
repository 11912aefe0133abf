"""Which kit: those that are free then, those that are not with what is possible instead; dates told one by one."""

from __future__ import annotations

from itertools import islice
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from equipment.queries import choosing as queries
from equipment.queries.choosing import Choice
from equipment.queries.contents import contents
from equipment.rules.asking import periods_of
from equipment.rules.dates import Day
from equipment.rules.refusals import NoSuchKit
from equipment.views.borrowing.asking import day_of, days_wanted, need_again, sent
from equipment.views.borrowing.blueprint import asks_of, borrower, bp, drafts
from equipment.views.borrowing.missed import SKIPPED
from foundation import clock
from foundation.errors import Refused
from foundation.fields import whole
from foundation.period import Period
from foundation.security import Role, allow
from foundation.web import draw, see_other

SHOWN, NAMED = 24, 5
"""How many kits the page lists, and how many it names for a date."""


@bp.get("/reserver/choisir")
@allow(Role.HOST)
def choose() -> AnyResponse:
    """The kits beside the need. One that was chosen in the calendar and is free is not asked for again."""
    borrower()
    key = request.args.get("d", "")
    answers = drafts.find(key)
    if answers is None:
        return sent(key) or see_other("borrowing.need")
    return choose_page(key, answers, direct="direct" in request.args)


def choose_page(
    key: str, answers: dict[str, Any], refused: Refused | None = None, *, direct: bool = False
) -> AnyResponse:
    """The page; the one before it when its dates are not possible any more, `direct` the one after it."""
    try:
        found, days = choices_of(answers)
    except Refused as impossible:
        return need_again(answers, impossible)
    wanted = answers.get("kit_id")
    first = [one for one in found if one.kit.id == wanted]
    if direct and first and first[0].whole:
        return see_other("borrowing.details", d=key)
    rows = first + [one for one in found if one.kit.id != wanted]
    return _drawn(key, answers, rows, days, refused)


def _drawn(key: str, answers: dict[str, Any], rows: list[Choice], days: list[Day], refused: Refused | None) -> Response:
    account, kind = borrower(), answers.get("kind") or ""
    shown = rows[:SHOWN]
    held = contents([one.kit.id for one in shown])
    return draw(
        "equipment/borrowing/choose.html",
        refused.status if refused else 200,
        key=key,
        answers=answers,
        rows=shown,
        more=len(rows) - len(shown),
        chosen=answers.get("kit_id"),
        held=held,
        asks={kit_id: asks_of(one.kit) for kit_id, one in held.items()},
        others={day_of(one): _free_then(rows, one) for one in {one for row in shown for one in row.taken}},
        days=days,
        skipped=SKIPPED,
        day_of=day_of,
        refused=refused,
        most=queries.most_units(account, kind),
    )


def _free_then(rows: list[Choice], period: Period) -> list[Choice]:
    """Some kits that would do and are free on one date, for when the one that was chosen is not."""
    found = (row for row in rows if not row.refused and not row.missing and period in row.free)
    return list(islice(found, NAMED))


def choices_of(answers: dict[str, Any]) -> tuple[list[Choice], list[Day]]:
    """Raises: as `equipment.rules.asking.dates_of` and `periods_of`"""
    when, days = days_wanted(answers)
    now = clock.now()
    periods = periods_of(days, now)
    units, kind = answers.get("units_wanted") or 0, answers.get("kind") or ""
    like = queries.kind_of(borrower(), answers.get("kit_id"))
    found = queries.choices(borrower(), when, periods, units=units, kind=kind, now=now, like=like, largest=True)
    return found, days


@bp.post("/reserver/choisir")
@allow(Role.HOST)
def take() -> AnyResponse:
    """Take a kit; on the dates on which it is free, when that is what was pressed."""
    borrower()
    key, kit_id = request.args.get("d", ""), whole(request.form.get("kit_id"))
    answers = drafts.find(key)
    if answers is None:
        return sent(key) or see_other("borrowing.need")
    try:
        found, _days = choices_of(answers)
    except Refused as impossible:
        return need_again(answers, impossible)
    chosen = next((one for one in found if one.kit.id == kit_id), None)
    if chosen is None:
        raise NoSuchKit
    only_free = request.form.get("only_free") == "1" and bool(chosen.free)
    left_out = answers.get("left_out", []) + [day_of(one).isoformat() for one in chosen.taken if only_free]
    units = min(answers.get("units_wanted") or 0, chosen.kit.working)
    drafts.keep(key, answers | {"kit_id": kit_id, "left_out": sorted(set(left_out)), "units_wanted": units})
    if chosen.refused or (chosen.taken and not only_free):
        return see_other("borrowing.choose", d=key)
    return see_other("borrowing.details", d=key)
