"""Tries are counted for every process in one place."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts import service
from accounts.models import FailedTry
from accounts.rules.throttle import TooManyTries
from foundation.db import db, transaction
from tests.cast import NOW

HERE, ELSEWHERE = "192.0.2.7", "192.0.2.8"


def guess(times: int = 1, purpose: str = "appointment", address: str = HERE) -> None:
    for _ in range(times):
        with transaction():
            service.count_guess(purpose, address)


@pytest.fixture
def stopped():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_twenty_guesses_are_free_and_the_next_waits(app, stopped):
    guess(20)
    with pytest.raises(TooManyTries) as refused:
        guess()
    assert refused.value.seconds == 2
    stopped.shift(2)
    guess()


def test_a_refused_guess_is_not_counted(app, stopped):
    guess(20)
    for _ in range(5):
        with pytest.raises(TooManyTries):
            guess()
    assert db.session.scalars(select(FailedTry.failures)).one() == 20


def test_each_purpose_and_each_address_counts_by_itself(app, stopped):
    guess(20)
    guess(20, purpose="voucher")
    guess(20, address=ELSEWHERE)


def test_a_right_guess_is_taken_back(app, stopped):
    for _ in range(30):
        guess()
        with transaction():
            service.take_back_guess("appointment", HERE)
    assert db.session.scalars(select(FailedTry.failures)).one() == 1


def test_guesses_are_forgotten_after_a_day(app, stopped):
    guess(20)
    stopped.shift(timedelta(days=1))
    guess(19)


def test_what_was_never_counted_can_be_taken_back(app):
    with transaction():
        service.take_back_guess("appointment", HERE)
    assert db.session.scalars(select(FailedTry)).all() == []
