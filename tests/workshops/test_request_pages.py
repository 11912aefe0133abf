"""The pages on which a host asks and follows, and those on which a manager answers."""

from __future__ import annotations

import re

import pytest

from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.mediation.planning import account_in, value_of
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import accepted, account, coordinator, host_of, request_of, stranger
from tests.workshops.given import count, planned, reread, weekly
from tests.workshops.pages import main_of
from workshops.models import Programme, ProgrammeKind, RequestState, WorkshopRequest
from workshops.service import programmes, requests

pytestmark = pytest.mark.usefixtures("stopped_clock")

ASK, CHECK = "/hote/demande", "/hote/demande/verifier"


def wish(**changes):
    usual = {
        "kind": "coding_club", "wish": "Programmer des robots.\r\nAvec les tablettes.", "group_label": "CM1",
        "head_count": "24", "session_count": "3", "when_possible": "Le jeudi matin.", "contact_phone": "06 39 98 00 55",
    }  # fmt: skip
    return usual | changes


def last():
    db.session.rollback()
    return db.session.query(WorkshopRequest).order_by(WorkshopRequest.id.desc()).first()


def test_a_teacher_asks_checks_sends_and_follows(client, cast):
    sign_in(client, cast.host)
    page = main_of(client.get(ASK))
    assert "École des Peupliers" in page
    assert "N’écrivez le nom d’aucun élève." in page
    checked = client.post(ASK, data=wish())
    assert checked.status_code == 303
    assert "06 39 98 00 55" in main_of(client.get(checked.location))
    sent = client.post(checked.location, data={})
    assert sent.status_code == 303
    assert "Votre demande est envoyée." in main_of(client.get(sent.location))
    made = last()
    assert (made.kind, made.head_count, made.session_count) == (ProgrammeKind.CODING_CLUB, 24, 3)
    assert (made.wish, made.contact_phone) == ("Programmer des robots.\nAvec les tablettes.", "+33639980055")
    assert client.post(checked.location, data={}).location == f"/hote/demandes/{made.id}"
    assert client.get(checked.location).location == f"/hote/demandes/{made.id}"
    assert count(WorkshopRequest) == 1


def test_what_was_typed_is_there_again_and_a_coordinator_is_asked_what_suits_a_home(client, cast):
    sign_in(client, coordinator(cast))
    assert 'value="coding_club"' not in client.get(ASK).get_data(as_text=True)
    checked = client.post(ASK, data=wish(kind="care_home_series"))
    again = client.get(checked.location.replace("/verifier", "")).get_data(as_text=True)
    assert "Avec les tablettes." in again
    assert re.search(r'<input checked[^>]*value="care_home_series"', again)


@ONE_ENGINE
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "care_home_series"}, "kind"),
        ({"kind": "<b>"}, "kind"),
        ({"wish": "  "}, "wish"),
        ({"wish": "x" * 1001}, "wish"),
        ({"wish": "2 69 05 49 588 157 80"}, "wish"),
        ({"when_possible": ""}, "when_possible"),
        ({"head_count": "beaucoup"}, "head_count"),
        ({"head_count": "-3"}, "head_count"),
        ({"head_count": "9" * 400}, "head_count"),
        ({"session_count": "500"}, "session_count"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"group_label": "é" * 121}, "group_label"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(client, cast, wrong, field):
    sign_in(client, cast.host)
    response = client.post(ASK, data=wish(**wrong))
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)
    assert count(WorkshopRequest) == 0


def test_long_answers_in_any_alphabet_are_kept_until_they_are_sent(client, cast):
    sign_in(client, cast.host)
    checked = client.post(ASK, data=wish(wish="Ça dépend, œuvre. " * 55, when_possible="<script>alert(1)</script>"))
    assert checked.status_code == 303
    assert "<script>alert" not in client.get(checked.location).get_data(as_text=True)
    client.post(checked.location, data={})
    assert last().when_possible == "<script>alert(1)</script>"
    sign_in(client, cast.manager)
    assert "<script>alert" not in client.get(f"/equipe/demandes/{last().id}").get_data(as_text=True)


def test_a_draft_that_is_not_there_begins_anew(client, cast):
    sign_in(client, cast.host)
    assert client.get(f"{CHECK}?d=nothing").location == ASK
    assert client.post(f"{CHECK}?d=nothing", data={}).location == ASK


def test_too_many_requests_are_refused_where_they_are_sent(client, cast, monkeypatch):
    monkeypatch.setattr(requests, "MOST_WAITING", 1)
    sign_in(client, cast.host)
    request_of(cast)
    checked = client.post(ASK, data=wish())
    response = client.post(checked.location, data={})
    assert response.status_code == 422
    assert "sans réponse" in main_of(response)


