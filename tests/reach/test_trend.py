"""The months up to a period, beside its figures: which ones, and that page, table and chart say the same."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Channel
from reach.queries.board import board
from reach.queries.contacts import counted
from reach.queries.trend import shown, trend, trend_from
from reach.rules.filters import Filters
from reach.rules.periods import Span, month, quarter, year
from reach.rules.scope import TERRITORY, Scope
from reach.rules.stepping import year_up_to
from reach.views.dashboard.charts import trend_of
from tests.cast import NOW
from tests.reach.asking import PARIS, of
from tests.reach.came import came
from tests.reach.dashboards import CELL, ROW, figures, head_of, page, two_structures, words

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def of_months(first, last):
    return Span(first.first, last.last)


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (month(2026, 3), of_months(month(2025, 4), month(2026, 3))),
        (month(2025, 12), year(2025)),
        (month(2025, 1), of_months(month(2024, 2), month(2025, 1))),
        (year(2026), of_months(month(2025, 4), month(2026, 3))),
        (quarter(2025, 4), year(2025)),
        (Span(date(2026, 3, 10), date(2026, 4, 2)), of_months(month(2025, 4), month(2026, 3))),
        (month(2026, 4), None),
        (Span(date(2026, 3, 11), date(2026, 3, 11)), None),
        (month(2000, 11), None),
        (month(2000, 12), year(2000)),
    ],
)
def test_which_months_lead_up_to_a_period(span, wanted):
    assert year_up_to(span, TODAY) == wanted


@given(DAYS, DAYS, DAYS)
def test_they_are_twelve_whole_months_of_which_the_last_has_begun(one, other, today):
    span = Span(min(one, other), max(one, other))
    found = year_up_to(span, today)
    if found is None:
        assert span.first > today or min(span.last, today) < date(2000, 12, 1)
    else:
        assert found.whole_months == 12
        assert found.months[-1].first <= min(span.last, today) <= found.last


def at(year_, month_):
    return datetime(year_, month_, 5, 12, tzinfo=PARIS)


def some_months(cast):
    """Two people a year ago, none in between, three in February, one and two heads this month."""
    came(cast, 5, at=at(2025, 3))
    came(cast, 2, at=at(2025, 4))
    came(cast, 3, at=at(2026, 2), by="other_mediator")
    came(cast, 1, at=at(2026, 3), heads=2)


@pytest.mark.parametrize("chosen", [{}, {"channel": Channel.PHONE}, {"span": month(2026, 2)}])
def test_each_month_has_the_figures_of_its_own_page(cast, chosen):
    some_months(cast)
    for scope in (TERRITORY, Scope(mediator_id=cast.ids["other_mediator"])):
        found = trend(of(**chosen), scope, TODAY)
        alone = [
            counted(Filters(span=one, channel=chosen.get("channel")), scope).total for one in found.filters.span.months
        ]
        assert [figures for _words, figures in found.rows] == alone


@pytest.mark.parametrize("span", [month(2026, 3), month(2026, 2), year(2026)])
def test_a_dashboard_counts_the_months_along_with_its_own_period(cast, span):
    some_months(cast)
    asked = of(span=span)
    along = shown(asked, TODAY)
    alone, beside = trend(asked, TERRITORY, TODAY), board(asked, TERRITORY, along)
    assert trend_from(along, beside.months, TODAY) == alone
    assert beside.now == board(asked, TERRITORY).now


def test_a_year_that_is_counted_by_month_is_not_counted_again(cast):
    some_months(cast)
    whole = of(span=year_up_to(month(2026, 3), TODAY))
    found = board(whole, TERRITORY, shown(whole, TODAY))
    assert found.months is found.now.contacts


def test_a_month_without_anything_stands_there_all_the_same(cast):
    some_months(cast)
    people = [(said, one.people) for said, one in trend(of(), TERRITORY, TODAY).rows]
    assert len(people) == 12
    assert (people[0], people[1][1], people[-2:]) == (("avril 2025", 2), 0, [("février 2026", 3), ("mars 2026", 1)])


def test_that_the_last_month_is_not_over_is_said_on_the_chart(cast):
    for span, said in ((month(2026, 3), True), (month(2026, 2), False), (year(2026), True)):
        found = trend(of(span=span), TERRITORY, TODAY)
        assert (found.goes_on, bool(trend_of(found).asides)) == (said, said)


def test_the_chart_has_its_table_beside_it(cast, client):
    some_months(cast)
    answer = page(client, cast)
    table = answer.get_data(as_text=True).partition('id="tendance"')[2].partition("</table>")[0]
    rows = [[words(name), *map(words, CELL.findall(cells))] for name, cells in ROW.findall(table)]
    assert (rows[-2], rows[-1]) == (["février 2026", "3", "3", "3"], ["mars 2026", "1", "1", "3"])
    assert rows[-1][1] == figures(answer)["people"][0]
    drawn = client.get("/equipe/portee/tendance.svg?periode=2026-03").get_data(as_text=True)
    said = words(drawn)
    assert "mars 2026" in said
    assert re.search(r"Le dernier mois n’est pas terminé", said)


def test_each_scope_has_its_own_months(cast, client):
    two_structures(cast)
    whole = page(client, cast, path="/tendance.svg").get_data(as_text=True)
    head_of(cast, "town")
    own = page(client, cast, path="/tendance.svg").get_data(as_text=True)
    assert whole != own
    foreign = page(client, cast, path="/tendance.svg", structure=cast.ids["association"])
    assert foreign.status_code == 422


def test_of_days_to_come_there_is_neither_chart_nor_figure(cast, client):
    answer = page(client, cast, periode="2026-04")
    assert figures(answer) == {}
    assert "<picture" not in answer.get_data(as_text=True)
    assert "Ce mois-ci" in words(answer.get_data(as_text=True))
    assert page(client, cast, path="/tendance.svg", periode="2026-04").status_code == 404


def test_a_view_says_what_narrows_it(cast, client):
    asked = {"age": "70_plus", "quartier": cast.ids["mills"], "canal": "phone"}
    said = words(page(client, cast, **asked).get_data(as_text=True))
    assert "Quartier : Les Moulins · Âge : 70 ans et plus · Canal : Par téléphone Sans filtre" in said
    assert "Les quartiers sont ceux" not in said.partition("Sans filtre")[0]
    by_place = words(page(client, cast, **asked, cote="lieu").get_data(as_text=True)).partition("Sans filtre")[0]
    assert "Les quartiers sont ceux" in by_place
    assert "Sans filtre" not in words(page(client, cast, cote="lieu").get_data(as_text=True))


def test_a_figure_at_a_glance_says_that_it_is_not_narrowed(cast, client):
    told = "Tout : filtres sans effet (âge)."
    assert told in words(page(client, cast, age="70_plus").get_data(as_text=True))
    assert told not in words(page(client, cast, canal="phone").get_data(as_text=True))


def test_of_nobody_there_is_nothing_to_draw(cast, client):
    came(cast, 0, heads=3)
    answer = page(client, cast)
    assert "<picture" not in answer.get_data(as_text=True)
    assert "il n’y a rien à dessiner" in words(answer.get_data(as_text=True))
    assert "Sans quartier connu : 0 des 0 personnes" in words(answer.get_data(as_text=True))
    assert figures(answer)["contacts"][0] == "3"


def test_who_came_before_is_drawn_month_by_month_without_a_map(cast, client):
    came(cast, 3, at=at(2026, 1))
    markup = page(client, cast).get_data(as_text=True)
    assert ("tendance.svg" in markup, "carte.svg" in markup) == (True, False)
