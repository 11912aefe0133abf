"""The ways that people went, from how much help they needed at first to how much at last."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Autonomy
from reach.rules.autonomy import ORDER, Autonomies, ways

GUIDED, PARTLY, ALONE = Autonomy
CONTACTS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(0, 5), st.integers(1, 99)),
    max_size=25, unique_by=lambda row: row[3],
)  # fmt: skip
"""Who, how much help (0: not told), when, and the id of the record."""
PAIRS = st.tuples(st.sampled_from(Autonomy), st.sampled_from(Autonomy))


def test_less_help_is_growing_and_more_is_falling():
    found = Autonomies({(GUIDED, ALONE): 3, (PARTLY, ALONE): 2, (ALONE, PARTLY): 1, (PARTLY, PARTLY): 4}, {}, 0)
    assert (found.twice, found.grew, found.stayed, found.fell) == (10, 5, 4, 1)


def test_people_of_one_contact_and_of_none_that_tells_it_go_no_way():
    found = Autonomies({}, {GUIDED: 5}, 7)
    assert (found.twice, found.grew, found.stayed, found.fell) == (0, 0, 0, 0)


@given(st.dictionaries(PAIRS, st.integers(1, 50)))
def test_everybody_grew_stayed_or_fell(matrix):
    found = Autonomies(matrix, {}, 0)
    assert found.grew + found.stayed + found.fell == found.twice
    back = Autonomies({(last, first): people for (first, last), people in matrix.items()}, {}, 0)
    assert (back.grew, back.fell) == (found.fell, found.grew)


def gone(*contacts):
    columns = np.array(contacts, dtype=np.int64).reshape(-1, 4).T
    return ways(*columns)


def test_of_two_contacts_at_one_instant_the_earlier_record_is_first():
    assert gone((1, 1, 10, 7), (1, 3, 10, 8)).matrix == {(GUIDED, ALONE): 1}
    assert gone((1, 1, 10, 8), (1, 3, 10, 7)).matrix == {(ALONE, GUIDED): 1}


def test_nobody_goes_no_way():
    assert gone() == Autonomies({}, {}, 0)


@given(CONTACTS)
def test_ways_are_those_of_each_person_one_by_one(contacts):
    of_one = defaultdict(list)
    for person, need, _at, _record in sorted(contacts, key=lambda row: row[2:]):
        of_one[person] += [ORDER[need - 1]] if need else []
    found = gone(*contacts)
    assert found.matrix == Counter((way[0], way[-1]) for way in of_one.values() if len(way) > 1)
    assert found.once == Counter(way[0] for way in of_one.values() if len(way) == 1)
    assert found.untold == sum(not way for way in of_one.values())
