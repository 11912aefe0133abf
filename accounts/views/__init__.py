"""Pages to sign in, for one's own account, and for the accounts of the staff."""

from __future__ import annotations

from flask import Flask

from accounts import current
from accounts.commands import group
from accounts.views import access, journal, own, passwords, signing_in, staff  # noqa: F401  # they hang their routes on bp
from accounts.views.blueprint import bp
from foundation.i18n import _l
from foundation.pages import add_to_menu

__all__ = ["bp", "init_app"]

add_to_menu("accounts.staff_list", _l("Accounts"), 90, lights_on=("accounts",), setting=True)
add_to_menu("accounts.own_sessions", _l("My account"), 95, lights_on=("accounts.change_password",), own=True)


def init_app(app: Flask) -> None:
    """Sign-in, pages and commands of this room."""
    current.init_app(app)
    app.register_blueprint(bp)
    app.cli.add_command(group)
