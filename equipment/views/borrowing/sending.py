"""Check your answers, and the press that reserves."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from equipment.forms.borrowing_answers import wish_of
from equipment.queries.contents import Contents
from equipment.queries.late import late_by_kit
from equipment.rules.asking import periods_of
from equipment.rules.dates import Day
from equipment.rules.late import may_come_too_late
from equipment.rules.own import BACK, TO_US
from equipment.rules.refusals import ReservedTwice
from equipment.service import lending as verbs
from equipment.views.borrowing.asking import days_wanted, need_again
from equipment.views.borrowing.blueprint import asks_of, borrower, bp, drafts
from equipment.views.borrowing.choosing import choose_page
from equipment.views.borrowing.detailing import DETAILS, before, chosen, details_page
from equipment.views.borrowing.missed import missed, notice, why_words
from foundation import clock, links
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.period import Period
from foundation.security import Role, allow
from foundation.web import draw, see_other

OF_NEED = ("group_label", "activity", "units_wanted", "head_count")


@bp.get("/reserver/verifier")
@allow(Role.HOST)
def check() -> AnyResponse:
    key = request.args.get("d", "")
    answers, kit = chosen(key)
    if answers is None or kit is None:
        return before(key)
    if "outward" not in answers:
        return see_other("borrowing.details", d=key)
    try:
        _when, days = days_wanted(answers)
        periods = periods_of(days, clock.now())
    except Refused as refused:
        return need_again(answers, refused)
    return _page(key, answers, kit, periods, missed(days, kit.kit.id))


def _page(
    key: str,
    answers: dict[str, Any],
    kit: Contents,
    periods: list[Period],
    without: list[Day],
    *,
    changed: bool = False,
) -> Response:
    """What is about to be reserved; `changed`: it is not what the page showed that was sent."""
    host, now = borrower(), clock.now()
    late = late_by_kit(now).get(kit.kit.id)
    return draw(
        "equipment/borrowing/check.html", 422 if changed else 200, changed=changed, key=key, held=kit,
        periods=periods, place=host.place,
        wish=wish_of(answers, host.school_id, host.care_home_id), to_us=TO_US, back=BACK, asks=asks_of(kit.kit),
        late=late, unsure=bool(late) and may_come_too_late(periods, now),
        without=[(one.day, why_words(one)) for one in without], shown=links.secret_of(_subject(key, answers)),
    )  # fmt: skip


def _subject(key: str, answers: dict[str, Any]) -> str:
    """What the page shows, for the press under it: another tab may change the answers of the same draft meanwhile."""
    return f"kit-answers:{key}:{json.dumps(answers, sort_keys=True)}"


@bp.post("/reserver/verifier")
@allow(Role.HOST)
def send() -> AnyResponse:
    """Reserve what the page shows. A second press finds what the first one reserved."""
    key = request.args.get("d", "")
    answers, kit = chosen(key)
    if answers is None or kit is None:
        return before(key)
    host = borrower()
    try:
        _when, days = days_wanted(answers)
        kit_id, now = kit.kit.id, clock.now()
        periods, without = periods_of(days, now), missed(days, kit_id)
        if not links.is_secret_of(_subject(key, answers), request.form.get("shown", "")):
            return _page(key, answers, kit, periods, without, changed=True)
        wish = wish_of(answers, host.school_id, host.care_home_id)
        made = in_transaction(
            lambda: verbs.reserve_series(kit_id, periods, wish, borrower(), now=now, request_key=key)[0].code
        )
    except ReservedTwice:
        return before(key)
    except Refused as refused:
        return _again(key, answers, kit, refused)
    drafts.send(key)
    if without:
        flash(notice(without), "warn")
    return see_other("borrowing.show", code=made, fait=1)


def _again(key: str, answers: dict[str, Any], kit: Contents, refused: Refused) -> AnyResponse:
    """The page that has the answer at fault, with the reason; what is free by now when the kit is not."""
    db.session.rollback()
    if refused.field in DETAILS:
        return details_page(key, answers, kit, refused)
    if refused.field in OF_NEED:
        return need_again(answers, refused)
    return choose_page(key, answers, refused)
