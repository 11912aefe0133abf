"""The blueprint that the pages of this folder hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("offers", __name__)
