"""Rates, shares, blanks, and how even a distribution is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.rules import rates

PEOPLE = {1: 4000, 2: 1000, 3: None, 4: 0}
counts = st.dictionaries(st.integers(1, 8), st.integers(0, 500), max_size=8)
inhabitants = st.dictionaries(st.integers(1, 8), st.none() | st.integers(0, 9000), max_size=8)


def test_people_reached_for_a_thousand_inhabitants():
    assert rates.per_thousand(42, 4200) == 10
    assert rates.per_thousand(0, 4200) == 0


@pytest.mark.parametrize("unknown", [None, 0])
def test_where_nobody_told_how_many_live_there_there_is_no_rate(unknown):
    assert rates.per_thousand(42, unknown) is None


def test_the_territory_has_the_rate_of_neighbourhoods_whose_population_is_known():
    assert rates.territory_rate({1: 40, 2: 10, 3: 500, 9: 7}, PEOPLE) == 10
    assert rates.territory_rate({3: 5}, {3: None}) is None


@given(counts, inhabitants)
def test_the_territorys_rate_is_the_weighted_mean_of_its_neighbourhoods(reached, living):
    known = {one: count for one, count in living.items() if count}
    each = {one: rates.per_thousand(reached.get(one, 0), count) for one, count in known.items()}
    expected = sum(each[one] * known[one] for one in known) / sum(known.values()) if known else None
    found = rates.territory_rate(reached, living)
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_share_of_nothing_is_none():
    assert rates.share(1, 4) == 0.25
    assert rates.share(0, 0) is None


@pytest.mark.parametrize(
    ("rate", "territory", "blank"),
    [(4.9, 10, True), (5.0, 10, False), (0, 10, True), (None, 10, False), (1, None, False), (0, 0, False)],
)
def test_a_blank_is_under_half_the_territorys_rate(rate, territory, blank):
    assert rates.is_blank(rate, territory) is blank


def test_an_age_is_hardly_seen_under_half_the_mean_of_all_ages():
    assert rates.is_hardly_seen(4, 100, bands=10)
    assert not rates.is_hardly_seen(5, 100, bands=10)
    assert not rates.is_hardly_seen(0, 0, bands=10)


def test_contacts_spread_as_inhabitants_are_even():
    assert rates.unevenness({1: 40, 2: 10, 3: 99}, PEOPLE) == 0


def test_contacts_all_in_the_smaller_neighbourhood_would_have_to_go_elsewhere():
    assert rates.unevenness({2: 10}, PEOPLE) == pytest.approx(0.8)


def test_without_contacts_or_inhabitants_nothing_is_even_or_uneven():
    assert rates.unevenness({}, PEOPLE) is None
    assert rates.unevenness({3: 5}, {3: None}) is None


@given(counts, inhabitants)
def test_unevenness_is_what_would_have_to_move(contacts, living):
    found = rates.unevenness(contacts, living)
    if found is None:
        return
    known = {one: count for one, count in living.items() if count}
    whole = sum(contacts.get(one, 0) for one in known)
    wanted = {one: whole * count / sum(known.values()) for one, count in known.items()}
    moved = sum(max(0, contacts.get(one, 0) - wanted[one]) for one in known)
    assert found == pytest.approx(moved / whole)
    assert 0 <= found < 1
