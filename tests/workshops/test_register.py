"""Registering: seats, people and what is written down; what is refused leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation import audit
from foundation.db import db, transaction
from people.models import Person
from people.service import Details, NoSuchPerson
from tests.cast import NOW
from tests.workshops.enrolments import (
    FIRST,
    WEEK,
    adult,
    child,
    counts,
    events,
    family,
    fill,
    group,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from workshops.models import (
    Enrolment,
    Origin,
    Programme,
    ProgrammeAudience,
    RegistrationKind,
    SessionEvent,
    SessionState,
)
from workshops.queries import registrations
from workshops.queries import waiting as queue
from workshops.rules.refusals import (
    AlreadyRegistered,
    NothingToCome,
    OutsideAges,
    SameChildTwice,
    SessionFull,
    TooManySeats,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")


def refused(wish, reason, now=NOW):
    """It is refused for that reason, and nothing of it is kept."""
    before = counts()
    with pytest.raises(reason) as found:
        registered(wish, now)
    assert counts() == before
    return found.value


def test_an_adult_takes_a_seat(cast):
    programme = opened(cast)
    made = registered(adult(programme))
    assert (made.state, made.kind, made.seats, made.origin) == ("registered", "individual", 1, "resident")
    assert made.person.name == "Alix Numéro 1"
    assert [one.person_id for one in made.participants] == [made.person_id]
    assert taken(programme) == [(1, 0)]
    assert events(made) == ["registered"]
    assert [entry.action for entry in audit.history(made.reference)] == ["registration.made"]


def test_somebody_who_is_known_is_not_written_twice_and_was_in_contact_until_the_workshop(cast):
    programme = opened(cast)
    made = registered(
        adult(programme, newcomer=Details(given_name="jeanne", family_name="LE GOFF", phone="+33639980021"))
    )
    assert made.person_id == cast.ids["resident"]
    assert cast.resident.last_contact_at == FIRST


def test_a_prescriber_registers_somebody_who_was_found(cast):
    made = registered(
        adult(opened(cast), newcomer=None, person_id=cast.ids["neighbour"], origin=Origin.PRESCRIBER),
        actor_id=cast.ids["prescriber"],
    )
    assert (made.person_id, made.booked_by_id) == (cast.ids["neighbour"], cast.ids["prescriber"])


def test_nobody_and_somebody_forgotten_can_not_be_registered(cast):
    programme = opened(cast)
    refused(adult(programme, newcomer=None), NoSuchPerson)
    refused(adult(programme, newcomer=None, person_id=987654), NoSuchPerson)
    with transaction():
        db.session.get_one(Person, cast.ids["neighbour"]).anonymised_at = NOW
    refused(adult(programme, newcomer=None, person_id=cast.ids["neighbour"]), NoSuchPerson)


def test_a_series_takes_a_seat_in_every_session_to_come(cast):
    programme = opened(cast, sessions=3, enrolment=Enrolment.CYCLE)
    registered(adult(programme), now=FIRST)
    assert taken(programme) == [(0, 0), (1, 0), (1, 0)]


def test_one_full_session_of_a_series_and_one_waits_for_all(cast):
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    registered(adult(programme, 1, session_id=sessions_of(programme)[1].id, origin=Origin.DESK))
    assert registered(adult(programme, 2)).state == "waiting"
    assert taken(programme) == [(0, 0), (1, 0)]


def test_a_family_takes_its_seats_together_each_child_with_its_sheet(cast):
    programme = opened(cast, capacity=3, audience=ProgrammeAudience.CHILDREN)
    lina = child("Lina", school_level="CM1", may_leave_alone=True, image_consent=True)
    made = registered(family(programme, children=(lina, child("Noé"))))
    assert (made.kind, made.seats, made.person.given_name) == (RegistrationKind.FAMILY, 2, "Karim")
    assert taken(programme) == [(2, 0)]
    first, second = made.participants
    assert (first.person.name, first.person.birth_year, first.person.phone) == ("Lina Moreau", 2016, None)
    assert (first.sheet.school_level, first.sheet.may_leave_alone, first.sheet.image_consent) == ("CM1", True, True)
    assert (second.sheet.emergency_name, second.sheet.emergency_phone) == ("Mamie Jo", "+33639988002")
    assert second.sheet.collectors == "Mamie Jo\nTonton Max"
    assert not second.sheet.may_leave_alone


def test_a_guardian_may_come_too(cast):
    made = registered(family(opened(cast, capacity=3), "Lina", comes_too=True))
    assert [(one.person.given_name, one.sheet is None) for one in made.participants] == [
        ("Karim", True),
        ("Lina", False),
    ]


def test_the_child_of_the_same_guardian_is_the_same_child(cast):
    first = registered(family(opened(cast), "Lina"))
    second = registered(family(opened(cast), children=(child("LINA"), child("Noé"))))
    assert second.participants[0].person_id == first.participants[0].person_id
    assert second.participants[1].person_id != first.participants[0].person_id
    another = registered(family(opened(cast), children=(child("Lina", birth_year=2018),)))
    assert another.participants[0].person_id != first.participants[0].person_id


def test_a_family_of_three_for_two_seats_waits_whole(cast):
    programme = opened(cast, capacity=3)
    fill(programme, 1)
    made = registered(family(programme))
    assert (made.state, made.seats) == ("waiting", 3)
    assert taken(programme) == [(1, 0)]


def test_whoever_is_more_than_the_room_holds_is_refused(cast):
    assert refused(family(opened(cast, capacity=2)), TooManySeats).field == "children"
    assert refused(group(opened(cast, capacity=2)), TooManySeats).field == "head_count"


def test_a_group_is_a_head_count_with_a_contact_and_no_name(cast):
    programme = opened(cast, capacity=15)
    made = registered(group(programme), actor_id=cast.ids["host"])
    assert (made.kind, made.seats, made.group_label, made.person_id) == (RegistrationKind.GROUP, 12, "CM1", None)
    assert made.participants == []
    assert (made.contact_name, made.contact_phone) == ("Bruno Lacaze", "+33639988003")
    assert taken(programme) == [(12, 0)]


def test_two_groups_are_not_taken_for_the_same(cast):
    programme = opened(cast, capacity=30)
    registered(group(programme))
    assert registered(group(programme)).state == "registered"


def test_who_comes_when_all_is_taken_waits_in_order(cast):
    programme = opened(cast, capacity=1)
    made = fill(programme, 4)
    assert [one.state for one in made] == ["registered", "waiting", "waiting", "waiting"]
    assert [queue.place_of(one) for one in made] == [None, 1, 2, 3]
    assert events(made[1]) == ["joined_waiting"]


def test_a_double_press_registers_once(cast):
    programme = opened(cast)
    wish = adult(programme, request_key="page-1")
    first, second = registered(wish), registered(wish)
    assert first.id == second.id
    assert taken(programme) == [(1, 0)]


def test_the_same_person_twice_in_a_session_is_refused_kindly(cast):
    programme = opened(cast, sessions=2)
    registered(adult(programme))
    assert "already" in str(refused(adult(programme), AlreadyRegistered).message._args)
    other = sessions_of(programme)[1].id
    assert registered(adult(programme, session_id=other)).state == "registered"


def test_who_waits_is_not_put_on_the_list_twice(cast):
    programme = opened(cast, capacity=1)
    fill(programme, 2)
    refused(adult(programme, 2), AlreadyRegistered)


def test_who_is_in_the_series_is_in_its_sessions(cast):
    programme = opened(cast, sessions=2, enrolment=Enrolment.CYCLE)
    registered(adult(programme))
    refused(adult(programme, session_id=sessions_of(programme)[1].id, origin=Origin.DESK), AlreadyRegistered)


def test_a_child_that_one_parent_registered_is_not_seated_twice(cast):
    programme = opened(cast, capacity=6)
    registered(family(programme, "Lina"))
    refused(family(programme, "Noé", "Lina"), AlreadyRegistered)
    assert registered(family(programme, "Noé")).state == "registered"


def test_the_same_child_is_not_written_twice_in_one_form(cast):
    refused(family(opened(cast), "Lina", "LINA "), SameChildTwice)


@pytest.mark.parametrize("now", [FIRST, FIRST + WEEK])
def test_a_session_that_has_begun_is_not_open_any_more(cast, now):
    refused(adult(opened(cast)), NothingToCome, now)


def test_a_session_that_was_cancelled_is_not_open(cast):
    programme = opened(cast)
    with transaction():
        sessions_of(programme)[0].state = SessionState.CANCELLED
    refused(adult(programme), NothingToCome)


def test_a_session_of_another_programme_is_not_one_of_this(cast):
    one, other = opened(cast), opened(cast)
    refused(replace(adult(one), session_id=sessions_of(other)[0].id), NothingToCome)


def test_a_series_without_sessions_to_come_is_not_open(cast):
    refused(adult(opened(cast, sessions=0, enrolment=Enrolment.CYCLE)), NothingToCome)


def test_the_ages_are_those_of_the_day_of_the_first_session(cast):
    programme = opened(cast, age_min=8, age_max=12)
    assert refused(family(programme, children=(child(birth_year=2020),)), OutsideAges).field == "birth_year"
    assert registered(family(programme, "Lina")).state == "registered"
    by_staff = family(programme, children=(child("Léo", birth_year=2020),), origin=Origin.DESK)
    assert registered(by_staff).state == "registered"


def test_staff_add_somebody_to_a_session_that_runs(cast):
    programme = opened(cast, capacity=1)
    walked_in = adult(programme, origin=Origin.WALK_IN)
    assert registered(walked_in, now=FIRST).state == "registered"
    assert refused(adult(programme, 2, origin=Origin.WALK_IN), SessionFull, FIRST).field == "beyond"


def test_staff_go_beyond_on_purpose_and_it_is_written_down(cast):
    programme = opened(cast, capacity=1)
    fill(programme, 1)
    made = registered(adult(programme, 2, origin=Origin.DESK, beyond=True), actor_id=cast.ids["mediator"])
    assert (made.state, made.over_capacity) == ("registered", True)
    assert taken(programme) == [(2, 1)]
    assert events(made) == ["registered", "overbooked"]
    (event,) = sessions_of(programme)[0].events
    assert (event.kind, event.actor_id) == ("overbooked", cast.ids["mediator"])
    assert audit.history(made.reference)[0].details["beyond"] is True


def test_staff_who_may_go_beyond_do_not_while_a_seat_is_left(cast):
    programme = opened(cast, capacity=1)
    made = registered(adult(programme, origin=Origin.DESK, beyond=True))
    assert (made.over_capacity, taken(programme)) == (False, [(1, 0)])
    assert db.session.query(SessionEvent).count() == 0


def test_what_a_person_was_registered_for_is_found(cast):
    made = registered(family(opened(cast), "Lina"))
    assert [one.id for one in registrations.of_person(made.person_id)] == [made.id]
    assert [one.id for one in registrations.of_person(made.participants[0].person_id)] == [made.id]
    assert registrations.by_code(f" {made.code.lower()}").id == made.id
    assert registrations.by_code("nothing") is None
    assert state(made) == "registered"


def test_all_who_come_to_a_session_come_alone_or_for_the_series(cast):
    programme = opened(cast, sessions=2, capacity=5, enrolment=Enrolment.CYCLE)
    whole = registered(adult(programme, 1))
    first, second = sessions_of(programme)
    alone = registered(adult(programme, 2, session_id=second.id, origin=Origin.DESK))
    assert [one.id for one in registrations.of_session(first)] == [whole.id]
    assert [one.id for one in registrations.of_session(second)] == [whole.id, alone.id]
    assert [one.id for one in registrations.of_programme(programme.id)] == [whole.id, alone.id]
    assert db.session.get_one(Programme, programme.id).title == "Atelier photo"
