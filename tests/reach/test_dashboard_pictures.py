"""The map and the charts as files: the figures of the same view, for the same reader, sent again only when changed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest
import time_machine

from activity.models import AgeBand
from people.models import Residence
from reach.queries.board import reached
from reach.queries.population import inhabited
from reach.queries.split import Row, Split, split
from reach.rules.dimensions import Dimension
from reach.rules.figures import Cube, Figures
from reach.rules.filters import Priority
from reach.rules.lines import NAMES
from reach.rules.periods import Span, quarter
from reach.rules.scope import TERRITORY
from reach.views.dashboard.charts import BARS_AT_MOST, chart_of
from reach.views.dashboard.mapped import asides, map_of
from tests.cast import NOW, TODAY
from tests.reach.asking import days, of
from tests.reach.came import came
from tests.reach.dashboards import head_of, page, two_structures, words

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def drawn(answer):
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    return ET.fromstring(answer.get_data(as_text=True))


def described(answer):
    return words(drawn(answer).find(f"{SVG}desc").text)


def mapped(**chosen):
    filters, known = of(**chosen), inhabited()
    return map_of(filters, reached(filters, TERRITORY, known), known)


@pytest.mark.parametrize("name", NAMES.values())
def test_each_split_has_its_chart_wide_and_narrow(cast, client, name):
    two_structures(cast)
    wide = drawn(page(client, cast, path=f"/graphique/{name}.svg"))
    narrow = drawn(page(client, cast, path=f"/graphique/{name}.svg", ecran="petit"))
    assert float(wide.get("width")) > float(narrow.get("width"))


def test_the_map_is_drawn_wide_and_narrow(cast, client):
    two_structures(cast)
    wide, narrow = (drawn(page(client, cast, path="/carte.svg", ecran=size)) for size in ("", "petit"))
    assert float(wide.get("width")) == 2 * float(narrow.get("width"))


def test_the_map_tells_the_rates_of_the_view(cast, client):
    came(cast, 21, area="harbour")
    came(cast, 13, area="mills", age=AgeBand.UNDER_12)
    assert "Les Moulins, 5,0" in described(page(client, cast, path="/carte.svg"))
    assert "Les Moulins, 0,0" in described(page(client, cast, path="/carte.svg", age="70_plus"))


def test_a_chart_tells_the_figures_of_the_reader_s_own_scope(cast, client):
    two_structures(cast)
    whole = described(page(client, cast, path="/graphique/canal.svg"))
    head_of(cast, "association")
    own = described(page(client, cast, path="/graphique/canal.svg"))
    assert ("1 barre" in own, "2 barres" in whole) == (True, True)


def test_an_unchanged_picture_is_not_sent_again(cast, client):
    two_structures(cast)
    first = page(client, cast, path="/carte.svg")
    tag = first.headers["ETag"]
    again = client.get("/equipe/portee/carte.svg", headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    came(cast, 30, area="mills")
    changed = client.get("/equipe/portee/carte.svg", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] == tag) == (200, False)


def test_nobody_on_the_way_keeps_a_picture(cast, client):
    answer = page(client, cast, path="/graphique/mois.svg")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/carte.svg", "/graphique/age.svg"])
@pytest.mark.parametrize("asked", [{"periode": "x"}, {"lieu": "99"}, {"du": "2026-01-01", "au": ""}])
def test_a_picture_of_a_view_that_can_not_be_read_is_refused(cast, client, path, asked):
    assert page(client, cast, path=path, **asked).status_code == 422


def test_the_pictures_of_a_page_carry_its_filters(cast, client):
    two_structures(cast)
    markup = page(client, cast, periode="2026-T1", age="70_plus").get_data(as_text=True)
    assert 'src="/equipe/portee/carte.svg?periode=2026-T1&amp;age=70_plus"' in markup
    assert 'srcset="/equipe/portee/carte.svg?ecran=petit&amp;periode=2026-T1&amp;age=70_plus"' in markup


def test_the_map_names_the_year_of_the_population(cast):
    assert "2022" in mapped().source


def test_an_area_that_the_filters_leave_out_has_no_rate_and_says_so(cast):
    came(cast, 21, area="harbour")
    port, mills = mapped(priority=Priority.YES).areas
    assert (port.value, bool(port.note), mills.value) == (None, True, 0.0)


def test_an_area_without_a_population_tells_its_people(cast):
    came(cast, 3, area="harbour")
    cast.harbour.population = None
    port, _mills = mapped().areas
    assert port.value is None
    assert "3" in port.note


def test_whom_the_map_does_not_show_is_always_told(cast):
    came(cast, 3, residence=Residence.UNKNOWN)
    known = inhabited()
    assert len(asides(reached(of(), TERRITORY, known))) == 1
    came(cast, 1, residence=Residence.OUTSIDE)
    located, beyond = asides(reached(of(), TERRITORY, known))
    assert "3" in located
    assert "4" in located
    assert beyond.startswith("1 ")


def test_a_chart_counts_people_where_people_are_known_and_contacts_elsewhere(cast):
    came(cast, 2, heads=7)
    ages = chart_of(of(), split(of(), TERRITORY, Dimension.AGE_BAND, TODAY))
    places = chart_of(of(), split(of(), TERRITORY, Dimension.VENUE, TODAY))
    assert sum(row.value for row in ages.rows) == 2
    assert sum(row.value for row in places.rows) == 9


def test_of_a_month_to_come_the_chart_has_the_one_before_and_no_zero(cast):
    came(cast, 2)
    came(cast, 3, at=NOW.replace(year=2025, month=12))
    year = chart_of(of(span=quarter(2026, 1)), split(of(span=quarter(2026, 1)), TERRITORY, Dimension.MONTH, TODAY))
    assert [row.value for row in year.rows] == [0, 0, 2]
    early = split(of(span=quarter(2026, 1)), TERRITORY, Dimension.MONTH, date(2026, 2, 1))
    assert [(row.value, row.before, row.note) for row in chart_of(of(span=quarter(2026, 1)), early).rows][1:] == [
        (0, 0, ""), (None, 3, "–"),
    ]  # fmt: skip


def rows_of(count):
    """Places, each with one contact more than the one before."""
    figures = [Figures(people=number, named_contacts=number) for number in range(1, count + 1)]
    return [Row(number, f"Lieu {number}", one, one, None) for number, one in enumerate(figures, 1)]


@pytest.mark.parametrize(("count", "left"), [(BARS_AT_MOST, 0), (BARS_AT_MOST + 3, 3)])
def test_of_many_lines_the_highest_are_drawn_in_their_order_and_the_others_counted(app, count, left):
    empty = Cube(Figures(), {Dimension.VENUE: {}})
    chart = chart_of(of(), Split(Dimension.VENUE, empty, empty, rows_of(count)))
    assert [row.label for row in chart.rows] == [f"Lieu {number}" for number in range(left + 1, count + 1)]
    assert [str(left) in aside for aside in chart.asides] == ([True] if left else [])


def test_months_are_never_cut_and_have_months_before_only_when_they_are_whole(cast):
    came(cast, 2)
    year = chart_of(of(span=quarter(2026, 1)), split(of(span=quarter(2026, 1)), TERRITORY, Dimension.MONTH, TODAY))
    assert (len(year.rows), bool(year.before)) == (3, True)
    span: Span = days(1, 20)
    cut = chart_of(of(span=span), split(of(span=span), TERRITORY, Dimension.MONTH, TODAY))
    assert (len(cut.rows), cut.before) == (1, "")
