"""What the help came to after three months, for those who plan campaigns."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation.security import allow
from foundation.web import draw
from vouchers.models import FollowUpAnswer
from vouchers.queries.follow_up_figures import tallies
from vouchers.rules.follow_up_words import TOLD
from vouchers.rules.labels import DEVICES
from vouchers.rules.team import PLANNERS
from vouchers.views.follow_ups.blueprint import bp
from vouchers.views.follow_ups.desk import LIST


@bp.get(f"{LIST}/chiffres")
@allow(*PLANNERS)
def figures() -> Response:
    words = {answer: label for answer, label in TOLD.items() if answer is not FollowUpAnswer.UNKNOWN}
    return draw("vouchers/follow_ups/figures.html", tallies=tallies(staff()), answers=words, devices=DEVICES)
