"""The blueprint of the question about a device, and which answer was pressed."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, abort, request

from vouchers.models import FollowUpAnswer

bp = Blueprint("follow_ups", __name__)


def pressed(among: Collection[FollowUpAnswer]) -> FollowUpAnswer:
    """What was pressed, of what could be; a page of ours sends nothing else."""
    said = request.form.get("answer", "")
    return next((one for one in among if one.value == said), None) or abort(400)
