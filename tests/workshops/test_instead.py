"""Whose session was called off takes another one of the programme: nothing is typed twice, nobody sits twice."""

from __future__ import annotations

import pytest

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.workshops.changes import called_off
from tests.workshops.enrolments import (
    adult,
    family,
    group,
    kinds,
    messages,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from workshops.models import Enrolment, Programme, ProgrammeAudience, Registration
from workshops.rules.refusals import NoLongerOpen, NothingToCome
from workshops.service import instead, links, registering
from workshops.service.instead import NotCalledOff

pytestmark = pytest.mark.usefixtures("stopped_clock")


def off(cast, wish=adult, **changes):
    """A registration for the first of three sessions, which is called off; and all sessions."""
    programme = opened(cast, **{"sessions": 3, "capacity": 3} | changes)
    made = registered(wish(programme))
    called_off(sessions_of(programme)[0])
    return db.session.get_one(Registration, made.id), programme, sessions_of(programme)


def take(registration, session):
    return in_transaction(lambda: instead.take(registration.id, session.id, now=NOW))


def test_the_next_sessions_with_seats_are_proposed(cast):
    made, _programme, (_off, second, third) = off(cast)
    assert [one.id for one in instead.proposed(made, NOW)] == [second.id, third.id]


def test_one_without_seats_for_all_of_them_is_not(cast):
    made, programme, (_off, second, third) = off(cast, family)
    registered(adult(programme, 7, session_id=second.id))
    assert [one.id for one in instead.proposed(made, NOW)] == [third.id]


def test_nothing_is_proposed_to_whoever_cancelled_nor_while_it_stands_nor_of_a_series(cast):
    programme = opened(cast, sessions=2)
    made = registered(adult(programme))
    assert instead.proposed(made, NOW) == []
    in_transaction(lambda: registering.cancel(made.id, now=NOW, by_resident=True))
    assert instead.proposed(made, NOW) == []
    whole = registered(adult(opened(cast, sessions=2, enrolment=Enrolment.CYCLE), 2))
    called_off(sessions_of(whole.programme)[0])
    assert instead.proposed(whole, NOW) == []


def test_once_registration_is_over_nothing_is(cast):
    made, _programme, (_off, second, _third) = off(cast)
    with transaction():
        db.session.get_one(Programme, made.programme_id).registration_closes_at = NOW
    assert instead.proposed(made, NOW) == []
    with pytest.raises(NoLongerOpen):
        take(made, second)


def test_the_team_still_takes_one_for_them_and_it_is_said_who_did(cast):
    made, _programme, (_off, second, third) = off(cast)
    with transaction():
        db.session.get_one(Programme, made.programme_id).registration_closes_at = NOW
    assert [one.id for one in instead.proposed(made, NOW, by_team=True)] == [second.id, third.id]
    actor_id = cast.ids["mediator"]
    new = in_transaction(lambda: instead.take(made.id, second.id, now=NOW, actor_id=actor_id))
    assert (state(new), new.origin, new.booked_by_id) == ("registered", "desk", actor_id)


def test_with_one_press_they_sit_in_another_one(cast):
    made, programme, (_off, second, _third) = off(cast)
    new = take(made, second)
    assert (state(new), new.person_id, new.session_id) == ("registered", made.person_id, second.id)
    assert taken(programme)[1] == (1, 0)
    assert state(made) == "cancelled"
    assert kinds(new) == ["registered"]


def test_pressed_twice_it_is_done_once(cast):
    made, programme, (_off, second, _third) = off(cast)
    assert take(made, second).id == take(made, second).id
    assert taken(programme)[1] == (1, 0)


def test_whoever_cancels_that_one_may_take_it_again(cast):
    made, programme, (_off, second, _third) = off(cast)
    first = take(made, second)
    in_transaction(lambda: registering.cancel(first.id, now=NOW, by_resident=True))
    again = take(made, second)
    assert again.id != first.id
    assert taken(programme)[1] == (1, 0)


def test_a_family_keeps_its_children_and_what_the_team_knows_of_them(cast):
    made, _programme, (_off, second, _third) = off(cast, family, audience=ProgrammeAudience.CHILDREN)
    new = take(made, second)
    assert [one.person_id for one in new.participants] == [one.person_id for one in made.participants]
    assert {one.sheet.emergency_phone for one in new.participants} == {"+33639988002"}
    assert new.participants[0].sheet.collectors == "Mamie Jo\nTonton Max"


def test_a_guardian_who_comes_too_comes_again(cast):
    made, _programme, (_off, second, _third) = off(
        cast, lambda programme: family(programme, "Lina", comes_too=True), audience=ProgrammeAudience.FAMILIES
    )
    assert take(made, second).seats == 2


def test_a_group_keeps_its_contact_and_its_head_count(cast):
    made, programme, (_off, second, _third) = off(cast, group, capacity=20)
    new = take(made, second)
    assert (new.group_label, new.seats, new.contact_name, new.contact_phone) == (
        "CM1", 12, "Bruno Lacaze", "+33639988003",
    )  # fmt: skip
    assert take(made, second).id == new.id
    assert taken(programme)[1] == (12, 0)


def test_when_somebody_was_faster_they_wait(cast):
    made, programme, (_off, second, _third) = off(cast, capacity=1)
    registered(adult(programme, 7, session_id=second.id))
    assert state(take(made, second)) == "waiting"


def test_the_session_that_was_called_off_can_not_be_taken_nor_by_who_has_a_seat(cast):
    made, programme, (gone, second, _third) = off(cast)
    with pytest.raises(NothingToCome):
        take(made, gone)
    standing = registered(adult(programme, 7, session_id=second.id))
    with pytest.raises(NotCalledOff):
        take(standing, second)


def test_where_they_sit_already_is_not_proposed(cast):
    made, _programme, (_off, second, third) = off(cast)
    take(made, second)
    assert [one.id for one in instead.proposed(made, NOW)] == [third.id]


def test_the_message_leads_to_the_page_that_proposes_them(cast):
    made, _programme, _sessions = off(cast)
    assert links.path_to(made) in messages(made)[-1].body


def test_without_another_session_it_leads_to_all_workshops(cast):
    made, _programme, _sessions = off(cast, sessions=1)
    assert "/ateliers" in messages(made)[-1].body
    assert links.path_to(made) not in messages(made)[-1].body
