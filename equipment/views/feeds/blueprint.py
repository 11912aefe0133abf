"""The blueprint of calendars of kits."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("kit_feeds", __name__)
