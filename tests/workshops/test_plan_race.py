"""Several plan sessions at once with the same people and rooms: one gets all of it, nobody a part."""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial

from sqlalchemy import func, select

from agenda import service as agenda
from agenda.models import Hold
from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.workshops.enrolments import adult, opened, sessions_of
from tests.workshops.enrolments import taken as taken_of
from tests.workshops.given import count, hours, plan_of, planned, programme, weekly
from workshops.models import Enrolment, WorkshopSession
from workshops.rules.planning import Place
from workshops.service import changing, planning, registering

HANDS = 6
ROUNDS = 5


def whole(*acts):
    """Each in a transaction of its own."""
    return [partial(in_transaction, act) for act in acts]


def watch(app, stop, seen):
    """Look again and again how many holds each session has."""
    with app.app_context():
        while not stop.is_set():
            per_session = select(func.count()).select_from(Hold).group_by(Hold.reference)
            seen.update(db.session.scalars(per_session))
            db.session.rollback()
        db.session.remove()


def test_of_many_who_want_the_same_team_and_room_one_gets_every_date(app, cast, at_once):
    ids = [programme(cast).id for _ in range(HANDS)]
    stop, seen = threading.Event(), Counter()
    watcher = threading.Thread(target=watch, args=(app, stop, seen))
    watcher.start()
    try:
        for turn in range(ROUNDS):
            plans = [plan_of(cast, one) for one in weekly(3, hours().start.date().replace(day=18 + turn))]
            said = at_once(
                whole(*(lambda id_=id_: planning.plan(id_, plans, now=NOW, actor_id=None) for id_ in ids))  # noqa: B023  at once
            )
            assert Counter(said) == {"done": 1, "NotFree": HANDS - 1}
    finally:
        stop.set()
        watcher.join()
    assert set(seen) <= {2}
    assert count(Hold) == ROUNDS * 3 * 2
    assert count(WorkshopSession) == ROUNDS * 3


def test_each_takes_what_the_other_needs_and_nobody_waits_in_a_ring(cast, at_once):
    """Room and mediator are booked by others while a session wants both: all of it, or nothing."""
    found = programme(cast).id
    resources = {"room": cast.room.resource_id, "mediator": cast.mediator.resource_id}
    for turn in range(ROUNDS):
        period = hours(hours().start.date().replace(day=18 + turn))
        plans = [plan_of(cast, period)]
        takers = [
            lambda id_=id_, name=name: agenda.hold([id_], period, "Rendez-vous", f"{name}:{turn}")  # noqa: B023
            for name, id_ in resources.items()
        ]
        said = at_once(whole(lambda: planning.plan(found, plans, now=NOW, actor_id=None), *takers))  # noqa: B023
        db.session.rollback()
        of_session = db.session.scalar(
            select(func.count())
            .select_from(Hold)
            .where(Hold.starts_at == period.start, Hold.reference.like("session%"))
        )
        assert of_session == (2 if said[0] == "done" else 0)
        assert count(Hold) > 0


def test_two_sessions_that_change_places_both_ways_end_whole(cast, at_once):
    found = programme(cast)
    here, there = Place(cast.ids["library"], cast.ids["room"]), Place(cast.ids["workshop"])
    (first,) = planned(cast, found, place=here, team=[cast.ids["mediator"]])
    (second,) = planned(cast, found, place=there, team=[cast.ids["other_mediator"]])
    swapped = {
        first.id: changing.Arrangement(here, [cast.ids["other_mediator"]]),
        second.id: changing.Arrangement(there, [cast.ids["mediator"]]),
    }
    said = at_once(
        whole(*(lambda i=i, to=to: changing.change(i, to, now=NOW, actor_id=None) for i, to in swapped.items()))
    )
    assert set(said) == {"NotFreeThen"}
    assert count(Hold) == 3


def test_moves_and_registrations_for_the_whole_series_never_wait_in_a_ring(cast, at_once):
    """Both take the sessions of the programme, one from the last to the first if it were careless."""
    found = opened(cast, sessions=3, capacity=40, enrolment=Enrolment.CYCLE)
    sessions = sessions_of(found)
    for turn in range(ROUNDS):
        acts = [lambda n=n: registering.register(adult(found, n), now=NOW) for n in range(10 * turn, 10 * turn + 3)]
        acts += [
            lambda one=one: changing.change_capacity(one.id, 41 + turn, now=NOW, actor_id=None)  # noqa: B023
            for one in sessions[::-1]
        ]
        assert set(at_once(whole(*acts))) == {"done"}
    assert [taken for taken, _extra in taken_of(found)] == [3 * ROUNDS] * 3
