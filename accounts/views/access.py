"""Which role may open which page: the table that the routes themselves declare."""

from __future__ import annotations

from flask import Response, current_app, request

from accounts.queries import AccessRow, access_rows
from accounts.views.blueprint import bp
from accounts.words import ROLES
from foundation.paging import paged
from foundation.security import Role, allow
from foundation.web import draw

PER_PAGE = 60
LONGEST = 60


@bp.get("/equipe/comptes/acces")
@allow(Role.ADMINISTRATOR)
def access() -> Response:
    """`?role=` leaves what this role may open, `?adresse=` what has these letters in its address."""
    role, part = _role(), request.args.get("adresse", "").strip()[:LONGEST]
    found = [row for row in access_rows(current_app) if part.lower() in row.path and _opens(row, role)]
    rows, page = paged(found, PER_PAGE, "accounts.access", role=role, adresse=part)
    return draw("accounts/access.html", rows=rows, roles=ROLES, role=role, part=part, number=len(found), page=page)


def _role() -> Role | None:
    wanted = request.args.get("role", "")
    return Role(wanted) if wanted in {role.value for role in Role} else None


def _opens(row: AccessRow, role: Role | None) -> bool:
    return role is None or row.callers == frozenset() or role in (row.callers or ())
