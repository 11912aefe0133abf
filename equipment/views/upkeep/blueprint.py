"""What the pages of upkeep share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("upkeep", __name__, url_prefix="/equipe/materiel")
KIT = "/mallettes/<int(max=2147483647):kit_id>"
INCIDENT = "/incidents/<int(max=2147483647):incident_id>"
