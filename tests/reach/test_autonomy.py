"""The ways that people went, from how much help they needed at first to how much at last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from activity.models import Autonomy
from reach.rules.autonomy import Autonomies

GUIDED, PARTLY, ALONE = Autonomy
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
