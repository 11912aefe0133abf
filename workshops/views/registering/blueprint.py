"""The blueprint of residents' registrations."""

from __future__ import annotations

from flask import Blueprint

from foundation.drafts import Drafts

bp = Blueprint("workshops", __name__)
drafts = Drafts("workshops")
