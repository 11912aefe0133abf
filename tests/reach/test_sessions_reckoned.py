"""A second way to count workshop sessions: any worlds, row by row, in plain Python."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from foundation.db import db, transaction
from people import service as people
from reach.queries.sessions import Seats, Turnout, sessions
from reach.views.dashboard.listed import LISTS
from tests.cast import NOW
from tests.reach.asking import ON_A_DATABASE, asked, exported, in_march, put_away
from tests.reach.behind import lines, made
from tests.vouchers.given import person
from workshops.models import (
    Enrolment,
    HeadCount,
    Origin,
    Participant,
    Presence,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    Registration,
    RegistrationKind,
    RegistrationState,
    SessionMediator,
    SessionPresence,
    SessionState,
    WorkshopSession,
)

SESSIONS = st.lists(
    st.fixed_dictionaries(
        {
            "days": st.integers(-2, 33),
            "state": st.sampled_from(SessionState),
            "kind": st.sampled_from(ProgrammeKind),
            "audience": st.sampled_from(ProgrammeAudience),
            "enrolment": st.sampled_from(Enrolment),
            "place": st.sampled_from(["venue", "school", "care_home"]),
            "heads": st.integers(0, 12),
            "marks": st.lists(st.tuples(st.integers(0, 2), st.sampled_from([*Presence, None])), max_size=3),
            "waits": st.integers(0, 2),
        }
    ),
    max_size=5,
)
WRITTEN = (SessionPresence, HeadCount, Participant, Registration, SessionMediator, WorkshopSession, Programme)


@ON_A_DATABASE
@given(SESSIONS, st.booleans())
def test_counting_exported_rows_one_by_one_gives_the_same(cast, drawn, merge):
    put_away(*WRITTEN)
    residents = [person(), person(), person()]
    with transaction():
        for number, one in enumerate(drawn):
            _write(cast, number, residents, **one)
    if merge:
        with transaction():
            people.merge(residents[0], residents[1], None)
    found = asked(sessions)
    by_hand = _Reckoned()
    assert (found.held, found.cancelled, found.planned) == tuple(
        len(by_hand.of_state(one)) for one in (SessionState.HELD, SessionState.CANCELLED, SessionState.PLANNED)
    )
    assert found.everyone == by_hand.turnout(lambda _one: True)
    assert found.children == by_hand.turnout(by_hand.is_young)
    assert found.care_home == by_hand.turnout(by_hand.is_of_home)
    assert found.children_sessions == sum(map(by_hand.is_young, by_hand.held))
    assert found.care_home_sessions == sum(map(by_hand.is_of_home, by_hand.held))
    assert (found.absent, found.excused) == (by_hand.marks(Presence.ABSENT), by_hand.marks(Presence.ABSENT_EXCUSED))
    assert (found.seats, found.waiting) == (by_hand.seats(), by_hand.waiting())
    seats = by_hand.seats()
    assert (made("seats_offered"), made("seats_taken")) == (seats.offered, seats.taken)
    assert made("children") == by_hand.turnout(by_hand.is_young).contacts
    assert made("care_home") == by_hand.turnout(by_hand.is_of_home).contacts
    assert {one.id for one in lines(LISTS["children"])} == {one["id"] for one in by_hand.held if by_hand.is_young(one)}
    assert found.schools == len({one["school_id"] for one in by_hand.held} - {None})
    assert found.care_homes == len({one["care_home_id"] for one in by_hand.held} - {None})


def _write(cast, number, residents, *, days, state, kind, audience, enrolment, place, heads, marks, waits):
    programme = Programme(kind=kind, audience=audience, enrolment=enrolment, title=f"Cycle {number}", created_at=NOW)
    db.session.add(programme)
    db.session.flush()
    starts_at = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=days)
    ends_at = starts_at + timedelta(hours=1)
    ids = {"venue": "library"}
    session = WorkshopSession(
        programme_id=programme.id, number=1, starts_at=starts_at, ends_at=ends_at, held_from=starts_at,
        held_until=ends_at, capacity=10, taken=number, state=state,
        **{f"{place}_id": cast.ids[ids.get(place, place)]},
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    if heads:
        db.session.add(_head_count(cast, session.id, heads))
    wanted = [(who, presence, RegistrationState.REGISTERED) for who, presence in marks]
    wanted += [(0, None, RegistrationState.WAITING)] * waits
    for position, (who, presence, held_state) in enumerate(wanted):
        participant = _participant(f"{number}-{position}", programme.id, session.id, residents[who], held_state)
        if position < len(marks):
            db.session.add(
                SessionPresence(
                    session_id=session.id, participant_id=participant.id, presence=presence, marked_at=NOW,
                    marked_by_id=cast.ids["mediator"],
                )
            )  # fmt: skip


def _head_count(cast, session_id, heads):
    return HeadCount(session_id=session_id, people=heads, counted_at=NOW, counted_by_id=cast.ids["mediator"])


def _participant(code, programme_id, session_id, person_id, state):
    registration = Registration(
        code=code, programme_id=programme_id, session_id=session_id, kind=RegistrationKind.INDIVIDUAL, state=state,
        person_id=person_id, seats=1, origin=Origin.DESK, created_at=NOW,
    )  # fmt: skip
    participant = Participant(registration=registration, person_id=person_id)
    db.session.add(participant)
    db.session.flush()
    return participant


class _Reckoned:
    """The same figures by going through lists of dictionaries."""

    def __init__(self):
        self.programmes = {one["id"]: one for one in exported(Programme)}
        self.sessions = [one for one in exported(WorkshopSession) if in_march(one["starts_at"])]
        self.presences = exported(SessionPresence)
        self.people = {one["id"]: one["person_id"] for one in exported(Participant)}
        self.heads = {one["session_id"]: one["people"] for one in exported(HeadCount)}
        self.registrations = exported(Registration)
        self.held = self.of_state(SessionState.HELD)

    def of_state(self, state):
        return [one for one in self.sessions if one["state"] is state]

    def of(self, session):
        return self.programmes[session["programme_id"]]

    def is_young(self, session):
        audience = self.of(session)["audience"] in {ProgrammeAudience.CHILDREN, ProgrammeAudience.TEENAGERS}
        return bool(session["school_id"]) or audience or self.of(session)["kind"] is ProgrammeKind.CODING_CLUB

    def is_of_home(self, session):
        return bool(session["care_home_id"]) or self.of(session)["kind"] is ProgrammeKind.CARE_HOME_SERIES

    def turnout(self, which):
        ids = {one["id"] for one in self.held if which(one)}
        there = [one for one in self.presences if one["session_id"] in ids and one["presence"] is Presence.PRESENT]
        named = {self.people[one["participant_id"]] for one in there}
        return Turnout(len(there), len(named), sum(self.heads.get(one, 0) for one in ids))

    def marks(self, presence):
        ids = {one["id"] for one in self.held}
        return sum(one["session_id"] in ids and one["presence"] is presence for one in self.presences)

    def seats(self):
        seated = [
            one
            for one in self.held
            if self.of(one)["enrolment"] is not Enrolment.DROP_IN and not one["school_id"] and not self.is_of_home(one)
        ]
        return Seats(len(seated), sum(one["capacity"] for one in seated), sum(one["taken"] for one in seated))

    def waiting(self):
        ids = {one["id"] for one in self.sessions if one["state"] is not SessionState.CANCELLED}
        rows = [one for one in self.registrations if one["state"] is RegistrationState.WAITING]
        return sum(one["seats"] for one in rows if one["session_id"] in ids)
