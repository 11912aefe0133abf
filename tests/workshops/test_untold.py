"""Whom no message reaches is on the list to telephone, with what changed, until somebody says that they know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation import audit
from foundation.db import db, in_transaction
from people.models import ContactMeans
from people.service import Details
from tests.cast import NOW
from tests.workshops.changes import moved
from tests.workshops.enrolments import FIRST, adult, events, group, opened, registered, sessions_of
from workshops.models import Enrolment, WorkshopSession
from workshops.queries import telling as queries
from workshops.rules.enrolling import Group
from workshops.rules.refusals import NoSuchRegistration
from workshops.service import changing, registering, telling

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def silent(programme, number=1, **more):
    by_voice = Details(
        family_name=f"Le Bras {number}", phone=f"+3325566001{number}", contact_means=ContactMeans.PHONE_CALL
    )
    return registered(adult(programme, newcomer=by_voice, **more))


def listed(viewer, now=NOW):
    return [(one.registration.id, [event.kind.value for event in one.news]) for one in queries.to_tell(viewer, now)]


def called_off(programme, now=NOW):
    session_id = sessions_of(programme)[0].id
    in_transaction(lambda: changing.cancel(session_id, reason="", now=now, actor_id=None))


def say_told(registration, now=NOW):
    return in_transaction(lambda: telling.told(registration.id, now=now, actor_id=1))


def test_until_something_changes_nobody_is_listed(cast):
    silent(opened(cast))
    assert listed(cast.mediator) == []
    assert db.session.scalar(queries.count_to_tell(cast.mediator, NOW)) == 0


def test_who_is_listed_is_listed_once_with_all_that_changed(cast):
    programme = opened(cast)
    made = silent(programme)
    moved(sessions_of(programme)[0], FIRST + DAY)
    moved(sessions_of(programme)[0], FIRST + 2 * DAY, now=NOW + HOUR)
    assert listed(cast.mediator) == [(made.id, ["moved", "moved"])]
    assert db.session.scalar(queries.count_to_tell(cast.mediator, NOW)) == 1


def test_once_told_they_are_off_the_list_and_it_is_written_down(cast):
    programme = opened(cast)
    made = silent(programme)
    moved(sessions_of(programme)[0], FIRST + DAY)
    say_told(made)
    say_told(made)
    assert listed(cast.mediator) == []
    assert events(made) == ["registered", "told"]
    assert audit.history(made.reference)[0].action == "registration.told"


def test_what_changes_afterwards_lists_them_again_with_that_only(cast):
    programme = opened(cast)
    made = silent(programme)
    moved(sessions_of(programme)[0], FIRST + DAY)
    say_told(made)
    called_off(programme, now=NOW + HOUR)
    assert listed(cast.mediator) == [(made.id, ["cancelled"])]


def test_a_session_that_is_called_off_lists_those_who_were_to_come(cast):
    programme = opened(cast)
    made = silent(programme)
    called_off(programme)
    assert listed(cast.mediator) == [(made.id, ["cancelled"])]


def test_of_a_series_the_nearest_error_comes_first(cast):
    programme = opened(cast, sessions=3, capacity=5, enrolment=Enrolment.CYCLE)
    whole = silent(programme)
    later, sooner = sessions_of(programme)[2], sessions_of(programme)[0]
    moved(later, FIRST + 15 * DAY)
    one = opened(cast, first=FIRST - 2 * DAY)
    single = silent(one, 2)
    moved(sessions_of(one)[0], FIRST + 20 * DAY)
    assert [found for found, _news in listed(cast.mediator)] == [single.id, whole.id]
    moved(sooner, FIRST - 3 * DAY)
    assert [found for found, _news in listed(cast.mediator)] == [single.id, whole.id]


def test_of_one_session_only_its_own_news(cast):
    programme = opened(cast, sessions=2, enrolment=Enrolment.CYCLE)
    silent(programme)
    first, second = sessions_of(programme)
    moved(first, FIRST + DAY)
    (found,) = queries.to_tell(cast.mediator, NOW, db.session.get_one(WorkshopSession, first.id))
    assert [event.session_id for event in found.news] == [first.id]
    assert queries.to_tell(cast.mediator, NOW, db.session.get_one(WorkshopSession, second.id)) == []


def test_another_structure_sees_nothing_of_it_and_the_whole_territory_does(cast):
    programme = opened(cast)
    silent(programme)
    moved(sessions_of(programme)[0], FIRST + DAY)
    assert listed(cast.other_mediator) == []
    assert db.session.scalar(queries.count_to_tell(cast.other_mediator, NOW)) == 0
    assert len(listed(cast.manager)) == 1


def test_when_it_is_over_it_is_too_late_to_tell(cast):
    programme = opened(cast)
    silent(programme)
    moved(sessions_of(programme)[0], FIRST + DAY)
    assert listed(cast.mediator, FIRST + 2 * DAY) == []


def test_who_cancels_need_not_be_told(cast):
    programme = opened(cast)
    made = silent(programme)
    moved(sessions_of(programme)[0], FIRST + DAY)
    in_transaction(lambda: registering.cancel(made.id, now=NOW, by_resident=True))
    assert listed(cast.mediator) == []


def test_a_group_without_address_is_telephoned_too(cast):
    programme = opened(cast, capacity=20)
    wish = group(programme)
    made = registered(replace(wish, group=Group("CM2", 9, "Maud")))
    moved(sessions_of(programme)[0], FIRST + DAY)
    assert listed(cast.mediator) == [(made.id, ["moved"])]


def test_nobody_is_told_of_a_registration_that_does_not_exist(cast):
    with pytest.raises(NoSuchRegistration):
        in_transaction(lambda: telling.told(987, now=NOW, actor_id=1))
