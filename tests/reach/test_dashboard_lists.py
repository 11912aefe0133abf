"""Figures lead to the records behind them, only where a list shows just these; and to files of the same view."""

from __future__ import annotations

import re

import pytest
import time_machine

from activity.models import Theme
from tests.cast import NOW
from tests.reach.dashboards import met, page, two_structures, words


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer):
    return words(answer.get_data(as_text=True))


def test_a_figure_leads_to_the_list_that_shows_as_many_records(cast, client):
    two_structures(cast)
    markup = page(client, cast).get_data(as_text=True)
    link = "/equipe/comptes-rendus?du=2026-03-01&amp;au=2026-03-31"
    assert f'<a href="{link}">3 comptes rendus<' in markup
    assert "3 comptes rendus, 9 participations" in text(client.get(link.replace("&amp;", "&")))


def test_a_theme_leads_to_its_records(cast, client):
    met(cast, themes=frozenset({Theme.EMAIL}))
    met(cast, 1, themes=frozenset({Theme.WEB}))
    markup = page(client, cast, path="/contenu").get_data(as_text=True)
    link = "/equipe/comptes-rendus?du=2026-03-01&amp;au=2026-03-31&amp;theme=email"
    assert link in markup
    assert "1 compte rendu, 1 participation" in text(client.get(link.replace("&amp;", "&")))


def test_the_list_of_one_mediator_is_linked_and_shows_theirs(cast, client):
    two_structures(cast)
    who = cast.ids["mediator"]
    link = f"/equipe/comptes-rendus?du=2026-03-01&amp;au=2026-03-31&amp;mediateur={who}"
    assert f'<a href="{link}">2 comptes rendus<' in page(client, cast, mediateur=who).get_data(as_text=True)
    assert "2 comptes rendus, 7 participations" in text(client.get(link.replace("&amp;", "&")))


def test_a_mediator_is_led_to_their_own_list(cast, client):
    two_structures(cast)
    link = "/equipe/comptes-rendus?du=2026-03-01&amp;au=2026-03-31"
    assert f'<a href="{link}">1 compte rendu<' in page(client, cast, "other_mediator").get_data(as_text=True)
    assert "1 compte rendu, 2 participations" in text(client.get(link.replace("&amp;", "&")))


@pytest.mark.parametrize("asked", [{"canal": "venue"}, {"age": "70_plus"}, {"quartier": "1"}, {"structure": "1"}])
def test_there_is_no_link_to_a_list_that_would_show_others(cast, client, asked):
    two_structures(cast)
    for path in ("", "/contenu"):
        assert "/equipe/comptes-rendus?du=" not in page(client, cast, path=path, **asked).get_data(as_text=True)


def test_an_administrator_who_may_not_open_records_is_led_to_none(cast, client):
    two_structures(cast)
    for path in ("", "/contenu"):
        assert "/equipe/comptes-rendus" not in page(client, cast, "administrator", path).get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "/contenu", "/par/canal"])
def test_the_same_view_is_to_be_had_as_a_file(cast, client, path):
    two_structures(cast)
    markup = page(client, cast, path=path, periode="2026-T1", canal="phone").get_data(as_text=True)
    for kind in ("xlsx", "csv"):
        [link] = re.findall(rf'href="([^"]+\.{kind}\?[^"]*)"', markup)
        assert link.endswith("?periode=2026-T1&amp;canal=phone")
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_view_that_can_not_be_read_is_no_file(cast, client):
    assert ".xlsx" not in page(client, cast, periode="x").get_data(as_text=True)
