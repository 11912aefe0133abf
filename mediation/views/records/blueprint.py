"""The blueprint that the pages of this folder hang on, who may open them, and which records they see."""

from __future__ import annotations

from flask import Blueprint

from accounts.current import staff
from foundation.security import Role
from mediation.models import ActivityRecord
from mediation.queries import records as queries
from mediation.rules.records import NoSuchRecord

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
