"""One session on the pages of the staff: looked at, moved, given another team, other seats, called off."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from foundation.db import db, in_transaction, transaction
from tests.cast import sign_in
from tests.workshops.enrolments import adult, opened, registered, sessions_of
from tests.workshops.given import hours, planned, programme, published, reread, weekly
from tests.workshops.pages import as_mediator, as_stranger, main_of
from tests.workshops.papers import counted, held, marked, teamed
from workshops.models import Enrolment, Presence, SessionState, WorkshopSession
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def session(cast):
    _programme, (found,) = published(cast)
    return found


@pytest.fixture
def address(session):
    return f"/equipe/ateliers/seances/{session.id}"


def move_form(**changes):
    return {"day": "2026-03-19", "starts": "17:00", "ends": "18:30", "reason": "Travaux"} | changes


def change_form(cast, **changes):
    usual = {
        "title": "Bilan", "team": [str(cast.ids["mediator"])], "place": f"ecole:{cast.ids['school']}",
        "equipment_note": "", "reason": "",
    }  # fmt: skip
    return usual | changes


def test_its_page_tells_where_who_and_how_many(client, cast, address):
    as_mediator(cast, client)
    said = main_of(client.get(address))
    for words in ("mercredi 18 mars à 16 h 00", "Séance 1", "Médiathèque du Port · Salle bleue", "Salima Benali", "2 h",
                  "Prises 0", "Libres 8", "Prévue"):  # fmt: skip
        assert words in said, words


def test_it_is_moved(client, cast, session, address):
    as_mediator(cast, client)
    assert 'value="2026-03-18"' in client.get(f"{address}/deplacer").get_data(as_text=True)
    response = client.post(f"{address}/deplacer", data=move_form())
    assert response.headers["Location"].endswith(address)
    assert reread(session).starts_at == hours(date(2026, 3, 19)).start.replace(hour=16)
    said = main_of(client.get(address))
    assert "mercredi 18 mars à 16 h 00 → jeudi 19 mars à 17 h 00" in said
    assert "Travaux" in said


def test_onto_another_session_says_who_is_not_free(client, cast, session, address):
    planned(cast, programme(cast, title="Autre club"), [weekly(2)[1]])
    as_mediator(cast, client)
    response = client.post(f"{address}/deplacer", data=move_form(day="2026-03-25"))
    assert response.status_code == 409
    assert "Salima Benali : Déjà pris" in main_of(response)
    assert "Autre club" in main_of(response)
    assert "Choisissez un autre moment" in main_of(response)
    assert "Retirez cette date" not in main_of(response)
    assert reread(session).starts_at == hours().start


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Choisissez le jour."),
        ({"day": "2026-03-09"}, "pas encore passé"),
        ({"ends": "16:00"}, "fin"),
        ({"starts": "25:00"}, "Écrivez une heure"),
        ({"reason": "x" * 301}, "300"),
        ({"reason": "mdp = Azerty12"}, "mot de passe"),
    ],
)
def test_a_time_that_can_not_be_is_said(client, cast, session, address, changes, sentence):
    as_mediator(cast, client)
    response = client.post(f"{address}/deplacer", data=move_form(**changes))
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert reread(session).starts_at == hours().start


def test_it_gets_another_place_and_title(client, cast, session, address):
    as_mediator(cast, client)
    page = client.get(f"{address}/modifier").get_data(as_text=True)
    assert f'<option selected value="lieu:{cast.ids["library"]}:{cast.ids["room"]}">' in page
    client.post(f"{address}/modifier", data=change_form(cast))
    found = reread(session)
    assert (found.title, found.school_id, found.room_id) == ("Bilan", cast.ids["school"], None)


def test_who_changes_the_place_reads_that_people_are_told_if_there_are_any(client, cast, session, address):
    as_mediator(cast, client)
    told = "sont prévenues du nouveau lieu"
    client.post(f"{address}/modifier", data=change_form(cast, place="lieu:2"))
    assert told not in main_of(client.get(address))
    with transaction():
        db.session.execute(update(WorkshopSession).where(WorkshopSession.id == session.id).values(taken=1))
    client.post(f"{address}/modifier", data=change_form(cast, place="lieu:2", title="Autre"))
    assert told not in main_of(client.get(address))
    client.post(f"{address}/modifier", data=change_form(cast))
    assert told in main_of(client.get(address))


def test_a_colleague_of_another_structure_is_not_chosen_by_the_town(client, cast, session, address):
    as_mediator(cast, client)
    response = client.post(f"{address}/modifier", data=change_form(cast, team=[str(cast.ids["other_mediator"])]))
    assert response.status_code == 422
    sign_in(client, cast.manager)
    assert client.post(
        f"{address}/modifier", data=change_form(cast, team=[str(cast.ids["other_mediator"])])
    ).status_code == 303  # fmt: skip


@pytest.mark.parametrize(
    "changes", [{"team": []}, {"team": ["4711"]}, {"place": "lieu:4711"}, {"place": ""}, {"title": "x" * 121}]
)
def test_an_arrangement_that_can_not_be_is_refused(client, cast, session, address, changes):
    as_mediator(cast, client)
    assert client.post(f"{address}/modifier", data=change_form(cast, **changes)).status_code == 422
    assert reread(session).title == ""


def test_seats_are_changed_down_to_what_is_taken(client, cast, session, address):
    with transaction():
        db.session.execute(update(WorkshopSession).where(WorkshopSession.id == session.id).values(taken=5))
    as_mediator(cast, client)
    client.post(f"{address}/places", data={"capacity": 6})
    assert reread(session).capacity == 6
    response = client.post(f"{address}/places", data={"capacity": 4})
    assert response.status_code == 409
    assert "5 places sont déjà prises" in main_of(response)
    for capacity in ("0", "501", "x", "", "9" * 400):
        assert client.post(f"{address}/places", data={"capacity": capacity}).status_code == 422
    assert reread(session).capacity == 6


def test_it_is_called_off(client, cast, session, address):
    as_mediator(cast, client)
    assert "Annuler la séance" in main_of(client.get(f"{address}/annuler"))
    client.post(f"{address}/annuler", data={"reason": "Salle inondée"})
    assert reread(session).state is SessionState.CANCELLED
    said = main_of(client.get(address))
    assert "Annulée" in said
    assert "Salle inondée" in said
    assert "Déplacer" not in said
    assert client.post(f"{address}/annuler", data={"reason": ""}).status_code == 303


def test_before_it_is_called_off_seats_that_are_taken_are_told(client, cast, session, address):
    with transaction():
        db.session.execute(update(WorkshopSession).where(WorkshopSession.id == session.id).values(taken=5))
    as_mediator(cast, client)
    assert "5 places sont prises." in main_of(client.get(f"{address}/annuler"))


@pytest.mark.parametrize("reason", ["x" * 301, "IBAN FR76 3000 6000 0112 3456 7890 189"])
def test_a_reason_that_can_not_be_kept_is_refused(client, cast, session, address, reason):
    as_mediator(cast, client)
    assert client.post(f"{address}/annuler", data={"reason": reason}).status_code == 422
    assert reread(session).state is SessionState.PLANNED


def test_one_that_was_cancelled_is_not_moved_or_changed(client, cast, session, address):
    in_transaction(lambda: changing.cancel(session.id, reason="", now=hours().start, actor_id=None))
    as_mediator(cast, client)
    assert client.get(f"{address}/deplacer").status_code == 409
    assert client.post(f"{address}/deplacer", data=move_form()).status_code == 409
    assert client.post(f"{address}/modifier", data=change_form(cast)).status_code == 409
    assert client.post(f"{address}/places", data={"capacity": 9}).status_code == 409


def test_one_of_another_structure_does_not_exist(client, cast, session, address):
    as_stranger(cast, client)
    for ending in ("", "/deplacer", "/modifier", "/annuler"):
        assert client.get(f"{address}{ending}").status_code == 404, ending
    for ending in ("/deplacer", "/modifier", "/annuler", "/places"):
        assert client.post(f"{address}{ending}", data={}).status_code == 404, ending
    assert reread(session).state is SessionState.PLANNED
    assert client.get("/equipe/ateliers/seances/4711").status_code == 404


def test_who_is_only_in_the_team_looks_and_does_not_change(client, cast):
    found = programme(cast, structure="association")
    (one,) = planned(cast, found)
    as_mediator(cast, client)
    said = main_of(client.get(f"/equipe/ateliers/seances/{one.id}"))
    assert "Salima Benali" in said
    assert "Déplacer" not in said
    assert client.post(f"/equipe/ateliers/seances/{one.id}/annuler", data={"reason": ""}).status_code == 404


def test_one_that_took_place_says_how_many_came_and_leads_to_who(client, cast):
    found = teamed(cast, opened(cast, capacity=4))
    (one,) = sessions_of(found)
    marked(cast, registered(adult(found)), one)
    marked(cast, registered(adult(found, 2)), one, Presence.ABSENT)
    counted(cast, one, 5)
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{one.id}"
    assert "Participants 6" not in main_of(client.get(address))
    held(one)
    response = client.get(address)
    assert "Participants 6" in main_of(response)
    assert f'href="{address}/presence"' in response.get_data(as_text=True)


def test_whoever_leads_it_for_another_structure_is_led_to_its_attendance(client, cast):
    (one,) = planned(cast, programme(cast, structure="association"))
    as_mediator(cast, client)
    assert f"/equipe/ateliers/seances/{one.id}/presence" in client.get(f"/equipe/ateliers/seances/{one.id}").get_data(
        as_text=True
    )


def test_of_a_series_that_is_over_nobody_is_withdrawn_any_more(client, cast):
    found = opened(cast, sessions=2, enrolment=Enrolment.CYCLE)
    who = registered(adult(found))
    as_mediator(cast, client)
    address, withdraw = f"/equipe/ateliers/{found.id}", f"/equipe/inscriptions/{who.id}/annuler"
    assert withdraw in client.get(address).get_data(as_text=True)
    held(*sessions_of(found))
    assert withdraw not in client.get(address).get_data(as_text=True)


def test_one_for_which_nobody_registers_does_not_say_that_nobody_has(client, cast):
    free, listed = opened(cast, enrolment=Enrolment.DROP_IN), opened(cast, title="Sur inscription")
    as_mediator(cast, client)
    said = [main_of(client.get(f"/equipe/ateliers/seances/{sessions_of(one)[0].id}")) for one in (free, listed)]
    assert ["Personne n’est encore inscrit" in one for one in said] == [False, True]
