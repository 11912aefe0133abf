"""The blueprint of imports and exports."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("kit_imports", __name__, url_prefix="/equipe/materiel")
