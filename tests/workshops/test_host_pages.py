"""A host's first page, the page of a programme, and the pages on which a group is registered, changed, taken back."""

from __future__ import annotations

import re

import pytest
import time_machine

from accounts import queries as accounts
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import accepted, account, coordinator, host_of, request_of, stranger
from tests.workshops.enrolments import FIRST, WEEK, fill, opened, sessions_of, state, taken
from tests.workshops.given import count, planned, reread, weekly
from tests.workshops.pages import main_of
from workshops.models import (
    Enrolment,
    HeadCount,
    Openness,
    ProgrammeKind,
    ProgrammeResource,
    ProgrammeState,
    Registration,
    WorkshopSession,
)
from workshops.rules.planning import Place
from workshops.service import programmes, registering

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page_of(programme):
    return f"/hote/ateliers/{programme.id}"


def send(client, programme, **typed):
    """Open the form and send it, with the key that it came with."""
    address = f"{page_of(programme)}/inscrire"
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="key" value="([^"]+)"', page)
    usual = {"group_label": "CM1", "head_count": "12", "phone": "", "key": found.group(1) if found else ""}
    if programme.enrolment is Enrolment.SESSION:
        usual["session_id"] = str(sessions_of(programme)[0].id)
    return client.post(address, data=usual | typed)


def last():
    db.session.rollback()
    return db.session.query(Registration).order_by(Registration.id.desc()).first()


def series(cast, **plan):
    """A series in the care home of the cast, published, with its group."""
    request = request_of(cast, coordinator(cast), kind=ProgrammeKind.CARE_HOME_SERIES, group_label="Étage 2")
    found = accepted(cast, request, "Tablettes aux Tilleuls")
    place = Place(care_home_id=cast.ids["care_home"])
    sessions = planned(cast, found, weekly(2), place=place, equipment_note="Deux multiprises", **plan)
    manager_id, found_id = cast.ids["manager"], found.id
    in_transaction(lambda: programmes.publish(found_id, account(manager_id), now=NOW))
    return reread(found), sessions, accounts.by_email("mireille@hosts.example")


def test_a_host_starts_on_their_own_page_which_says_what_to_do_when_there_is_nothing(client, cast):
    sign_in(client, cast.host)
    assert client.get("/debut").location == "/hote"
    page = main_of(client.get("/hote"))
    assert "École des Peupliers" in page
    assert "Demandez un atelier, ou inscrivez un groupe" in page
    assert "Vous n’avez encore rien demandé." in page


def test_the_page_of_a_programme_tells_the_home_all_it_needs(client, cast):
    found, sessions, mireille = series(cast)
    with transaction():
        programme = reread(found)
        programme.framing_at, programme.framing_notes = FIRST, "Salle du rez-de-chaussée.\nWi-Fi ouvert."
        programme.next_steps = "Revenir en mai."
        db.session.add(
            HeadCount(
                session_id=sessions[0].id, people=7, helpers=2, done="Photos.", counted_at=NOW,
                counted_by_id=cast.mediator.id,
            )
        )  # fmt: skip
    sign_in(client, mireille)
    start = main_of(client.get("/hote"))
    assert "nous venons chez vous préparer « Tablettes aux Tilleuls »" in start
    assert "Étage 2" in start
    with time_machine.travel(FIRST + WEEK / 2, tick=False):
        page = main_of(sign_in(client, mireille).get(page_of(found)))
        assert client.get(f"/equipe/ateliers/{found.id}/bilan.pdf").mimetype == "application/pdf"
        assert sign_in(client, stranger()).get(f"/equipe/ateliers/{found.id}/bilan.pdf").status_code == 404
    for said in (
        "Résidence des Tilleuls · Salima Benali", "Déjà passées", "Notre bilan", "À prévoir : Deux multiprises",
        "7 personnes ont participé", "avec 2 aidants de chez vous",
        "Photos.", "Wi-Fi ouvert.", "Revenir en mai.", "24 personnes de chez vous",
    ):  # fmt: skip
        assert said in page


