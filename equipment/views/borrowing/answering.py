"""A head teacher says yes or no to what their school reserves: to one date, or to all of a recurring wish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from equipment.forms.borrowing_acts import PressForm, ReasonForm
from equipment.models import Reservation
from equipment.queries import kits as kit_queries
from equipment.queries.borrowed import how_many_to_answer, to_answer
from equipment.rules import labels
from equipment.rules.refusals import AnsweredMeanwhile
from equipment.rules.wishes import wishes, with_it
from equipment.service import lending as verbs
from equipment.views.borrowing.blueprint import ONE, borrower, bp, own
from equipment.views.borrowing.one import page
from foundation import clock
from foundation.alerts import Count
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import whole as number
from foundation.i18n import _, ngettext
from foundation.security import Role, allow
from foundation.web import BaseForm, draw, refuse, see_other


class Verb(Protocol):
    """What answers one reservation."""

    def __call__(self, reservation_id: int, actor: Account, *, now: datetime) -> Reservation: ...


TO_ANSWER = Count(
    lambda: how_many_to_answer(staff(), clock.now()),
    lambda number: ngettext("%(num)s to answer", "%(num)s to answer", number),
)


@bp.get("/a-repondre")
@allow(Role.HOST)
def waiting() -> Response:
    account = borrower()
    found = to_answer(account, clock.now())
    kits = {kit.id: kit for kit in kit_queries.lendables()} if found else {}
    return draw(
        "equipment/borrowing/waiting.html",
        rows=wishes(found, kits),
        place=account.place,
        approves=account.approves,
        at_school=account.school_id is not None,
        outward=labels.OUTWARD,
    )


@bp.post(f"{ONE}/accepter")
@allow(Role.HOST)
def approve(code: str) -> AnyResponse:
    """This date, or all dates of its wish that wait; then on to what else waits."""
    return _answer(own(code), PressForm(formdata=None), verbs.approve, _accepted)


@bp.post(f"{ONE}/refuser")
@allow(Role.HOST)
def decline(code: str) -> AnyResponse:
    reservation, form = own(code), ReasonForm()
    if not form.validate():
        return page(reservation, form, 422)
    reason = form.reason.data or ""

    def act(reservation_id: int, actor: Account, *, now: datetime) -> Reservation:
        return verbs.refuse(reservation_id, reason, actor, now=now)

    return _answer(reservation, form, act, _declined)


def _answer(reservation: Reservation, form: BaseForm, verb: Verb, done: Callable[[int], str]) -> AnyResponse:
    """All in one transaction; of several dates, those that were answered or cancelled meanwhile are told."""
    whole, code = request.form.get("series") == "1", reservation.code
    ids = with_it(reservation, to_answer(staff(), clock.now())) if whole else [reservation.id]
    try:
        count = in_transaction(lambda: _answered(ids, verb, alone=not whole))
    except Refused as refused:
        refuse(form, refused)
        return page(own(code), form, refused.status)
    flash(done(count), "good" if count else "")
    gone = max(number(request.form.get("shown")) - count, 0) if whole else 0
    if gone:
        flash(ngettext("%(num)s date did not wait any more.", "%(num)s dates did not wait any more.", gone))
    return see_other("borrowing.waiting")


def _answered(ids: list[int], verb: Verb, *, alone: bool) -> int:
    """How many dates; one that nobody waits for any more does not keep the others.

    Raises:
        AnsweredMeanwhile: `alone`; and what the verb refuses.
    """
    count = 0
    for reservation_id in ids:
        try:
            verb(reservation_id, staff(), now=clock.now())
            count += 1
        except AnsweredMeanwhile:
            if alone:
                raise
    return count


def _accepted(count: int) -> str:
    if count == 1:
        return _("The kit is reserved; whoever asked is told.")
    return ngettext(
        "%(num)s date is reserved; whoever asked is told.", "%(num)s dates are reserved; whoever asked is told.", count
    )


def _declined(count: int) -> str:
    if count == 1:
        return _("The reservation is declined; whoever asked is told why.")
    return ngettext(
        "%(num)s date is declined; whoever asked is told why.",
        "%(num)s dates are declined; whoever asked is told why.",
        count,
    )
