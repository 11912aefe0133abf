"""Closing the day of a session: one record, of those who were there by name, and of the others as a number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import ActivityKind, ActivityRecord, Aspect, Equipment, Theme
from activity.rules.records import AlreadyRecorded, NoTheme
from activity.service import records
from foundation import audit
from foundation.db import db, in_transaction
from foundation.scope import NotInYourStructure
from people import service as people
from tests.cast import NOW
from tests.workshops.days import BEGUN, OVER, actor, closed, counted, expected, led, pressed
from tests.workshops.enrolments import FIRST, group, only, registered
from tests.workshops.given import count, planned, programme
from workshops.models import Participant, Presence, SessionEventKind, SessionState, WorkshopSession
from workshops.queries import days
from workshops.rules.planning import Place
from workshops.rules.unmarkable import NobodyMarked, NotBegun, SessionCancelled, SomebodyCame
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")


def session_of(session_id):
    db.session.rollback()
    return db.session.get_one(WorkshopSession, session_id, populate_existing=True)


def test_the_record_says_who_was_there_and_counts_the_others(cast):
    session_id, (first, second, _third) = expected(cast, 3)
    pressed(cast, session_id, first)
    pressed(cast, session_id, second, Presence.ABSENT)
    counted(cast, session_id, 9, feminine=6, masculine=2, helpers=2)
    record = closed(cast, session_id, note="Photos triées")
    assert (record.kind, record.reference, record.label) == (
        ActivityKind.GROUP,
        f"session:{session_id}",
        "Atelier photo",
    )
    assert (record.started_at, record.duration_minutes) == (FIRST, 120)
    assert (record.venue_id, record.venue_neighbourhood_id) == (cast.ids["library"], cast.ids["harbour"])
    assert (record.mediator_id, record.structure_id) == (cast.ids["mediator"], cast.ids["town"])
    assert [one.person_id for one in record.participants] == [db.session.get_one(Participant, first).person_id]
    assert (record.anonymous_count, record.anonymous_feminine, record.anonymous_masculine) == (9, 6, 2)
    assert (record.values(Aspect.THEME), record.values(Aspect.EQUIPMENT)) == ([Theme.FILES], [Equipment.TABLET])
    assert record.note == "Photos triées"


def test_then_the_session_took_place_and_its_time_stays_held(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    closed(cast, session_id)
    session = session_of(session_id)
    assert (session.state, [one.kind for one in session.events]) == (SessionState.HELD, [SessionEventKind.HELD])
    assert audit.history(session.reference)[0].action == "session.held"


def test_at_a_care_home_the_record_is_of_its_neighbourhood(cast):
    found = programme(cast, capacity=20)
    [session] = planned(cast, found, place=Place(care_home_id=cast.ids["care_home"]))
    counted(cast, session.id, 14)
    record = closed(cast, session.id, now=session.ends_at)
    assert (record.venue_id, record.venue_neighbourhood_id) == (None, cast.ids["harbour"])
    assert (record.anonymous_count, record.participants) == (14, [])


def test_a_group_that_was_not_counted_is_not_made_up(cast):
    found = led(cast, capacity=30)
    registered(group(found, 12))
    with pytest.raises(NobodyMarked):
        closed(cast, only(found))
    assert session_of(only(found)).state is SessionState.PLANNED


def test_a_record_is_written_once(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    record = closed(cast, session_id, key="once")
    for key in ("once", "twice"):
        with pytest.raises(AlreadyRecorded) as refusal:
            closed(cast, session_id, key=key, who="manager")
        assert refusal.value.alternatives == [record.id]
    assert count(ActivityRecord) == 1
    assert [one.kind for one in session_of(session_id).events] == [SessionEventKind.HELD]


def test_a_record_that_was_withdrawn_can_be_written_again(cast):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, first)
    record = closed(cast, session_id)
    in_transaction(lambda: records.withdraw(record.id, now=OVER, actor=actor(cast)))
    assert [one.id for one in days.unwritten(actor(cast), OVER)] == [session_id]
    pressed(cast, session_id, second, now=OVER)
    assert len(closed(cast, session_id).participants) == 2


def test_nobody_marked_is_not_the_same_as_nobody_came(cast):
    session_id, (first, _second) = expected(cast)
    with pytest.raises(NobodyMarked):
        closed(cast, session_id)
    assert closed(cast, session_id, nobody_came=True) is None
    assert session_of(session_id).state is SessionState.HELD
    assert days.unwritten(actor(cast), OVER) == []
    pressed(cast, session_id, first, now=OVER)
    assert [one.id for one in days.unwritten(actor(cast), OVER)] == [session_id], "somebody came after all"


def test_nobody_came_is_refused_when_somebody_did(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    with pytest.raises(SomebodyCame):
        closed(cast, session_id, nobody_came=True)
    assert count(ActivityRecord) == 0


def test_what_is_wrong_with_the_record_leaves_the_session_planned(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    with pytest.raises(NoTheme):
        closed(cast, session_id, themes=frozenset())
    assert session_of(session_id).state is SessionState.PLANNED


def test_somebody_erased_since_is_counted_without_a_name(cast):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, first)
    pressed(cast, session_id, second)
    person_id = db.session.get_one(Participant, first).person_id
    in_transaction(lambda: people.erase(person_id, None))
    record = closed(cast, session_id)
    assert (len(record.participants), record.anonymous_count) == (1, 1)


def test_a_session_is_closed_from_its_beginning_on(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first, now=FIRST - timedelta(hours=1))
    with pytest.raises(NotBegun):
        closed(cast, session_id, now=FIRST - timedelta(hours=1))
    assert closed(cast, session_id, now=BEGUN) is not None


def test_a_cancelled_session_has_no_record(cast):
    session_id, _people = expected(cast)
    in_transaction(lambda: changing.cancel(session_id, reason="", now=NOW, actor_id=None))
    with pytest.raises(SessionCancelled):
        closed(cast, session_id)
    assert days.unwritten(actor(cast), OVER) == []


def test_another_structure_closes_nothing(cast):
    session_id, _people = expected(cast)
    with pytest.raises(NotInYourStructure):
        closed(cast, session_id, who="other_mediator", nobody_came=True)


def test_a_session_without_record_waits_for_its_team(cast):
    session_id, _people = expected(cast)
    assert days.unwritten(actor(cast), OVER - timedelta(seconds=1)) == []
    assert [one.id for one in days.unwritten(actor(cast), OVER)] == [session_id]
    assert db.session.scalar(days.how_many_unwritten(actor(cast), OVER)) == 1
    assert days.unwritten(actor(cast, "other_mediator"), OVER) == []
    assert [one.id for one in days.unwritten(actor(cast, "manager"), OVER)] == [session_id]
    assert db.session.scalar(days.how_many_unwritten(actor(cast, "manager"), OVER)) == 0, (
        "a manager is reminded of their own only"
    )


def test_the_sessions_of_a_day_are_those_one_leads(cast):
    session_id, _people = expected(cast)
    today = FIRST.date()
    assert [one.id for one in days.of_day(actor(cast), today)] == [session_id]
    assert days.of_day(actor(cast), today + timedelta(days=1)) == []
    assert days.of_day(actor(cast, "other_mediator"), today) == []
    counts = [db.session.scalar(days.how_many(actor(cast, who), today)) for who in ("mediator", "manager")]
    assert counts == [1, 0]
