"""A session is given more seats, or fewer, down to those that are taken."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from foundation import audit
from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.workshops.given import planned, programme, reread
from workshops.models import WorkshopSession
from workshops.rules.unplannable import BadCapacity, CapacityTaken, NotPlanned
from workshops.service import changing


def capacity(session, seats):
    return in_transaction(lambda: changing.change_capacity(session.id, seats, now=NOW, actor_id=None))


def taken(session, seats, extra=0):
    with transaction():
        db.session.execute(
            update(WorkshopSession).where(WorkshopSession.id == session.id).values(taken=seats, extra=extra)
        )


def test_more_seats(cast):
    (session,) = planned(cast, programme(cast))
    capacity(session, 20)
    assert (reread(session).capacity, reread(session).free) == (20, 20)
    entry = audit.history(session.reference)[0]
    assert (entry.action, entry.details) == ("session.capacity_changed", {"before": 8, "after": 20})
    assert len(reread(session).events) == 2


def test_fewer_down_to_what_is_taken(cast):
    (session,) = planned(cast, programme(cast))
    taken(session, 5)
    capacity(session, 5)
    assert (reread(session).capacity, reread(session).free) == (5, 0)


def test_not_one_fewer(cast):
    (session,) = planned(cast, programme(cast))
    taken(session, 5)
    with pytest.raises(CapacityTaken):
        capacity(session, 4)
    assert reread(session).capacity == 8


def test_seats_given_beyond_are_within_the_new_capacity(cast):
    (session,) = planned(cast, programme(cast))
    taken(session, 10, extra=2)
    with pytest.raises(CapacityTaken):
        capacity(session, 9)
    capacity(session, 10)
    assert (reread(session).capacity, reread(session).extra, reread(session).taken) == (10, 0, 10)


def test_the_same_number_changes_nothing_even_beyond_it(cast):
    (session,) = planned(cast, programme(cast))
    taken(session, 10, extra=2)
    capacity(session, 8)
    assert reread(session).extra == 2
    assert len(reread(session).events) == 1


@pytest.mark.parametrize("seats", [0, -3, 501])
def test_impossible_numbers(cast, seats):
    (session,) = planned(cast, programme(cast))
    with pytest.raises(BadCapacity):
        capacity(session, seats)


def test_one_that_was_cancelled_keeps_its_seats(cast):
    (session,) = planned(cast, programme(cast))
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    with pytest.raises(NotPlanned):
        capacity(session, 20)
