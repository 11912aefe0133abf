"""What records forget by themselves: answers and outcomes, once they were counted for six years."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from activity.models import ReferralOutcome, Satisfaction
from foundation import audit
from foundation.db import rows_changed


def forget_counted(before: datetime) -> int:
    """Delete answers given and outcomes noted before an instant; returns how many rows went.

    They name nobody once the person is forgotten; until then they go with what the person is told of themselves.
    """
    answers = rows_changed(delete(Satisfaction).where(Satisfaction.answered_at < before))
    outcomes = rows_changed(delete(ReferralOutcome).where(ReferralOutcome.noted_at < before))
    if answers or outcomes:
        audit.record("answers.forgotten", "activity:0", answers=answers, outcomes=outcomes)
    return answers + outcomes
