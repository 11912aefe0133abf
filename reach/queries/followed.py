"""What came of referrals to somebody else: each kind by outcome, those that nobody noted among them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    Aspect,
    Outcome,
    Referral,
    ReferralOutcome,
)
from foundation.db import db
from reach.queries.taking_part import took_part
from reach.rules.filters import Filters
from reach.rules.outcomes import CameOf
from reach.rules.scope import Scope


def followed(filters: Filters, scope: Scope) -> Mapping[Referral, CameOf]:
    """Of the period in which somebody was sent on, whenever it was noted: of records of one person by name.

    Kinds that nobody had are left out; the others are in the order of the enumeration.
    """
    referred = (ActivityAspect.record_id == ActivityRecord.id) & (ActivityAspect.aspect == Aspect.REFERRAL)
    noted = (ReferralOutcome.record_id == ActivityRecord.id) & (ReferralOutcome.referral == ActivityAspect.value)
    rows = db.session.execute(
        select(ActivityAspect.value, ReferralOutcome.outcome, func.count())
        .select_from(ActivityParticipant)
        .join(ActivityRecord, ActivityRecord.id == ActivityParticipant.record_id)
        .join(ActivityAspect, referred)
        .outerjoin(ReferralOutcome, noted)
        .where(ActivityRecord.kind == ActivityKind.INDIVIDUAL, *took_part(filters, scope))
        .group_by(ActivityAspect.value, ReferralOutcome.outcome)
    )
    found: dict[str, dict[Outcome | None, int]] = {}
    for value, outcome, number in rows:
        found.setdefault(value, {})[outcome] = number
    return {kind: CameOf(found[kind.value]) for kind in Referral if kind.value in found}
