"""The blueprint that the pages of this folder hang on, and who acts on them."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from foundation.security import Role
from places.rules import Actor

bp = Blueprint("places", __name__, url_prefix="/equipe/lieux")
KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


def actor() -> Actor:
    """The account that is signed in, as the rules of places know it."""
    account = current_user.account
    return Actor(id=account.id, structure_id=account.structure_id)
