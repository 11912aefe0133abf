"""The pages of devices: one, many at once, in reserve; looked at, measured, moved, out of use."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from equipment.models import Condition, Destination, Incident, Item, Purchase
from equipment.service import items
from foundation.db import db
from foundation.security import Role
from tests.cast import NOW, TODAY, sign_in
from tests.counting import statements
from tests.equipment.given import kit
from tests.equipment.shelves import act, added, item
from tests.mediation.planning import account_in, value_of
from tests.workshops.given import count
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAGE = "/equipe/materiel/appareils/TAB-01"
RESERVE = "/equipe/materiel/reserve"
LIST = "/equipe/materiel/appareils"
SHELF, GONE = f"{LIST}?vue=reserve", f"{LIST}?vue=sortis"


def as_manager(cast, client):
    return sign_in(client, cast.manager)


def new_form(**changes):
    """What the page that adds devices sends."""
    usual = {
        "count": 12, "code": "mal-01-01", "kind": "tablette", "label": "Onde 10", "serial_number": "",
        "purchase": "refurbished", "bought_on": "2025-09-01", "price": "149,90", "funder": "Région",
    }  # fmt: skip
    return usual | changes


def codes() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Item.code).order_by(Item.code)))


def adding_page(case) -> str:
    return f"/equipe/materiel/mallettes/{case.id}/appareils"


def test_twelve_tablets_come_at_once(client, cast):
    case = kit(units=0, structure_id=cast.ids["town"])
    as_manager(cast, client)
    response = client.post(adding_page(case), data=new_form())
    assert response.headers["Location"].endswith(f"/mallettes/{case.id}")
    assert codes() == [f"MAL-01-{number:02}" for number in range(1, 13)]
    one = item("MAL-01-12")
    assert (one.kit_id, one.structure_id, one.purchase) == (case.id, cast.ids["town"], Purchase.REFURBISHED)
    assert (one.price_cents, one.funder, one.serial_number) == (14990, "Région", "")
    assert "12 appareils sont entrés dans le parc" in main_of(client.get(f"/equipe/materiel/mallettes/{case.id}"))


def test_what_a_device_has_been_through_in_another_year_says_which(client, cast):
    added(cast, kit(units=0).id, "TAB-01")
    as_manager(cast, client)
    assert "2026 ·" not in main_of(client.get(PAGE))
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        as_manager(cast, client)
        assert "2026 · 8 h 00" in main_of(client.get(PAGE))


def test_the_next_label_and_the_kind_are_in_the_form(client, cast):
    case = kit(units=0, code="MAL-07", unit_kind="robot")
    added(cast, case.id, "MAL-07-09")
    added(cast, case.id, "MAL-07-B")
    as_manager(cast, client)
    page = client.get(adding_page(case)).get_data(as_text=True)
    assert (value_of(page, "code"), value_of(page, "kind"), value_of(page, "count")) == ("MAL-07-10", "robot", "1")


def test_a_single_one_has_its_serial_number(client, cast):
    case = kit(units=0)
    as_manager(cast, client)
    client.post(adding_page(case), data=new_form(count=1, serial_number="SN-7"))
    assert item("MAL-01-01").serial_number == "SN-7"


def test_a_press_too_many_adds_nothing_twice(client, cast):
    case = kit(units=0)
    as_manager(cast, client)
    client.post(adding_page(case), data=new_form(count=3))
    again = client.post(adding_page(case), data=new_form(count=3))
    assert again.status_code == 409
    assert "MAL-01-01 est déjà sur autre chose" in main_of(again)
    assert len(codes()) == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"count": "0"}, "Écrivez un nombre entre 1 et 200"),
        ({"count": "201"}, "Écrivez un nombre entre 1 et 200"),
        ({"count": ""}, "Écrivez combien il y en a"),
        ({"code": "MAL_01"}, "Écrivez au plus 20 lettres sans accent"),
        ({"code": "MAL-01-00000000000099", "count": "2"}, "20 caractères"),
        ({"kind": ""}, "Écrivez ce que c’est"),
        ({"price": "beaucoup"}, "un montant en euros"),
        ({"price": "999999"}, "Écrivez un prix de 0 à 100 000 euros"),
        ({"bought_on": "2026-03-11"}, "jusqu’à aujourd’hui"),
        ({"bought_on": "31/02"}, "Choisissez un jour qui existe"),
        ({"purchase": "stolen"}, "Choisissez l’une des réponses"),
    ],
)
def test_what_was_typed_is_kept_with_a_sentence(client, cast, changes, sentence):
    case = kit(units=0)
    as_manager(cast, client)
    response = client.post(adding_page(case), data=new_form(funder="Gardez ceci") | changes)
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert "Gardez ceci" in response.get_data(as_text=True)
    assert count(Item) == 0


def test_codes_that_grow_too_long_are_refused(client, cast):
    case = kit(units=0)
    as_manager(cast, client)
    response = client.post(adding_page(case), data=new_form(count=3, code="ABCDEFGHIJ-KLMNOPQ-9"))
    assert response.status_code == 422
    assert count(Item) == 0


def test_the_reserve_is_filled_and_shown(client, cast):
    as_manager(cast, client)
    assert "Aucun appareil en réserve" in main_of(client.get(SHELF))
    client.post(f"{RESERVE}/ajouter", data=new_form(count=2, structure_id=cast.ids["town"]))
    assert (item("MAL-01-02").kit_id, item("MAL-01-02").structure_id) == (None, cast.ids["town"])
    said = main_of(client.get(SHELF))
    assert "MAL-01-02" in said
    wrong = client.post(f"{RESERVE}/ajouter", data=new_form(structure_id=999_999))
    assert wrong.status_code == 422


def test_what_has_left_for_good_is_a_list_of_its_own(client, cast):
    as_manager(cast, client)
    assert "Aucun appareil n’est sorti du parc" in main_of(client.get(GONE))
    for code, destination in (("TAB-01", Destination.RECYCLING), ("TAB-02", Destination.GIVEN_AWAY)):
        act(items.retire, added(cast, code=code).id, destination, "", who=cast.ids["manager"])
    said = main_of(client.get(GONE))
    assert "Confié au recyclage · mardi 10 mars 2026 certificat à venir" in said
    assert "Donné" in said
    assert "TAB-01" not in main_of(client.get(SHELF))


def test_the_reserve_asks_as_much_of_many_as_of_one(client, cast):
    as_manager(cast, client)
    found = []
    for number in (1, 30):
        for one in range(number):
            added(cast, code=f"R{number}-{one}", structure_id=cast.ids["town"])
        client.get(SHELF)
        with statements() as sent:
            client.get(SHELF)
        found.append(len(sent))
    assert found[0] == found[1]


def test_all_devices_are_listed_with_their_kits_and_searched(client, cast):
    case = kit("Aube", units=0)
    added(cast, case.id, "AUB-01", serial_number="R52X", kind="tablette")
    added(cast, None, "ROB-01", label="Thymio II", serial_number="", kind="robot")
    sign_in(client, cast.mediator)
    assert "AUB-01 tablette · Onde 10 Aube Fonctionne" in main_of(client.get(LIST))
    for words, found in (("r52x", [True, False]), ("thymio ROBOT", [False, True]), ("aub thymio", [False, False])):
        said = main_of(client.get(LIST, query_string={"q": words}))
        assert [code in said for code in ("AUB-01", "ROB-01")] == found, words
    assert "Aucun appareil ne correspond" in main_of(client.get(LIST, query_string={"q": "%_", "vue": "martien"}))


def test_a_long_list_of_devices_is_cut_into_pages(client, cast, monkeypatch):
    monkeypatch.setattr("equipment.views.kits.listing.PER_PAGE", 2)
    for number in range(3):
        added(cast, code=f"A-{number}")
    as_manager(cast, client)
    assert "A-2" not in main_of(client.get(LIST))
    assert "A-2" in main_of(client.get(f"{LIST}?page=2&q=tablette"))


def test_a_device_tells_all_about_itself(client, cast):
    case = kit(units=0)
    made = added(
        cast, case.id, purchase=Purchase.NEW, bought_on=TODAY, price_cents=14900, funder="Région", battery_percent=88
    )
    act(items.measure_battery, made.id, 71, who=cast.ids["mediator"])
    sign_in(client, cast.mediator)
    said = main_of(client.get(PAGE))
    for words in (
        "Onde 10", "SN-0042", "Mallette bleue", "Acheté neuf", "mardi 10 mars 2026", "149,00 €", "Région", "71 %",
        "Batterie mesurée · 88 % → 71 %", "Entré dans le parc", "Claire Vasseur",
    ):  # fmt: skip
        assert words in said, words
    assert "Modifier l’appareil" not in said


def test_a_mediator_notes_how_it_is(client, cast):
    case = kit(units=0)
    added(cast, case.id)
    sign_in(client, cast.mediator)
    response = client.post(f"{PAGE}/etat", data={"condition": "damaged", "note": "Écran fêlé"})
    assert response.headers["Location"].endswith(PAGE)
    assert item("TAB-01").condition is Condition.DAMAGED
    said = main_of(client.get(PAGE))
    assert "un incident est ouvert" in said
    assert "Écran fêlé" in said
    assert "réglez-le, et l’appareil fonctionne de nouveau" in said
    assert client.post(f"{PAGE}/etat", data={"condition": "working", "note": ""}).status_code == 409
    assert count(Incident) == 1


@pytest.mark.parametrize(
    "sent", [{}, {"condition": "retired"}, {"condition": "damaged", "note": "x" * 301}, {"condition": "x"}]
)
def test_a_condition_that_is_none_is_refused(client, cast, sent):
    added(cast)
    sign_in(client, cast.mediator)
    assert client.post(f"{PAGE}/etat", data=sent).status_code == 422
    assert item("TAB-01").condition is Condition.WORKING


def test_a_note_with_a_secret_in_it_is_refused_beside_its_field(client, cast):
    added(cast)
    sign_in(client, cast.mediator)
    response = client.post(f"{PAGE}/etat", data={"condition": "damaged", "note": "mot de passe : rivage42"})
    assert response.status_code == 422
    assert 'id="note-fault"' in response.get_data(as_text=True)


def test_a_mediator_measures_the_battery(client, cast):
    added(cast)
    sign_in(client, cast.mediator)
    assert client.post(f"{PAGE}/batterie", data={"percent": "64"}).status_code == 303
    assert item("TAB-01").battery_percent == 64
    for percent in ("101", "-1", "", "beaucoup"):
        assert client.post(f"{PAGE}/batterie", data={"percent": percent}).status_code == 422
    assert item("TAB-01").battery_percent == 64


def test_a_manager_moves_it(client, cast):
    case = kit(units=0)
    added(cast)
    as_manager(cast, client)
    sent = {"kit_id": str(case.id), "note": "Remplace la 04"}
    assert client.post(f"{PAGE}/deplacer", data=sent).status_code == 303
    assert item("TAB-01").kit_id == case.id
    assert f"réserve → {case.code} Remplace la 04" in main_of(client.get(PAGE))
    assert client.post(f"{PAGE}/deplacer", data={"kit_id": "999999"}).status_code == 422
    assert client.post(f"{PAGE}/deplacer", data={"kit_id": ""}).status_code == 303
    assert item("TAB-01").kit_id is None


def test_a_manager_writes_its_particulars_anew(client, cast):
    added(cast, price_cents=14950, purchase=Purchase.GIVEN)
    as_manager(cast, client)
    page = client.get(f"{PAGE}/modifier").get_data(as_text=True)
    assert (value_of(page, "code"), value_of(page, "price")) == ("TAB-01", "149,50")
    sent = new_form(code="TAB-09", price="", bought_on="")
    response = client.post(f"{PAGE}/modifier", data=sent)
    assert response.headers["Location"].endswith("/TAB-09")
    kept = item("TAB-09")
    assert (kept.price_cents, kept.bought_on, kept.label) == (None, None, "Onde 10")
    added(cast)
    again = client.post(f"{PAGE}/modifier", data=sent)
    assert (again.status_code, "TAB-09 est déjà" in main_of(again)) == (409, True)
    assert client.post(f"{PAGE}/modifier", data=sent | {"kind": ""}).status_code == 422


def test_it_leaves_for_good_with_its_destination_and_its_certificate(client, cast):
    added(cast)
    as_manager(cast, client)
    assert "Ce choix est définitif" in main_of(client.get(f"{PAGE}/retirer"))
    assert client.post(f"{PAGE}/retirer", data={}).status_code == 422
    wrong = client.post(f"{PAGE}/retirer", data={"destination": "lost", "certificate": "BSD-1"})
    assert (wrong.status_code, "Seul ce qui part au recyclage" in main_of(wrong)) == (422, True)
    gone = client.post(f"{PAGE}/retirer", data={"destination": "recycling", "certificate": "", "note": "Vieille"})
    assert gone.status_code == 303
    said = main_of(client.get(PAGE))
    assert "Confié au recyclage" in said
    assert "Comment est-il" not in said
    assert client.post(f"{PAGE}/certificat", data={"certificate": ""}).status_code == 422
    assert client.post(f"{PAGE}/certificat", data={"certificate": "BSD-2"}).status_code == 303
    assert item("TAB-01").certificate == "BSD-2"
    assert client.get(f"{PAGE}/retirer").status_code == 409
    assert client.post(f"{PAGE}/batterie", data={"percent": "50"}).status_code == 409


def test_devices_of_another_structure_are_not_there(client, cast):
    added(cast, structure_id=cast.ids["town"])
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    for path in ("", "/modifier", "/retirer"):
        assert client.get(f"{PAGE}{path}").status_code == 404
    for path in ("/etat", "/batterie", "/deplacer", "/retirer", "/certificat", "/modifier"):
        assert client.post(f"{PAGE}{path}", data={"condition": "damaged", "percent": "1"}).status_code == 404
    assert "TAB-01" not in main_of(client.get(SHELF))


def test_a_mediator_neither_moves_nor_retires_nor_writes(client, cast):
    added(cast)
    sign_in(client, cast.mediator)
    for path in ("/deplacer", "/retirer", "/certificat", "/modifier"):
        assert client.post(f"{PAGE}{path}", data={}).status_code == 403
    assert client.post(f"{RESERVE}/ajouter", data=new_form()).status_code == 403


def test_what_the_territory_shares_a_structure_s_manager_does_not_write(client, cast):
    added(cast)
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}/modifier").status_code == 403


def test_its_page_asks_as_much_of_a_long_past_as_of_a_short_one(client, cast):
    case = kit(units=0)
    made = added(cast, case.id)
    sign_in(client, cast.mediator)
    client.get(PAGE)
    found = []
    for times in (1, 20):
        for percent in range(times):
            act(items.measure_battery, made.id, percent, who=cast.ids["mediator"])
        with statements() as sent:
            client.get(PAGE)
        found.append(len(sent))
    assert found[0] == found[1]


def test_the_kits_to_move_to_are_those_that_one_may_fill(client, cast):
    kit("Du territoire", units=0)
    kit("De la ville", units=0, structure_id=cast.ids["town"])
    kit("De l’association", units=0, structure_id=cast.ids["association"])
    added(cast, structure_id=cast.ids["association"])
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    page = main_of(client.get(PAGE))
    assert [name in page for name in ("De l’association", "De la ville", "Du territoire")] == [True, False, False]
    as_manager(cast, client)
    page = main_of(client.get(PAGE))
    assert all(name in page for name in ("De l’association", "De la ville", "Du territoire"))


def test_a_manager_of_a_structure_puts_devices_into_its_own_reserve(client, cast):
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    assert "Tout le territoire" not in main_of(client.get(f"{RESERVE}/ajouter"))
    client.post(f"{RESERVE}/ajouter", data=new_form(count=1, structure_id=cast.ids["association"]))
    assert item("MAL-01-01").structure_id == cast.ids["association"]
    for owner in (0, cast.ids["town"]):
        sent = new_form(count=1, code="MAL-01-02", structure_id=owner)
        assert client.post(f"{RESERVE}/ajouter", data=sent).status_code == 422
    assert codes() == ["MAL-01-01"]
