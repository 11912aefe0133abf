"""The gap between neighbourhoods: how far the contacts are from the inhabitants, and where it lies."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.rules.equity import equity

towns = st.dictionaries(
    st.integers(1, 60),
    st.tuples(st.integers(0, 500), st.one_of(st.none(), st.integers(0, 9000))),
    min_size=1,
    max_size=12,
)
"""Neighbourhood → its contacts, and its inhabitants where they are known."""


def split(town):
    return {one: pair[0] for one, pair in town.items()}, {one: pair[1] for one, pair in town.items()}


def of(town):
    return equity(*split(town))


def moved(town):
    """The contacts above their share, one neighbourhood at a time and in fractions: they would have to go elsewhere."""
    known = [(contacts, people) for contacts, people in town.values() if people]
    contacts, people = (sum(column) for column in zip(*known, strict=True)) if known else (0, 0)
    if not contacts or not people:
        return None
    due = [(here, Fraction(contacts * living, people)) for here, living in known]
    return sum((here - share for here, share in due if here > share), Fraction(0)) / contacts


def test_contacts_in_proportion_to_inhabitants_are_even():
    found = of({1: (40, 4000), 2: (10, 1000), 3: (25, 2500)})
    assert (found.index, found.to_move) == (0, 0)
    assert [gap.points for gap in found.gaps] == [0, 0, 0]


def test_all_contacts_in_one_of_two_equal_halves_are_half_uneven():
    found = of({1: (100, 500), 2: (0, 500)})
    assert (found.index, found.to_move) == (0.5, 50)
    assert [(gap.neighbourhood_id, gap.points) for gap in found.gaps] == [(2, -0.5), (1, 0.5)]


def test_an_example_reckoned_by_hand():
    """Shares of contacts 70, 20 and 10 %, of inhabitants 50, 25 and 25 %: 20 % of the contacts are too many in 1."""
    found = of({1: (70, 2000), 2: (20, 1000), 3: (10, 1000)})
    assert found.index == pytest.approx(0.2)
    assert found.to_move == 20
    assert [gap.neighbourhood_id for gap in found.gaps] == [3, 2, 1]


def test_contacts_of_unknown_populations_are_told_apart_and_change_nothing():
    plain = of({1: (70, 2000), 2: (30, 2000)})
    found = of({1: (70, 2000), 2: (30, 2000), 3: (45, None), 4: (5, 0)})
    assert (found.index, found.gaps) == (plain.index, plain.gaps)
    assert (plain.unpeopled, found.unpeopled, found.compared) == (0, 50, 100)


@pytest.mark.parametrize("town", [{1: (0, 500), 2: (0, 500)}, {1: (9, None)}, {1: (9, 0), 2: (3, None)}])
def test_without_contacts_or_inhabitants_to_compare_there_is_no_index(town):
    found = of(town)
    assert (found.index, found.to_move, found.gaps) == (None, None, ())


def test_contacts_whose_neighbourhood_is_no_longer_in_the_list_are_in_no_share():
    assert equity({1: 5, 2: 5, 99: 1000}, {1: 100, 2: 100}).index == 0


@given(towns)
def test_it_is_the_part_of_contacts_that_would_have_to_move(town):
    expected = moved(town)
    found = of(town).index
    assert found is None if expected is None else found == pytest.approx(float(expected))


@given(towns)
def test_it_lies_from_0_to_less_than_1_and_the_gaps_cancel_out(town):
    found = of(town)
    if found.index is not None:
        assert 0 <= found.index < 1
        assert sum(gap.points for gap in found.gaps) == pytest.approx(0, abs=1e-9)
        assert sum(abs(gap.points) for gap in found.gaps) / 2 == pytest.approx(found.index)


@given(towns, st.randoms(use_true_random=False))
def test_order_does_not_matter(town, random):
    lines = list(town.items())
    random.shuffle(lines)
    found, again = of(town), of(dict(lines))
    assert found.gaps == again.gaps
    assert (found.index is None) == (again.index is None)
    assert found.index == pytest.approx(again.index)


@given(towns, st.integers(2, 9))
def test_as_many_times_the_contacts_everywhere_are_as_uneven(town, times):
    more = {one: (contacts * times, people) for one, (contacts, people) in town.items()}
    assert of(more).index == pytest.approx(of(town).index)


@given(towns)
def test_cutting_a_neighbourhood_in_two_like_halves_changes_nothing(town):
    halves = {}
    for one, (contacts, people) in town.items():
        for half in (one, one + 1000):
            halves[half] = (contacts, people)
    assert of(halves).index == pytest.approx(of(town).index)


def test_a_contact_that_goes_where_too_few_are_makes_it_more_even():
    before = of({1: (60, 1000), 2: (40, 1000)}).index
    assert of({1: (59, 1000), 2: (41, 1000)}).index < before
    assert of({1: (61, 1000), 2: (39, 1000)}).index > before
