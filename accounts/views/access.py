"""Which role may open which page: the table that the routes themselves declare."""

from __future__ import annotations

from flask import Response, current_app

from accounts.queries import access_rows
from accounts.views.blueprint import bp
from accounts.words import ROLES
from foundation.security import Role, allow
from foundation.web import draw


@bp.get("/equipe/comptes/acces")
@allow(Role.ADMINISTRATOR)
def access() -> Response:
    return draw("accounts/access.html", rows=access_rows(current_app), roles=ROLES)
