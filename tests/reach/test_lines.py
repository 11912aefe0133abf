"""By what a scope may split its figures, and the address that keeps one line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import AgeBand
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.filters import Filters, Priority, Side, from_address
from reach.rules.lines import FIELDS, NAMES, OF_PEOPLE, always, is_to_come, kept, open_to
from reach.rules.periods import Span, month
from reach.rules.scope import TERRITORY, Scope
from tests.reach.asking import MARCH, of

TODAY = date(2026, 3, 10)


def test_each_dimension_has_its_own_name_and_a_filter_that_keeps_a_line():
    assert set(NAMES) == set(FIELDS) == set(LABELS) == set(Dimension)
    assert len(set(NAMES.values())) == len(Dimension)
    assert set(Dimension) > OF_PEOPLE


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 800), st.integers(-500, 500))
def test_months_stand_in_order_without_a_hole_and_those_to_come_are_last(first, length, off):
    span, today = Span(first, first + timedelta(days=length)), first + timedelta(days=off)
    months = always(Dimension.MONTH, of(span))
    assert months == sorted(set(months))
    assert (months[0], months[-1]) == (f"{span.first:%Y-%m}", f"{span.last:%Y-%m}")
    to_come = [is_to_come(Dimension.MONTH, one, today) for one in months]
    assert to_come == sorted(to_come)
    assert not to_come[0] if today >= span.first else any(to_come) or f"{today:%Y-%m}" >= months[-1]
    assert (f"{today:%Y-%m}" in months) <= (not is_to_come(Dimension.MONTH, f"{today:%Y-%m}", today))


@pytest.mark.parametrize("dimension", [one for one in Dimension if one not in (Dimension.MONTH, Dimension.AGE_BAND)])
def test_other_lines_stand_where_somebody_is_and_are_never_to_come(dimension):
    assert always(dimension, of(MARCH)) == []
    assert not is_to_come(dimension, "9999-12", TODAY)


def test_the_whole_territory_is_split_by_everything():
    assert open_to(TERRITORY) == list(Dimension)


def test_a_structure_is_not_split_by_structures():
    assert set(Dimension) - set(open_to(Scope(structure_id=3))) == {Dimension.STRUCTURE}


def test_a_mediator_sees_no_line_of_somebody_else():
    closed = set(Dimension) - set(open_to(Scope(mediator_id=3)))
    assert closed == {Dimension.STRUCTURE, Dimension.MEDIATOR}


@pytest.mark.parametrize(
    ("dimension", "value", "wanted"),
    [
        (Dimension.NEIGHBOURHOOD, "7", of(neighbourhood_id=7)),
        (Dimension.PLACE_NEIGHBOURHOOD, "7", of(neighbourhood_id=7, side=Side.PLACE)),
        (Dimension.PRIORITY, "inconnu", of(priority=Priority.UNKNOWN)),
        (Dimension.COMMUNE, "2", of(commune_id=2)),
        (Dimension.STRUCTURE, "2", of(structure_id=2)),
        (Dimension.VENUE, "2", of(venue_id=2)),
        (Dimension.MEDIATOR, "2", of(mediator_id=2)),
        (Dimension.AGE_BAND, "12_17", of(age_band=AgeBand.FROM_12_TO_17)),
        (Dimension.MONTH, "2026-02", of(span=month(2026, 2))),
    ],
)
def test_the_address_of_a_line_keeps_it_alone(dimension, value, wanted):
    assert from_address(kept(of(), dimension, value), today=TODAY) == wanted


def test_what_was_chosen_stays_chosen():
    chosen = of(venue_id=4, priority=Priority.YES)
    address = kept(chosen, Dimension.NEIGHBOURHOOD, "7")
    assert from_address(address, today=TODAY) == of(venue_id=4, priority=Priority.YES, neighbourhood_id=7)


@pytest.mark.parametrize("chosen", [{"priority": Priority.NO}, {"commune_id": 1}])
@pytest.mark.parametrize(
    ("side", "dimension"),
    [(Side.PLACE, Dimension.NEIGHBOURHOOD), (Side.RESIDENCE, Dimension.PLACE_NEIGHBOURHOOD)],
)
def test_a_priority_neighbourhood_or_commune_of_the_other_side_can_not_be_kept_beside(chosen, side, dimension):
    assert kept(Filters(span=MARCH, side=side, **chosen), dimension, "7") is None
