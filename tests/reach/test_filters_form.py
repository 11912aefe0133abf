"""The filters in an address: there and back, and what is wrong with one that nobody can read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from activity.models import AgeBand, Channel
from people.models import Gender, Status
from reach.forms.filters import ANY, FiltersForm
from reach.queries.choices import Choices, choices
from reach.rules import periods
from reach.rules.filters import Filters, Priority, Side, from_address
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY, Scope
from tests.reach.asking import MARCH, ON_A_DATABASE

TODAY = date(2026, 3, 10)
OFFERED = Choices(
    neighbourhoods=[(1, "Le Port"), (2, "Les Moulins")], communes=[(1, "Rives")],
    structures=[(1, "Ville"), (2, "Clics")], venues=[(1, "Médiathèque"), (2, "Atelier")],
    mediators=[(1, "Salima"), (2, "Yann")],
)  # fmt: skip


def form(offered=OFFERED, span=MARCH, **asked):
    return FiltersForm(MultiDict(asked), offered, span)


def wrong(**asked):
    """Field → what is wrong with it."""
    found = form(**asked)
    assert not found.validate()
    return {field.name: sentence for field, sentence in found.faults()}


def maybe(values):
    return st.none() | st.sampled_from(list(values))


FILTERS = st.builds(
    Filters,
    span=st.builds(
        lambda first, days: Span(first, date.fromordinal(first.toordinal() + days)),
        st.dates(date(2001, 1, 1), date(2095, 1, 1)), st.integers(0, 800),
    ),
    side=st.sampled_from(Side), neighbourhood_id=maybe([1, 2]), priority=maybe(Priority), commune_id=maybe([1]),
    structure_id=maybe([1, 2]), venue_id=maybe([1, 2]), mediator_id=maybe([1, 2]), age_band=maybe(AgeBand),
    gender=maybe(Gender), status=maybe(Status), channel=maybe(Channel),
)  # fmt: skip


@ON_A_DATABASE
@given(wanted=FILTERS)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_chosen_comes_back_from_its_address(app, wanted):
    with app.test_request_context():
        found = form(span=wanted.span, **wanted.to_address())
        assert found.validate(), found.faults()
        address = {"periode": periods.written(found.span), **found.chosen()}
        assert from_address(address, today=TODAY) == wanted


@pytest.fixture
def asking(app):
    with app.test_request_context():
        yield


def test_an_address_that_asks_for_nothing_is_all_of_the_period_at_hand(asking):
    found = form()
    assert found.validate()
    assert (found.span, found.chosen()) == (MARCH, {"cote": "domicile"})


def test_days_that_are_written_win_over_the_period_at_hand(asking):
    found = form(du="2026-01-02", au="2026-01-09")
    assert found.validate()
    assert found.span == Span(date(2026, 1, 2), date(2026, 1, 9))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"du": "2026-02-30", "au": "2026-03-01"}, "du"),
        ({"du": "hier", "au": "2026-03-01"}, "du"),
        ({"du": "1812-03-01", "au": "2026-03-01"}, "du"),
        ({"du": "2026-03-02", "au": "2026-03-01"}, "au"),
        ({"du": "2026-03-02", "au": ""}, "au"),
        ({"du": "", "au": "2026-03-02"}, "du"),
    ],
)
def test_days_that_are_none_or_run_backwards_are_told_beside_them(asking, asked, field):
    assert list(wrong(**asked)) == [field]


def test_what_was_typed_stays(asking):
    found = form(du="2026-02-30", au="2026-03-01", age="12_17")
    assert not found.validate()
    assert 'value="2026-02-30"' in found.du()
    assert '<option selected value="12_17">' in found.age()


@pytest.mark.parametrize("key", [*ANY, "cote"])
@pytest.mark.parametrize("value", ["99", "-1", "1 OR 1=1", "2147483648", "9" * 400, "<b>"])
def test_a_forged_value_is_refused_beside_its_field(asking, key, value):
    assert list(wrong(**{key: value})) == [key]


def test_a_form_that_is_not_valid_has_no_days(asking):
    found = form(du="", au="")
    assert not found.validate()
    with pytest.raises(ValueError, match="not valid"):
        _ = found.span


def test_where_there_is_one_thing_to_choose_nothing_is_asked(asking):
    found = form()
    found.validate()
    assert not found.shown("commune")
    assert found.shown("quartier")


def test_what_is_wrong_is_shown_even_so(asking):
    found = form(commune="7")
    found.validate()
    assert found.shown("commune")


def test_the_territory_offers_all_mediators_and_structures(cast):
    found = choices(TERRITORY)
    assert [name for _id, name in found.mediators] == ["Salima Benali", "Yann Kerdoncuff"]
    assert [name for _id, name in found.structures] == ["Les Clics solidaires", "Ville de Rives-sur-Aure"]
    assert [name for _id, name in found.neighbourhoods] == ["Le Port", "Les Moulins"]
    assert len(found.venues) == 2


def test_a_structure_is_offered_its_own_and_a_mediator_nobody_else(cast):
    association = choices(Scope(structure_id=cast.ids["association"]))
    assert [name for _id, name in association.mediators] == ["Yann Kerdoncuff"]
    assert [name for _id, name in association.structures] == ["Les Clics solidaires"]
    own = choices(Scope(mediator_id=cast.ids["mediator"]))
    assert ([name for _id, name in own.mediators], own.structures) == (["Salima Benali"], [])
