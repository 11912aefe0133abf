"""A few people of the town say whether it helped, most of them that it did; some referrals are still to follow."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from activity import queries
from activity.models import ActivityRecord, Helped, Outcome, ReferralOutcome, Satisfaction
from activity.queries import Filter
from foundation.db import db
from reach.queries.followed import followed
from reach.queries.satisfaction import satisfaction
from reach.rules import periods
from reach.rules.filters import Filters
from reach.rules.scope import TERRITORY
from tests.demo.town import NOW

YEAR = Filters(span=periods.year(NOW.year - 1))


def test_last_year_a_fifth_or_so_answered_and_two_of_three_were_helped_fully(valbriac):
    found = satisfaction(YEAR, TERRITORY)
    assert 0.15 < found.answered_share < 0.4
    assert 0.6 < found.fully < 0.72
    assert found.share(Helped.NOT_REALLY) < 0.12
    assert 0 < found.aloud < found.answered
    assert set(found.answers) == set(Helped)


def test_of_most_referrals_it_is_known_what_came_of_them(valbriac):
    kinds = followed(YEAR, TERRITORY)
    assert len(kinds) >= 5
    total, known = (sum(getattr(one, name) for one in kinds.values()) for name in ("total", "known"))
    assert 0.55 < known / total < 0.85
    assert {outcome for one in kinds.values() for outcome in one.by} == {*Outcome, None}


def test_some_are_still_to_follow_and_none_is_noted_of_the_last_days(valbriac):
    waiting, more = queries.to_follow(Filter(), NOW)
    assert (len(waiting), more) == (queries.A_LIST, True)
    fresh = ActivityRecord.started_at > NOW - timedelta(days=14)
    noted = select(func.count()).select_from(ReferralOutcome).join(ActivityRecord).where(fresh)
    assert db.session.scalar(noted) == 0


def test_nothing_is_answered_or_noted_in_the_future(valbriac):
    for column in (Satisfaction.answered_at, ReferralOutcome.noted_at):
        assert db.session.scalar(select(func.max(column))) <= NOW
