"""Figures line by line: the page says what the query answers, and each line opens the view that keeps it."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine

from foundation.db import db, transaction
from people.models import Residence
from places.models import Neighbourhood
from reach.queries.split import split
from reach.rules.amounts import written
from reach.rules.dimensions import Dimension
from reach.rules.indicators import Unit
from reach.rules.lines import NAMES
from reach.rules.scope import TERRITORY, Scope
from tests.cast import NOW, TODAY, sign_in
from tests.counting import statements
from tests.reach.asking import of
from tests.reach.came import came
from tests.reach.dashboards import figures, head_of, page, rows, two_structures, words

LINK = re.compile(r'<th role="rowheader" scope="row"><a href="([^"]+)">(?:<bdi class="num">)?(.*?)(?:</bdi>)?</a>')
TOTAL = "Au total"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def by(client, cast, dimension, who="manager", **asked):
    return page(client, cast, who, f"/par/{NAMES[dimension]}", **asked)


def cells(now, before):
    """As the page writes them."""
    pairs = [
        (now.people, before.people, Unit.PEOPLE), (now.first_timers, before.first_timers, Unit.PEOPLE),
        (now.contacts, before.contacts, Unit.CONTACTS), (now.anonymous, before.anonymous, Unit.HEADS),
        (now.minutes / 60, before.minutes / 60, Unit.HOURS),
    ]  # fmt: skip
    return [f"{words(written(one, unit))} ({words(written(other, unit))})" for one, other, unit in pairs]


@pytest.mark.parametrize("dimension", Dimension)
def test_the_table_says_what_the_query_answers(cast, client, dimension):
    two_structures(cast)
    came(cast, 2, area="mills", residence=Residence.INSIDE)
    shown = rows(by(client, cast, dimension))
    found = split(of(), TERRITORY, dimension, TODAY)
    assert {name: line[:5] for name, line in shown.items() if name != TOTAL} == {
        row.words: cells(row.now, row.before) for row in found.rows
    }
    assert shown[TOTAL][:5] == cells(found.now.total, found.before.total)


def test_neighbourhoods_have_their_rate_and_the_year_of_their_population(cast, client):
    came(cast, 21, area="harbour")
    answer = by(client, cast, Dimension.NEIGHBOURHOOD)
    assert {name: line[5:] for name, line in rows(answer).items() if name != TOTAL} == {
        "Le Port": ["5,0", "4 200"], "Les Moulins": ["0,0", "2 600"],
    }  # fmt: skip
    assert '<th scope="col" class="sum">Habitants (2022)</th>' in answer.text, "once, where it is the same"
    with transaction():
        db.session.get_one(Neighbourhood, cast.ids["mills"]).population_year = 2020
    shown = rows(by(client, cast, Dimension.NEIGHBOURHOOD))
    assert [shown[name][6] for name in ("Le Port", "Les Moulins")] == ["4 200 (2022)", "2 600 (2020)"]


def test_who_lives_outside_has_no_rate(cast, client):
    came(cast, 2, residence=Residence.OUTSIDE)
    assert rows(by(client, cast, Dimension.NEIGHBOURHOOD))["Hors du territoire"][5:] == ["–", "–"]


@pytest.mark.parametrize(
    "dimension", [one for one in Dimension if one not in (Dimension.MONTH, Dimension.NEIGHBOURHOOD)]
)
def test_a_line_opens_the_view_that_counts_as_much(cast, client, dimension):
    two_structures(cast)
    answer = by(client, cast, dimension)
    shown, links = rows(answer), LINK.findall(answer.get_data(as_text=True))
    assert links or dimension in (Dimension.COMMUNE, Dimension.PLACE_NEIGHBOURHOOD)
    for url, name in links:
        opened = figures(client.get(unescape(url)))
        assert opened["contacts"] == tuple(shown[words(name)][2].rstrip(")").split(" ("))


def test_what_no_filter_can_keep_is_no_link(cast, client):
    came(cast, 1, residence=Residence.UNKNOWN)
    links = LINK.findall(by(client, cast, Dimension.NEIGHBOURHOOD).get_data(as_text=True))
    assert [name for _url, name in links] == ["Le Port", "Les Moulins"]


def test_a_month_opens_that_month(cast, client):
    two_structures(cast)
    links = LINK.findall(by(client, cast, Dimension.MONTH, periode="2026-T1").get_data(as_text=True))
    assert [url.partition("periode=")[2] for url, _name in links] == ["2026-01", "2026-02", "2026-03"]


def test_a_structure_sees_its_own_lines_only(cast, client):
    two_structures(cast)
    head_of(cast, "association")
    shown = rows(by(client, cast, Dimension.MEDIATOR))
    assert set(shown) == {"Yann Kerdoncuff", TOTAL}
    found = split(of(), Scope(structure_id=cast.ids["association"]), Dimension.MEDIATOR, TODAY)
    assert shown[TOTAL] == cells(found.now.total, found.before.total)
    assert by(client, cast, Dimension.STRUCTURE).status_code == 404


@pytest.mark.parametrize("dimension", [Dimension.VENUE, Dimension.CHANNEL, Dimension.GENDER])
def test_a_mediator_sees_their_own_lines_only(cast, client, dimension):
    two_structures(cast)
    shown = rows(by(client, cast, dimension, "other_mediator"))
    found = split(of(), Scope(mediator_id=cast.ids["other_mediator"]), dimension, TODAY)
    assert shown[TOTAL] == cells(found.now.total, found.before.total)
    assert found.now.total.contacts == 2


def test_without_anything_a_sentence_says_so(cast, client):
    answer = by(client, cast, Dimension.VENUE)
    assert "Rien n’a été noté sur ces deux périodes." in words(answer.get_data(as_text=True))
    assert "<picture" not in answer.get_data(as_text=True)


def test_there_is_no_such_split(cast, client):
    assert page(client, cast, path="/par/signe").status_code == 404


def test_more_lines_ask_no_more_of_the_database(cast, client):
    came(cast, 1)
    sign_in(client, cast.manager)
    by(client, cast, Dimension.AGE_BAND)
    with statements() as few:
        by(client, cast, Dimension.AGE_BAND)
    two_structures(cast)
    came(cast, 5, area="mills", venue="workshop", by="other_mediator")
    with statements() as many:
        by(client, cast, Dimension.AGE_BAND)
    assert len(many) == len(few)


def test_the_dashboard_asks_no_more_when_there_is_more(cast, client):
    came(cast, 1)
    page(client, cast)
    with statements() as few:
        page(client, cast)
    two_structures(cast)
    came(cast, 5, area="mills", venue="workshop", by="other_mediator")
    with statements() as many:
        page(client, cast)
    assert len(many) == len(few)
