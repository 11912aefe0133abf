"""A session is given another time."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from agenda import service as agenda
from agenda.models import Hold
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.forbidden import AccountNumber
from tests.cast import NOW
from tests.workshops.given import WEDNESDAY, holds, hours, planned, programme, reread, weekly
from workshops.models import SessionEventKind
from workshops.rules.programmes import OpensAfterThese
from workshops.rules.unplannable import InThePast, NoSuchSession, NotFree, NotPlanned, TooLong
from workshops.service import changing

LATER = hours(date(2026, 3, 19), time(17), time(18, 30))


def move(session, period, **more):
    return in_transaction(lambda: changing.move(session.id, period, now=NOW, actor_id=None, **more))


def test_it_takes_its_holds_along_with_what_is_kept_around(cast):
    (session,) = planned(cast, programme(cast), before=timedelta(minutes=20))
    move(session, LATER)
    session = reread(session)
    assert (session.starts_at, session.ends_at) == (LATER.start, LATER.end)
    assert session.held_from == LATER.start - timedelta(minutes=20)
    rows = db.session.scalars(select(Hold)).all()
    assert {(one.starts_at, one.ends_at, one.reference) for one in rows} == {
        (session.held_from, session.held_until, session.reference)
    }
    assert len(rows) == 2


def test_from_when_to_when_and_why_is_noted(cast):
    (session,) = planned(cast, programme(cast))
    move(session, LATER, reason=" Travaux ")
    event = reread(session).events[-1]
    assert (event.kind, event.from_start, event.to_start) == (SessionEventKind.MOVED, hours().start, LATER.start)
    assert event.reason == "Travaux"
    assert audit.history(session.reference)[0].action == "session.moved"


def test_into_a_part_of_its_own_time(cast):
    (session,) = planned(cast, programme(cast))
    move(session, hours(WEDNESDAY, time(17), time(19)))
    assert reread(session).starts_at == hours(WEDNESDAY, time(17)).start


def test_to_where_it_is_changes_nothing(cast):
    (session,) = planned(cast, programme(cast))
    move(session, hours())
    assert len(reread(session).events) == 1


def test_onto_another_session_is_refused_and_nothing_moves(cast):
    first, second = planned(cast, programme(cast), weekly(2))
    before = holds()
    with pytest.raises(NotFree) as refused:
        move(first, weekly(2)[1])
    assert {one.label for one in refused.value.alternatives} == {"Salima Benali", "Salle bleue"}
    assert reread(first).starts_at == hours().start
    assert holds() == before
    assert len(reread(second).events) == 1


def test_onto_what_somebody_else_booked_is_refused(cast):
    (session,) = planned(cast, programme(cast))
    resource_id = cast.mediator.resource_id
    in_transaction(lambda: agenda.hold([resource_id], LATER, "Rendez-vous", "appointment:1"))
    with pytest.raises(NotFree):
        move(session, LATER)


@pytest.mark.parametrize(
    ("period", "refusal", "field"),
    [
        (hours(date(2026, 3, 9)), InThePast, "day"),
        (hours(date(2026, 3, 19)).padded(timedelta(hours=20), timedelta(hours=20)), TooLong, "ends"),
    ],
)
def test_to_a_time_that_can_not_be_is_refused(cast, period, refusal, field):
    (session,) = planned(cast, programme(cast))
    with pytest.raises(refusal) as refused:
        move(session, period)
    assert refused.value.field == field


def test_a_reason_that_must_not_be_kept_is_refused(cast):
    (session,) = planned(cast, programme(cast))
    with pytest.raises(AccountNumber):
        move(session, LATER, reason="FR76 3000 6000 0112 3456 7890 189")


def test_one_that_was_cancelled_stays_where_it_was(cast):
    (session,) = planned(cast, programme(cast))
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    with pytest.raises(NotPlanned):
        move(session, LATER)
    assert holds() == []


def test_one_that_is_not_there_is_unknown(cast):
    with pytest.raises(NoSuchSession):
        in_transaction(lambda: changing.move(4711, LATER, now=NOW, actor_id=None))


def test_the_last_one_is_not_moved_before_registration_opens(cast):
    first, second = planned(cast, found := programme(cast), weekly(2))
    with transaction():
        reread(found).registration_opens_at = second.starts_at - timedelta(hours=1)
    with pytest.raises(OpensAfterThese) as refused:
        move(second, hours(date(2026, 3, 19)))
    assert refused.value.field == "day"
    assert "mercredi 25 mars à 15\u202fh\u202f00" in str(refused.value.message)
    assert reread(second).starts_at == second.starts_at
    move(first, hours(date(2026, 3, 19)))
