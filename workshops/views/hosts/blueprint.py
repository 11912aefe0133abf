"""What the pages of hosts share: for whom the person at hand acts, and a page for those who act for nobody yet."""

from __future__ import annotations

from flask import Blueprint, Response

from accounts import queries as accounts
from accounts.current import staff
from foundation.drafts import Drafts
from foundation.security import Role
from foundation.web import draw
from workshops.rules.hosts import Client, NoPlaceYet, client_of

bp = Blueprint("hosts", __name__, url_prefix="/hote")
drafts = Drafts("hosts")


def client() -> Client:
    """The school or care home of the person at hand.

    Raises:
        NoPlaceYet
    """
    return client_of(staff())


@bp.errorhandler(NoPlaceYet)
def nowhere(refused: NoPlaceYet) -> Response:
    return no_place(refused.status)


def no_place(status: int) -> Response:
    """Whom to ask: those who administer the whole territory, and those of the host's own structure."""
    own = staff().structure_id
    found = [one for one in accounts.with_role(Role.ADMINISTRATOR) if one.structure_id in {None, own}]
    return draw("hosts/no_place.html", status, administrators=found)