def test_a_host_of_nowhere_reads_whom_to_ask(client, cast):
    sign_in(client, host_of("Zoé Nulle"))
    for path, status in (("/hote", 200), (ASK, 403), (CHECK, 403), ("/hote/ateliers/1", 403), ("/hote/groupes/1", 403)):
        response = client.get(path)
        assert response.status_code == status
        assert cast.administrator.email in main_of(response)


def test_a_host_follows_from_asked_to_the_dates(client, cast):
    request = request_of(cast)
    sign_in(client, cast.host)
    page = f"/hote/demandes/{request.id}"
    assert "En attente de réponse" in main_of(client.get(page))
    programme = accepted(cast, request)
    assert "Nous préparons les dates" in main_of(client.get(page))
    assert client.get(f"/hote/ateliers/{programme.id}").status_code == 404
    planned(cast, programme, weekly(8))
    manager_id = cast.manager.id
    in_transaction(lambda: programmes.publish(programme.id, account(manager_id), now=NOW))
    shown = main_of(client.get(page))
    assert "Les dates sont fixées" in shown
    assert "mercredi 18 mars à 16 h 00" in shown
    assert "et 2 autres dates" in shown
    whole = main_of(client.get(f"/hote/ateliers/{programme.id}"))
    assert "Médiathèque du Port · Salle bleue" in whole
    assert "24 personnes de chez vous" in whole
    start = main_of(client.get("/hote"))
    assert "Robots" in start
    assert "mer. 18 mars" in start


def test_a_no_is_read_with_its_reason(client, cast):
    request, manager_id = request_of(cast), cast.manager.id
    in_transaction(lambda: requests.decline(request.id, "Pas avant juin.", account(manager_id), now=NOW))
    sign_in(client, cast.host)
    shown = main_of(client.get(f"/hote/demandes/{request.id}"))
    assert "Pas avant juin." in shown
    assert "Retirer la demande" not in shown


def test_a_request_is_taken_back_once_and_not_after_the_answer(client, cast):
    request = request_of(cast)
    sign_in(client, cast.host)
    page = f"/hote/demandes/{request.id}"
    for _ in range(2):
        assert client.post(f"{page}/retirer", data={}).status_code == 303
    assert "Retirée le mardi 10 mars 2026" in main_of(client.get(page))
    other = request_of(cast)
    accepted(cast, other)
    response = client.post(f"/hote/demandes/{other.id}/retirer", data={})
    assert response.status_code == 409
    assert reread(other).state is RequestState.ACCEPTED


def test_somebody_elses_request_and_a_made_up_one_do_not_exist(client, cast):
    request = request_of(cast)
    sign_in(client, stranger())
    for id_ in (request.id, 987654):
        assert client.get(f"/hote/demandes/{id_}").status_code == 404
        assert client.post(f"/hote/demandes/{id_}/retirer", data={}).status_code == 404
    assert client.get("/hote/demandes/99999999999999999999").status_code == 404
    assert reread(request).state is RequestState.ASKED


def test_a_colleague_of_the_same_school_does_not_read_ones_phone_number(client, cast):
    request = request_of(cast)
    sign_in(client, host_of("Luc Martin", school_id=cast.school.id))
    assert client.get(f"/hote/demandes/{request.id}").status_code == 404


def test_the_manager_makes_a_programme_in_one_press_and_lands_on_its_dates_with_the_wish_beside(client, cast):
    request = request_of(cast)
    sign_in(client, cast.manager)
    assert "1 sans réponse" in re.sub(r"<[^>]+>", "", client.get("/equipe/ateliers").get_data(as_text=True))
    assert "École des Peupliers, CM1" in main_of(client.get("/equipe/demandes"))
    page = client.get(f"/equipe/demandes/{request.id}").get_data(as_text=True)
    assert 'value="Club de programmation, École des Peupliers, CM1"' in page
    press = {"title": "Robots au CM1", "structure_id": str(cast.town.id)}
    pressed = client.post(f"/equipe/demandes/{request.id}/accepter", data=press)
    programme = db.session.query(Programme).one()
    assert pressed.location == f"/equipe/ateliers/{programme.id}/dates"
    shown = client.get(pressed.location)
    assert "Le jeudi matin." in main_of(shown)
    assert f'selected value="ecole:{cast.school.id}"' in shown.get_data(as_text=True)
    assert value_of(shown.get_data(as_text=True), "starts") == "09:30", (
        "a club is after school; this one was asked for in the morning"
    )
    again = client.post(f"/equipe/demandes/{request.id}/accepter", data=press)
    assert again.location == pressed.location
    assert count(Programme) == 1
    assert "Robots au CM1" in main_of(client.get(f"/equipe/demandes/{request.id}"))
    assert "Le cycle" in main_of(client.get("/equipe/demandes?vue=acceptees"))


