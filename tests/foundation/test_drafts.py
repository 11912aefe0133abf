"""What was typed waits in the cookie: for its browser, its feature, an hour, and no longer than the cookie holds."""

from __future__ import annotations

import random
import string
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import session

from foundation.drafts import LARGEST, Drafts, TooMuchTyped

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
BOOKING, WORKSHOPS = Drafts("booking"), Drafts("workshops")
SALMA, FARID = {"given_name": "Salma"}, {"given_name": "Farid"}


@pytest.fixture(autouse=True)
def browser(app):
    """One browser's request, on a day in March."""
    with time_machine.travel(NOW, tick=False), app.test_request_context():
        yield


def typed(letters: int, seed: int = 1) -> dict[str, str]:
    """Answers that hardly shrink when they are packed."""
    draw = random.Random(seed)
    return {"remark": "".join(draw.choice(string.printable[:90]) for _ in range(letters))}


def cookie(app) -> str:
    return app.session_interface.get_signing_serializer(app).dumps(dict(session))


def test_what_was_kept_is_found_again_and_empty_answers_are_left_out():
    key = BOOKING.keep("", SALMA | {"phone": None, "remark": "", "companions": 0})
    assert BOOKING.find(key) == SALMA


def test_a_key_of_somebody_else_is_never_taken_over():
    key = BOOKING.keep("made-up", SALMA)
    assert key != "made-up"
    assert BOOKING.find("made-up") is None


def test_answers_that_are_changed_keep_their_key():
    key = BOOKING.keep("", SALMA)
    assert BOOKING.keep(key, FARID) == key
    assert BOOKING.find(key) == FARID


def test_two_tabs_are_kept_apart_and_a_third_replaces_the_oldest():
    with time_machine.travel(NOW - timedelta(minutes=1), tick=False):
        first = BOOKING.keep("", SALMA)
    second, third = BOOKING.keep("", FARID), BOOKING.keep("", {"given_name": "Rose"})
    assert BOOKING.find(first) is None
    assert BOOKING.find(second) == FARID
    assert BOOKING.find(third) == {"given_name": "Rose"}


def test_an_hour_later_nothing_is_left():
    key = BOOKING.keep("", SALMA)
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert BOOKING.find(key) is None


def test_a_feature_neither_reads_nor_replaces_the_drafts_of_another():
    key = BOOKING.keep("", SALMA)
    assert WORKSHOPS.find(key) is None
    other = WORKSHOPS.keep(key, FARID)
    for _ in range(3):
        WORKSHOPS.keep("", {"given_name": "Rose"})
    assert other != key
    assert BOOKING.find(key) == SALMA


def test_what_was_sent_is_forgotten_but_that_it_was():
    key, other = BOOKING.keep("", SALMA), BOOKING.keep("", FARID)
    BOOKING.send(key)
    assert BOOKING.find(key) is None
    assert BOOKING.was_sent(key)
    assert BOOKING.find(other) == FARID
    assert not BOOKING.was_sent(other)


def test_that_it_was_sent_is_forgotten_after_an_hour_or_four_others():
    keys = [BOOKING.keep("", SALMA) for _ in range(5)]
    for key in keys:
        BOOKING.send(key)
    assert [BOOKING.was_sent(key) for key in keys] == [False, True, True, True, True]
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert not BOOKING.was_sent(keys[-1])


def test_the_oldest_drafts_of_any_feature_make_way_before_the_cookie_is_too_big(app):
    with time_machine.travel(NOW - timedelta(minutes=2), tick=False):
        oldest = BOOKING.keep("", typed(1200, 1))
    with time_machine.travel(NOW - timedelta(minutes=1), tick=False):
        older = WORKSHOPS.keep("", typed(1200, 2))
    newest = WORKSHOPS.keep("", typed(1200, 3))
    assert BOOKING.find(oldest) is None
    assert WORKSHOPS.find(older) == typed(1200, 2)
    assert WORKSHOPS.find(newest) == typed(1200, 3)
    assert len(cookie(app)) <= LARGEST


def test_answers_that_no_cookie_holds_are_refused_and_those_before_stay(app):
    key = BOOKING.keep("", SALMA)
    with pytest.raises(TooMuchTyped):
        BOOKING.keep(key, typed(4000))
    assert BOOKING.find(key) == SALMA
    assert len(cookie(app)) <= LARGEST


def test_a_family_of_four_children_in_arabic_fits(app):
    child = {"given_name": "عبد الرحمن", "family_name": "بن عبد الله", "birth_year": 2015, "collectors": "الجدة فاطمة"}
    family = {"children": [child | {"birth_year": 2012 + number} for number in range(4)], "phone": "+33639980012"}
    key = WORKSHOPS.keep("", family)
    assert WORKSHOPS.find(key) == family
