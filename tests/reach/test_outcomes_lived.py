"""From the press of a resident to the figure: appointments and sessions as they are lived, every filter, merges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

import jobs
from activity.models import ActivityKind, AgeBand, Channel, Helped, Outcome, Referral, ReferralOutcome, Satisfaction
from foundation.db import db, in_transaction, transaction
from mediation.models import Attendance
from mediation.service import answers as of_appointments
from mediation.service import records
from people import service as people
from people.models import Gender, Person, Residence, Status
from reach.queries.contacts import counted
from reach.queries.followed import followed
from reach.queries.satisfaction import satisfaction
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters, Priority, Side
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY, Scope
from tests.mediation.days import TEN, draft, planned
from tests.reach.asking import asked, of
from tests.reach.dashboards import met
from tests.reach.test_outcomes_asked import OPERATOR, SOCIAL, answered, said, sent
from tests.workshops.days import BEGUN, OVER, closed, expected, pressed
from tests.workshops.enrolments import FIRST
from workshops.models import Participant
from workshops.service import answers as of_sessions

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
SIDES = [Side.RESIDENCE, Side.PLACE]
VALUES = {
    "age_band": list(AgeBand), "gender": list(Gender), "status": list(Status), "channel": list(Channel),
    "priority": list(Priority),
}  # fmt: skip


def test_an_appointment_is_answered_before_its_record_is_written_and_counts_then(cast):
    id_ = planned(cast, attendance=Attendance.SEEN)
    in_transaction(lambda: of_appointments.answer(id_, Helped.PARTLY, now=TEN))
    assert asked(satisfaction).contacts == 0
    wanted, author = draft(cast, appointment_id=id_, started_at=TEN), cast.mediator
    in_transaction(lambda: records.write(wanted, now=TEN, actor=author))
    found = asked(satisfaction)
    assert (found.contacts, found.answered) == (1, 1)


def test_a_session_is_answered_by_who_was_there_and_counts_when_the_day_is_closed(cast):
    session_id, (first, second, third) = expected(cast, 3)
    for participant in (first, second):
        pressed(cast, session_id, participant, now=BEGUN)
    registration_id = db.session.get_one(Participant, first).registration_id
    in_transaction(lambda: of_sessions.answer(registration_id, session_id, Helped.FULLY, now=OVER))
    closed(cast, session_id)
    found = asked(satisfaction)
    assert (found.contacts, found.answered, found.answered_share) == (2, 1, 0.5)
    of_the_day = Span(FIRST.date(), FIRST.date())
    assert asked(satisfaction, span=of_the_day).answered == 1
    assert third not in {first, second}


@pytest.fixture
def various(cast):
    """Answers and referrals of two people, two mediators, two channels, and of a group."""
    met(cast, reference="appointment:1", referrals=frozenset({SOCIAL}))
    met(cast, 1, reference="appointment:2", person_ids=(cast.ids["neighbour"],), referrals=frozenset({OPERATOR}))
    met(cast, 2, "other_mediator", reference="appointment:3", channel=Channel.PHONE, venue_id=None,
        referrals=frozenset({SOCIAL, OPERATOR}))  # fmt: skip
    answered(cast, "appointment:1")
    answered(cast, "appointment:2", Helped.NOT_REALLY, who="neighbour")
    answered(cast, "appointment:3", aloud=True)
    return cast


@pytest.mark.parametrize("side", SIDES)
def test_each_filter_parts_answers_and_referrals_like_the_contacts(various, side):
    for name, values in VALUES.items():
        parts = [
            (asked(counted, side=side, **{name: value}), asked(satisfaction, side=side, **{name: value}),
             asked(followed, side=side, **{name: value}))
            for value in values
        ]  # fmt: skip
        for cube, found, kinds in parts:
            assert found.contacts == found.answered == cube.total.named_contacts, name
            assert sum(one.total for one in kinds.values()) >= cube.total.named_contacts, name
        assert sum(found.answered for _cube, found, _kinds in parts) == 3
        assert sum(one.total for _cube, _found, kinds in parts for one in kinds.values()) == 4


@pytest.mark.parametrize("dimension", [Dimension.MEDIATOR, Dimension.STRUCTURE, Dimension.VENUE])
def test_whose_they_are_follows_the_record(various, dimension):
    cube = counted(of(), TERRITORY, [dimension])
    for value, line in cube.by[dimension].items():
        if isinstance(value, int):
            assert asked(satisfaction, **{f"{dimension.value}_id": value}).answered == line.named_contacts
    town = Scope(structure_id=various.ids["town"])
    assert (asked(satisfaction, town).answered, set(asked(followed, town))) == (2, {SOCIAL, OPERATOR})


def test_moving_house_changes_nothing_of_what_was_answered(cast):
    said(cast, 1)
    before = [asked(satisfaction, neighbourhood_id=cast.ids[area]).answered for area in ("harbour", "mills")]
    with transaction():
        person = db.session.get_one(Person, cast.ids["resident"])
        person.residence, person.neighbourhood_id = Residence.OUTSIDE, None
    after = [asked(satisfaction, neighbourhood_id=cast.ids[area]).answered for area in ("harbour", "mills")]
    assert before == after
    assert sum(before) == 1


def test_two_who_were_one_count_once_in_a_record_in_which_both_were(cast):
    ids = (cast.ids["resident"], cast.ids["neighbour"])
    said(cast, 1, kind=ActivityKind.GROUP, person_ids=ids)
    answered(cast, "appointment:1", Helped.PARTLY, who="neighbour")
    in_transaction(lambda: people.merge(*ids, None))
    found = asked(satisfaction)
    assert (found.contacts, found.answered) == (1, 1)
    merged = [one.answer for one in db.session.query(Satisfaction).filter_by(person_id=ids[0])]
    assert merged == [Helped.FULLY]


def test_whoever_is_forgotten_stays_counted(cast):
    said(cast, 1)
    sent(cast, 1, outcome=Outcome.HELPED)
    resident = cast.ids["resident"]
    in_transaction(lambda: people.erase(resident, None))
    assert asked(satisfaction).answered == 1
    assert asked(followed)[SOCIAL].known == 1


def test_six_years_later_the_nightly_job_forgets_both(cast):
    said(cast, 1)
    record = sent(cast, 1, outcome=Outcome.HELPED, to=Referral.OTHER)
    with time_machine.travel(TEN + jobs.ANSWERS_KEPT - timedelta(days=1), tick=False):
        jobs.perform(jobs.JOBS["forget-answers"])
    assert asked(satisfaction).answered == 1
    with time_machine.travel(TEN + jobs.ANSWERS_KEPT + timedelta(days=1), tick=False):
        jobs.perform(jobs.JOBS["forget-answers"])
    found = asked(satisfaction)
    assert (found.contacts, found.answered) == (1, 0)
    assert db.session.get(ReferralOutcome, (record.id, Referral.OTHER)) is None
    assert asked(followed)[Referral.OTHER].by == {None: 1}


def test_a_quarter_that_is_over_is_told_to_the_mediator(cast):
    for number in range(11):
        said(cast, number)
    quarter = Filters(span=Span(date(2026, 1, 1), date(2026, 3, 31)))
    own = Scope(mediator_id=cast.ids["mediator"])
    with time_machine.travel(TEN + timedelta(days=60), tick=False):
        assert satisfaction(quarter, own).answers[Helped.FULLY] == 11
        assert satisfaction(Filters(span=MARCH), own).answers == {}
    with time_machine.travel(TEN, tick=False):
        assert satisfaction(quarter, own).answers == {}
