"""Signs that something may be wrong, for managers: each leads to its facts, and nothing is decided by itself."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from accounts.current import staff
from foundation import clock
from foundation.fields import near_day
from foundation.security import allow
from foundation.web import draw
from vouchers.queries import partners, signs
from vouchers.queries.counters import short_name
from vouchers.rules.sign_words import refused_as
from vouchers.rules.team import PLANNERS

bp = Blueprint("signs", __name__, url_prefix="/equipe/cheques/signes")


@bp.get("")
@allow(*PLANNERS)
def index() -> Response:
    viewer, now = staff(), clock.now()
    return draw(
        "vouchers/signs/index.html", refusals=signs.refusals(viewer, now), late=signs.out_of_hours(viewer, now),
        serials=signs.same_serial(viewer), names=signs.same_name(viewer, now), short_name=short_name,
    )  # fmt: skip


@bp.get("/refus/<int(max=2147483647):partner_id>/<day>")
@allow(*PLANNERS)
def refused(partner_id: int, day: str) -> Response:
    """Each code that a counter tried in vain on one day: when, and why; the codes themselves are not kept."""
    try:
        wanted = near_day(day)
    except ValueError:
        abort(404)
    tries = signs.tries_on(partner_id, wanted, staff())
    if not tries:
        abort(404)
    partner = partners.partner(partner_id)
    return draw("vouchers/signs/refused.html", partner=partner, day=wanted, tries=tries, refused_as=refused_as)
