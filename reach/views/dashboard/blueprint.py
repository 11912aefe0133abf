"""The blueprint that the pages of this folder hang on, and who may open them."""

from __future__ import annotations

from flask import Blueprint

from foundation.security import Role

bp = Blueprint("reach", __name__, url_prefix="/equipe/portee")
READERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
"""Each sees their own scope: see `reach.rules.scope`."""
