"""What the pages of stock-taking share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from equipment.models import Kit
from equipment.rules.labels import CONDITIONS, SEEN_CONDITIONS
from foundation.i18n import _

bp = Blueprint("stock", __name__, url_prefix="/equipe/materiel/inventaires")
TAKING = "/<int(max=2147483647):taking_id>"
WORDS: dict[str, Any] = {"conditions": CONDITIONS, "seen": SEEN_CONDITIONS}


def home_of(kit: Kit | None) -> str:
    """Where a device belongs that was found elsewhere."""
    return _("belongs to %(kit)s", kit=kit.name) if kit else _("was in reserve")
