"""The list of programmes: coming, drafts, past, each in the order in which one looks for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from foundation.db import in_transaction
from tests.cast import NOW
from tests.workshops.given import hours, planned, programme, published, weekly
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.queries import programmes as queries
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/ateliers"


def listed(client, view=""):
    return main_of(client.get(f"{LIST}?vue={view}"))


def test_each_empty_list_says_what_to_do(client, cast):
    as_mediator(cast, client)
    assert "Créez un cycle" in listed(client)
    assert "Aucun brouillon" in listed(client, "brouillons")
    assert "Aucun cycle n’est encore terminé" in listed(client, "passes")


def test_the_next_one_comes_first_with_its_seats(client, cast):
    published(cast, [hours(date(2026, 4, 1))], title="Plus tard")
    published(cast, weekly(2), title="Bientôt", capacity=8)
    as_mediator(cast, client)
    said = listed(client)
    assert said.index("Bientôt") < said.index("Plus tard")
    assert "2 séances, 2 à venir · 0 places prises sur 16" in said


def test_a_draft_is_among_drafts_only(client, cast):
    programme(cast, title="Un brouillon")
    as_mediator(cast, client)
    assert "Un brouillon" in listed(client, "brouillons")
    assert "Pas encore de date" in listed(client, "brouillons")
    assert "Un brouillon" not in listed(client)


def test_after_its_last_session_it_is_past(client, cast):
    published(cast, weekly(2), title="Terminé")
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        as_mediator(cast, client)
        assert "2 séances, 1 à venir" in listed(client)
    with time_machine.travel(NOW + timedelta(days=16), tick=False):
        as_mediator(cast, client)
        assert "Terminé" not in listed(client)
        assert "Terminé" in listed(client, "passes")


def test_a_session_that_was_cancelled_does_not_count(client, cast):
    _found, (first, _second) = published(cast, weekly(2), title="Club")
    in_transaction(lambda: changing.cancel(first.id, reason="", now=NOW, actor_id=None))
    as_mediator(cast, client)
    assert "1 séance, 1 à venir" in listed(client)


def test_only_those_of_the_structure_and_of_the_territory(client, cast):
    programme(cast, title="De la ville")
    programme(cast, structure=None, title="De tous")
    programme(cast, structure="association", title="De l’association")
    as_stranger(cast, client)
    said = listed(client, "brouillons")
    assert "De la ville" not in said
    assert "De tous" in said
    assert "De l’association" in said


def test_who_is_in_the_team_sees_it_too(client, cast):
    found = programme(cast, structure="association", title="Ensemble")
    planned(cast, found)
    as_mediator(cast, client)
    assert "Ensemble" in listed(client, "brouillons")


def test_many_are_on_pages(client, cast, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    for number in range(3):
        programme(cast, title=f"Cycle numéro {number}")
    as_mediator(cast, client)
    assert "Page suivante" in listed(client, "brouillons")
    second = main_of(client.get(f"{LIST}?vue=brouillons&page=2"))
    assert "Cycle numéro 0" in second
    assert "Page précédente" in second


@pytest.mark.parametrize("address", [f"{LIST}?page=-1", f"{LIST}?page=99999999999999999999", f"{LIST}?vue=%27",
                                     f"{LIST}?page=x"])  # fmt: skip
def test_broken_addresses_show_a_list(client, cast, address):
    as_mediator(cast, client)
    assert client.get(address).status_code == 200
