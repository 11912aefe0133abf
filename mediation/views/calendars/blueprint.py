"""The blueprint of calendars, and whose page it is."""

from __future__ import annotations

from flask import Blueprint

from accounts.current import staff
from accounts.models import Account
from foundation.errors import Forbidden
from foundation.i18n import _l

bp = Blueprint("calendars", __name__)


def own_resource() -> tuple[Account, int]:
    """The mediator at hand, and the resource whose time is theirs.

    Raises:
        Forbidden: an account that was given the role without being set up to receive people.
    """
    account = staff()
    if account.resource_id is None:
        raise Forbidden(_l("Your account is not set up to receive people. Ask your administrator."))
    return account, account.resource_id
