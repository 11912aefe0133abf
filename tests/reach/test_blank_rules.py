"""What counts as a blank: neighbourhoods against the territory, ages against their mean, and the words for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import AgeBand
from reach.rules.blanks import AGES, DEFINITIONS, TITLES, Blank, judged, seen_ages

towns = st.dictionaries(
    st.integers(1, 40),
    st.tuples(st.integers(0, 300), st.one_of(st.none(), st.integers(0, 5000))),
    min_size=1,
    max_size=10,
)


def split(town):
    return {one: pair[0] for one, pair in town.items()}, {one: pair[1] for one, pair in town.items()}


def test_a_neighbourhood_under_half_the_rate_is_a_blank_and_at_half_of_it_is_none():
    found = judged({1: 90, 2: 20, 3: 19, 4: 31}, {1: 1000, 2: 1000, 3: 1000, 4: 1000})
    assert found.territory == 40
    assert found.under == (3,)


def test_blanks_stand_lowest_first():
    found = judged({1: 300, 2: 4, 3: 1}, {1: 1000, 2: 500, 3: 500})
    assert found.under == (3, 2)
    assert found.rates == {1: 300, 2: 8, 3: 2}


def test_nobody_can_tell_where_the_population_is_not_known():
    found = judged({1: 50, 2: 1}, {1: 1000, 2: None, 3: 0})
    assert (found.unknown, found.under) == ((2, 3), ())
    assert found.territory == 50
    assert found.rates[2] is None


def test_a_neighbourhood_in_which_nobody_was_reached_is_a_blank_where_others_were():
    assert judged({1: 10}, {1: 1000, 2: 1000}).under == (2,)


@pytest.mark.parametrize("inhabitants", [{}, {1: None}, {1: 0, 2: None}])
def test_without_any_population_nothing_is_judged(inhabitants):
    found = judged({1: 5, 2: 9}, inhabitants)
    assert (found.territory, found.under) == (None, ())


def test_where_nobody_is_reached_at_all_nobody_is_behind():
    assert judged({}, {1: 1000, 2: 3000}).under == ()


@given(towns)
def test_every_neighbourhood_is_judged_once_and_by_multiplying_out(town):
    reached, inhabitants = split(town)
    found = judged(reached, inhabitants)
    known = [one for one, count in inhabitants.items() if count]
    people, living = sum(reached[one] for one in known), sum(inhabitants[one] for one in known)
    assert set(found.unknown) == set(town) - set(known)
    # Whole numbers, so that no rounding decides: a/b < p/q / 2 is 2 a q < p b.
    expected = {one for one in known if 2 * reached[one] * living < people * inhabitants[one]}
    close = {one for one in known if 2 * reached[one] * living == people * inhabitants[one]}
    assert expected <= set(found.under) <= expected | close


def test_ages_under_half_the_mean_of_the_bands_are_hardly_seen():
    """70 people in seven bands: ten on the mean, so that four are hardly any and five are not."""
    people = dict(zip(AGES, [4, 5, 6, 10, 15, 15, 15], strict=True))
    found = seen_ages(people)
    assert [one.band for one in found if one.hardly] == [AgeBand.UNDER_12]
    assert [one.people for one in found] == [4, 5, 6, 10, 15, 15, 15]
    assert found[0].share == 4 / 70


def test_people_of_unknown_age_are_in_no_share():
    found = seen_ages({AgeBand.FROM_70: 10, AgeBand.NOT_COMMUNICATED: 990})
    assert found[-1].share == 1
    assert [one.band for one in found] == list(AGES)
    assert [one.hardly for one in found] == [True] * 6 + [False]


def test_when_no_age_is_known_none_is_hardly_seen():
    found = seen_ages({AgeBand.NOT_COMMUNICATED: 12})
    assert not any(one.hardly for one in found)
    assert {one.share for one in found} == {None}


def test_each_kind_has_its_title_and_its_definition():
    assert list(TITLES) == list(DEFINITIONS) == list(Blank)
