"""Several answer one request at once, or its host takes it back meanwhile: one has their way, the others are told."""

from __future__ import annotations

import threading
from collections import Counter

from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.cast import NOW
from tests.mediation.planning import account_in
from tests.workshops.asking import account, asked, request_of
from tests.workshops.enrolments import only, opened, taken
from tests.workshops.given import count
from workshops.models import Programme, Registration, RequestState, WorkshopRequest
from workshops.rules.requests import programme_of
from workshops.service import groups, programmes, requests

ROUNDS = 3
HANDS = 6


def accepting(request_id, manager_id):
    return lambda: in_transaction(lambda: requests.accept(request_id, "Robots", None, account(manager_id), now=NOW))


def test_two_managers_and_the_host_want_something_else_and_one_of_them_gets_it(cast, at_once):
    first, second = cast.ids["manager"], account_in(cast, "town", Role.MANAGER).id
    with transaction():
        account(second).structure_id = None
    host_id = cast.ids["host"]
    for turn in range(1, ROUNDS + 1):
        id_ = request_of(cast).id
        acts = [accepting(id_, first), accepting(id_, second)]
        acts += [
            lambda id_=id_: in_transaction(lambda: requests.decline(id_, "Non.", account(second), now=NOW)),
            lambda id_=id_: in_transaction(lambda: requests.withdraw(id_, account(host_id), now=NOW)),
        ]
        assert Counter(at_once(acts)) == {"done": 1, "AnsweredMeanwhile": 3}
        made = db.session.query(WorkshopRequest).filter_by(state=RequestState.ACCEPTED).count()
        assert count(Programme) == count(Registration) == made <= turn


def test_a_double_press_makes_one_programme(cast, at_once):
    manager_id = cast.ids["manager"]
    for turn in range(1, ROUNDS + 1):
        id_ = request_of(cast).id
        assert at_once([accepting(id_, manager_id)] * HANDS) == ["done"] * HANDS
        assert (count(Programme), count(Registration)) == (turn, turn)


def test_without_the_lock_a_request_becomes_several_programmes(cast, at_once):
    """What a program does that looks first and writes after."""
    request, manager_id = request_of(cast), cast.ids["manager"]
    id_, looked = request.id, threading.Barrier(2)

    def careless():
        seen = db.session.get_one(WorkshopRequest, id_)
        details = programme_of(seen, "Robots")
        looked.wait(timeout=60)
        in_transaction(lambda: programmes.create(details, None, account(manager_id), now=NOW))

    assert at_once([careless, careless]) == ["done", "done"]
    assert count(Programme) == 2


def test_the_same_page_sent_twice_at_once_asks_once(cast, at_once):
    host_id = cast.ids["host"]

    def send(key):
        return lambda: in_transaction(lambda: requests.ask(asked(), account(host_id), now=NOW, request_key=key))

    for turn in range(1, ROUNDS + 1):
        said = at_once([send(f"page {turn}")] * HANDS)
        assert set(said) <= {"done", "AskedTwice"}
        assert "done" in said
        assert count(WorkshopRequest) == turn


def test_groups_that_grow_at_once_never_sit_on_the_same_seat(cast, at_once):
    host_id = cast.ids["host"]
    found = opened(cast, capacity=30)
    wishes = [groups.Joining(found.id, f"CM{n}", 5, only(found)) for n in range(4)]
    made = [in_transaction(lambda w=w: groups.register(w, account(host_id), now=NOW)).id for w in wishes]
    said = at_once(
        [
            lambda id_=id_: in_transaction(lambda: groups.change_head_count(id_, 10, account(host_id), now=NOW))
            for id_ in made
        ]
    )
    assert Counter(said) == {"done": 2, "NoSeatsForMore": 2}
    assert taken(found) == [(30, 0)]
