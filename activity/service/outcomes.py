"""What came of sending somebody on, noted with one press."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from activity.models import Aspect, Outcome, Referral, ReferralOutcome
from activity.rules.outcomes import NotYoursToFollow, check_note, may_note
from activity.service import records
from foundation import audit
from foundation.db import db
from foundation.security import Role


def note(record_id: int, referral: Referral, outcome: Outcome, *, now: datetime, actor: Account) -> ReferralOutcome:
    """Note what came of one referral. The last word stands; what stood before is in the history of the record.

    There is no end to it: what came of a referral is often known months later.

    Raises:
        NoSuchRecord, NotYoursToFollow, OnlyOfOnePerson, NotReferredThere
    """
    record = records.locked(record_id, actor)
    if not may_note(record.mediator_id, actor.id, manages=actor.has(Role.MANAGER)):
        raise NotYoursToFollow
    check_note(record.kind, len(record.participants), record.values(Aspect.REFERRAL), referral)
    noted = next((one for one in record.outcomes if one.referral is referral), None)
    before = noted.outcome if noted else None
    if noted is not None and before is outcome:
        return noted
    if noted is None:
        noted = ReferralOutcome(referral=referral)
        record.outcomes.append(noted)
    noted.outcome, noted.noted_at, noted.noted_by_id = outcome, now, actor.id
    db.session.flush()
    audit.record(
        "record.followed", f"record:{record_id}", actor_id=actor.id, referral=referral, outcome=[before, outcome]
    )
    return noted
