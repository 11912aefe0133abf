"""A host registers a group as a head-count, changes it within the seats, and takes it back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction
from foundation.forbidden import SocialSecurityNumber
from tests.cast import NOW
from tests.workshops.asking import accepted, account, coordinator, host_of, request_of, stranger
from tests.workshops.enrolments import (
    FIRST,
    WEEK,
    events,
    fill,
    group,
    only,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from tests.workshops.given import planned, reread, weekly
from workshops.models import (
    Enrolment,
    Openness,
    Programme,
    ProgrammeAudience,
    ProgrammeState,
    Registration,
    SeatOffer,
    SessionState,
    WorkshopSession,
)
from workshops.queries import hosts as queries
from workshops.rules.hosts import AnswerFirst, Client, GroupTwice, NoPlaceYet, NoSeatsForMore, audiences_for
from workshops.rules.refusals import (
    GroupIncomplete,
    NoSuchProgramme,
    NoSuchRegistration,
    NotToChange,
    TooManySeats,
)
from workshops.rules.waiting import OfferGone
from workshops.service import changing, groups, registering
from workshops.service.groups import Joining

pytestmark = pytest.mark.usefixtures("stopped_clock")


def act(verb, *given, host, now=NOW, **more):
    host_id = host.id
    return in_transaction(lambda: verb(*given, account(host_id), now=now, **more))


def join(host, programme, count=12, label="CM1", **more):
    session_id = only(programme) if programme.enrolment is Enrolment.SESSION else None
    return act(groups.register, Joining(programme.id, label, count, session_id, "+33639980055"), host=host, **more)


def resize(registration, count, host, now=NOW):
    return act(groups.change_head_count, registration.id, count, host=host, now=now)


def test_a_class_is_a_head_count_of_its_school_with_its_teacher_as_contact(cast):
    found = opened(cast, capacity=20, openness=Openness.PRESCRIBERS)
    made = join(cast.host, found)
    assert (made.state, made.seats, made.group_label, made.school_id) == ("registered", 12, "CM1", cast.school.id)
    assert (made.contact_name, made.contact_email, made.contact_phone) == (
        cast.host.name, cast.host.email, "+33639980055",
    )  # fmt: skip
    assert (made.booked_by_id, made.origin, made.person_id) == (cast.host.id, "host", None)
    assert taken(found) == [(12, 0)]


def test_a_full_workshop_puts_the_group_on_the_waiting_list(cast):
    found = opened(cast, capacity=20)
    join(cast.host, found, 12)
    assert join(coordinator(cast), found, 9, label="Résidents").state == "waiting"
    assert taken(found) == [(12, 0)]


def test_the_same_page_or_the_same_name_registers_once(cast):
    found = opened(cast, capacity=40)
    first = join(cast.host, found, request_key="page")
    assert join(cast.host, found, request_key="page").id == first.id
    with pytest.raises(GroupTwice):
        join(cast.host, found, label=" cm1 ")
    join(cast.host, found, 1, label="Été")
    with pytest.raises(GroupTwice):
        join(cast.host, found, 1, label="ÉTÉ")
    assert join(cast.host, found, label="CM2").state == "registered"
    act(groups.cancel, first.id, host=cast.host)
    assert join(cast.host, found).state == "registered"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"openness": Openness.STAFF}, NoSuchProgramme),
        ({"state": ProgrammeState.DRAFT}, NoSuchProgramme),
        ({"state": ProgrammeState.CLOSED}, NoSuchProgramme),
    ],
)
def test_what_is_not_for_groups_does_not_exist_for_them(cast, changes, refusal):
    with pytest.raises(refusal):
        join(cast.host, opened(cast, capacity=20, **changes))


def test_the_programme_of_another_school_does_not_exist_and_ones_own_takes_more_groups(cast):
    found = opened(cast, capacity=40, openness=Openness.STAFF, school_id=cast.school.id)
    with pytest.raises(NoSuchProgramme):
        join(stranger(), found)
    with pytest.raises(NoSuchProgramme):
        join(coordinator(cast), found)
    assert join(cast.host, found).state == "registered"


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"label": " "}, GroupIncomplete),
        ({"count": 0}, GroupIncomplete),
        ({"count": 201}, GroupIncomplete),
        ({"count": 21}, TooManySeats),
        ({"label": "2 69 05 49 588 157 80"}, SocialSecurityNumber),
    ],
)
def test_a_group_that_can_not_be_is_refused_and_leaves_nothing(cast, wish, refusal):
    found = opened(cast, capacity=20)
    with pytest.raises(refusal):
        join(cast.host, found, **wish)
    assert (taken(found), db.session.scalars(select(Registration)).all()) == ([(0, 0)], [])


def test_a_host_of_nowhere_registers_nobody(cast):
    with pytest.raises(NoPlaceYet):
        join(host_of("Zoé Nulle"), opened(cast))


def test_the_head_count_grows_into_free_seats_and_not_beyond(cast):
    found = opened(cast, capacity=20)
    made = join(cast.host, found, 12)
    fill(found, 4)
    assert resize(made, 16, cast.host).seats == 16
    assert taken(found) == [(20, 0)]
    with pytest.raises(NoSeatsForMore):
        resize(made, 17, cast.host)
    with pytest.raises(TooManySeats):
        resize(made, 21, cast.host)
    with pytest.raises(GroupIncomplete):
        resize(made, 0, cast.host)
    assert (reread(made).seats, taken(found)) == (16, [(20, 0)])
    assert events(made) == ["registered", "changed"]


def test_seats_given_back_are_offered_to_the_next(cast):
    found = opened(cast, capacity=12)
    made = join(cast.host, found, 12)
    (waits,) = fill(found, 1)
    resize(made, 10, cast.host)
    assert (state(waits), taken(found)) == ("offered", [(11, 0)])
    assert resize(made, 10, cast.host).seats == 10
    assert events(made) == ["registered", "changed"]


def test_the_head_count_of_a_series_counts_in_every_session_to_come(cast):
    found = opened(cast, sessions=3, capacity=20, enrolment=Enrolment.CYCLE)
    made = join(cast.host, found, 12)
    resize(made, 15, cast.host, FIRST + WEEK / 2)
    assert taken(found) == [(12, 0), (15, 0), (15, 0)]
    with pytest.raises(NotToChange):
        resize(made, 10, cast.host, FIRST + 3 * WEEK)
    with pytest.raises(NotToChange):
        act(groups.cancel, made.id, host=cast.host, now=FIRST + 3 * WEEK)


def test_a_group_that_waits_changes_its_wish_and_takes_a_seat_when_it_has_become_small_enough(cast):
    found = opened(cast, capacity=12)
    join(cast.host, found, 10)
    waits = join(cast.host, found, 4, label="CM2")
    assert resize(waits, 3, cast.host).state == "waiting"
    resize(waits, 2, cast.host)
    assert state(waits) == "offered"
    with pytest.raises(AnswerFirst):
        resize(waits, 1, cast.host)
    act(groups.answer, waits.id, host=cast.host, comes=True)
    assert (state(waits), taken(found)) == ("registered", [(12, 0)])


def test_a_host_says_no_to_seats_that_are_kept_and_late_is_too_late(cast):
    found = opened(cast, capacity=12)
    first = join(cast.host, found, 12)
    waits = join(cast.host, found, 4, label="CM2")
    act(groups.cancel, first.id, host=cast.host)
    assert state(waits) == "offered"
    act(groups.answer, waits.id, host=cast.host, comes=False)
    assert (state(waits), taken(found)) == ("lapsed", [(0, 0)])
    with pytest.raises(OfferGone):
        act(groups.answer, waits.id, host=cast.host, comes=True)
    assert db.session.query(SeatOffer).count() == 1


def test_a_group_taken_back_frees_its_seats_and_twice_is_once(cast):
    found = opened(cast, capacity=12)
    made = join(cast.host, found)
    for _ in range(2):
        act(groups.cancel, made.id, host=cast.host)
    assert (state(made), taken(found)) == ("cancelled", [(0, 0)])
    with pytest.raises(NotToChange):
        resize(made, 3, cast.host)


@pytest.mark.parametrize("verb", ["change", "cancel", "answer"])
def test_the_group_of_another_place_does_not_exist(cast, verb):
    found = opened(cast, capacity=20)
    made = join(cast.host, found)
    (person,) = fill(found, 1)
    acts = {
        "change": lambda id_, host: act(groups.change_head_count, id_, 3, host=host),
        "cancel": lambda id_, host: act(groups.cancel, id_, host=host),
        "answer": lambda id_, host: act(groups.answer, id_, host=host, comes=True),
    }
    for id_, host in ((made.id, stranger()), (made.id, coordinator(cast)), (person.id, cast.host), (98765, cast.host)):
        with pytest.raises(NoSuchRegistration):
            acts[verb](id_, host)
    assert (state(made), taken(found)) == ("registered", [(13, 0)])


def test_a_group_that_the_desk_registered_for_the_school_is_its_hosts_too(cast):
    found = opened(cast, capacity=20)
    wish = group(found, 12)
    with_school = type(wish.group)("CM1", 12, "Bruno", None, None, cast.school.id)
    made = registered(type(wish)(**{**vars(wish), "group": with_school}))
    assert resize(made, 10, cast.host).seats == 10
    assert queries.group_seen(made.id, Client(school_id=cast.school.id)).id == made.id


def test_a_host_sees_what_is_for_their_place_what_comes_to_it_and_where_their_groups_go(cast):
    client = Client(school_id=cast.school.id)
    theirs = accepted(cast, request_of(cast))
    planned(cast, theirs, weekly(2))
    public, elsewhere = opened(cast, title="Photo", capacity=20), opened(cast, title="Ailleurs", capacity=20)
    join(cast.host, public)
    assert [one.programme.title for one in queries.sessions_ahead(client, NOW)] == ["Photo"]
    with pytest.raises(NoSuchProgramme):
        queries.programme_seen(theirs.id, client)
    programme = db.session.get_one(Programme, theirs.id)
    in_transaction(lambda: setattr(db.session.get_one(Programme, programme.id), "state", ProgrammeState.PUBLISHED))
    seen = queries.sessions_ahead(client, NOW)
    assert sorted({one.programme.title for one in seen}) == ["Photo", "Robots"]
    assert [one.starts_at for one in seen] == sorted(one.starts_at for one in seen)
    assert queries.programme_seen(theirs.id, client).title == "Robots"
    assert queries.programme_seen(elsewhere.id, client).title == "Ailleurs"
    with pytest.raises(NoSuchProgramme):
        queries.programme_seen(theirs.id, Client(care_home_id=cast.care_home.id))
    assert [one.seats for one in queries.groups_of(client)] == [12, 24]
    assert queries.groups_of(client, programme_id=elsewhere.id) == []


def test_cancelled_and_past_sessions_are_not_ahead(cast):
    client = Client(school_id=cast.school.id)
    found = opened(cast, sessions=2, openness=Openness.STAFF, school_id=cast.school.id)
    first = db.session.scalar(select(WorkshopSession.id).order_by(WorkshopSession.starts_at))
    in_transaction(lambda: changing.cancel(first, reason="", now=NOW, actor_id=None))
    assert [one.number for one in queries.sessions_ahead(client, NOW)] == [2]
    assert queries.sessions_ahead(client, NOW + 20 * WEEK) == []
    assert [one.state for one in queries.sessions_of(found.id)] == [SessionState.CANCELLED, SessionState.PLANNED]


def test_workshops_open_to_groups_are_those_that_suit_the_place(cast):
    for title, audience in (("Enfants", ProgrammeAudience.CHILDREN), ("Aînés", ProgrammeAudience.SENIORS)):
        opened(cast, title=title, audience=audience, capacity=20)
    opened(cast, title="Libre", enrolment=Enrolment.DROP_IN, audience=ProgrammeAudience.CHILDREN)
    opened(cast, title="Équipe", openness=Openness.STAFF, audience=ProgrammeAudience.CHILDREN)
    opened(cast, title="Plus tard", registration_opens_at=NOW + WEEK, audience=ProgrammeAudience.CHILDREN)
    opened(cast, title="Trop tard", registration_closes_at=NOW, audience=ProgrammeAudience.CHILDREN)
    opened(cast, title="Passé", first=NOW - WEEK, audience=ProgrammeAudience.CHILDREN)
    for client, title in ((Client(school_id=1), "Enfants"), (Client(care_home_id=1), "Aînés")):
        (row,) = queries.open_to_groups(audiences_for(client), NOW)
        assert (row.programme.title, row.free, row.upcoming) == (title, 20, FIRST)


def test_single_sessions_have_the_seats_of_the_emptiest_and_a_series_those_of_the_fullest(cast):
    for enrolment, free in ((Enrolment.SESSION, 12), (Enrolment.CYCLE, 0)):
        found = opened(cast, sessions=2, capacity=12, enrolment=enrolment, audience=ProgrammeAudience.CHILDREN)
        session_id = sessions_of(found)[0].id
        in_transaction(lambda id_=session_id: setattr(db.session.get_one(WorkshopSession, id_), "taken", 12))
        rows = queries.open_to_groups(audiences_for(Client(school_id=1)), NOW)
        assert {one.programme.id: one.free for one in rows}[found.id] == free


def test_the_service_calls_a_group_off_as_any_other_registration(cast):
    made = join(cast.host, opened(cast, capacity=20))
    in_transaction(lambda: registering.cancel(made.id, now=NOW, actor_id=cast.manager.id, by_resident=False))
    assert events(made) == ["registered", "revoked"]