def test_the_programme_and_the_papers_of_another_place_do_not_exist(client, cast):
    found, _sessions, mireille = series(cast)
    for other in (cast.host, stranger()):
        sign_in(client, other)
        assert client.get(page_of(found)).status_code == 404
        assert client.get(f"{page_of(found)}/inscrire").status_code == 404
        assert send(client, found).status_code == 404
        assert "Tablettes" not in main_of(client.get("/hote"))
    sign_in(client, mireille)
    for address in ("/hote/ateliers/987654", "/hote/ateliers/0", "/hote/ateliers/x", "/hote/groupes/99999999999"):
        assert client.get(address).status_code == 404


def test_heads_counted_and_notes_of_a_public_programme_stay_with_the_staff(client, cast):
    found = opened(cast, capacity=20)
    with transaction():
        reread(found).framing_notes = "Clés chez Paul"
        db.session.add(
            HeadCount(
                session_id=sessions_of(found)[0].id, people=13, counted_at=NOW, counted_by_id=cast.mediator.id
            )
        )  # fmt: skip
        for label, team_only in (("Fiche ouverte", False), ("Fiche fermée", True)):
            db.session.add(
                ProgrammeResource(
                    programme_id=found.id, label=label, url="https://example.org/fiche", team_only=team_only
                )
            )  # fmt: skip
    sign_in(client, cast.host)
    page = main_of(client.get(page_of(found)))
    assert "Fiche ouverte" in page
    for secret in ("Clés chez Paul", "13 personnes", "Fiche fermée"):
        assert secret not in page


def test_a_host_fetches_the_files_of_a_programme_they_see_and_not_those_of_the_team(client, cast):
    found = opened(cast, capacity=20)
    with transaction():
        for name, team_only in (("fiche.pdf", False), ("corrige.pdf", True)):
            db.session.add(
                ProgrammeResource(
                    programme_id=found.id, label=name, file_name=name, media_type="application/pdf", content=b"%PDF-1",
                    team_only=team_only,
                )
            )  # fmt: skip
    sign_in(client, cast.host)
    page = client.get(page_of(found)).get_data(as_text=True)
    (address,) = re.findall(r'href="([^"]+/fiches/[^"]+)"', page)
    answer = client.get(address)
    assert (answer.data, answer.headers["Content-Disposition"]) == (b"%PDF-1", "attachment; filename=fiche.pdf")
    for other in (address.replace("/1/fiche", "/2/fiche"), f"{page_of(found)}/fiches/2/corrige.pdf", f"{address}x"):
        assert client.get(other).status_code == 404
    with transaction():
        reread(found).state = ProgrammeState.DRAFT
    assert client.get(address).status_code == 404


def test_a_programme_of_the_school_without_a_group_is_the_next_thing_to_do(client, cast):
    found = opened(cast, capacity=30, openness=Openness.STAFF, school_id=cast.ids["school"], title="Robots")
    sign_in(client, cast.host)
    page = client.get("/hote")
    assert "Aucun groupe de chez vous n’est encore inscrit à « Robots »." in main_of(page)
    assert f'href="{page_of(found)}/inscrire"' in page.get_data(as_text=True)
    send(client, found)
    assert "Aucun groupe de chez vous" not in main_of(client.get("/hote"))


def test_the_group_of_a_draft_leads_to_no_page_that_is_not_there(client, cast):
    draft = accepted(cast, request_of(cast))
    sign_in(client, cast.host)
    page = client.get(f"/hote/groupes/{last().id}")
    assert page_of(draft) not in page.get_data(as_text=True)
    assert "Nous préparons les dates" in main_of(page)


