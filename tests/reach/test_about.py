"""What contacts were about, counted from columns: once a value, once in the total, and nothing of what filters drop."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Aspect, Equipment, Procedure, Referral, Theme
from reach.rules import about
from reach.rules.about import CODES, FIRST, KINDS, Told
from reach.rules.cube import NOBODY, Contacts

CONTACTS = st.lists(st.integers(0, 20), min_size=1, max_size=8)


def whole(*numbers):
    return np.array(numbers, dtype=np.int64)


def rows(record, heads):
    """Rows of contacts: heads of nobody where there are some."""
    person = [NOBODY if count else place + 1 for place, count in enumerate(heads)]
    return Contacts(
        record=whole(*record), person=whole(*person), heads=whole(*heads), minutes=whole(*[30] * len(record)),
        is_new=np.zeros(len(record), dtype=bool), codes={},
    )  # fmt: skip


def code(aspect, value):
    return FIRST[aspect] + list(KINDS[aspect]).index(value)


def test_a_person_is_one_contact_and_heads_are_as_many_as_they_are():
    assert about.contacts_of(rows([0, 0, 2, 2], [0, 0, 0, 7]), 4).tolist() == [2, 0, 8, 0]


def test_a_record_of_which_nothing_is_left_is_none():
    assert about.told(whole(2, 0, 8)) == Told(records=2, contacts=10)
    assert about.told(whole()) == Told()


def test_each_value_has_a_code_of_its_own():
    codes = [code(aspect, value) for aspect, kind in KINDS.items() for value in kind]
    assert codes == list(range(CODES))
    assert set(KINDS) == set(Aspect)


def test_values_that_are_called_alike_are_told_apart():
    twice = whole(code(Aspect.THEME, Theme.PROCEDURES), code(Aspect.REFERRAL, Referral.PROCEDURES))
    found = about.told_of(whole(3, 4), whole(0, 1), twice)
    assert about.values(found, Aspect.THEME, Theme) == {Theme.PROCEDURES: Told(1, 3)}
    assert about.values(found, Aspect.REFERRAL, Referral) == {Referral.PROCEDURES: Told(1, 4)}
    assert about.values(found, Aspect.PROCEDURE, Procedure) == {}


def test_values_come_in_the_order_of_their_enumeration():
    codes = whole(code(Aspect.EQUIPMENT, Equipment.NONE), code(Aspect.EQUIPMENT, Equipment.PHONE))
    found = about.values(about.told_of(whole(1), whole(0, 0), codes), Aspect.EQUIPMENT, Equipment)
    assert list(found) == [Equipment.PHONE, Equipment.NONE]


@given(CONTACTS, st.lists(st.tuples(st.integers(0, 7), st.integers(0, CODES - 1)), max_size=30, unique=True))
def test_counting_by_columns_is_counting_one_by_one(contacts, told):
    told = [(place, value) for place, value in told if place < len(contacts)]
    found = about.told_of(whole(*contacts), whole(*(place for place, _v in told)), whole(*(v for _p, v in told)))
    for value, one in enumerate(found):
        there = [contacts[place] for place, other in told if other == value and contacts[place]]
        assert one == Told(len(there), sum(there))
