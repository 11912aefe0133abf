"""Numbers told in one piece by either database, and read back: all of them, the widest ids included."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer, literal, select, union_all
from sqlalchemy import column as named

from foundation.db import EPOCH, MICROSECOND, UtcDateTime, db, in_microseconds
from reach.queries.packed import bits, fetched, line, microseconds, parted, told, wide
from tests.reach.asking import ON_A_DATABASE

HIGHEST = 2**31 - 1
PAIRS = [(1, 2), (HIGHEST, HIGHEST), (None, 5), (7, 0)]
LAST = datetime(2099, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


@pytest.fixture
def source(app):
    rows = [select(literal(one, Integer).label("one"), literal(two, Integer).label("two")) for one, two in PAIRS]
    return union_all(*rows).subquery()


def test_two_ids_in_one_number_come_back(source):
    above, below = parted(db.session.scalar(select(told(wide(source.c.one, source.c.two)))))
    assert sorted(zip(above.tolist(), below.tolist(), strict=True)) == sorted((one or 0, two) for one, two in PAIRS)


def test_columns_of_one_select_come_in_one_order(source):
    columns = db.session.execute(select(told(wide(source.c.one)), told(wide(source.c.two)))).one()
    one, two = (parted(column)[0].tolist() for column in columns)
    assert sorted(zip(one, two, strict=True)) == sorted((one or 0, two) for one, two in PAIRS)


def test_nothing_is_told_of_no_row(source):
    assert db.session.scalar(select(told(wide(source.c.one))).where(named("two") < 0)).tolist() == []


def test_each_part_of_an_answer_comes_with_the_columns_it_has(source):
    whole, none = line(0, source.c.two, None, of=1), line(3, source.c.two).where(source.c.two < 0)
    found = fetched(none, whole)
    assert {key: [column.tolist() for column in columns] for key, columns in found.items()} == {
        (0, 1): [[2, HIGHEST, 5, 0], [], [], [], []], (3, 0): [[], [], [], [], []],
    }  # fmt: skip


@given(st.lists(st.integers(0, in_microseconds(LAST)), min_size=1, max_size=50))
@ON_A_DATABASE
def test_an_instant_is_told_to_the_microsecond(app, drawn):
    instants = [EPOCH + one * MICROSECOND for one in (*drawn, in_microseconds(LAST))]
    source = union_all(*(select(literal(one, UtcDateTime()).label("at")) for one in instants)).subquery()
    found = db.session.scalar(select(told(microseconds(source.c.at))))
    assert sorted(found.tolist()) == sorted(map(in_microseconds, instants))


def test_bits_are_taken_from_the_end():
    numbers = np.array([45])
    assert bits(numbers, 0, 3).tolist() == [5]
    assert bits(numbers, 3, 3).tolist() == [5]
