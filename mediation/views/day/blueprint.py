"""The blueprint that the pages of this folder hang on, and who may open them."""

from __future__ import annotations

from flask import Blueprint

from foundation.security import Role

bp = Blueprint("day", __name__)
LOOKERS = (Role.MEDIATOR, Role.MANAGER)
"""Mediators see their own day; managers that of any mediator of their structure."""