def test_a_teacher_registers_a_class_changes_it_and_takes_it_back(client, cast):
    found = opened(cast, capacity=20)
    sign_in(client, cast.host)
    assert "Ouverts à vos groupes" in main_of(client.get("/hote"))
    sent = send(client, found, phone="06 39 98 00 55")
    group = last()
    assert sent.location == f"/hote/groupes/{group.id}"
    assert (group.state, group.seats, group.contact_phone) == ("registered", 12, "+33639980055")
    assert "Votre groupe est inscrit." in main_of(client.get(sent.location))
    links = re.findall(r'href="(/mon-inscription/[^"]+)"', client.get(sent.location).get_data(as_text=True))
    assert [client.get(one).mimetype for one in links] == ["application/pdf", "text/calendar"]
    assert client.post(f"{sent.location}/effectif", data={"head_count": "15"}).status_code == 303
    assert taken(found) == [(15, 0)]
    refused = client.post(f"{sent.location}/effectif", data={"head_count": "21"})
    assert refused.status_code == 422
    assert client.post(f"{sent.location}/annuler", data={}).status_code == 303
    assert (state(group), taken(found)) == ("cancelled", [(0, 0)])
    assert "Effectif" in main_of(client.get(sent.location))


def test_the_form_for_a_whole_series_says_how_many_sessions_and_seats(client, cast):
    found = opened(cast, sessions=3, capacity=20, enrolment=Enrolment.CYCLE)
    fill(found, 4)
    sign_in(client, cast.host)
    page = main_of(client.get(f"{page_of(found)}/inscrire"))
    assert "16 places sont libres" in page
    assert "aux 3 séances" in page
    assert send(client, found).status_code == 303
    assert taken(found) == [(16, 0)] * 3


def test_a_double_press_registers_once(client, cast):
    found = opened(cast, capacity=40)
    sign_in(client, cast.host)
    first, again = (send(client, found, key="the same page") for _ in range(2))
    assert first.location == again.location
    assert count(Registration) == 1


def test_a_full_workshop_is_a_place_on_the_list_and_then_a_question(client, cast):
    found = opened(cast, capacity=12)
    people = fill(found, 3)
    sign_in(client, cast.host)
    sent = send(client, found, head_count="11")
    assert "numéro 1 de la liste" in main_of(client.get(sent.location))
    for id_ in [one.id for one in people[:2]]:
        in_transaction(lambda id_=id_: registering.cancel(id_, now=NOW, by_resident=True))
    assert state(last()) == "offered"
    assert "Répondre oui ou non" in main_of(client.get("/hote"))
    asked = main_of(client.get(sent.location))
    assert "Oui, nous venons" in asked
    assert client.post(f"{sent.location}/effectif", data={"head_count": "9"}).status_code == 422
    assert client.post(f"{sent.location}/oui", data={}).status_code == 303
    assert (state(last()), taken(found)) == ("registered", [(12, 0)])
    assert client.post(f"{sent.location}/non", data={}).status_code in {409, 422}
    assert state(last()) == "registered"


@ONE_ENGINE
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"group_label": " "}, "group_label"),
        ({"group_label": "é" * 121}, "group_label"),
        ({"group_label": "2 69 05 49 588 157 80"}, "group_label"),
        ({"head_count": "0"}, "head_count"),
        ({"head_count": "9" * 400}, "head_count"),
        ({"head_count": "douze"}, "head_count"),
        ({"session_id": "987654"}, "session_id"),
        ({"session_id": ""}, "session_id"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_is_wrong_with_a_group_is_said_beside_its_field(client, cast, wrong, field):
    found = opened(cast, capacity=20)
    sign_in(client, cast.host)
    response = send(client, found, **wrong)
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)
    assert count(Registration) == 0


def test_a_group_of_the_same_name_is_refused_with_what_to_do(client, cast):
    found = opened(cast, capacity=40)
    sign_in(client, cast.host)
    send(client, found)
    response = send(client, found)
    assert response.status_code == 409
    assert "Changez son effectif" in main_of(response)


