"""The agenda for everybody: what is on, by date, by what one asks for, fifteen a page."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from foundation.db import db, transaction
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.workshops.enrolments import FIRST, WEEK, add_session, opened
from workshops.models import Enrolment, Openness, ProgrammeAudience, ProgrammeState, SessionState, WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")
TITLES = re.compile(r'<a class="who" href="/ateliers/\d+">([^<]+)</a>')
HIDDEN = [
    {"state": ProgrammeState.DRAFT},
    {"state": ProgrammeState.CLOSED},
    {"openness": Openness.PRESCRIBERS},
    {"openness": Openness.STAFF},
]


def titles(client, address="/ateliers"):
    answer = client.get(address)
    assert answer.status_code == 200
    return TITLES.findall(answer.get_data(as_text=True))


def change(session, **changes):
    with transaction():
        row = db.session.get_one(WorkshopSession, session.id)
        for name, value in changes.items():
            setattr(row, name, value)


def session_of(programme):
    found = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).first()
    db.session.rollback()
    return found


def test_sessions_to_come_stand_by_date_with_place_and_seats(cast, client):
    opened(cast, title="Le second", first=FIRST + WEEK)
    opened(cast, title="Le premier", age_min=8, age_max=12, audience=ProgrammeAudience.CHILDREN)
    assert titles(client) == ["Le premier", "Le second"]
    page = client.get("/ateliers").get_data(as_text=True)
    assert "mercredi 18 mars" in page
    assert "Enfants, de 8 à 12 ans" in page
    assert "Médiathèque du Port" in page
    assert "2 places restantes" in page


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_residents_can_not_come_to_is_not_shown(cast, client, hidden):
    opened(cast, **hidden)
    assert titles(client) == []


def test_the_series_of_a_client_is_not_shown(cast, client):
    opened(cast, care_home_id=cast.ids["care_home"])
    opened(cast, school_id=cast.ids["school"])
    assert titles(client) == []


def test_what_is_over_or_called_off_is_not_shown_but_what_goes_on_is(cast, client):
    over = opened(cast, title="Fini", first=NOW - timedelta(hours=3))
    off = opened(cast, title="Annulé")
    opened(cast, title="En cours", first=NOW - timedelta(hours=1))
    change(session_of(off), state=SessionState.CANCELLED)
    assert over.id
    assert titles(client) == ["En cours"]


def test_a_full_session_says_waiting_list_and_a_drop_in_that_nobody_registers(cast, client):
    change(session_of(opened(cast)), taken=2)
    opened(cast, enrolment=Enrolment.DROP_IN)
    page = client.get("/ateliers").get_data(as_text=True)
    assert "liste d’attente" in page
    assert "Sans inscription" in page


def cycle_of(cast, sessions, **changes):
    """A series for which one registers once, and its sessions in order."""
    made = opened(cast, sessions=sessions, enrolment=Enrolment.CYCLE, **changes)
    found = db.session.query(WorkshopSession).filter_by(programme_id=made.id).order_by(WorkshopSession.number).all()
    db.session.rollback()
    return found


def test_a_cycle_has_as_many_seats_as_its_fullest_session(cast, client):
    _first, last = cycle_of(cast, 2, capacity=10)
    change(last, taken=9)
    assert "1 place restante" in client.get("/ateliers").get_data(as_text=True)


def test_a_cycle_stands_once_at_its_next_date_and_says_how_many_follow(cast, client):
    first, *_rest = cycle_of(cast, 3, title="Cours")
    opened(cast, title="Seul", sessions=2)
    assert titles(client) == ["Cours", "Seul", "Seul"]
    page = client.get("/ateliers").get_data(as_text=True)
    assert "Une inscription pour 3 dates, jusqu’au mercredi 1er avril" in page
    change(first, state=SessionState.CANCELLED)
    assert titles(client) == ["Seul", "Cours", "Seul"]


def test_a_cycle_with_one_date_left_says_what_that_date_is_about(cast, client):
    (only,) = cycle_of(cast, 1, title="Cours")
    change(only, title="Imprimer")
    assert titles(client) == ["Cours – Imprimer"]
    assert "Une inscription" not in client.get("/ateliers").get_data(as_text=True)


def test_a_cycle_stands_in_each_month_and_neighbourhood_in_which_it_is_on(cast, client):
    *_before, fourth, _last = cycle_of(cast, 5, title="Cours")
    assert titles(client, "/ateliers?mois=2026-03") == ["Cours"]
    assert titles(client, "/ateliers?mois=2026-04") == ["Cours"]
    change(fourth, venue_id=None, school_id=cast.ids["school"])
    assert titles(client, f"/ateliers?quartier={cast.ids['mills']}") == ["Cours"]
    assert titles(client, f"/ateliers?quartier={cast.ids['harbour']}&mois=2026-04") == ["Cours"]


def test_a_neighbourhood_shows_what_is_there_and_only_those_with_something_are_offered(cast, client):
    opened(cast, title="Au port")
    page = client.get("/ateliers").get_data(as_text=True)
    assert "Le Port</option>" in page
    assert "Les Moulins</option>" not in page
    assert titles(client, f"/ateliers?quartier={cast.ids['harbour']}") == ["Au port"]
    assert titles(client, f"/ateliers?quartier={cast.ids['mills']}") == []


def test_a_session_at_a_school_counts_for_the_neighbourhood_of_the_school(cast, client):
    change(session_of(opened(cast, title="À l’école")), venue_id=None, school_id=cast.ids["school"])
    assert titles(client, f"/ateliers?quartier={cast.ids['mills']}") == ["À l’école"]
    assert "Les Moulins</option>" in client.get("/ateliers").get_data(as_text=True)


def test_an_audience_finds_what_suits_it(cast, client):
    opened(cast, title="Enfants", audience=ProgrammeAudience.CHILDREN)
    opened(cast, title="Adultes", audience=ProgrammeAudience.ADULTS)
    opened(cast, title="Tous")
    assert titles(client, "/ateliers?public=children") == ["Enfants", "Tous"]
    assert titles(client, "/ateliers?public=adults") == ["Adultes", "Tous"]


def test_a_month_shows_its_sessions_only(cast, client):
    opened(cast, sessions=4)
    assert len(titles(client, "/ateliers?mois=2026-03")) == 2
    assert len(titles(client, "/ateliers?mois=2026-04")) == 2
    assert "avril 2026</option>" in client.get("/ateliers").get_data(as_text=True)


def test_nothing_that_suits_says_how_to_see_more(cast, client):
    opened(cast)
    page = client.get("/ateliers?mois=2027-01").get_data(as_text=True)
    assert "Voir tous les ateliers" in page


def test_behind_the_last_page_comes_the_first(cast, client):
    opened(cast)
    answer = client.get("/ateliers?page=9999999&public=adults")
    assert (answer.status_code, answer.location) == (303, "/ateliers?public=adults")
    assert "Aucun atelier ne correspond" not in client.get("/ateliers?page=2", follow_redirects=True).text


def test_an_empty_agenda_offers_an_appointment_and_home_shows_no_door(cast, client):
    page = client.get("/ateliers").get_data(as_text=True)
    assert "sur rendez-vous" in page
    assert 'href="/rendez-vous"' in page
    assert "Venir à un atelier" not in client.get("/").get_data(as_text=True)


def test_home_shows_a_door_as_soon_as_something_is_on(cast, client):
    opened(cast)
    assert "Venir à un atelier" in client.get("/").get_data(as_text=True)


def many(cast, count):
    programme = opened(cast, sessions=0, title="Souvent")
    with transaction():
        for number in range(1, count + 1):
            add_session(cast, programme.id, number, FIRST + timedelta(days=number))


def test_fifteen_a_page_with_what_was_asked_for_in_the_address_of_the_next(cast, client):
    many(cast, 31)
    assert len(titles(client)) == 15
    first = client.get("/ateliers?public=adults").get_data(as_text=True)
    assert 'rel="next" href="/ateliers?public=adults&amp;page=2"' in first
    assert 'rel="prev"' not in first
    last = client.get("/ateliers?page=3").get_data(as_text=True)
    assert len(TITLES.findall(last)) == 1
    assert 'rel="next"' not in last
    assert 'href="/ateliers?page=2"' in last


def test_a_full_page_is_light_and_asks_as_often_as_one_with_one_session(cast, client):
    opened(cast)
    client.get("/ateliers")
    with statements() as few:
        client.get("/ateliers")
    many(cast, 40)
    with statements() as more:
        page = client.get("/ateliers")
    assert len(more) == len(few)
    assert len(re.findall(rb"<[a-z]", page.data)) <= 350


def test_a_page_is_sent_compressed_to_whom_it_holds_no_secret(app, cast, client):
    many(cast, 40)
    plain = FlaskClient(app, app.response_class, use_cookies=True)
    packed = plain.get("/ateliers", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < 5_000
    assert gzip.decompress(packed.data) == plain.get("/ateliers").data
    sign_in(plain, cast.manager)
    with app.app_context():
        own = plain.get("/ateliers", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in own.headers


def test_a_title_is_said_in_the_readers_language(cast, client):
    opened(cast, title="Photo", translations={"ar": {"title": "ورشة الصور"}})
    client.get("/langue/ar")
    assert titles(client) == ["ورشة الصور"]


def test_words_are_read_of_what_is_shown_alone_and_choices_when_there_are_some(cast, client):
    with statements() as nothing_on:
        assert titles(client) == []
    assert not any("neighbourhood" in one.partition("FROM")[0] for one in nothing_on)
    many(cast, 40)
    with statements() as full:
        client.get("/ateliers")
    (described,) = [one for one in full if "programme.description" in one]
    assert "LIMIT" not in described
    assert any("neighbourhood.name" in one for one in full)
