"""The page that a message leads to: no account, nothing to type, one press."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import in_transaction
from foundation.security import public
from foundation.web import draw, see_other
from vouchers.rules.follow_ups import ANSWERS
from vouchers.service import follow_ups
from vouchers.views.follow_ups.blueprint import bp, pressed

OWN = "/appareil/<int(max=2147483647):follow_up_id>/<secret>"


@bp.get(OWN)
@public
def question(follow_up_id: int, secret: str) -> Response:
    """A page that is only looked at answers nothing: mail programmes follow links by themselves."""
    found = follow_ups.opened(follow_up_id, secret)
    return draw("vouchers/follow_ups/question.html", one=found, secret=secret, answers=ANSWERS)


@bp.post(OWN)
@public
def answered(follow_up_id: int, secret: str) -> AnyResponse:
    follow_ups.opened(follow_up_id, secret)
    said, now = pressed(ANSWERS), clock.now()
    in_transaction(lambda: follow_ups.answer(follow_up_id, said, now=now))
    return see_other("follow_ups.question", follow_up_id=follow_up_id, secret=secret)
