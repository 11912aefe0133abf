"""Another time that was offered with a kit, and single dates of a series left out: one press each."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response as AnyResponse

from equipment.forms.borrowing_answers import kept, of_period
from equipment.views.borrowing.asking import need_again, periods_wanted, sent
from equipment.views.borrowing.blueprint import borrower, bp, drafts
from equipment.views.borrowing.choosing import choices_of
from foundation.errors import Refused
from foundation.fields import near_day, whole
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import see_other


@bp.post("/reserver/autre-heure")
@allow(Role.HOST)
def take_at() -> AnyResponse:
    """Take a kit at one of the other times that were offered with it."""
    borrower()
    key, kit_id = request.args.get("d", ""), whole(request.form.get("kit_id"))
    answers = drafts.find(key)
    if answers is None:
        return sent(key) or see_other("borrowing.need")
    try:
        found, _days = choices_of(answers)
    except Refused as impossible:
        return need_again(answers, impossible)
    start = request.form.get("start", "")
    times = [one for row in found if row.kit.id == kit_id for one in row.other_times if one.start.isoformat() == start]
    if not times:
        flash(_("This time is not free any more. Choose another one."), "warn")
        return see_other("borrowing.choose", d=key)
    drafts.keep(key, answers | kept(of_period(times[0])) | {"kit_id": kit_id})
    return see_other("borrowing.details", d=key)


@bp.post("/reserver/dates")
@allow(Role.HOST)
def leave_out() -> AnyResponse:
    """Leave one date out, or put it back."""
    borrower()
    key = request.args.get("d", "")
    answers = drafts.find(key)
    if answers is None:
        return sent(key) or see_other("borrowing.need")
    try:
        day = near_day(request.form.get("day", "")).isoformat()
        changed = answers | {"left_out": sorted(set(answers.get("left_out", [])) ^ {day})}
        periods_wanted(changed)
        drafts.keep(key, changed)
    except (Refused, ValueError) as refused:
        flash(str(refused) if isinstance(refused, Refused) else _("Choose one of the days of the list."), "warn")
    return see_other("borrowing.choose", d=key)
