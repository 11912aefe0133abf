"""What the pages of campaigns share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("campaigns", __name__, url_prefix="/equipe/campagnes")
ONE = "/<int(max=2147483647):campaign_id>"
