"""Two at once for one slot: shown to happen without the guards, and not to happen with them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from agenda import queries, service
from agenda.models import Hold
from agenda.service import AlreadyHeld
from foundation.db import db, in_transaction
from foundation.period import Period
from tests.agenda.conftest import span

ROUNDS = 12
HANDS = 6


@pytest.fixture
def at_once(app):
    """Run acts in threads, each with a connection of its own, and give back what each returned or raised."""

    def run(acts):
        def one(act):
            with app.app_context():
                try:
                    return act()
                except (AlreadyHeld, DBAPIError) as error:
                    return error
                finally:
                    db.session.remove()

        db.session.remove()
        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return run


def without_guard():
    """Take the database's rule away, as if it had never been."""
    with db.engine.connect().execution_options(write=True) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER hold_overlap_insert"))
        else:
            connection.execute(text("ALTER TABLE hold DROP CONSTRAINT ex_hold_overlap"))
        connection.commit()


def look_then_write(resource_id, meet):
    """What careless code does: a deferred BEGIN, a look, and a write when the look found nothing."""
    with db.engine.connect() as connection:
        period = span("09:00", "10:00")
        taken = connection.scalar(select(func.count()).select_from(Hold).where(Hold.starts_at < period.end))
        if db.engine.dialect.name == "sqlite":
            connection.rollback()  # a snapshot could not be upgraded: careless code gives it up, or it would hang
        meet.wait(timeout=10)
        if not taken:
            connection.execute(
                insert(Hold).values(
                    resource_id=resource_id, starts_at=period.start, ends_at=period.end, label="", reference="x:1"
                )
            )
        connection.commit()


def held_count():
    count = db.session.scalar(select(func.count()).select_from(Hold))
    db.session.rollback()
    return count


def test_without_the_guard_one_slot_is_sold_twice(people, at_once):
    without_guard()
    meet = threading.Barrier(2)
    assert at_once([lambda: look_then_write(people.ines, meet)] * 2) == [None, None]
    assert held_count() == 2


def test_with_the_guard_careless_code_can_not_sell_it_twice(people, at_once):
    meet = threading.Barrier(2)
    results = at_once([lambda: look_then_write(people.ines, meet)] * 2)
    assert sorted(result is None for result in results) == [False, True]
    assert held_count() == 1


def test_of_many_hands_exactly_one_gets_the_slot(people, at_once):
    for n in range(ROUNDS):
        period = Period(*(at + timedelta(days=n) for at in (span("09:00", "10:00").start, span("09:00", "10:00").end)))

        def book(period=period, n=n):
            in_transaction(lambda: service.hold([people.ines, people.room], period, "Rendez-vous", f"appointment:{n}"))
            return "booked"

        results = at_once([book] * HANDS)
        assert results.count("booked") == 1
        assert sum(isinstance(result, AlreadyHeld) for result in results) == HANDS - 1
        assert len(queries.holds_between([people.ines, people.room], period)) == 2
        db.session.rollback()


def test_resources_taken_in_any_order_never_wait_for_each_other_in_a_ring(people, at_once):
    """Half name the resources one way, half the other; the verb sorts them, so that nobody is undone."""
    everything = [people.ines, people.marc, people.room]
    minute = timedelta(minutes=1)
    start = span("09:00", "10:00").start

    def book(n):
        wanted = everything if n % 2 else everything[::-1]
        period = Period(start + n * minute, start + (n + 1) * minute)
        in_transaction(lambda: service.hold(wanted, period, "Rendez-vous", f"appointment:{n}"))
        return "booked"

    results = at_once([lambda n=n: book(n) for n in range(20)])
    assert results == ["booked"] * 20


def test_unsorted_the_ring_closes_on_postgresql(people, at_once):
    """The same two acts, in opposite orders and without the verb: the server has to undo one of them."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: nothing can wait in a ring")
    meet = threading.Barrier(2)
    period = span("09:00", "10:00")

    def take(order):
        with db.engine.connect() as connection:
            for step, resource_id in enumerate(order):
                if step:
                    meet.wait(timeout=10)
                row = {"starts_at": period.start, "ends_at": period.end, "label": "", "reference": f"x:{order[0]}"}
                connection.execute(insert(Hold).values(resource_id=resource_id, **row))
            connection.commit()

    results = at_once([lambda: take([people.ines, people.marc]), lambda: take([people.marc, people.ines])])
    assert any(isinstance(result, OperationalError) and result.orig.sqlstate == "40P01" for result in results)


def test_moves_that_cross_end_with_one_refused_and_nothing_lost(people, at_once):
    morning, noon = span("09:00", "10:00"), span("10:00", "11:00")
    for reference, period in (("appointment:1", morning), ("appointment:2", noon)):
        in_transaction(lambda p=period, r=reference: service.hold([people.ines], p, "Rendez-vous", r))

    def move(reference, period):
        in_transaction(lambda: service.move(reference, [people.ines], period, "Rendez-vous"))

    results = at_once([lambda: move("appointment:1", noon), lambda: move("appointment:2", morning)])
    assert all(isinstance(result, AlreadyHeld) for result in results)
    assert held_count() == 2


def test_release_and_hold_at_once_never_leave_two(people, at_once):
    for n in range(ROUNDS):
        in_transaction(lambda n=n: service.hold([people.ines], span("09:00", "10:00"), "Rendez-vous", f"old:{n}"))

        def release(n=n):
            in_transaction(lambda: service.release(f"old:{n}"))

        def book(n=n):
            in_transaction(lambda: service.hold([people.ines], span("09:00", "10:00"), "Rendez-vous", f"new:{n}"))

        at_once([release, book, book])
        assert held_count() <= 1
        in_transaction(lambda: db.session.execute(delete(Hold)))
