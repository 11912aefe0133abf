"""The page in place of the form when nobody can register: why, and where to go instead."""

from __future__ import annotations

from flask import Response, request

from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _l
from foundation.web import draw
from workshops.models import Programme
from workshops.rules.public import NotShown
from workshops.rules.refusals import NoDateLeft, NoLongerOpen, NothingToCome, NothingToRegister, NotOpenYet
from workshops.views.public.blueprint import has_public_page
from workshops.views.registering.blueprint import bp

HEADINGS = {
    NothingToRegister: _l("No registration is needed"),
    NoDateLeft: _l("No date at the moment"),
    NothingToCome: _l("This date can not be chosen any more"),
    NotOpenYet: _l("Registration is not open yet"),
    NoLongerOpen: _l("Registration is over"),
    NotShown: _l("This workshop is over"),
}


def not_open(refused: Refused) -> Response:
    """Nobody was faster, and nothing is to be corrected: it says so, and leads to the workshop if it has a page."""
    programme = db.session.get(Programme, (request.view_args or {}).get("programme_id", 0))
    return draw(
        "workshops/registering/not_open.html", refused.status, heading=HEADINGS[type(refused)], why=str(refused),
        programme=programme if programme is not None and has_public_page(programme) else None,
    )  # fmt: skip


for refusal in HEADINGS:
    bp.register_error_handler(refusal, not_open)
