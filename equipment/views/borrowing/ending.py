"""What has come to an end: all dates of a wish looked at before they are cancelled, another try, and why not."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from equipment.forms.borrowing_answers import kept, of_period
from equipment.models import Reservation
from equipment.queries import borrowed
from equipment.rules import labels
from equipment.rules.own import NotWithYou
from equipment.rules.refusals import NotToChange
from equipment.views.borrowing.blueprint import ONE, bp, drafts, own
from equipment.views.borrowing.one import is_to_cancel
from foundation.security import Role, allow
from foundation.web import draw, see_other

KEPT = ("group_label", "activity", "units_wanted", "head_count", "contact_phone", "sheet_url")


@bp.get(f"{ONE}/annuler")
@allow(Role.HOST)
def ask_cancel(code: str) -> AnyResponse:
    """Which dates would be cancelled, before they are."""
    one = own(code)
    dates = [date for date in borrowed.dates_of_series(one) if is_to_cancel(date)]
    if not dates:
        return see_other("borrowing.show", code=one.code)
    return draw("equipment/borrowing/cancel.html", one=one, dates=dates)


@bp.post(f"{ONE}/encore")
@allow(Role.HOST)
def again(code: str) -> AnyResponse:
    """Ask for another kit with the answers of a reservation that was declined or cancelled."""
    one = own(code)
    return see_other("borrowing.choose", d=drafts.keep("", _answers(one)))


def _answers(one: Reservation) -> dict[str, object]:
    of_need = {name: getattr(one, name) for name in KEPT}
    ways = {"outward": one.outward.value, "homeward": one.homeward.value, "kind": "", "every": 0, "kit_id": 0}
    return kept(of_period(one.period)) | of_need | ways


@bp.errorhandler(NotToChange)
@bp.errorhandler(NotWithYou)
def not_now(refused: NotToChange | NotWithYou) -> Response:
    """Nobody was quicker: it is their own reservation, as it stands."""
    one = own((request.view_args or {}).get("code", ""))
    state = labels.RESERVATION_STATES[one.state]
    return draw("equipment/borrowing/not_now.html", refused.status, one=one, advice=str(refused), state=state)
