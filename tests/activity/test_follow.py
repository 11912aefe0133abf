"""What came of a referral is noted once and may be corrected for ever; it goes when its referral goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from activity import queries
from activity.models import ActivityKind, Outcome, Referral, ReferralOutcome
from activity.queries import A_LIST, Filter
from activity.rules.outcomes import NotReferredThere, NotYoursToFollow, OnlyOfOnePerson
from activity.rules.records import NoSuchRecord
from activity.service import outcomes, records
from activity.service.notes import told_to
from activity.service.retention import forget_counted
from foundation.audit import history
from foundation.db import db, in_transaction
from people import service as people
from tests.activity.drafts import draft, write
from tests.cast import NOW
from tests.moments import TEN

DAY = timedelta(days=1)
SOCIAL, OPERATOR = Referral.SOCIAL_AID, Referral.OPERATOR


def referred(cast, days=20, **more):
    """A record of so many days before, that sent the resident on to social aid and to the operator."""
    at = TEN - days * DAY
    more = {"referrals": frozenset({SOCIAL, OPERATOR}), "started_at": at} | more
    return write(cast, now=at + DAY / 24, **more).id


def note(cast, record_id, outcome=Outcome.HELPED, referral=SOCIAL, who="mediator", now=TEN):
    actor = getattr(cast, who)
    return in_transaction(lambda: outcomes.note(record_id, referral, outcome, now=now, actor=actor))


def noted():
    """(referral, outcome, when, who) of all that is noted."""
    db.session.rollback()
    rows = db.session.scalars(select(ReferralOutcome).order_by(ReferralOutcome.referral))
    return [(one.referral, one.outcome, one.noted_at, one.noted_by_id) for one in rows]


def waiting(cast, number=1, now=TEN, **wanted):
    found, more = queries.to_follow(Filter(**wanted), now, number)
    rows = [(one.record.id, one.referral) for one in found]
    db.session.rollback()
    return rows, more


def test_the_last_word_stands_and_the_history_keeps_those_before(cast):
    record_id = referred(cast)
    note(cast, record_id, Outcome.NOT_KNOWN)
    note(cast, record_id, Outcome.HELPED, who="manager", now=TEN + DAY)
    note(cast, record_id, Outcome.HELPED, now=TEN + 2 * DAY)
    assert noted() == [(SOCIAL, Outcome.HELPED, TEN + DAY, cast.ids["manager"])]
    told = [one.details for one in history(f"record:{record_id}") if one.action == "record.followed"]
    assert [one["outcome"] for one in told] == [["not_known", "helped"], [None, "not_known"]]


def test_each_refusal_leaves_nothing(cast):
    record_id = referred(cast)
    group_id = referred(cast, kind=ActivityKind.GROUP, anonymous_count=3)
    for wanted, refusal in (
        ({"who": "other_mediator"}, NoSuchRecord),
        ({"who": "administrator"}, NotYoursToFollow),
        ({"referral": Referral.EMPLOYMENT}, NotReferredThere),
    ):
        with pytest.raises(refusal):
            note(cast, record_id, **wanted)
    with pytest.raises(OnlyOfOnePerson):
        note(cast, group_id)
    with pytest.raises(NoSuchRecord):
        note(cast, 4711)
    assert noted() == []


def test_a_referral_that_is_corrected_away_takes_its_outcome_along(cast):
    record_id = referred(cast, days=1)
    note(cast, record_id)
    note(cast, record_id, Outcome.DID_NOT_GO, OPERATOR)
    author = cast.mediator
    kept = draft(cast, started_at=TEN - DAY, referrals=frozenset({OPERATOR}))
    in_transaction(lambda: records.edit(record_id, kept, now=TEN, actor=author))
    assert [one[:2] for one in noted()] == [(OPERATOR, Outcome.DID_NOT_GO)]
    group = draft(cast, started_at=TEN - DAY, referrals=frozenset({OPERATOR}), kind=ActivityKind.GROUP)
    in_transaction(lambda: records.edit(record_id, group, now=TEN, actor=author))
    assert noted() == []


def test_a_record_that_is_withdrawn_takes_its_outcomes_along(cast):
    record_id = referred(cast, days=1)
    note(cast, record_id)
    author = cast.mediator
    in_transaction(lambda: records.withdraw(record_id, now=TEN, actor=author))
    assert noted() == []


def test_what_waits_is_two_weeks_to_a_year_old_the_newest_first(cast):
    old, new = referred(cast, days=366), referred(cast, days=14)
    referred(cast, days=13)
    note(cast, new, referral=OPERATOR)
    referred(cast, days=30, kind=ActivityKind.GROUP, anonymous_count=2)
    referred(cast, days=30, person_ids=(), anonymous_count=1)
    everything = [(new, SOCIAL), (old, OPERATOR), (old, SOCIAL)]
    assert waiting(cast) == (everything, False)
    assert waiting(cast, mediator_id=cast.ids["mediator"]) == (everything, False)
    assert waiting(cast, mediator_id=cast.ids["other_mediator"]) == ([], False)
    assert waiting(cast, structure_id=cast.ids["association"]) == ([], False)
    assert waiting(cast, now=TEN + DAY)[0] != everything


def test_it_is_read_in_pages_of_twenty(cast):
    for days in range(14, 14 + A_LIST // 2 + 1):
        referred(cast, days=days)
    first, more = waiting(cast)
    second, no_more = waiting(cast, 2)
    assert (len(first), more, len(second), no_more) == (A_LIST, True, 2, False)
    assert len({*first, *second}) == A_LIST + 2
    assert waiting(cast, 3) == ([], False)


def test_of_one_resident_only_theirs_wait_and_of_nobody_who_is_forgotten(cast):
    theirs = referred(cast, days=20, referrals=frozenset({SOCIAL}))
    other = referred(cast, days=30, person_ids=(cast.ids["neighbour"],), referrals=frozenset({SOCIAL}))
    found = queries.to_follow(Filter(), TEN, person_id=cast.ids["neighbour"])[0]
    assert [one.record.id for one in found] == [other]
    assert found[0].person.id == cast.ids["neighbour"]
    neighbour = cast.ids["neighbour"]
    in_transaction(lambda: people.erase(neighbour, None))
    assert waiting(cast) == ([(theirs, SOCIAL)], False)


def test_people_are_told_what_came_of_it_and_after_six_years_it_goes(cast):
    record_id = referred(cast)
    note(cast, record_id, now=NOW)
    assert [one["came_of"] for one in told_to(cast.ids["resident"])] == [{"social_aid": "helped"}]
    assert in_transaction(lambda: forget_counted(NOW)) == 0
    assert in_transaction(lambda: forget_counted(NOW + DAY)) == 1
    assert noted() == []
