"""The pages of incidents: the list and its filters, one incident, reporting, repairing, settling."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from equipment.models import Condition, Destination, Incident, IncidentState, Item
from equipment.service import incidents, items
from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.faults import act, condition_of, count, devices, reported, steps
from tests.equipment.given import kit
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/materiel/incidents"


@pytest.fixture
def blue(cast):
    return kit(units=3)


@pytest.fixture
def cracked(cast, blue):
    return reported(blue.id, cast.ids["mediator"], item_id=devices(blue.id)[0])


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def shown(page):
    """The first words of each row of a list of incidents."""
    return re.findall(r'class="who" href="[^"]*">([^<]+)<', page)


def test_the_list_tells_what_is_not_settled_the_oldest_first(client, cast, blue, cracked):
    mediator, (first, second, third) = cast.ids["mediator"], devices(blue.id)
    reported(blue.id, mediator, Condition.MISSING, "Pas revenue.", item_id=third, now=NOW + timedelta(hours=2))
    reported(blue.id, mediator, words="Roulette cassée.", now=NOW + timedelta(hours=1))
    done = reported(blue.id, mediator, item_id=second)
    act(incidents.close, done.id, "Réparé.", by=mediator, became=Condition.WORKING)
    sign_in(client, cast.mediator)
    codes = [db.session.get_one(Item, one).code for one in (first, third)]
    assert shown(read(client, LIST)) == [f"{codes[0]} · tablette", "La mallette entière", f"{codes[1]} · tablette"]
    settled = read(client, f"{LIST}?etat=closed")
    assert len(shown(settled)) == 1
    assert "Réparé." in settled


def test_it_can_be_asked_by_kit_and_age_and_odd_wishes_filter_nothing(client, cast, blue, cracked):
    red = kit("Mallette rouge", units=1)
    reported(red.id, cast.ids["mediator"], item_id=devices(red.id)[0], now=NOW - timedelta(days=40))
    reported(red.id, cast.ids["mediator"], words="Housse.", now=NOW - timedelta(days=10))
    sign_in(client, cast.mediator)
    assert len(shown(read(client, f"{LIST}?mallette={red.id}"))) == 2
    for age, words in (("week", "tablette"), ("month", "entière"), ("older", "tablette")):
        (row,) = shown(read(client, f"{LIST}?age={age}"))
        assert words in row
    for odd in ("?etat=x", "?age=9", "?mallette=x", "?page=0", "?page=-3"):
        assert len(shown(read(client, LIST + odd))) == 3
    assert shown(read(client, f"{LIST}?mallette=99999")) == []
    assert "Aucun incident pour ces choix" in read(client, f"{LIST}?age=older&etat=closed")


def test_an_empty_list_says_so(client, cast, blue):
    sign_in(client, cast.mediator)
    assert "Rien ne manque" in read(client, LIST)


def test_a_long_list_comes_by_pages_and_asks_no_more_for_more_rows(client, cast, blue):
    sign_in(client, cast.manager)
    reported(blue.id, cast.ids["mediator"], words="Défaut")
    read(client, LIST)
    with statements() as few:
        read(client, LIST)
    with transaction():
        db.session.add_all(
            Incident(
                kit_id=blue.id, condition=Condition.DAMAGED, description=f"Défaut {n}", state=IncidentState.OPEN,
                opened_at=NOW, opened_by_id=cast.ids["mediator"],
            )
            for n in range(60)
        )  # fmt: skip
    with statements() as many:
        page = read(client, LIST)
    assert len(shown(page)) == 50
    assert len(many) == len(few)
    assert len(shown(read(client, f"{LIST}?page=2"))) == 11


def test_another_structures_incidents_are_not_seen(client, cast):
    theirs = kit(structure_id=cast.ids["association"])
    made = reported(theirs.id, cast.ids["other_mediator"])
    sign_in(client, cast.mediator)
    assert shown(read(client, LIST)) == []
    assert "Mallette bleue" not in read(client, LIST)
    read(client, f"{LIST}/{made.id}", 404)
    read(client, f"{LIST}/{made.id + 1000}", 404)
    read(client, f"/equipe/materiel/mallettes/{theirs.id}/incident", 404)
    for path, data in ((f"{LIST}/{made.id}/remarque", {"note-note": "Vu."}), (f"{LIST}/{made.id}/reparation", {})):
        assert client.post(path, data=data).status_code == 404
    sent = {"item": 0, "condition": "damaged", "description": "Autre."}
    assert client.post(f"/equipe/materiel/mallettes/{theirs.id}/incident", data=sent).status_code == 404
    assert (len(steps(made.id)), count(Incident)) == (1, 1)


@pytest.mark.parametrize("role", [Role.HOST, Role.PRESCRIBER, Role.PARTNER])
def test_incidents_are_the_teams(client, cast, cracked, role):
    sign_in(client, cast.account_of(role))
    for path in (LIST, f"{LIST}/nouveau", f"{LIST}/{cracked.id}"):
        read(client, path, 403)


def test_a_mediator_reports_a_device_in_two_pages(client, cast, blue):
    sign_in(client, cast.mediator)
    assert f"/mallettes/{blue.id}/incident" in read(client, f"{LIST}/nouveau")
    tablet = devices(blue.id)[1]
    path = f"/equipe/materiel/mallettes/{blue.id}/incident"
    assert f'<option selected value="{tablet}">' in read(client, f"{path}?appareil={tablet}")
    sent = {"item": tablet, "condition": "incomplete", "description": "Le chargeur manque."}
    for _ in range(2):
        response = client.post(path, data=sent)
        assert response.status_code == 303
    assert condition_of(tablet) is Condition.INCOMPLETE
    assert count(Incident) == 1
    page = read(client, response.headers["Location"])
    assert "Le chargeur manque." in page
    assert "Salima Benali" in page


def test_the_form_knows_what_is_faulty_already_and_leaves_out_what_is_gone(client, cast, blue, cracked):
    faulty, gone, _fine = devices(blue.id)
    with transaction():
        codes = [db.session.get_one(Item, one).code for one in (faulty, gone)]
    act(items.retire, gone, Destination.PARTS, "", by=cast.ids["manager"])
    sign_in(client, cast.mediator)
    page = read(client, f"/equipe/materiel/mallettes/{blue.id}/incident?appareil={gone}")
    assert f"{codes[0]} · tablette · abîmé" in page
    assert codes[1] not in page


@pytest.mark.parametrize(
    "sent",
    [{}, {"item": 0}, {"item": 0, "condition": "working", "description": "x"}, {"item": 999, "condition": "damaged"}],
)
def test_a_report_that_says_too_little_is_drawn_again(client, cast, blue, sent):
    sign_in(client, cast.mediator)
    response = client.post(f"/equipe/materiel/mallettes/{blue.id}/incident", data=sent)
    assert response.status_code == 422
    assert "problème" in response.get_data(as_text=True)
    assert count(Incident) == 0


def test_what_must_not_be_kept_is_said_beside_the_field(client, cast, blue):
    sign_in(client, cast.mediator)
    sent = {"item": 0, "condition": "damaged", "description": "mdp=Tablette12!"}
    response = client.post(f"/equipe/materiel/mallettes/{blue.id}/incident", data=sent)
    assert response.status_code == 422
    assert 'id="description-fault"' in response.get_data(as_text=True)


def test_one_incident_is_repaired_and_settled_on_its_page(client, cast, cracked):
    sign_in(client, cast.mediator)
    path = f"{LIST}/{cracked.id}"
    assert client.post(f"{path}/reparation", data={"repair-supplier": "Répar’Ville"}).status_code == 303
    assert client.post(f"{path}/remarque", data={"note-note": "Devis de 80 €."}).status_code == 303
    sent = {"became": "working", "outcome": "Écran changé.", "supplier": "Répar’Ville", "cost": "80,5"}
    assert client.post(f"{path}/regler", data=sent).status_code == 303
    page = read(client, path)
    for words in ("80,50\u00a0€", "Répar’Ville", "Devis de 80 €.", "Réparation commencée", "Réglé"):
        assert words in page
    assert "/regler" not in page
    assert reread(cracked).cost_cents == 8050


def test_what_is_wrong_is_said_in_its_own_form(client, cast, cracked):
    sign_in(client, cast.mediator)
    for form, sent, at in (
        ("regler", {"became": "working", "outcome": "Vu.", "cost": "beaucoup"}, "cost"),
        ("regler", {"became": "working", "outcome": "", "cost": ""}, "outcome"),
        ("regler", {"outcome": "Vu."}, "became"),
        ("remarque", {"note-note": ""}, "note-note"),
        ("remarque", {"note-note": "mdp=Tablette12!"}, "note-note"),
        ("reparation", {"repair-supplier": "a" * 121}, "repair-supplier"),
    ):
        response = client.post(f"{LIST}/{cracked.id}/{form}", data=sent)
        assert response.status_code == 422
        assert f'id="{at}-fault"' in response.get_data(as_text=True), (form, at)
    assert len(steps(cracked.id)) == 1


def test_a_manager_takes_a_device_out_of_use_a_mediator_does_not(client, cast, cracked):
    path, sent = f"{LIST}/{cracked.id}/regler", {"became": "retired", "outcome": "Irréparable."}
    sign_in(client, cast.mediator)
    assert client.post(path, data=sent | {"destination": "parts"}).status_code == 422
    sign_in(client, cast.manager)
    response = client.post(path, data=sent)
    assert response.status_code == 422
    assert 'id="destination-fault"' in response.get_data(as_text=True)
    sent |= {"destination": "recycling", "certificate": "DEEE-7"}
    assert client.post(path, data=sent).status_code == 303
    assert condition_of(cracked.item_id) is Condition.RETIRED
    assert "recycl" in read(client, f"{LIST}/{cracked.id}")


def test_settled_by_somebody_else_meanwhile_is_a_kind_page(client, cast, cracked):
    sign_in(client, cast.mediator)
    act(incidents.close, cracked.id, "Réparé.", by=cast.ids["manager"], became=Condition.WORKING)
    response = client.post(f"{LIST}/{cracked.id}/regler", data={"became": "missing", "outcome": "Introuvable."})
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "Quelqu’un a réglé cet incident entre-temps" in page
    assert "Réparé." in page
    assert condition_of(cracked.item_id) is Condition.WORKING


def test_the_page_tells_what_happened_to_the_device_before(client, cast, blue, cracked):
    act(incidents.close, cracked.id, "Écran changé.", by=cast.ids["mediator"], became=Condition.WORKING)
    again = reported(blue.id, cast.ids["mediator"], item_id=cracked.item_id, words="Ne charge plus.")
    sign_in(client, cast.mediator)
    page = read(client, f"{LIST}/{again.id}")
    assert "Incidents précédents" in page
    assert "Écran changé." in page
    assert re.search(rf'href="{LIST}/{cracked.id}"', page)
