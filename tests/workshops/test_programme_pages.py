"""A programme is described, published and closed on the pages of the staff."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.counting import statements
from tests.mediation.planning import account_in, value_of
from tests.workshops.enrolments import FIRST, WEEK, fill, opened
from tests.workshops.given import at, count, planned, programme, published, reread
from tests.workshops.pages import NEW, as_mediator, as_stranger, main_of, programme_form
from workshops.models import Enrolment, Priority, Programme, ProgrammeKind, ProgrammeState
from workshops.queries import programmes as queries
from workshops.rules.kinds import USUAL

pytestmark = pytest.mark.usefixtures("stopped_clock")


def _made() -> Programme | None:
    return db.session.scalar(select(Programme).order_by(Programme.id.desc()))


def test_the_kind_comes_first(client, cast):
    as_mediator(cast, client)
    page = client.get("/equipe/ateliers/nouveau").get_data(as_text=True)
    assert [kind for kind in ProgrammeKind if f"genre={kind}" in page] == list(ProgrammeKind)


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_the_form_begins_with_what_the_kind_usually_is(client, cast, kind):
    as_mediator(cast, client)
    response = client.get(f"/equipe/ateliers/nouveau?genre={kind}")
    assert response.status_code == 200
    page = response.get_data(as_text=True)
    assert value_of(page, "capacity") == str(USUAL[kind]["capacity"])
    assert value_of(page, "age_min") == str(USUAL[kind].get("age_min") or "")


def test_a_kind_that_is_none_asks_again(client, cast):
    as_mediator(cast, client)
    assert "genre=coding_club" in client.get("/equipe/ateliers/nouveau?genre=x").get_data(as_text=True)
    assert client.post("/equipe/ateliers/nouveau?genre=x", data=programme_form(cast)).status_code == 422


def test_what_was_typed_becomes_a_draft_and_dates_come_next(client, cast):
    as_mediator(cast, client)
    sent = programme_form(
        cast, registration_opens_at="2026-03-12", registration_closes_at="2026-03-17", price="12,50",
        priorities=["first_timer", "neighbourhood"], neighbourhood_ids=[str(cast.ids["mills"])],
        framing_at="2026-03-11T14:30", title_en="Scratch club", title_ar="نادي سكراتش",
    )  # fmt: skip
    response = client.post(NEW, data=sent)
    made = _made()
    assert response.headers["Location"].endswith(f"/equipe/ateliers/{made.id}/dates")
    assert (made.state, made.kind, made.structure_id) == (
        ProgrammeState.DRAFT, ProgrammeKind.CODING_CLUB, cast.ids["town"],
    )  # fmt: skip
    assert (made.goals, made.price_cents, made.care_home_id) == ("Créer un jeu\nLe montrer", 1250, None)
    assert made.registration_opens_at == at("2026-03-12 00:00")
    assert made.registration_closes_at == at("2026-03-18 00:00")
    assert made.framing_at == at("2026-03-11 14:30")
    assert made.priorities == [Priority.FIRST_TIMER, Priority.NEIGHBOURHOOD]
    assert made.translations == {"en": {"title": "Scratch club"}, "ar": {"title": "نادي سكراتش"}}


def test_a_form_that_is_sent_twice_makes_one(client, cast):
    as_mediator(cast, client)
    sent = programme_form(cast, request_key=value_of(client.get(NEW).get_data(as_text=True), "request_key"))
    first = client.post(NEW, data=sent)
    again = client.post(NEW, data=sent)
    assert again.headers["Location"] == first.headers["Location"]
    assert count(Programme) == 1
    assert client.post(NEW, data=sent | {"request_key": "another"}).headers["Location"] != first.headers["Location"]


def test_of_two_presses_at_once_the_second_is_led_to_what_the_first_made(client, cast, monkeypatch):
    as_mediator(cast, client)
    sent = programme_form(cast, request_key="one-form")
    first = client.post(NEW, data=sent)
    found, blind = queries.by_request_key, iter([None])
    monkeypatch.setattr(queries, "by_request_key", lambda *asked: next(blind, found(*asked)))
    assert client.post(NEW, data=sent).headers["Location"] == first.headers["Location"]
    assert next(blind, "both tried") == "both tried"
    assert count(Programme) == 1


@pytest.mark.parametrize("key", ["x" * 65, "\u202e"])
def test_a_key_that_no_page_made_breaks_nothing(client, cast, key):
    as_mediator(cast, client)
    assert client.post(NEW, data=programme_form(cast, request_key=key)).status_code in {303, 422}


def test_what_is_stored_is_shown_and_saved_again_unchanged(client, cast):
    as_mediator(cast, client)
    client.post(NEW, data=programme_form(cast, registration_closes_at="2026-03-17", price="12.50",
                                         framing_at="2026-03-11T14:30"))  # fmt: skip
    made = _made()
    page = client.get(f"/equipe/ateliers/{made.id}/modifier").get_data(as_text=True)
    for value in ("2026-03-17", "12.50", "2026-03-11T14:30", "Club Scratch"):
        assert f'value="{value}"' in page
    assert 'name="structure_id"' not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Écrivez le nom du cycle."),
        ({"title": "x" * 121}, "120"),
        ({"age_min": 14}, "L’âge minimum dépasse"),
        ({"age_min": "abc"}, "nombre"),
        ({"capacity": ""}, "Écrivez combien de personnes peuvent venir."),
        ({"capacity": 501}, "entre 1 et 500"),
        ({"price": "-3"}, "entre 0 et 10000 euros"),
        ({"price": "nan"}, "euros"),
        ({"price": "1e400"}, "euros"),
        ({"registration_opens_at": "2026-04-01", "registration_closes_at": "2026-03-20"}, "Les inscriptions finissent"),
        ({"registration_opens_at": "0001-01-01"}, "date"),
        ({"framing_at": "0001-01-01T00:00"}, "qui existent"),
        ({"priorities": ["neighbourhood"]}, "Choisissez les quartiers"),
        ({"care_home_id": "1", "school_id": "1"}, "pas les deux"),
        ({"framing_notes": "mdp = Azerty12"}, "mot de passe"),
        ({"goals_en": "password = Azerty12"}, "mot de passe"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(client, cast, changes, sentence):
    as_mediator(cast, client)
    response = client.post(NEW, data=programme_form(cast, **({"material": "Une souris"} | changes)))
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert "Une souris" in main_of(response)
    assert count(Programme) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": "martians"},
        {"enrolment": ""},
        {"structure_id": 0},
        {"structure_id": 2},
        {"care_home_id": "4711"},
        {"neighbourhood_ids": ["4711"]},
        {"answer_hours": "1"},
        {"description": "x" * 1001},
        {"age_min": "9" * 400},
        {"themes": ["astrology"]},
    ],
)
def test_what_no_choice_offers_is_refused(client, cast, changes):
    as_mediator(cast, client)
    assert client.post(NEW, data=programme_form(cast, **changes)).status_code == 422
    assert count(Programme) == 0


def test_a_care_home_series_needs_its_home(client, cast):
    as_mediator(cast, client)
    address = "/equipe/ateliers/nouveau?genre=care_home_series"
    refused = client.post(address, data=programme_form(cast, audience="seniors"))
    assert "Choisissez la résidence" in main_of(refused)
    client.post(address, data=programme_form(cast, audience="seniors", care_home_id=cast.ids["care_home"]))
    assert _made().care_home_id == cast.ids["care_home"]


def test_a_manager_of_the_territory_makes_one_for_all(client, cast):
    sign_in(client, cast.manager)
    client.post(NEW, data=programme_form(cast, structure_id=0))
    assert _made().structure_id is None


def test_a_change_is_saved(client, cast):
    found = programme(cast)
    as_mediator(cast, client)
    response = client.post(
        f"/equipe/ateliers/{found.id}/modifier", data=programme_form(cast, title="Autre", themes=["files"])
    )
    assert response.headers["Location"].endswith(f"/equipe/ateliers/{found.id}")
    assert (reread(found).title, reread(found).themes) == ("Autre", ["files"])


def test_it_is_published_and_closed_by_a_press(client, cast):
    found = programme(cast)
    planned(cast, found)
    as_mediator(cast, client)
    assert "Publier" in main_of(client.get(f"/equipe/ateliers/{found.id}"))
    client.post(f"/equipe/ateliers/{found.id}/publier")
    assert reread(found).state is ProgrammeState.PUBLISHED
    assert "Fermer le cycle" in main_of(client.get(f"/equipe/ateliers/{found.id}"))
    client.post(f"/equipe/ateliers/{found.id}/fermer")
    assert reread(found).state is ProgrammeState.CLOSED
    assert "Rouvrir" in main_of(client.get(f"/equipe/ateliers/{found.id}"))


def test_without_sessions_publishing_says_what_to_do(client, cast):
    found = programme(cast)
    as_mediator(cast, client)
    response = client.post(f"/equipe/ateliers/{found.id}/publier")
    assert response.status_code == 422
    assert "Prévoyez d’abord au moins une séance" in main_of(response)


def test_the_page_shows_words_sessions_and_seats(client, cast):
    found, _sessions = published(cast, goals="Créer un jeu")
    as_mediator(cast, client)
    said = main_of(client.get(f"/equipe/ateliers/{found.id}"))
    for words in ("Club Scratch", "Créer un jeu", "de 8 à 12 ans", "Médiathèque du Port · Salle bleue",
                  "Salima Benali",
                  "0 / 8 · 8 libres", "mer. 18 mars, 16 h 00– 18 h 00",
                  "Ville de Rives-sur-Aure"):  # fmt: skip
        assert words in said, words


def test_what_is_to_come_stands_first_and_what_is_over_is_folded(client, cast):
    found = opened(cast, sessions=3, first=FIRST - 2 * WEEK)
    next_year = opened(cast, first=FIRST + 45 * WEEK)
    sign_in(client, cast.manager)
    page = client.get(f"/equipe/ateliers/{found.id}").get_data(as_text=True)
    assert page.index("mer. 11 mars") < page.index("<details><summary>1 séance passée<") < page.index("mer. 4 mars")
    assert "mer. 27 janv. 2027" in client.get(f"/equipe/ateliers/{next_year.id}").get_data(as_text=True)


def test_once_published_the_page_leads_to_what_the_public_sees(client, cast):
    found, _sessions = published(cast)
    as_mediator(cast, client)
    page = client.get(f"/equipe/ateliers/{found.id}").get_data(as_text=True)
    assert f'href="/ateliers/{found.id}"' in page
    draft = programme(cast)
    assert f'href="/ateliers/{draft.id}"' not in client.get(f"/equipe/ateliers/{draft.id}").get_data(as_text=True)


ADDRESSES = ("", "/modifier", "/dates")
PRESSES = ("/publier", "/fermer", "/modifier", "/dates", "/fiches")


def test_one_of_another_structure_does_not_exist(client, cast):
    found, _sessions = published(cast)
    as_stranger(cast, client)
    for ending in ADDRESSES:
        assert client.get(f"/equipe/ateliers/{found.id}{ending}").status_code == 404, ending
    for ending in PRESSES:
        assert client.post(f"/equipe/ateliers/{found.id}{ending}", data={}).status_code == 404, ending
    assert reread(found).state is ProgrammeState.PUBLISHED
    assert client.get("/equipe/ateliers/4711").status_code == 404


def test_one_that_the_territory_shares_is_read_and_not_changed(client, cast):
    found = programme(cast, structure=None)
    planned(cast, found)
    sign_in(client, account_in(cast, "town", Role.MANAGER))
    said = main_of(client.get(f"/equipe/ateliers/{found.id}"))
    assert "seules ses équipes le modifient" in said
    assert "Modifier le cycle" not in said
    assert client.get(f"/equipe/ateliers/{found.id}/modifier").status_code == 403
    assert client.post(f"/equipe/ateliers/{found.id}/fermer").status_code == 403


def test_who_is_in_the_team_reads_one_of_another_structure(client, cast):
    found = programme(cast, structure="association")
    planned(cast, found)
    as_mediator(cast, client)
    assert client.get(f"/equipe/ateliers/{found.id}").status_code == 200
    assert client.post(f"/equipe/ateliers/{found.id}/fermer").status_code == 404


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_other_roles_are_refused(client, cast, role):
    sign_in(client, cast.account_of(role))
    assert client.get("/equipe/ateliers").status_code == 403
    assert client.post(NEW, data=programme_form(cast)).status_code == 403


def test_its_page_reads_people_with_their_registrations_and_answers_once(client, cast):
    """Eight people cost as much as two, and nobody is read twice."""
    programme = opened(cast, enrolment=Enrolment.CYCLE, capacity=12)
    fill(programme, 2)
    as_mediator(cast, client)
    client.get(f"/equipe/ateliers/{programme.id}")
    with statements() as few:
        client.get(f"/equipe/ateliers/{programme.id}")
    fill(programme, 6, first=3)
    with statements() as more:
        client.get(f"/equipe/ateliers/{programme.id}")
    assert len(more) <= len(few) <= 19
    assert sum("FROM skill_answer" in one for one in more) <= 1
    assert not any("FROM account_role" in one or "FROM person " in one for one in more)


@pytest.mark.parametrize(("opens", "status"), [("2026-03-18", 303), ("2026-03-19", 422)])
def test_registration_does_not_open_after_the_last_session_has_begun(client, cast, opens, status):
    found = programme(cast)
    planned(cast, found)
    as_mediator(cast, client)
    typed = programme_form(cast, registration_opens_at=opens)
    answer = client.post(f"/equipe/ateliers/{found.id}/modifier", data=typed)
    assert answer.status_code == status
    if status == 422:
        assert "s’ouvrent après le début de la dernière séance" in main_of(answer)
        assert reread(found).registration_opens_at is None


def test_nor_is_it_published_so(client, cast):
    found = programme(cast)
    planned(cast, found)
    with transaction():
        reread(found).registration_opens_at = at("2026-03-19 00:00")
    as_mediator(cast, client)
    answer = client.post(f"/equipe/ateliers/{found.id}/publier")
    assert answer.status_code == 422
    assert "s’ouvrent après le début de la dernière séance" in main_of(answer)
    assert "Modifier le cycle" in main_of(answer), "what mends it is on the same page"
    assert reread(found).state is ProgrammeState.DRAFT
