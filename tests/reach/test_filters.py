"""Filters in an address: read back as they were written, and never read as something wider."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import AgeBand, Channel
from people.models import Gender, Status
from reach.rules import periods
from reach.rules.dimensions import Dimension, chosen
from reach.rules.filters import CHOSEN, Filters, Priority, Side, UnreadableFilter, from_address
from reach.rules.periods import UnreadablePeriod

TODAY = date(2026, 3, 10)
ids = st.none() | st.integers(1, 2**31 - 1)


def maybe(kind):
    return st.none() | st.sampled_from(kind)


filters = st.builds(
    Filters, span=st.integers(2001, 2098).map(periods.year), side=st.sampled_from(Side), neighbourhood_id=ids,
    priority=maybe(Priority), commune_id=ids, structure_id=ids, venue_id=ids, mediator_id=ids, age_band=maybe(AgeBand),
    gender=maybe(Gender), status=maybe(Status), channel=maybe(Channel),
)  # fmt: skip


@given(filters)
def test_an_address_is_read_as_what_was_chosen(one):
    assert from_address(one.to_address(), today=TODAY) == one


def test_an_address_says_what_was_chosen_and_nothing_else():
    one = Filters(span=periods.quarter(2026, 1), side=Side.PLACE, neighbourhood_id=4, gender=Gender.FEMININE)
    assert one.to_address() == {"periode": "2026-T1", "cote": "lieu", "quartier": "4", "genre": "feminine"}


def test_without_a_period_it_is_the_month_of_today():
    assert from_address({}, today=TODAY) == Filters(span=periods.month(2026, 3))


def test_what_is_empty_is_not_chosen():
    assert from_address({"qpv": "", "lieu": "", "periode": ""}, today=TODAY) == Filters(span=periods.month(2026, 3))


@pytest.mark.parametrize(
    ("key", "text"),
    [("quartier", "4 ou 5"), ("quartier", "-1"), ("quartier", "²"), ("quartier", "99999999999"),
     ("quartier", "2147483648"), ("qpv", "yes"), ("age", "18"), ("cote", "ailleurs"), ("canal", "VENUE")],
)  # fmt: skip
def test_a_filter_that_can_not_be_read_is_refused_and_not_left_out(key, text):
    with pytest.raises(UnreadableFilter) as refused:
        from_address({key: text}, today=TODAY)
    assert refused.value.field == key


def test_a_period_that_can_not_be_read_is_refused():
    with pytest.raises(UnreadablePeriod):
        from_address({"periode": "hier"}, today=TODAY)


def test_the_period_before_keeps_what_was_chosen():
    one = Filters(span=periods.year(2026), venue_id=3)
    assert one.before == Filters(span=periods.year(2025), venue_id=3)


def test_the_side_alone_narrows_nothing():
    assert not Filters(span=periods.year(2026), side=Side.PLACE).narrowed
    assert Filters(span=periods.year(2026), channel=Channel.PHONE).narrowed


@given(filters)
def test_each_filter_is_a_value_of_one_dimension(one):
    assert len(chosen(one)) == sum(getattr(one, name) is not None for name in CHOSEN)
    assert one.narrowed == bool(chosen(one))


def test_a_neighbourhood_is_of_the_side_that_is_looked_from():
    residence = Filters(span=periods.year(2026), neighbourhood_id=4)
    place = Filters(span=periods.year(2026), neighbourhood_id=4, side=Side.PLACE)
    assert chosen(residence) == {Dimension.NEIGHBOURHOOD: 4}
    assert chosen(place) == {Dimension.PLACE_NEIGHBOURHOOD: 4}
