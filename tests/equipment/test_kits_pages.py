"""The pages of kits: the list with its filters, one kit, a new one, a change, the way out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from equipment.models import Approval, Borrowers, Condition, Item, Kit, Reservation, ReservationState
from equipment.queries import register
from equipment.rules.details import Leaving
from equipment.rules.lending import Wish
from equipment.service import kits, lending
from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import done, kit, morning, reserved
from tests.equipment.shelves import act, added, by, reread
from tests.mediation.planning import account_in, value_of
from tests.workshops.given import count
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/materiel/mallettes"


def kit_form(cast, **changes):
    """What the page of a kit sends."""
    usual = {
        "structure_id": cast.ids["town"], "name": "Mallette bleue", "code": "mal-01", "kind": "Tablettes",
        "home_venue_id": cast.ids["library"], "description": "Douze tablettes.", "unit_kind": "tablette",
        "minimum_units": 8, "borrowers": "schools", "approval": "manager", "lead_hours": 72,
        "longest_loan_days": 7, "turnaround_minutes": 90, "flat_minutes": 60,
        "rules": "Compter\r\n\r\nRecharger",
    }  # fmt: skip
    return usual | changes


def as_manager(cast, client):
    return sign_in(client, cast.manager)


def last() -> Kit:
    return db.session.scalars(select(Kit).order_by(Kit.id.desc())).first()


def listed(client, **asked):
    return main_of(client.get(LIST, query_string=asked))


def test_without_a_kit_the_list_says_what_to_do(client, cast):
    as_manager(cast, client)
    assert "Décrivez la première, ou importez votre liste" in listed(client)
    sign_in(client, cast.mediator)
    page = client.get(LIST).get_data(as_text=True)
    assert "Les personnes responsables du matériel les enregistrent" in page
    assert "/nouvelle" not in page


def test_each_kit_is_told_with_what_works_of_it_and_who_has_it(client, cast):
    out, coming, stays = kit("Aube", units=12, broken=1), kit("Brise"), kit("Crue", units=2, broken=1, minimum_units=2)
    loan = reserved(out.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    with transaction():
        db.session.get_one(Reservation, loan.id).state = ReservationState.HANDED_OVER
    for weeks in (2, 1):
        reserved(coming.id, morning(weeks), cast.ids["mediator"], Wish(care_home_id=cast.ids["care_home"]))
    sign_in(client, cast.mediator)
    said = listed(client)
    assert "Tablette : 11 sur 12 fonctionnent" in said
    assert "Sortie : École des Peupliers retour mardi 17 mars" in said
    assert "mar. 24 mars, 9 h 00" in said
    assert "Résidence des Tilleuls" in said
    assert [said.count(one) for one in ("Peut sortir, incomplète", "Peut sortir", "Ne sort pas")] == [1, 2, 1]
    assert said.index(out.name) < said.index(coming.name) < said.index(stays.name)


def test_the_list_is_searched_and_filtered(client, cast):
    kit("Mallette bleue", home_venue_id=cast.ids["library"], structure_id=cast.ids["town"])
    kit("Robots du lundi", kind="Robots", unit_kind="robot", home_venue_id=cast.ids["workshop"])
    as_manager(cast, client)
    for asked, found in (
        ({"q": "bleue"}, [True, False]), ({"q": "ROBOT"}, [False, True]), ({"genre": "robots"}, [False, True]),
        ({"lieu": cast.ids["library"]}, [True, False]), ({"structure": cast.ids["town"]}, [True, False]),
        ({"structure": "commun"}, [False, True]), ({"q": "lundi", "genre": "Robots"}, [False, True]),
        ({"q": "rien de tel"}, [False, False]), ({"lieu": "x", "structure": "9" * 40}, [True, True]),
    ):  # fmt: skip
        page = listed(client, **asked)
        assert [f"{name} " in page for name in ("Mallette bleue", "Robots du lundi")] == found, asked
    assert "Cherchez plus large" in listed(client, q="rien de tel")


def test_what_is_out_of_use_stands_apart(client, cast):
    gone, stays = kit("Partie", units=0), kit("Ici")
    as_manager(cast, client)
    assert "sorties du parc" not in listed(client)
    act(kits.retire, gone.id, Leaving(), who=cast.ids["manager"])
    assert "Partie" not in listed(client)
    assert "Mallettes sorties du parc (1)" in listed(client)
    apart = listed(client, vue="sorties")
    assert "Partie" in apart
    assert stays.name not in apart


def test_a_long_list_is_cut_into_pages(client, cast, monkeypatch):
    for name in "ABC":
        kit(f"Mallette {name}", units=0, kind="Robots")
    monkeypatch.setattr("equipment.views.kits.listing.PER_PAGE", 2)
    as_manager(cast, client)
    first, second = listed(client, genre="Robots"), listed(client, genre="Robots", page=2)
    assert ("Mallette B" in first, "Mallette C" in first, "Mallette C" in second) == (True, False, True)
    assert "genre=Robots&amp;page=2" in client.get(f"{LIST}?genre=Robots").get_data(as_text=True)
    assert client.get(f"{LIST}?page=99999999999999999999").status_code == 200


def test_the_list_asks_as_much_of_many_kits_as_of_one(client, cast):
    viewer = by(cast.ids["manager"])

    def asked() -> int:
        db.session.expire_all()
        with statements() as sent:
            register.rows(register.within_reach(viewer), NOW)
        return len(sent)

    for name in ("A", "B"):
        reserved(kit(name).id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    few = asked()
    for name in "CDEFG":
        made = kit(name, home_venue_id=cast.ids["library"], structure_id=cast.ids["town"])
        reserved(made.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    assert asked() <= few + 2


def test_a_kit_tells_all_about_itself(client, cast):
    made = kit(
        units=3, broken=1, rules="Compter\nRecharger", home_venue_id=cast.ids["library"], turnaround_minutes=90,
        description="Douze tablettes.",
    )  # fmt: skip
    done(lending.cancel, reserved(made.id, morning(1), cast.ids["mediator"]).id, by=cast.ids["mediator"])
    reserved(made.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    with transaction():
        db.session.get_one(Kit, made.id).minimum_units = 3
    sign_in(client, cast.mediator)
    said = main_of(client.get(f"{LIST}/{made.id}"))
    for words in (
        "Médiathèque du Port", "Douze tablettes.", "Recharger", f"{made.code}-0", "Abîmé", "1 h 30",
        "2 appareils seulement fonctionnent et il en faut 3", "mar. 17 mars, 9 h 00– 12 h 00 · École des Peupliers",
    ):  # fmt: skip
        assert words in said, words
    assert "24 mars" not in said
    assert "Modifier la mallette" not in said


def test_its_page_asks_as_much_of_many_devices_as_of_few(client, cast):
    few, many = kit("A", units=2), kit("B", units=40)
    as_manager(cast, client)
    client.get(LIST)
    found = []
    for one in (few, many):
        with statements() as sent:
            client.get(f"{LIST}/{one.id}")
        found.append(len(sent))
    assert found[0] == found[1]


def test_a_kit_without_anything_says_so(client, cast):
    made = kit(units=0, unit_kind="")
    as_manager(cast, client)
    said = main_of(client.get(f"{LIST}/{made.id}"))
    for words in ("Aucun appareil dans cette mallette", "Rien n’est compté", "Aucun prêt à venir", "Aucun incident"):
        assert words in said


def test_a_new_kit_is_described_and_devices_come_next(client, cast):
    as_manager(cast, client)
    assert value_of(client.get(f"{LIST}/nouvelle").get_data(as_text=True), "turnaround_minutes") == "120"
    response = client.post(f"{LIST}/nouvelle", data=kit_form(cast))
    made = last()
    assert response.headers["Location"].endswith(f"{LIST}/{made.id}")
    assert (made.code, made.structure_id, made.home_venue_id) == ("MAL-01", cast.ids["town"], cast.ids["library"])
    assert (made.borrowers, made.approval, made.lead_hours) == (Borrowers.SCHOOLS, Approval.MANAGER, 72)
    assert (made.rules, made.minimum_units, made.flat_minutes) == ("Compter\nRecharger", 8, 60)


def test_a_press_too_many_makes_no_second_kit(client, cast):
    as_manager(cast, client)
    client.post(f"{LIST}/nouvelle", data=kit_form(cast))
    again = client.post(f"{LIST}/nouvelle", data=kit_form(cast))
    assert again.status_code == 409
    assert "MAL-01 est déjà sur autre chose" in main_of(again)
    assert count(Kit) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Écrivez comment s’appelle la mallette"),
        ({"code": "é!"}, "Écrivez au plus 20 lettres sans accent"),
        ({"kind": " "}, "Écrivez de quel genre de mallette"),
        ({"lead_hours": ""}, "Écrivez un nombre entre 0 et 2160"),
        ({"longest_loan_days": "0"}, "Écrivez un nombre entre 1 et 365"),
        ({"turnaround_minutes": "dix"}, "Écrivez un nombre entre 0 et 10080"),
        ({"unit_kind": "", "minimum_units": "3"}, "ou laissez le minimum à 0"),
        ({"home_venue_id": "999999"}, "Choisissez l’une des réponses"),
        ({"structure_id": "999999"}, "Choisissez l’une des réponses"),
        ({"borrowers": "martians"}, "Choisissez l’une des réponses"),
        ({"rules": "x" * 1001}, "au plus 1000 caractères"),
    ],
)
def test_what_was_typed_is_kept_with_a_sentence(client, cast, changes, sentence):
    as_manager(cast, client)
    response = client.post(f"{LIST}/nouvelle", data=kit_form(cast, description="Gardez ceci") | changes)
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert "Gardez ceci" in main_of(response)
    assert count(Kit) == 0


def test_a_kit_is_changed_and_its_own_values_are_in_the_form(client, cast):
    made = kit(units=0, home_venue_id=cast.ids["library"])
    as_manager(cast, client)
    page = client.get(f"{LIST}/{made.id}/modifier").get_data(as_text=True)
    assert value_of(page, "name") == "Mallette bleue"
    sent = kit_form(cast, name="Mallette verte", code=made.code, structure_id=0, home_venue_id="")
    assert client.post(f"{LIST}/{made.id}/modifier", data=sent).status_code == 303
    kept = reread(made.id)
    assert (kept.name, kept.structure_id, kept.home_venue_id) == ("Mallette verte", None, None)
    refused = client.post(f"{LIST}/{made.id}/modifier", data=sent | {"name": ""})
    assert refused.status_code == 422
    added(cast, code="TAB-01")
    assert client.post(f"{LIST}/{made.id}/modifier", data=sent | {"code": "TAB-01"}).status_code == 409
    assert reread(made.id).code == made.code


def test_a_kit_whose_place_was_closed_keeps_it(client, cast):
    made = kit(units=0, home_venue_id=cast.ids["library"])
    with transaction():
        cast.library.active = False
    as_manager(cast, client)
    client.post(f"{LIST}/{made.id}/modifier", data=kit_form(cast, code=made.code, name="Nouveau nom"))
    assert (reread(made.id).name, reread(made.id).home_venue_id) == ("Nouveau nom", cast.ids["library"])


def test_what_is_to_come_is_told_before_a_kit_is_taken_out_of_use(client, cast):
    made = kit()
    loan = reserved(made.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    as_manager(cast, client)
    asked = client.get(f"{LIST}/{made.id}/retirer")
    assert "École des Peupliers" in main_of(asked)
    assert 'name="destination"' not in asked.get_data(as_text=True)
    refused = client.post(f"{LIST}/{made.id}/retirer", data={"destination": "", "certificate": ""})
    assert (refused.status_code, reread(made.id).retired_at) == (409, None)
    done(lending.cancel, loan.id, by=cast.ids["mediator"])
    assert "Elle contient 3 appareils" in main_of(client.get(f"{LIST}/{made.id}/retirer"))
    wrong = client.post(f"{LIST}/{made.id}/retirer", data={"destination": "lost", "certificate": "BSD-1"})
    assert wrong.status_code == 422
    assert client.post(f"{LIST}/{made.id}/retirer", data={"destination": "moon"}).status_code == 422
    gone = client.post(f"{LIST}/{made.id}/retirer", data={"destination": "recycling", "certificate": "BSD-1"})
    assert gone.status_code == 303
    said = main_of(client.get(f"{LIST}/{made.id}"))
    assert "Sortie du parc depuis mardi 10 mars" in said
    assert "3 appareils sont sortis du parc" in said
    assert {one.condition for one in db.session.scalars(select(Item))} == {Condition.RETIRED}


def test_an_empty_kit_goes_without_a_question(client, cast):
    made = kit(units=0)
    as_manager(cast, client)
    page = client.get(f"{LIST}/{made.id}/retirer")
    assert "Elle est vide" in main_of(page)
    assert client.post(f"{LIST}/{made.id}/retirer", data={"destination": ""}).status_code == 303
    assert reread(made.id).retired_at == NOW
    assert client.get(f"{LIST}/{made.id}/modifier").status_code == 404


def test_kits_of_another_structure_are_not_there(client, cast):
    made = kit(structure_id=cast.ids["town"])
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    assert made.name not in listed(client)
    for path in ("", "/modifier", "/retirer", "/photo", "/appareils"):
        assert client.get(f"{LIST}/{made.id}{path}").status_code == 404
    for path in ("/modifier", "/retirer", "/photo", "/photo/retirer", "/fournitures", "/appareils"):
        assert client.post(f"{LIST}/{made.id}{path}", data=kit_form(cast)).status_code == 404


def test_what_the_territory_shares_is_seen_by_all_and_changed_by_its_own(client, cast):
    made = kit()
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    page = client.get(f"{LIST}/{made.id}")
    assert (page.status_code, "/modifier" in page.get_data(as_text=True)) == (200, False)
    assert client.get(f"{LIST}/{made.id}/modifier").status_code == 403


def test_a_mediator_reads_and_writes_no_register(client, cast):
    made = kit(structure_id=cast.ids["town"])
    sign_in(client, cast.mediator)
    for path in ("/nouvelle", f"/{made.id}/modifier", f"/{made.id}/retirer", f"/{made.id}/appareils"):
        assert client.get(f"{LIST}{path}").status_code == 403
    assert client.get(f"{LIST}/999999").status_code == 404


def test_a_late_loan_is_told_as_late(client, cast):
    made = kit()
    loan = reserved(made.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    with transaction():
        row = db.session.get_one(Reservation, loan.id)
        row.state, row.starts_at = ReservationState.HANDED_OVER, NOW - timedelta(days=2)
        row.ends_at = NOW - timedelta(days=1)
    sign_in(client, cast.mediator)
    assert "En retard" in main_of(client.get(f"{LIST}/{made.id}"))
