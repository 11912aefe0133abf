"""What a session is about and what a sheet is called are read in the reader's language; staff see what is missing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from foundation.i18n import in_language
from foundation.said import told
from tests.mediation.planning import carried
from tests.workshops.enrolments import opened
from tests.workshops.given import planned, programme, reread
from tests.workshops.pages import as_mediator, dates_form, main_of
from workshops.models import Programme, ProgrammeResource, WorkshopSession
from workshops.rules.resources import Sheet
from workshops.rules.sheet_names import usual_name
from workshops.rules.translating import TRANSLATED, untranslated
from workshops.service import resources

pytestmark = pytest.mark.usefixtures("stopped_clock")
PLAYERS = {"en": {"title": "Two players, two controllers"}, "ar": {"title": "لاعبان وذراعان للتحكم"}}
SHEET = {"en": {"label": "My first steps"}}


def titled(cast, **texts):
    """A programme that the public reads, whose one session is called `Deux joueurs`."""
    found = opened(cast, **texts)
    with transaction():
        row = db.session.scalars(select(WorkshopSession).where(WorkshopSession.programme_id == found.id)).one()
        row.title, row.translations = "Deux joueurs", {"en": PLAYERS["en"]}
    return found


def read(client, path, locale):
    client.get(f"/langue/{locale}?next=/")
    return client.get(path).get_data(as_text=True)


def test_empty_texts_are_left_out_and_with_them_the_language():
    assert told({"en": {"title": " One ", "goals": " "}, "ar": {"title": ""}}, TRANSLATED) == {"en": {"title": "One"}}
    assert told({"en": {"title": "One", "label": "Sheet"}}, ["label"]) == {"en": {"label": "Sheet"}}


def test_what_is_missing_is_what_there_is_in_french_only():
    found = Programme(title="Club", description="Un club", goals="", material="", translations={"ar": {"title": "ناد"}})
    session = WorkshopSession(title="Deux joueurs", translations={})
    secret = ProgrammeResource(label="Déroulé", team_only=True, translations={})
    found.resources = [secret]
    assert untranslated(found, [session], "ar") == ["description", "sessions"]
    session.translations = PLAYERS
    assert untranslated(found, [session], "ar") == ["description"]
    found.resources = [secret, ProgrammeResource(label="Mon robot", team_only=False, translations=SHEET)]
    assert untranslated(found, [session], "ar") == ["description", "resources"]


@pytest.mark.parametrize("of_programme", ["/ateliers", "/ateliers/{0}"])
def test_residents_read_the_title_of_a_session_in_their_language(client, cast, of_programme):
    path = of_programme.format(titled(cast).id)
    assert "Two players, two controllers" in read(client, path, "en")
    arabic = read(client, path, "ar")
    assert 'lang="fr" dir="ltr">Deux joueurs' in arabic
    assert "Deux joueurs" in read(client, path, "fr")
    assert 'dir="ltr">Deux joueurs' not in read(client, path, "fr")


def test_so_it_is_where_one_registers(client, cast):
    found = titled(cast)
    assert "Two players" in read(client, f"/ateliers/{found.id}/inscription", "en")


def test_titles_are_written_in_three_languages_when_dates_are_planned(client, cast):
    address = f"/equipe/ateliers/{programme(cast).id}/dates"
    as_mediator(cast, client)
    lines = {"titles": "Un\r\nDeux", "titles_en": "One\r\nTwo", "titles_ar": "\r\nاثنان"}
    page = client.post(address, data=dates_form(cast, **lines)).get_data(as_text=True)
    assert client.post(address, data=carried(page) | {"titles": lines["titles"], "do": "plan"}).status_code == 303
    rows = db.session.scalars(select(WorkshopSession).order_by(WorkshopSession.number)).all()
    assert [one.title for one in rows] == ["Un", "Deux", ""]
    assert [one.translations for one in rows] == [
        {"en": {"title": "One"}}, {"en": {"title": "Two"}, "ar": {"title": "اثنان"}}, {},
    ]  # fmt: skip


def test_they_are_changed_with_the_session(client, cast):
    (session,) = planned(cast, programme(cast), title="Deux joueurs", translations=PLAYERS)
    address = f"/equipe/ateliers/seances/{session.id}/modifier"
    as_mediator(cast, client)
    page = client.get(address).get_data(as_text=True)
    assert 'value="Two players, two controllers"' in page
    place = f"lieu:{cast.ids['library']}:{cast.ids['room']}"
    typed = {"title": "Bilan", "title_en": "Looking back", "title_ar": "", "place": place, "equipment_note": ""}
    assert client.post(address, data=typed | {"team": [str(cast.ids["mediator"])]}).status_code == 303
    assert reread(session).translations == {"en": {"title": "Looking back"}}


def test_a_sheet_has_its_name_in_each_language(client, cast):
    found = titled(cast)
    as_mediator(cast, client)
    typed = {
        "label": "Mes premiers pas",
        "label_en": "My first steps",
        "label_ar": "",
        "url": "https://ville.example/a",
    }
    assert client.post(f"/equipe/ateliers/{found.id}/fiches", data=typed).status_code == 303
    assert "My first steps" in read(client, f"/ateliers/{found.id}", "en")
    assert 'lang="fr" dir="ltr">Mes premiers pas' in read(client, f"/ateliers/{found.id}", "ar")


def test_the_page_of_the_team_says_what_is_not_translated_yet(client, cast):
    found = titled(cast, description="Des photos", translations={"ar": {"title": "ورشة"}})
    sheet = Sheet("Mon robot", "https://ville.example/a", translations=SHEET)
    in_transaction(lambda: resources.add(found.id, sheet, cast.mediator))
    as_mediator(cast, client)
    said = main_of(client.get(f"/equipe/ateliers/{found.id}"))
    assert "Traduit en partie : English. Il manque : le titre, la description." in said
    assert "Il manque : la description, les titres des séances, les noms des fiches." in said
    with transaction():
        row = db.session.get_one(Programme, found.id)
        row.translations = {"en": {"title": "Photos", "description": "Pictures"}}
    assert "Traduit : English." in main_of(client.get(f"/equipe/ateliers/{found.id}"))


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("Fiche 2", "Worksheet 2"), ("fiche n° 12", "Worksheet 12"), ("  Fiche d'exercices ", "Exercise sheet"),
        ("Exercices", "Exercises"), ("Fiche 1 – Le chat", ""), ("Fiche 2026", ""), ("12", ""), ("", ""),
    ],
)  # fmt: skip
def test_usual_names_of_sheets_need_nobody_to_translate_them(app, label, english):
    with in_language("en"):
        assert usual_name(label) == english


def test_a_usual_name_is_read_in_the_readers_language_and_missing_nowhere(client, cast):
    found = opened(cast)
    with transaction():
        reread(found).resources = [
            ProgrammeResource(label="Fiche 2", url="https://a.example", translations={}),
            ProgrammeResource(label="Mon robot", url="https://b.example", translations={}),
        ]
    path = f"/ateliers/{found.id}"
    assert "<bdi>ورقة عمل 2</bdi>" in read(client, path, "ar")
    assert '<bdi lang="fr" dir="ltr">Mon robot</bdi>' in read(client, path, "ar")
    assert "<bdi>Fiche 2</bdi>" in read(client, path, "fr")
    found = reread(found)
    found.resources.pop()
    assert "resources" not in untranslated(found, [], "ar")
    db.session.rollback()
