"""The blueprint that the pages of this folder hang on, who may open them, and which records they see."""

from __future__ import annotations

from flask import Blueprint

from accounts.current import staff
from activity import queries
from activity.models import ActivityRecord
from activity.rules.records import NoSuchRecord
from foundation.security import Role

bp = Blueprint("records", __name__)
READERS = (Role.MEDIATOR, Role.MANAGER)
"""Notes are for those who see people and for those who answer for them; prescribers never read them."""
ID = "<int(max=2147483647):record_id>"


def seen(record_id: int) -> ActivityRecord:
    """A record of one's own structure.

    Raises:
        NoSuchRecord
    """
    record = queries.by_id(record_id)
    if record is None or staff().structure_id not in {None, record.structure_id}:
        raise NoSuchRecord
    return record
