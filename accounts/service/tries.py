"""Counting failed tries, shared by all web processes: of signing in, of guessing the code of an appointment."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from accounts.hashing import keyed
from accounts.models import FailedTry
from accounts.rules import throttle
from foundation import clock
from foundation.db import db


def count(key: str, allowance: throttle.Allowance) -> None:
    """Count a try before it is looked at, so that many at once can not slip through.

    Args:
        key: from `accounts.hashing.keyed`.

    Raises:
        TooManyTries: nothing was counted; says how long to wait.
    """
    known = db.session.get(FailedTry, key, with_for_update=True)
    if known is None and _counted_first(key):
        return
    known = known or db.session.get_one(FailedTry, key, with_for_update=True)
    now = clock.now()  # Read under the lock: whoever waited for it must not stand before the last try.
    throttle.check(known.failures, known.last_at, allowance, now)
    known.failures = throttle.counted(known.failures, known.last_at, now)
    known.last_at = now
    db.session.flush()


def _counted_first(key: str) -> bool:
    """Write the first failure of `key`; False when another process wrote it at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(FailedTry(key=key, failures=1, last_at=clock.now()))
    except IntegrityError:
        return False
    return True


def take_back(key: str) -> None:
    """A try that succeeded was none."""
    db.session.execute(
        update(FailedTry).where(FailedTry.key == key, FailedTry.failures > 1).values(failures=FailedTry.failures - 1)
    )


def count_guess(purpose: str, address: str) -> None:
    """Count a guess from one network address; see `count`.

    Args:
        purpose: what is guessed, e.g. `appointment`: each is counted by itself.
    """
    count(keyed(f"guess {purpose}", address), throttle.ONE_ADDRESS)


def take_back_guess(purpose: str, address: str) -> None:
    """The guess counted last was right."""
    take_back(keyed(f"guess {purpose}", address))


def count_guess_of(purpose: str, record: str, address: str) -> None:
    """Count a guess of one record, from wherever, and gently of the address: other people's records stay open to it.

    Args:
        purpose, record: what is guessed and of which code, e.g. `card` and its number.

    Raises:
        TooManyTries: nothing was counted; says how long to wait.
    """
    count(keyed(f"guess {purpose}", address), throttle.SHARED_ADDRESS)
    count(keyed(f"guess one {purpose}", record), throttle.ONE_RECORD)


def take_back_guess_of(purpose: str, record: str, address: str) -> None:
    """The guess counted last was right."""
    take_back_guess(purpose, address)
    take_back_guess(f"one {purpose}", record)
