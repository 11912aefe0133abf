"""The blueprint of labels."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("kit_papers", __name__, url_prefix="/equipe/materiel")
