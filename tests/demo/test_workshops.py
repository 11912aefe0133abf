"""The workshops of the demonstration town: as many as were promised, and as the verbs would leave them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import func, or_, select

from accounts.models import Account
from activity.models import ActivityParticipant, ActivityRecord
from agenda.models import CalendarDay, CalendarKind, Hold
from demo.reports import year_told
from demo.workshops import earlier
from demo.workshops.courses import PHONE_QUESTIONS
from demo.workshops.events import SEATS
from foundation import clock
from foundation.audit import AuditEntry
from foundation.db import db
from foundation.outbox.models import Message
from foundation.said import TRANSLATED_INTO
from people.models import Person
from tests.demo.town import NOW
from workshops.models import (
    ChildSheet,
    HeadCount,
    OfferState,
    Participant,
    Presence,
    Programme,
    ProgrammeKind,
    ProgrammeState,
    Registration,
    RegistrationState,
    RequestState,
    SeatOffer,
    SessionEvent,
    SessionEventKind,
    SessionMediator,
    SessionPresence,
    SessionState,
    WorkshopRequest,
    WorkshopSession,
)
from workshops.queries import skills, waiting
from workshops.rules.programmes import is_public
from workshops.rules.public import Seats, seats
from workshops.rules.translating import untranslated
from workshops.service.seats import TAKING

CLUB, CLUB_DONE = "Club Scratch de la médiathèque", "Club Scratch de la Croix-Verte"
HOME, HOME_DONE = "Garder le lien aux Tilleuls", "Tablettes et souvenirs à La Roseraie"
COURSE, COURSE_DONE = "L’ordinateur sans peur", "Mon téléphone, pas à pas"
EARLIER = [str(one.details["title"]) for one in earlier.EARLIER]
FAMILIES = "Week-end connecté\u00a0: ateliers en famille"
STUDIO = "Studio vidéo des ados"


def titled(title: str) -> Programme:
    return db.session.scalars(select(Programme).where(Programme.title == title)).one()


def sessions(title: str) -> list[WorkshopSession]:
    return sessions_of(titled(title))


def sessions_of(programme: Programme) -> list[WorkshopSession]:
    found = select(WorkshopSession).where(WorkshopSession.programme_id == programme.id)
    return list(db.session.scalars(found.order_by(WorkshopSession.number)))


def everything() -> list[WorkshopSession]:
    return list(db.session.scalars(select(WorkshopSession).order_by(WorkshopSession.id)))


def events(title: str) -> list[tuple[int, str]]:
    """(number of the session, what happened to it), without its planning."""
    rows = (
        select(WorkshopSession.number, SessionEvent.kind)
        .join(WorkshopSession, WorkshopSession.id == SessionEvent.session_id)
        .where(WorkshopSession.programme_id == titled(title).id, SessionEvent.kind != SessionEventKind.PLANNED)
        .order_by(SessionEvent.id)
    )
    return [(number, str(kind)) for number, kind in db.session.execute(rows)]


def presences(session: WorkshopSession) -> list[Presence | None]:
    found = select(SessionPresence.presence).where(SessionPresence.session_id == session.id)
    return list(db.session.scalars(found))


def record_of(session: WorkshopSession) -> ActivityRecord | None:
    return db.session.scalar(select(ActivityRecord).where(ActivityRecord.reference == session.reference))


def test_the_town_has_clubs_series_at_care_homes_and_weekends(valbriac):
    kinds = select(Programme.kind, func.count()).where(Programme.school_id.is_(None)).group_by(Programme.kind)
    counted = {kind: how_many for kind, how_many in db.session.execute(kinds)}
    assert counted[ProgrammeKind.CODING_CLUB] == counted[ProgrammeKind.CARE_HOME_SERIES] == 3
    assert titled(FAMILIES).kind is ProgrammeKind.OPEN_EVENT
    weekends = select(func.count()).where(Programme.title == "Week-end connecté de Bellevue")
    assert db.session.scalar(weekends) == 2
    assert counted[ProgrammeKind.PAID_TRAINING] == 1
    assert valbriac["workshops"] == len(everything()) > 115


def test_what_is_over_is_closed_and_what_goes_on_is_published(valbriac):
    for title in (CLUB_DONE, HOME_DONE, COURSE_DONE, *EARLIER):
        assert titled(title).state is ProgrammeState.CLOSED
        assert {one.state for one in sessions(title)} <= {SessionState.HELD, SessionState.CANCELLED}
    for title in (CLUB, HOME, COURSE, FAMILIES):
        assert titled(title).state is ProgrammeState.PUBLISHED
        assert any(one.starts_at > NOW and one.state is SessionState.PLANNED for one in sessions(title))
    assert titled("Passeport bureautique").state is ProgrammeState.PUBLISHED


def test_the_year_that_is_reported_had_a_club_a_course_and_a_series_at_a_care_home(valbriac):
    years = {one.starts_at.year for title in EARLIER for one in sessions(title)}
    assert years == {year_told(NOW.date())}
    assert [len(sessions(title)) for title in EARLIER] == [12, 6, 8]
    course = skills.progress(titled(EARLIER[1]).id).whole
    assert course.count >= 3
    assert course.after > course.before


def test_no_club_meets_in_the_school_holidays(valbriac):
    school = select(CalendarDay).where(CalendarDay.kind == CalendarKind.SCHOOL_HOLIDAY)
    holidays = [(one.first_day, one.last_day) for one in db.session.scalars(school)]
    zone = clock.territory_zone()
    days = [one.starts_at.astimezone(zone).date() for title in (CLUB, CLUB_DONE) for one in sessions(title)]
    assert not [day for day in days if any(first <= day <= last for first, last in holidays)]


@pytest.mark.parametrize("name", ["camille", "odile", "yanis"])
def test_whoever_leads_a_series_has_a_session_within_two_days_and_next_week(valbriac, name):
    mine = (
        select(WorkshopSession.starts_at)
        .join(SessionMediator)
        .join(Account, Account.id == SessionMediator.account_id)
        .where(Account.email == f"{name}@valbriac.example", WorkshopSession.starts_at > NOW)
        .order_by(WorkshopSession.starts_at)
    )
    days = [(start - NOW).days for start in db.session.scalars(mine)]
    assert days[0] <= 2
    assert any(5 <= day <= 11 for day in days)


def test_planned_and_held_sessions_hold_their_team_and_room_and_cancelled_ones_nothing(valbriac):
    held: dict[str, set[int]] = {}
    for reference, resource_id in db.session.execute(
        select(Hold.reference, Hold.resource_id).where(Hold.reference.like("session:%"))
    ):
        held.setdefault(reference, set()).add(resource_id)
    for session in everything():
        wanted = {one.account.resource_id for one in session.team}
        wanted |= {session.room.resource_id} if session.room else set()
        assert held.get(session.reference, set()) == (set() if session.state is SessionState.CANCELLED else wanted)


def test_nobody_has_appointments_during_a_workshop(valbriac):
    """The database refuses it; the drawing must not even have tried, or the load would have failed."""
    query = select(Hold.resource_id, Hold.starts_at, Hold.ends_at).order_by(Hold.resource_id, Hold.starts_at)
    rows = [tuple(row) for row in db.session.execute(query)]
    assert not [one for one, after in pairwise(rows) if one[0] == after[0] and one[2] > after[1]]


def test_taken_seats_are_those_of_the_registrations(valbriac):
    for session in everything():
        if session.state is SessionState.CANCELLED:
            continue
        whole = Registration.session_id.is_(None) & (Registration.programme_id == session.programme_id)
        seats = select(func.coalesce(func.sum(Registration.seats), 0)).where(
            Registration.state.in_(TAKING), or_(Registration.session_id == session.id, whole)
        )
        assert session.taken == db.session.scalar(seats)


def test_everybody_of_a_session_that_was_held_is_marked_or_counted_and_the_record_says_the_same(valbriac):
    seen = 0
    for session in everything():
        if session.state is not SessionState.HELD:
            continue
        marked, count, record = presences(session), db.session.get(HeadCount, session.id), record_of(session)
        assert record is not None
        assert len(marked) >= (session.taken if count is None else 0)
        named = select(func.count()).select_from(ActivityParticipant).where(ActivityParticipant.record_id == record.id)
        assert db.session.scalar(named) == marked.count(Presence.PRESENT)
        assert record.anonymous_count == (count.people if count else 0)
        assert record.started_at == session.starts_at < NOW
        seen += 1
    assert seen > 40


def test_nothing_is_told_of_sessions_to_come(valbriac):
    ahead = [one for one in everything() if one.ends_at > NOW]
    assert ahead
    for session in ahead:
        assert (presences(session), db.session.get(HeadCount, session.id), record_of(session)) == ([], None, None)


def test_the_last_session_of_the_course_is_marked_and_waits_for_its_record(valbriac):
    over = [one for one in sessions(COURSE) if one.ends_at < NOW]
    assert [one.state for one in over] == [SessionState.HELD, SessionState.HELD, SessionState.PLANNED]
    assert presences(over[-1])
    assert record_of(over[-1]) is None


def test_in_each_club_something_did_not_go_as_planned(valbriac):
    assert (6, "cancelled") in events(CLUB_DONE)
    assert (3, "cancelled") in events(CLUB)
    assert (5, "moved") in events(CLUB)
    moved = sessions(CLUB)[4]
    assert moved.state is SessionState.HELD
    assert moved.starts_at.weekday() != sessions(CLUB)[3].starts_at.weekday()


def test_the_club_is_full_and_families_wait_in_an_order_that_its_rules_give(valbriac):
    programme = titled(CLUB)
    assert all(one.taken == one.capacity for one in sessions(CLUB) if one.starts_at > NOW)
    families = [one.person.family_name for one in waiting.waiting(programme.id)]
    assert families == ["Mansouri", "Hamelin", "Gaillard"]


def test_the_agenda_offers_seats_waiting_lists_and_doors_that_are_open(valbriac):
    found = {
        seats(one, min(session.free for session in ahead), NOW)
        for one in db.session.scalars(select(Programme).where(Programme.state == ProgrammeState.PUBLISHED))
        if is_public(one) and (ahead := [session for session in sessions_of(one) if session.starts_at > NOW])
    }
    assert {Seats.FULL, Seats.FEW, Seats.DROP_IN} <= found


def test_what_one_registers_for_by_session_fills_differently(valbriac):
    taken = [one.taken for one in sessions("Les matinées du téléphone")]
    assert taken == list(SEATS["phones"])


def test_children_have_their_sheets_until_three_months_after_the_last_session(valbriac):
    rows = select(Registration.programme_id).join(Participant).join(ChildSheet).distinct()
    assert set(db.session.scalars(rows)) == {titled(one).id for one in (CLUB, FAMILIES, STUDIO)}


def test_a_child_who_comes_back_is_the_same_child(valbriac):
    names = select(Person).where(Person.given_name == "Lina", Person.family_name == "Boukhalfa")
    (lina,) = [one for one in db.session.scalars(names) if one.created_at < NOW and one.phone is None]
    seats = select(func.count()).select_from(Participant).where(Participant.person_id == lina.id)
    assert db.session.scalar(seats) == 2


def test_a_seat_of_the_weekend_is_kept_for_a_family_that_has_to_be_telephoned(valbriac):
    offer = db.session.scalars(select(SeatOffer)).one()
    assert (offer.state, offer.to_call, offer.called_at) == (OfferState.OPEN, True, None)
    assert offer.registration.person.family_name == "Pereira"
    assert offer.registration.state is RegistrationState.OFFERED
    assert offer.expires_at > NOW
    leila = db.session.scalars(select(Account).where(Account.email == "leila@valbriac.example")).one()
    assert waiting.to_call(leila, NOW) == [offer]


def test_care_homes_were_visited_before_and_the_first_is_told_what_comes_next(valbriac):
    for title in (HOME, HOME_DONE):
        programme = titled(title)
        assert programme.framing_at < sessions(title)[0].starts_at
        assert programme.framing_notes
    assert titled(HOME_DONE).next_steps
    counts = [db.session.get(HeadCount, one.id) for one in sessions(HOME_DONE)]
    assert all(count.done and count.helpers >= 2 and 6 <= count.people <= 10 for count in counts)


def test_who_took_the_course_says_what_they_learnt(valbriac):
    done, going_on = skills.progress(titled(COURSE_DONE).id), skills.progress(titled(COURSE).id)
    assert [row.picture for row in done.rows] == [one.picture for one in PHONE_QUESTIONS]
    assert done.whole.count >= 3
    assert done.whole.after > done.whole.before
    assert going_on.whole.count == 0


def test_hosts_have_requests_in_every_state_that_is_answered_or_waits(valbriac):
    rows = select(Account.email, WorkshopRequest.state).join(Account, Account.id == WorkshopRequest.asked_by_id)
    found = {(email.split("@")[0], state) for email, state in db.session.execute(rows)}
    assert found == {
        ("sandrine", RequestState.ACCEPTED), ("sandrine", RequestState.ASKED), ("sandrine", RequestState.DECLINED),
        ("mireille", RequestState.ACCEPTED), ("mireille", RequestState.ASKED),
    }  # fmt: skip


def test_an_accepted_request_is_a_programme_of_the_host_with_its_group(valbriac):
    for request in db.session.scalars(select(WorkshopRequest).where(WorkshopRequest.programme_id.is_not(None))):
        group = db.session.scalars(select(Registration).where(Registration.programme_id == request.programme_id)).one()
        assert group.seats == request.head_count
        assert (group.school_id, group.care_home_id) == (request.school_id, request.care_home_id)
        assert request.created_at < request.answered_at < NOW


def test_no_message_of_the_past_waits_to_leave_and_the_audit_tells_of_accounts_only(valbriac):
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0
    assert {subject.split(":")[0] for subject in db.session.scalars(select(AuditEntry.subject))} == {"account"}


def test_who_came_to_be_known_by_a_registration_was_first_met_on_its_day(valbriac):
    """A guardian of both clubs."""
    mine = select(Registration).join(Registration.person).where(Person.family_name == "Boukhalfa")
    mine = mine.where(
        Person.given_name == "Samira", Registration.programme_id.in_((titled(CLUB).id, titled(CLUB_DONE).id))
    )
    first, second = db.session.scalars(mine.order_by(Registration.created_at))
    assert first.person is second.person
    assert first.person.created_at == first.created_at
    assert first.person.last_contact_at == sessions(CLUB)[-1].ends_at


def test_what_the_public_reads_is_said_in_three_languages(valbriac):
    for programme in filter(is_public, db.session.scalars(select(Programme))):
        for locale in TRANSLATED_INTO:
            assert untranslated(programme, sessions_of(programme), locale) == [], (programme.title, locale)