@ONE_ENGINE
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"openness": Openness.STAFF}, 404),
        ({"state": ProgrammeState.DRAFT}, 404),
        ({"enrolment": Enrolment.DROP_IN}, 404),
        ({"registration_opens_at": NOW + WEEK}, 422),
        ({"registration_closes_at": NOW}, 422),
        ({"first": NOW - WEEK}, 409),
    ],
)
def test_what_takes_no_groups_now_says_so_or_does_not_exist(client, cast, changes, status):
    found = opened(cast, **changes)
    sign_in(client, cast.host)
    assert client.get(f"{page_of(found)}/inscrire").status_code == status
    assert send(client, found).status_code == status


def test_the_group_of_another_place_does_not_exist_on_any_page(client, cast):
    found = opened(cast, capacity=20)
    sign_in(client, cast.host)
    address = send(client, found).location
    person = fill(found, 1)[0]
    for other in (stranger(), coordinator(cast)):
        sign_in(client, other)
        for at in (address, f"/hote/groupes/{person.id}"):
            assert client.get(at).status_code == 404
            for act in ("effectif", "annuler", "oui", "non"):
                assert client.post(f"{at}/{act}", data={"head_count": "1"}).status_code == 404
        assert client.post(f"{address}/peutetre", data={}).status_code == 404
    assert taken(found) == [(13, 0)]


@ONE_ENGINE
def test_names_of_groups_are_never_markup(client, cast):
    found = opened(cast, capacity=20)
    sign_in(client, cast.host)
    address = send(client, found, group_label='<b>CM1</b>"').location
    for path in (address, "/hote", page_of(found)):
        assert "<b>CM1" not in client.get(path).get_data(as_text=True)


def test_a_colleague_of_the_same_school_looks_after_the_group_too(client, cast):
    found = opened(cast, capacity=20)
    sign_in(client, cast.host)
    address = send(client, found).location
    sign_in(client, host_of("Luc Martin", school_id=cast.school.id))
    assert client.post(f"{address}/effectif", data={"head_count": "10"}).status_code == 303
    assert taken(found) == [(10, 0)]


def test_somebody_who_is_also_a_manager_finds_both_entries(client, cast):
    sign_in(client, host_of("Rose Double", roles=(Role.HOST, Role.MANAGER), school_id=cast.school.id))
    page = client.get("/hote").get_data(as_text=True)
    assert 'href="/equipe/demandes"' in page
    assert db.session.query(WorkshopSession).count() == 0


@pytest.mark.parametrize("cost", [{"price_cents": 1200}, {"training_units": 2}])
def test_what_a_seat_costs_something_for_is_not_offered_to_groups(client, cast, cost):
    sign_in(client, coordinator(cast))
    free, paid = opened(cast, capacity=20, title="Gratuit"), opened(cast, capacity=20, title="Payant", **cost)
    listed = main_of(client.get("/hote"))
    assert "Gratuit" in listed
    assert "Payant" not in listed
    assert client.get(page_of(paid)).status_code == 404
    assert client.get(f"{page_of(paid)}/inscrire").status_code == 404
    assert send(client, paid).status_code == 404
    assert count(Registration) == 0
    assert client.get(f"{page_of(free)}/inscrire").status_code == 200


def test_what_was_made_for_the_place_may_have_a_price_that_is_settled_with_the_team(client, cast):
    sign_in(client, coordinator(cast))
    programme = opened(cast, capacity=20, price_cents=1200, care_home_id=cast.ids["care_home"])
    assert "l’équipe voit avec vous comment votre groupe paie" in main_of(client.get(f"{page_of(programme)}/inscrire"))
    send(client, programme)
    assert "Paiement à voir avec l’équipe" in main_of(client.get(f"/hote/groupes/{last().id}"))
    sign_in(client, cast.mediator)
    assert "12,00" in main_of(client.get(f"/equipe/inscriptions/{last().id}"))
