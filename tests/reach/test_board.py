"""The dashboard's figures are those of the queries, put together; those against inhabitants are made of them."""

from __future__ import annotations

import pytest

from activity.models import AgeBand, Channel
from people.models import Residence
from reach.queries.appointments import appointments
from reach.queries.board import VALUES, board, lives_within, reached
from reach.queries.contacts import counted
from reach.queries.followed import followed
from reach.queries.kits import kits
from reach.queries.population import inhabited
from reach.queries.progress import progress
from reach.queries.satisfaction import satisfaction
from reach.queries.sessions import sessions
from reach.queries.topics import topics
from reach.queries.vouchers import vouchers
from reach.rules.dimensions import Dimension
from reach.rules.filters import Priority, Side
from reach.rules.indicators import INDICATORS
from reach.rules.scope import TERRITORY, Scope
from tests.counting import statements
from tests.reach.asking import asked, of
from tests.reach.came import came
from tests.reach.dashboards import met, two_structures

LISTS = {"themes", "procedures", "referrals"}


def values(scope=TERRITORY, **chosen):
    return {key: now for key, (now, _before) in asked(board, scope, **chosen).values.items()}


def test_each_indicator_has_a_figure_or_is_a_list():
    assert set(VALUES) | LISTS == set(INDICATORS)
    assert not set(VALUES) & LISTS


def test_an_empty_town_has_zeros_and_no_shares(app):
    found = values()
    assert {key for key, value in found.items() if value is None} == {
        "rate", "not_located", "unevenness", "waiting", "fill", "progress", "still_used", "satisfaction", "autonomy",
    }  # fmt: skip
    assert {value for value in found.values() if value is not None} == {0}


@pytest.mark.parametrize("chosen", [{}, {"channel": Channel.VENUE}, {"age_band": AgeBand.FROM_70}])
def test_each_part_is_what_its_query_answers_of_the_period_and_of_the_one_before(cast, chosen):
    two_structures(cast)
    filters = of(**chosen)
    found = asked(board, **chosen)
    for part, period in ((found.now, filters), (found.before, filters.before)):
        by_month = [Dimension.MONTH] if part is found.now else []
        assert part.contacts == counted(period, TERRITORY, [Dimension.NEIGHBOURHOOD, *by_month])
        assert part.appointments == appointments(period, TERRITORY)
        assert part.sessions == sessions(period, TERRITORY)
        assert part.kits == kits(period, TERRITORY)
        assert part.vouchers == vouchers(period, TERRITORY)
        assert part.topics == topics(period, TERRITORY)
        assert part.satisfaction == satisfaction(period, TERRITORY)
        assert part.followed == followed(period, TERRITORY)
        assert part.progress == progress(period, TERRITORY)


def test_a_scope_holds_for_all_parts(cast):
    two_structures(cast)
    whole, town, association = (
        values(scope)
        for scope in (TERRITORY, Scope(structure_id=cast.ids["town"]), Scope(structure_id=cast.ids["association"]))
    )
    assert (town["people"], town["contacts"], town["hours"]) == (1, 7, 2)
    assert (association["people"], association["contacts"], association["hours"]) == (2, 2, 1.5)
    assert (whole["people"], whole["contacts"], whole["hours"]) == (2, 9, 3.5)


def test_the_rate_is_of_those_located_against_all_inhabitants(cast):
    came(cast, 34, area="harbour")
    came(cast, 5, residence=Residence.UNKNOWN)
    came(cast, 1, residence=Residence.OUTSIDE)
    found = values()
    assert found["rate"] == pytest.approx(1000 * 34 / (4200 + 2600))
    assert found["not_located"] == pytest.approx(5 / 40)
    assert found["unevenness"] == pytest.approx((1 - 4200 / 6800 + 2600 / 6800) / 2)


def test_a_rate_of_chosen_neighbourhoods_is_against_their_own_inhabitants(cast):
    came(cast, 34, area="harbour")
    came(cast, 13, area="mills")
    assert values(neighbourhood_id=cast.ids["mills"])["rate"] == pytest.approx(1000 * 13 / 2600)
    assert values(priority=Priority.NO)["rate"] == pytest.approx(1000 * 34 / 4200)
    assert values(neighbourhood_id=cast.ids["mills"])["unevenness"] is None


def test_where_people_were_received_leaves_all_neighbourhoods_to_live_in(cast):
    met(cast, venue_id=cast.ids["workshop"])
    found = values(neighbourhood_id=cast.ids["mills"], side=Side.PLACE)
    assert found["rate"] == pytest.approx(1000 / 6800)


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, ["Le Port", "Les Moulins"]),
        ({"priority": Priority.YES}, ["Les Moulins"]),
        ({"priority": Priority.NO}, ["Le Port"]),
        ({"priority": Priority.UNKNOWN}, []),
        ({"priority": Priority.YES, "side": Side.PLACE}, ["Le Port", "Les Moulins"]),
        ({"commune_id": 999}, []),
    ],
)
def test_which_neighbourhoods_the_filters_leave(cast, chosen, names):
    filters = of(**chosen)
    assert [one.name for one in inhabited().areas if lives_within(filters, one)] == names


def test_where_nobody_was_counted_there_is_no_rate(cast):
    came(cast, 13, area="mills")
    known = inhabited()
    shown = reached(of(commune_id=999), TERRITORY, known)
    assert (shown.areas, shown.rate) == ([], None)


def test_more_records_are_no_more_statements(cast):
    came(cast, 2)
    with statements() as few:
        board(of(), TERRITORY)
    for number in range(6):
        came(cast, 3, area="mills" if number % 2 else "harbour", heads=number, by="other_mediator")
    two_structures(cast)
    with statements() as many:
        board(of(), TERRITORY)
    assert len(many) == len(few)
