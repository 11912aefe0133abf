"""The two maps of the page of blanks: what they draw, what they say beside it, and in the table."""

from __future__ import annotations

import pytest

from foundation import i18n
from foundation.db import db, transaction
from people.models import Residence
from places.models import Level, Neighbourhood, Venue
from reach.drawing.choropleth import description, table
from reach.queries.contacts import counted
from reach.queries.population import inhabited
from reach.queries.what_if import spot_of, what_if
from reach.rules.dimensions import Dimension
from reach.rules.scope import TERRITORY
from reach.views.blanks.maps import reached, with_opening
from tests.cast import TODAY
from tests.reach.asking import of
from tests.reach.came import came

pytestmark = pytest.mark.usefixtures("stopped_clock")
SATURDAY = 5


@pytest.fixture
def english(app):
    with app.test_request_context(), i18n.in_language("en"):
        yield


def changed(model, id_, **values):
    with transaction():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


def of_march():
    db.session.rollback()
    return reached(counted(of(), TERRITORY, [Dimension.NEIGHBOURHOOD]), inhabited(), "March 2026")


def of_saturday(key):
    db.session.rollback()
    return with_opening(what_if(spot_of(key, ""), SATURDAY, TODAY), inhabited())


def rows(choropleth):
    return {row[1]: row[2:4] for row in table(choropleth).rows}


def test_rates_are_drawn_with_the_blanks_named(cast, english):
    came(cast, 42)
    came(cast, 5, area="mills")
    assert rows(of_march()) == {
        "Le Port": ("no", "10.0"),
        "Les Moulins": ("yes", "1.9 (under half the rate of the territory)"),
    }


def test_a_neighbourhood_of_unknown_population_has_no_rate_and_says_why(cast, english):
    came(cast, 42)
    changed(Neighbourhood, cast.ids["mills"], population=None)
    assert rows(of_march())["Les Moulins"] == ("yes", "population not known")


def test_who_is_not_located_is_said_under_the_map(cast, english):
    came(cast, 3)
    came(cast, 1, residence=Residence.UNKNOWN)
    choropleth = of_march()
    assert list(choropleth.asides) == ["Neighbourhood not known: 25.0% of the people reached."]
    assert "25.0%" in description(choropleth)
    assert choropleth.source == "Sources: activity records; population 2022."


def test_of_nobody_no_share_is_said(cast, english):
    assert of_march().asides == []


def test_without_any_year_of_population_none_is_said(cast, english):
    for name in ("harbour", "mills"):
        changed(Neighbourhood, cast.ids[name], population=None, population_year=None)
    assert of_march().source == "Source: activity records."


def test_priority_neighbourhoods_of_their_own_layer_are_outlined(cast, english):
    assert of_march().outlines == []
    with transaction():
        harbour = db.session.get_one(Neighbourhood, cast.ids["harbour"])
        qpv = Neighbourhood(
            level=Level.QPV, code="QN1", name="Le Quai", is_priority=True, geometry=harbour.geometry,
            parent_id=harbour.id,
        )  # fmt: skip
        db.session.add(qpv)
    assert [one.name for one in of_march().outlines] == ["Le Quai"]


def test_distances_are_in_kilometres_and_the_new_opening_is_a_mark(cast, english):
    choropleth = of_saturday(f"lieu-{cast.ids['library']}")
    assert rows(choropleth) == {"Le Port": ("no", "0.0"), "Les Moulins": ("yes", "1.5")}
    assert [(one.name, one.longitude, one.latitude) for one in choropleth.places] == [
        ("Médiathèque du Port", -0.99, 48.01)
    ]
    assert choropleth.title == "Nearest opening on Saturday, with Médiathèque du Port"


def test_a_neighbourhood_whose_place_is_not_known_has_no_distance(cast, english):
    changed(Neighbourhood, cast.ids["mills"], latitude=None, longitude=None)
    assert rows(of_saturday(f"lieu-{cast.ids['library']}"))["Les Moulins"] == ("yes", "not known")


def test_what_is_open_that_day_is_marked_too(cast, english):
    db.session.rollback()
    choropleth = with_opening(what_if(spot_of(f"quartier-{cast.ids['mills']}", ""), 0, TODAY), inhabited())
    assert [one.name for one in choropleth.places] == ["Atelier des Moulins", "Médiathèque du Port", "Les Moulins"]
    assert db.session.get_one(Venue, cast.ids["library"]).active
