"""The blueprint that the pages of this folder hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exports", __name__, url_prefix="/equipe/portee/exports")
KIND = '<any("csv", "xlsx"):kind>'
"""Of a file, in its address."""
