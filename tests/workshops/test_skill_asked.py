"""Who reads what participants answer, and which sessions say when they are asked."""

from __future__ import annotations

from datetime import timedelta

from foundation.db import db, transaction
from foundation.security import Role
from tests.mediation.planning import account_in
from tests.workshops.enrolments import FIRST, WEEK, adult, opened, registered, sessions_of
from workshops.models import Enrolment, SessionMediator, SessionState, WorkshopSession
from workshops.queries import asked


def in_team(session_id, account_id):
    with transaction():
        db.session.add(SessionMediator(session_id=session_id, account_id=account_id))


def starts(periods):
    return [one.start for one in periods]


def test_the_structure_that_offers_it_and_staff_of_the_territory_read_answers(cast):
    programme = opened(cast)
    assert asked.teaches(programme, cast.mediator)
    assert asked.teaches(programme, account_in(cast, "town", Role.MANAGER))
    assert asked.teaches(programme, cast.manager)
    assert not asked.teaches(programme, cast.other_mediator)


def test_a_mediator_of_another_structure_reads_them_once_in_the_team(cast):
    programme = opened(cast)
    in_team(sessions_of(programme)[0].id, cast.ids["other_mediator"])
    assert asked.teaches(programme, cast.other_mediator)
    assert not asked.teaches(opened(cast), cast.other_mediator)


def test_what_the_whole_territory_offers_is_not_for_every_structure(cast):
    shared = opened(cast, structure_id=None)
    assert not asked.teaches(shared, cast.mediator)
    assert asked.teaches(shared, cast.administrator)
    in_team(sessions_of(shared)[0].id, cast.ids["mediator"])
    assert asked.teaches(shared, cast.mediator)


def test_sessions_that_were_called_off_do_not_count(cast):
    programme = opened(cast, sessions=3)
    with transaction():
        db.session.get_one(WorkshopSession, sessions_of(programme)[0].id).state = SessionState.CANCELLED
    assert starts(asked.periods_of(programme.id)) == [FIRST + WEEK, FIRST + 2 * WEEK]


def test_a_registration_for_one_date_is_asked_around_that_date(cast):
    programme = opened(cast, sessions=3)
    second = sessions_of(programme)[1]
    registration = registered(adult(programme, session_id=second.id))
    assert starts(asked.periods_for(registration)) == [FIRST + WEEK]


def test_of_a_series_those_before_somebody_came_do_not_count(cast):
    programme = opened(cast, sessions=3, enrolment=Enrolment.CYCLE)
    late = registered(adult(programme), now=FIRST + timedelta(days=1))
    assert starts(asked.periods_for(late)) == [FIRST + WEEK, FIRST + 2 * WEEK]
    with transaction():
        db.session.merge(late).created_at = FIRST + 9 * WEEK
    assert len(asked.periods_for(db.session.merge(late))) == 3, "written down after the last one: all of them"
