"""What the pages of a counter share: whose it is, what is said when it may not take anything."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.web import draw, see_other
from vouchers.models import Partner
from vouchers.queries.counters import partner_of
from vouchers.queries.tills import partner_of_structure
from vouchers.rules.guessing import TooManyRefused
from vouchers.rules.refusals import NoAgreement
from vouchers.service.tills import Till

bp = Blueprint("counter", __name__, url_prefix="/partenaire")
ONE = "/encaissements/<int(max=2147483647):redemption_id>"


def own_partner() -> Partner:
    """The partner of the person at hand, whose past stays open to them when the agreement is over.

    Raises:
        NoAgreement: their structure never had one.
    """
    found = partner_of_structure(staff().structure_id)
    if found is None:
        raise NoAgreement
    return found


def till() -> Till:
    """The counter at hand, which may take vouchers today.

    Raises:
        NoAgreement
    """
    return Till(partner_of(staff().structure_id, clock.today()).id, request.remote_addr or "")


@bp.errorhandler(NoAgreement)
def no_agreement(refused: NoAgreement) -> AnyResponse:
    """The first page says whom to call; all others lead there."""
    if request.method == "GET" and request.endpoint != "counter.index":
        return see_other("counter.index")
    return draw("vouchers/counter/no_agreement.html", 200 if request.method == "GET" else refused.status)


@bp.errorhandler(TooManyRefused)
def too_many(refused: TooManyRefused) -> Response:
    return draw("vouchers/counter/wait.html", refused.status, until=refused.until)