def test_a_colleague_who_comes_too_late_is_told_so(client, cast):
    request = request_of(cast)
    accepted(cast, request)
    sign_in(client, cast.administrator)
    press = {"title": "Robots", "structure_id": "0"}
    response = client.post(f"/equipe/demandes/{request.id}/accepter", data=press)
    assert response.status_code == 409
    assert "entre-temps" in main_of(response)
    assert cast.manager.name in main_of(response)
    assert client.post(f"/equipe/demandes/{request.id}/refuser", data={"reason": "Non."}).status_code == 409


@ONE_ENGINE
@pytest.mark.parametrize(
    ("verb", "typed", "field"),
    [
        ("accepter", {"title": " ", "structure_id": "0"}, "title"),
        ("accepter", {"title": "x" * 121, "structure_id": "0"}, "title"),
        ("accepter", {"title": "2 69 05 49 588 157 80", "structure_id": "0"}, "title"),
        ("accepter", {"title": "Robots", "structure_id": "987"}, "structure_id"),
        ("refuser", {"reason": ""}, "reason"),
        ("refuser", {"reason": "é" * 501}, "reason"),
        ("refuser", {"reason": "2 69 05 49 588 157 80"}, "reason"),
    ],
)
def test_an_answer_that_can_not_be_is_said_beside_its_field(client, cast, verb, typed, field):
    request = request_of(cast)
    sign_in(client, cast.manager)
    response = client.post(f"/equipe/demandes/{request.id}/{verb}", data=typed)
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)
    assert (reread(request).state, count(Programme)) == (RequestState.ASKED, 0)


def test_the_manager_declines_with_a_reason(client, cast):
    request = request_of(cast)
    sign_in(client, cast.manager)
    typed = {"reason": "Plus de robots avant juin."}
    assert client.post(f"/equipe/demandes/{request.id}/refuser", data=typed).location == "/equipe/demandes"
    assert "Plus de robots avant juin." in main_of(client.get(f"/equipe/demandes/{request.id}"))
    assert "Personne n’attend de réponse." in main_of(client.get("/equipe/demandes"))
    assert "École des Peupliers" in main_of(client.get("/equipe/demandes?vue=closes"))


def test_a_structure_takes_one_for_itself_declines_none_and_sees_none_that_another_took(client, cast):
    first, second = request_of(cast), request_of(cast, group_label="CM2")
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    page = client.get(f"/equipe/demandes/{first.id}")
    assert "/refuser" not in page.get_data(as_text=True)
    assert client.post(f"/equipe/demandes/{first.id}/refuser", data={"reason": "Non."}).status_code == 403
    town = {"title": "Robots", "structure_id": str(cast.town.id)}
    assert client.post(f"/equipe/demandes/{first.id}/accepter", data=town).status_code == 422
    ours = {"title": "Robots", "structure_id": str(cast.association.id)}
    assert client.post(f"/equipe/demandes/{first.id}/accepter", data=ours).status_code == 303
    assert db.session.query(Programme).one().structure_id == cast.association.id
    accepted(cast, second)
    assert client.get(f"/equipe/demandes/{second.id}").status_code == 404
    assert client.post(f"/equipe/demandes/{second.id}/accepter", data=ours).status_code == 404
    shown = main_of(client.get("/equipe/demandes?vue=acceptees"))
    assert "CM1" in shown
    assert "CM2" not in shown


@ONE_ENGINE
def test_an_empty_list_says_so_and_any_address_opens_it(client, cast):
    sign_in(client, cast.manager)
    for query in ("", "?vue=acceptees", "?vue=closes", "?vue=rien", "?page=-4", "?page=x", "?page=99999999999"):
        assert client.get(f"/equipe/demandes{query}").status_code == 200


def test_a_request_of_a_host_who_has_left_their_school_is_still_answered(client, cast):
    request = request_of(cast)
    with transaction():
        cast.host.school_id = None
    sign_in(client, cast.manager)
    assert "École des Peupliers" in main_of(client.get(f"/equipe/demandes/{request.id}"))
    accepted(cast, request)
    sign_in(client, cast.host)
    assert client.get(f"/hote/demandes/{request.id}").status_code == 200
