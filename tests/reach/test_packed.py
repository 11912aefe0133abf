"""Numbers told as text by either database, and read back: all of them, the widest ids included."""

from __future__ import annotations

import pytest
from sqlalchemy import Integer, literal, select, union_all
from sqlalchemy import column as named

from foundation.db import db
from reach.queries.packed import bits, numbers, parted, told, wide

HIGHEST = 2**31 - 1
PAIRS = [(1, 2), (HIGHEST, HIGHEST), (None, 5), (7, 0)]


@pytest.fixture
def source(app):
    rows = [select(literal(one, Integer).label("one"), literal(two, Integer).label("two")) for one, two in PAIRS]
    return union_all(*rows).subquery()


def test_two_ids_in_one_number_come_back(source):
    text = db.session.scalar(select(told(wide(source.c.one, source.c.two))))
    above, below = parted(numbers(text))
    assert sorted(zip(above.tolist(), below.tolist(), strict=True)) == sorted((one or 0, two) for one, two in PAIRS)


def test_columns_of_one_select_come_in_one_order(source):
    texts = db.session.execute(select(told(wide(source.c.one)), told(wide(source.c.two)))).one()
    one, two = (parted(numbers(text))[0].tolist() for text in texts)
    assert sorted(zip(one, two, strict=True)) == sorted((one or 0, two) for one, two in PAIRS)


def test_nothing_is_told_of_no_row(source):
    text = db.session.scalar(select(told(wide(source.c.one))).where(named("two") < 0))
    assert text is None
    assert numbers(text).tolist() == []


def test_bits_are_taken_from_the_end():
    assert bits(numbers("45"), 0, 3).tolist() == [5]
    assert bits(numbers("45"), 3, 3).tolist() == [5]
