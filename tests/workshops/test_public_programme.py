"""The page of a programme: plain words, dates, how one takes part, and files that can do no harm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import db, transaction
from tests.cast import NOW
from tests.counting import statements
from tests.workshops.enrolments import add_session, opened, sessions_of
from workshops.models import (
    Enrolment,
    Level,
    Openness,
    Priority,
    ProgrammeAudience,
    ProgrammeResource,
    ProgrammeState,
    SessionState,
    WorkshopSession,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page(client, programme, status=200):
    answer = client.get(f"/ateliers/{programme.id}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def add_sheet(programme, **values):
    with transaction():
        sheet = ProgrammeResource(programme_id=programme.id, **{"label": "Fiche"} | values)
        db.session.add(sheet)
        db.session.flush()
        return f"/ateliers/{programme.id}/documents/{sheet.id}/fiche"


def test_it_says_in_plain_words_what_it_is_for_whom_and_what_to_bring(cast, client):
    club = opened(
        cast, description="Créer un jeu.\nSans rien savoir.", goals="Animer\nInventer", material="Une gourde",
        audience=ProgrammeAudience.CHILDREN, age_min=8, level=Level.BEGINNER, price_cents=550,
    )  # fmt: skip
    said = page(client, club)
    for words in ("<p>Créer un jeu.</p>", "<li>Inventer</li>", "<li>Une gourde</li>", "à partir de 8 ans", "Débutant"):
        assert words in said
    assert "5,50" in said
    assert "Un parent ou responsable inscrit les enfants." in said


def test_all_dates_stand_there_with_their_seats_and_the_place_once(cast, client):
    course = opened(cast, sessions=3)
    said = page(client, course)
    assert said.count("Médiathèque du Port") == 1
    assert said.count("2 places restantes") == 3
    assert "2 quai des Lampes" in said


def test_a_date_that_was_called_off_is_said_to_be(cast, client):
    course = opened(cast, sessions=2)
    with transaction():
        db.session.get_one(WorkshopSession, sessions_of(course)[0].id).state = SessionState.CANCELLED
    said = page(client, course)
    assert said.count(">Annul") == 1
    assert said.count("places restantes") == 1


def test_each_date_says_its_place_when_they_are_not_the_same(cast, client):
    course = opened(cast, sessions=2)
    with transaction():
        db.session.get_one(WorkshopSession, sessions_of(course)[0].id).venue_id = cast.ids["workshop"]
    said = page(client, course)
    assert "Atelier des Moulins" in said
    assert "Médiathèque du Port" in said


def test_dates_of_registration_are_told(cast, client):
    soon = opened(cast, registration_opens_at=NOW + timedelta(days=2), registration_closes_at=NOW + timedelta(days=4))
    assert "Les inscriptions ouvrent le jeudi 12 mars" in page(client, soon)
    assert "Inscriptions jusqu’au samedi 14 mars" in page(client, soon)
    over = opened(cast, registration_closes_at=NOW)
    assert "Les inscriptions sont closes." in page(client, over)


def test_the_public_reads_who_comes_first_on_the_waiting_list(cast, client):
    favoured = opened(
        cast, priorities=[Priority.FIRST_TIMER, Priority.NEIGHBOURHOOD], neighbourhood_ids=[cast.ids["mills"]]
    )
    said = page(client, favoured)
    assert said.index("pour la première fois") < said.index("quartiers choisis") < said.index("Les Moulins")
    assert "On suit l’ordre d’inscription." in page(client, opened(cast))


def test_nobody_registers_for_a_drop_in(cast, client):
    said = page(client, opened(cast, enrolment=Enrolment.DROP_IN))
    assert "venez, tout simplement" in said
    assert "liste d’attente" not in said


def test_a_programme_without_a_date_to_come_says_so(cast, client):
    assert "Aucune date n’est prévue" in page(client, opened(cast, sessions=0))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_read_in_other_languages_and_what_is_not_translated_is_marked_as_french(cast, client, language):
    course = opened(cast, description="Des photos.", translations={language: {"title": "Fotos"}})
    client.get(f"/langue/{language}")
    said = page(client, course)
    assert "<h1>Fotos</h1>" in said
    assert '<p lang="fr" dir="ltr">Des photos.</p>' in said


@pytest.mark.parametrize("hidden", [{"state": ProgrammeState.DRAFT}, {"openness": Openness.STAFF}])
def test_what_the_public_does_not_see_is_not_there(cast, client, hidden):
    assert "Regardez les prochains ateliers" in page(client, opened(cast, **hidden), 404)
    assert client.get("/ateliers/99999").status_code == 404


def test_sheets_for_participants_are_listed_and_those_of_the_team_are_not(cast, client):
    course = opened(cast)
    add_sheet(course, label="Scratch en ligne", url="https://scratch.example/")
    add_sheet(course, label="Mémo", file_name="mémo.pdf", media_type="application/pdf", content=b"%PDF")
    add_sheet(course, label="Déroulé", url="https://equipe.example/", team_only=True)
    said = page(client, course)
    assert 'href="https://scratch.example/"' in said
    assert "Mémo" in said
    assert "Déroulé" not in said


def test_a_file_is_saved_under_its_name_and_never_opened_as_a_page(cast, client):
    course = opened(cast)
    address = add_sheet(course, file_name="mémo.pdf", media_type="application/pdf", content=b"%PDF-1")
    answer = client.get(address)
    assert answer.data == b"%PDF-1"
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "m%C3%A9mo.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("media_type", ["text/plain", "text/plain; charset=utf-8"])
def test_a_text_names_its_alphabet_once(cast, client, media_type):
    address = add_sheet(opened(cast), file_name="a.txt", media_type=media_type, content="é".encode())
    assert client.get(address).headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_file_of_the_team_or_of_a_draft_is_not_there(cast, client):
    kept = {"file_name": "a.txt", "media_type": "text/plain", "content": b"a"}
    assert client.get(add_sheet(opened(cast), team_only=True, **kept)).status_code == 404
    assert client.get(add_sheet(opened(cast, state=ProgrammeState.DRAFT), **kept)).status_code == 404
    assert client.get(add_sheet(opened(cast), url="https://a.example/")).status_code == 404
    other = add_sheet(opened(cast), **kept).replace("/ateliers/", "/ateliers/9")
    assert client.get(other).status_code == 404


def test_more_dates_than_a_page_holds_are_counted_and_ask_nothing_more(cast, client):
    course = opened(cast, sessions=1)
    page(client, course)
    with statements() as few:
        page(client, course)
    with transaction():
        for number in range(2, 31):
            add_session(cast, course.id, number, NOW + timedelta(days=number))
    with statements() as more:
        assert "et 6 autres dates" in page(client, course)
    assert len(more) == len(few)


def take(course, *taken):
    with transaction():
        for session, seats in zip(sessions_of(course), taken, strict=True):
            db.session.get_one(WorkshopSession, session.id).taken = seats


def test_one_registers_for_the_whole_or_for_a_date_in_one_press(cast, client):
    course = opened(cast, sessions=2)
    take(course, 2, 0)
    said = page(client, course)
    assert f'class="button" href="/ateliers/{course.id}/inscription">S' in said
    for session in sessions_of(course):
        assert f'href="/ateliers/{course.id}/inscription?seance={session.id}"' in said
    cycle = page(client, opened(cast, sessions=2, enrolment=Enrolment.CYCLE))
    assert "/inscription" in cycle
    assert "?seance=" not in cycle


def test_a_full_programme_offers_the_waiting_list_and_a_closed_one_only_tells_how(cast, client):
    full = opened(cast, sessions=2)
    take(full, 2, 2)
    assert f"""href="/ateliers/{full.id}/inscription">Rejoindre la liste d’attente""" in page(client, full)
    for changes in ({"enrolment": Enrolment.DROP_IN}, {"registration_closes_at": NOW}, {"sessions": 0}):
        assert "/inscription" not in page(client, opened(cast, **changes))
