"""One press per person: applied once, from any device, and never over what somebody else pressed unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from foundation.db import db, in_transaction
from foundation.scope import NotInYourStructure, OfTheTerritory
from people.service import Details
from tests.cast import NOW
from tests.workshops.days import BEGUN, OVER, actor, closed, expected, led, marks, one_more, pressed
from tests.workshops.enrolments import FIRST, WEEK, adult, opened, registered, sessions_of
from tests.workshops.given import PARIS
from workshops.models import Enrolment, Presence, PressOutcome, PressReceipt, SessionState, WorkshopSession
from workshops.queries import attendance as queries
from workshops.rules.attendance import Counted
from workshops.rules.unmarkable import (
    KeyTaken,
    NoSuchParticipant,
    NotThatDay,
    RecordWritten,
    SessionCancelled,
    TooEarly,
)
from workshops.rules.unplannable import NoSuchSession
from workshops.service import attendance, changing, registering
from workshops.service.attendance import WalkIn

pytestmark = pytest.mark.usefixtures("stopped_clock")
PRESENT, EXCUSED, ABSENT = Presence.PRESENT, Presence.ABSENT_EXCUSED, Presence.ABSENT
APPLIED, CONFLICT = PressOutcome.APPLIED, PressOutcome.CONFLICT


def receipts():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PressReceipt))


def roster(session_id):
    db.session.rollback()
    return queries.roster(db.session.get_one(WorkshopSession, session_id))


def test_a_press_marks_one_person_and_nobody_else(cast):
    session_id, (first, _second) = expected(cast)
    answer = pressed(cast, session_id, first)
    assert (answer.outcome, answer.presence, answer.version) == (APPLIED, PRESENT, 1)
    assert marks(session_id) == {first: ("present", 1)}
    assert [line.presence for line in roster(session_id).lines] == [PRESENT, None]


def test_another_press_replaces_the_first(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    assert pressed(cast, session_id, first, EXCUSED, seen=1).outcome is APPLIED
    assert marks(session_id) == {first: ("absent_excused", 2)}


def test_a_press_can_be_taken_back(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    assert pressed(cast, session_id, first, None, seen=1).outcome is APPLIED
    assert marks(session_id) == {first: (None, 2)}
    assert roster(session_id).marked(None)[0].participant.id == first


def test_the_same_press_sent_again_is_answered_again_and_applied_once(cast):
    session_id, (first, _second) = expected(cast)
    once = pressed(cast, session_id, first, key="a")
    assert pressed(cast, session_id, first, key="a") == once
    assert marks(session_id) == {first: ("present", 1)}
    assert receipts() == 1


def test_sent_again_after_somebody_pressed_over_it_a_press_changes_nothing(cast):
    session_id, (first, _second) = expected(cast)
    once = pressed(cast, session_id, first, key="a")
    pressed(cast, session_id, first, ABSENT, seen=1, who="manager")
    assert pressed(cast, session_id, first, key="a") == once, "the device learns the version that it made itself"
    assert marks(session_id) == {first: ("absent", 2)}


def test_sent_again_after_the_record_was_written_a_press_is_still_answered(cast):
    session_id, (first, _second) = expected(cast)
    once = pressed(cast, session_id, first, key="a")
    closed(cast, session_id)
    assert pressed(cast, session_id, first, key="a", now=OVER) == once


def test_a_key_is_of_one_press(cast):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, first, key="a")
    for participant_id, presence in ((first, ABSENT), (second, PRESENT)):
        with pytest.raises(KeyTaken):
            pressed(cast, session_id, participant_id, presence, key="a")
    assert marks(session_id) == {first: ("present", 1)}


def test_two_devices_that_press_the_same_agree(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    late = pressed(cast, session_id, first, PRESENT, seen=0, who="manager")
    assert (late.outcome, late.version) == (APPLIED, 1)
    assert marks(session_id) == {first: ("present", 1)}


def test_two_devices_that_press_something_else_are_told_and_nothing_is_lost(cast):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, first, who="manager")
    late = pressed(cast, session_id, first, ABSENT, seen=0)
    assert (late.outcome, late.presence, late.version, late.who) == (CONFLICT, PRESENT, 1, "Claire Vasseur")
    assert marks(session_id) == {first: ("present", 1)}
    [line] = [one for one in roster(session_id).lines if one.rivals]
    assert (line.participant.id, [(one.presence, one.pressed_by.name) for one in line.rivals]) == (
        first, [(ABSENT, "Salima Benali")],
    )  # fmt: skip
    assert second != first


@pytest.mark.parametrize("decision", [PRESENT, ABSENT])
def test_whoever_sees_both_decides_by_pressing_again(cast, decision):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first, who="manager")
    pressed(cast, session_id, first, ABSENT, seen=0)
    assert pressed(cast, session_id, first, decision, seen=1).outcome is APPLIED
    assert marks(session_id) == {first: (decision.value, 2)}
    assert not any(line.rivals for line in roster(session_id).lines)


def test_a_conflict_sent_again_says_what_stands_now(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first, who="manager")
    pressed(cast, session_id, first, ABSENT, seen=0, key="late")
    pressed(cast, session_id, first, EXCUSED, seen=1, who="manager")
    again = pressed(cast, session_id, first, ABSENT, seen=0, key="late")
    assert (again.outcome, again.presence, again.version) == (CONFLICT, EXCUSED, 2)


def test_a_device_that_claims_to_have_seen_what_never_was_decides_nothing(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    assert pressed(cast, session_id, first, ABSENT, seen=99).outcome is CONFLICT


def test_in_a_cancelled_session_nobody_is_marked(cast):
    session_id, (first, _second) = expected(cast)
    in_transaction(lambda: changing.cancel(session_id, reason="", now=NOW, actor_id=cast.ids["mediator"]))
    with pytest.raises(SessionCancelled):
        pressed(cast, session_id, first)
    assert (marks(session_id), receipts()) == ({}, 0)


def test_after_the_record_nobody_is_marked(cast):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, first)
    closed(cast, session_id)
    with pytest.raises(RecordWritten):
        pressed(cast, session_id, second, now=OVER)


@pytest.mark.parametrize("presence", [PRESENT, ABSENT])
def test_the_day_before_nobody_was_there_and_nobody_was_missing(cast, presence):
    session_id, (first, _second) = expected(cast)
    midnight = FIRST.astimezone(PARIS).replace(hour=0, minute=0)
    with pytest.raises(NotThatDay):
        pressed(cast, session_id, first, presence, now=midnight - timedelta(minutes=1))
    assert marks(session_id) == {}
    assert pressed(cast, session_id, first, EXCUSED, now=midnight - timedelta(minutes=1)).outcome is APPLIED
    assert pressed(cast, session_id, first, presence, 1, now=midnight).outcome is APPLIED


def test_the_day_before_nobody_is_counted_let_in_or_walks_in(cast):
    session_id, _people = expected(cast)
    before = FIRST - timedelta(days=1)
    for verb, wanted in ((attendance.count, Counted(3)), (attendance.walk_in, WalkIn(newcomer=Details("Kone")))):
        with pytest.raises(NotThatDay):
            in_transaction(lambda verb=verb, wanted=wanted: verb(session_id, wanted, now=before, actor=actor(cast)))


def test_attendance_opens_the_day_before(cast):
    session_id, (first, _second) = expected(cast)
    day_before = FIRST.replace(hour=0) - timedelta(days=1, hours=-1)
    with pytest.raises(TooEarly):
        pressed(cast, session_id, first, EXCUSED, now=day_before - timedelta(hours=3))
    assert pressed(cast, session_id, first, EXCUSED, now=day_before).outcome is APPLIED


def test_whoever_cancelled_can_not_be_marked_any_more(cast):
    programme = led(cast)
    registration = registered(adult(programme))
    participant_id = registration.participants[0].id
    in_transaction(lambda: registering.cancel(registration.id, now=NOW, by_resident=True))
    with pytest.raises(NoSuchParticipant):
        pressed(cast, sessions_of(programme)[0].id, participant_id)


def test_whoever_was_marked_and_cancelled_then_stays_on_the_list(cast):
    programme = led(cast, sessions=2, enrolment=Enrolment.CYCLE)
    registration = registered(adult(programme))
    session_id, participant_id = sessions_of(programme)[0].id, registration.participants[0].id
    pressed(cast, session_id, participant_id)
    in_transaction(lambda: registering.cancel(registration.id, now=OVER, by_resident=True))
    assert [line.presence for line in roster(session_id).lines] == [PRESENT]


def test_a_series_counts_from_when_the_seat_was_had(cast):
    programme = led(cast, sessions=2, enrolment=Enrolment.CYCLE)
    first, second = [one.id for one in sessions_of(programme)]
    late = registered(adult(programme), now=OVER + timedelta(hours=1))
    assert roster(first).lines == []
    assert [line.participant.registration_id for line in roster(second).lines] == [late.id]
    with pytest.raises(NoSuchParticipant):
        pressed(cast, first, late.participants[0].id)


def test_somebody_of_another_session_can_not_be_marked(cast):
    session_id, _people = expected(cast)
    stranger = one_more(opened(cast, first=FIRST + WEEK)).id
    for unknown in (stranger, 999_999):
        with pytest.raises(NoSuchParticipant):
            pressed(cast, session_id, unknown)
    assert receipts() == 0


def test_another_structure_does_not_know_the_session(cast):
    session_id, (first, _second) = expected(cast)
    with pytest.raises(NotInYourStructure):
        pressed(cast, session_id, first, who="other_mediator")
    with pytest.raises(NoSuchSession):
        pressed(cast, 999_999, first)


def test_a_mediator_of_the_team_marks_whosever_programme_it_is(cast):
    session_id, (first, _second) = expected(cast, team=("mediator", "other_mediator"))
    assert pressed(cast, session_id, first, who="other_mediator").outcome is APPLIED


def test_what_the_whole_territory_shares_is_marked_by_its_team(cast):
    session_id, (first, _second) = expected(cast, structure_id=None)
    with pytest.raises(OfTheTerritory):
        pressed(cast, session_id, first, who="other_mediator")
    assert pressed(cast, session_id, first).outcome is APPLIED


def test_people_stand_in_the_order_of_their_family_names(cast):
    session_id, _people = expected(cast, 3)
    assert [line.participant.person.family_name for line in roster(session_id).lines] == [
        "Numéro 1", "Numéro 2", "Numéro 3",
    ]  # fmt: skip
    assert db.session.get_one(WorkshopSession, session_id).state is SessionState.PLANNED
    assert BEGUN > FIRST
