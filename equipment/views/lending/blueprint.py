"""What the pages of lending share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("lending", __name__, url_prefix="/equipe/materiel")
ONE = "/reservations/<int(max=2147483647):reservation_id>"
