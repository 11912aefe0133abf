"""The blueprint of the question about a device, and which answer was pressed."""

from __future__ import annotations

from flask import Blueprint, abort, request

from vouchers.models import FollowUpAnswer

bp = Blueprint("follow_ups", __name__)


def pressed() -> FollowUpAnswer:
    """What was pressed; a page of ours sends nothing else."""
    try:
        return FollowUpAnswer(request.form.get("answer", ""))
    except ValueError:
        abort(400)
