"""What the team had to know of children on the day is kept no longer than the workshop needs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from foundation import audit
from foundation.db import rows_changed
from workshops.models import ChildSheet, Participant, Registration, WorkshopSession

KEPT = timedelta(days=90)


def erase_child_sheets(now: datetime) -> int:
    """Erase emergency contacts, collectors and school levels three months after the last session; returns how many."""
    whole_series = Registration.session_id.is_(None) & (WorkshopSession.programme_id == Registration.programme_id)
    last_end = (
        select(func.coalesce(func.max(WorkshopSession.ends_at), Registration.created_at))
        .where(or_(WorkshopSession.id == Registration.session_id, whole_series))
        .correlate(Registration)
        .scalar_subquery()
    )
    over = (
        select(Participant.id)
        .join(Registration, Registration.id == Participant.registration_id)
        .where(last_end < now - KEPT)
    )
    erased = rows_changed(delete(ChildSheet).where(ChildSheet.participant_id.in_(over)))
    if erased:
        audit.record("child_sheets.erased", "workshops:0", count=erased)
    return erased
