"""Pages of stock-taking: which kits wait, the list on a phone, the end, the report on screen and on paper."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from equipment.models import Condition, Item, StockTaking, Supply
from foundation import audit
from foundation.db import db, transaction
from tests.cast import sign_in
from tests.counting import statements
from tests.equipment.faults import condition_of, devices, reported
from tests.equipment.given import kit
from tests.equipment.handed import lent
from tests.papers import facts, text

INDEX = "/equipe/materiel/inventaires"
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def blue(app, cast):
    return kit(code="MAL-1", units=3)


@pytest.fixture
def mediator(client, cast):
    return sign_in(client, cast.mediator)


def page(response) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")


def begin(client, kit_id: int) -> str:
    """The address of the list."""
    response = client.post(f"{INDEX}/mallettes/{kit_id}")
    assert response.status_code == 303
    return response.headers["Location"]


def press(client, where: str, item_id: int, found: str):
    return client.post(f"{where}/appareils/{item_id}", data={"found": found})


def pressed(client, where: str) -> dict[str, str]:
    """Id of a device → how it was found, as the buttons show."""
    html, found = page(client.get(where)), {}
    for row in re.findall(r'<li class="row-of" id="i(\d+)">(.*?)</li>', html, re.S):
        on = re.findall(r'value="(\w+)" aria-pressed="true"', row[1])
        found[row[0]] = on[0] if on else ""
    return found


class TestIndex:
    def test_the_page_says_so_when_there_is_nothing_to_count(self, mediator):
        assert "Il n’y a pas encore de mallette à compter." in page(mediator.get(INDEX))

    def test_a_kit_waits_is_counted_and_is_told_of_below(self, mediator, blue):
        assert "à compter" in page(mediator.get(INDEX))
        where = begin(mediator, blue.id)
        assert "Reprendre" in page(mediator.get(INDEX))
        mediator.post(f"{where}/fin", data={"rest_missing": "y"})
        html = page(mediator.get(INDEX))
        assert "3 écarts" in html
        assert f'href="{where}"' in html
        assert "mardi 10 mars 2026" in html

    def test_another_structures_kit_can_not_be_begun(self, mediator, cast):
        theirs = kit(structure_id=cast.ids["association"])
        assert mediator.post(f"{INDEX}/mallettes/{theirs.id}").status_code == 404
        assert theirs.name not in page(mediator.get(INDEX))

    def test_history_goes_on_over_pages(self, mediator, blue, cast):
        with transaction():
            now = db.session.get_one(type(blue), blue.id).created_at
            mine = {"begun_by_id": cast.ids["mediator"], "closed_by_id": cast.ids["mediator"]}
            db.session.add_all([StockTaking(kit_id=blue.id, begun_at=now, closed_at=now, **mine) for _ in range(27)])
        assert page(mediator.get(INDEX)).count("aucun écart") == 25
        assert page(mediator.get(f"{INDEX}?page=2")).count("aucun écart") == 2
        assert "Il n’y a rien sur cette page." in page(mediator.get(f"{INDEX}?page=9"))

    def test_statements_do_not_grow_with_kits(self, mediator, blue):
        with statements() as few:
            mediator.get(INDEX)
        for number in range(8):
            kit(f"Mallette {number}")
        with statements() as many:
            mediator.get(INDEX)
        assert len(many) == len(few)


class TestWalk:
    def test_one_press_a_device_leads_back_to_it(self, mediator, blue):
        where, [first, second, third] = begin(mediator, blue.id), devices(blue.id)
        response = press(mediator, where, first, "working")
        assert response.status_code == 303
        assert response.headers["Location"].endswith(f"#i{first}")
        press(mediator, where, second, "missing")
        assert pressed(mediator, where) == {str(first): "working", str(second): "missing", str(third): ""}
        assert "2 appareils comptés sur 3" in page(mediator.get(where))

    def test_a_press_that_is_none_is_refused(self, mediator, blue):
        where, first = begin(mediator, blue.id), devices(blue.id)[0]
        assert press(mediator, where, first, "retired").status_code == 422
        assert press(mediator, where, first, "").status_code == 422
        assert press(mediator, where, 99_999, "working").status_code == 404

    def test_what_pupils_hold_stands_first(self, mediator, blue):
        with transaction():
            db.session.merge(blue.items[0]).kind = "adaptateur"
        first, *others = devices(blue.id)
        assert list(pressed(mediator, begin(mediator, blue.id))) == [*map(str, others), str(first)]

    def test_what_the_register_says_otherwise_and_what_is_out_is_shown(self, mediator, blue, cast):
        reported(blue.id, cast.ids["mediator"], item_id=devices(blue.id)[0])
        assert "Registre : Abîmé" in page(mediator.get(begin(mediator, blue.id)))
        out = lent(cast).kit_id
        assert page(mediator.get(begin(mediator, out))).count("En prêt") == 3

    def test_a_label_that_is_typed_puts_a_stray_device_on_the_list_and_off_again(self, mediator, blue):
        green = kit("Verte", units=1)
        stray, where = devices(green.id)[0], begin(mediator, blue.id)
        code = db.session.get_one(Item, stray).code
        response = mediator.post(f"{where}/trouve", data={"code": f" {code.lower()} "})
        assert response.headers["Location"].endswith(f"#i{stray}")
        assert "appartient à Verte" in page(mediator.get(where))
        mediator.post(f"{where}/appareils/{stray}/annuler")
        assert str(stray) not in pressed(mediator, where)

    @pytest.mark.parametrize("code", ["", "NOPE", "x" * 60])
    def test_a_label_that_nothing_has_is_said_beside_the_field(self, mediator, blue, code):
        response = mediator.post(f"{begin(mediator, blue.id)}/trouve", data={"code": code})
        assert response.status_code == 422
        assert 'id="code-fault"' in page(response)

    def test_a_phone_that_comes_too_late_is_told_and_shown_what_was_found(self, mediator, blue):
        where, first = begin(mediator, blue.id), devices(blue.id)[0]
        mediator.post(f"{where}/fin", data={"rest_missing": "y"})
        for response in (
            press(mediator, where, first, "working"),
            mediator.post(f"{where}/trouve", data={"code": "MAL-1"}),
            mediator.post(f"{where}/appareils/{first}/annuler"),
            mediator.post(f"{where}/fin"),
        ):
            assert (response.status_code, response.headers["Location"].partition("#")[0]) == (303, where)
        assert "Cet inventaire vient d’être terminé." in page(mediator.get(where))
        assert condition_of(first) is Condition.MISSING

    def test_what_is_said_on_paper_is_said_of_a_kit_without_devices(self, mediator):
        assert "pas encore d’appareil" in page(mediator.get(begin(mediator, kit(units=0).id)))

    def test_statements_do_not_grow_with_devices(self, mediator, blue):
        small, large = begin(mediator, blue.id), begin(mediator, kit("Grande", units=30).id)
        with statements() as few:
            mediator.get(small)
        with statements() as many:
            mediator.get(large)
        assert len(many) == len(few)

    def test_another_structures_stock_taking_is_not_there(self, mediator, cast, client):
        theirs = kit(structure_id=cast.ids["association"])
        where = begin(sign_in(client, cast.manager), theirs.id)
        sign_in(client, cast.mediator)
        for path in ("", "/fin", "/inventaire.pdf"):
            assert client.get(f"{where}{path}").status_code == 404
        assert press(client, where, devices(theirs.id)[0], "working").status_code == 404


class TestSupplies:
    @pytest.fixture
    def cables(self, blue) -> int:
        with transaction():
            made = Supply(kit_id=blue.id, label="Câbles", count=12)
            db.session.add(made)
        return made.id

    def count(self, supply_id: int) -> int:
        db.session.rollback()
        return db.session.get_one(Supply, supply_id, populate_existing=True).count

    def test_what_is_not_told_apart_is_counted_and_written_at_once(self, mediator, blue, cables):
        where = begin(mediator, blue.id)
        assert 'value="12"' in page(mediator.get(where))
        for _twice in range(2):
            response = mediator.post(f"{where}/consommables", data={f"s{cables}": "9"})
            assert response.headers["Location"].endswith("#supplies")
        assert self.count(cables) == 9
        assert [entry.details["by"] for entry in audit.history(f"kit:{blue.id}")] == [-3]

    @pytest.mark.parametrize("number", ["-1", "10001", "beaucoup"])
    def test_a_number_that_is_none_is_said_beside_its_field(self, mediator, blue, cables, number):
        response = mediator.post(f"{begin(mediator, blue.id)}/consommables", data={f"s{cables}": number})
        assert response.status_code == 422
        assert f'id="s{cables}-fault"' in page(response)
        assert self.count(cables) == 12

    def test_an_empty_number_changes_nothing_and_neither_does_a_closed_stock_taking(self, mediator, blue, cables):
        where = begin(mediator, blue.id)
        mediator.post(f"{where}/consommables", data={f"s{cables}": ""})
        mediator.post(f"{where}/fin", data={"rest_missing": "y"})
        assert mediator.post(f"{where}/consommables", data={f"s{cables}": "1"}).status_code == 303
        assert self.count(cables) == 12


class TestClose:
    def test_what_was_not_counted_is_asked_for_before_it_is_missing(self, mediator, blue):
        where, [first, *_rest] = begin(mediator, blue.id), devices(blue.id)
        press(mediator, where, first, "damaged")
        html = page(mediator.get(f"{where}/fin"))
        assert "2 appareils n’ont pas été comptés" in html
        assert "Fonctionne → <b>Abîmé</b>" in html
        refused = mediator.post(f"{where}/fin")
        assert refused.status_code == 409
        assert 'href="#rest_missing"' in page(refused)
        assert mediator.post(f"{where}/fin", data={"rest_missing": "y"}).status_code == 303
        assert condition_of(first) is Condition.DAMAGED

    def test_when_all_is_as_it_should_be_the_page_says_so(self, mediator, blue):
        where = begin(mediator, blue.id)
        for item_id in devices(blue.id):
            press(mediator, where, item_id, "working")
        assert "Tout est conforme au registre." in page(mediator.get(f"{where}/fin"))
        mediator.post(f"{where}/fin")
        html = page(mediator.get(where))
        assert "aucun écart" in html
        assert "Les écarts" not in html
        assert mediator.get(f"{where}/fin").status_code == 303

    def test_a_manager_takes_in_what_a_mediator_can_only_bring_back(self, client, cast, blue):
        stray, where = devices(kit("Verte", units=1).id)[0], begin(sign_in(client, cast.mediator), blue.id)
        client.post(f"{where}/trouve", data={"code": db.session.get_one(Item, stray).code})
        assert "À rapporter :" in page(client.get(f"{where}/fin"))
        sent = {"rest_missing": "y", "take_in": stray}
        assert client.post(f"{where}/fin", data=sent).status_code == 422
        sign_in(client, cast.manager)
        assert "appartient à Verte" in page(client.get(f"{where}/fin"))
        assert client.post(f"{where}/fin", data=sent).status_code == 303
        assert "rangé ici désormais" in page(client.get(where))
        assert db.session.scalar(select(Item.kit_id).where(Item.id == stray)) == blue.id


class TestPaper:
    def test_the_paper_tells_what_differs_and_all_that_was_counted(self, mediator, blue):
        where, [first, second, third] = begin(mediator, blue.id), devices(blue.id)
        for item_id, found in ((first, "working"), (second, "incomplete"), (third, "missing")):
            press(mediator, where, item_id, found)
        assert mediator.get(f"{where}/inventaire.pdf").status_code == 409
        mediator.post(f"{where}/fin")
        response = mediator.get(f"{where}/inventaire.pdf")
        content, written = response.get_data(), text(response.get_data())
        assert facts(content)["embedded"]
        assert "inventaire-MAL-1-2026-03-10.pdf" in response.headers["Content-Disposition"]
        for words in ("3 appareils comptés · 2 écarts", "Salima Benali", "Incomplet", "Manquant", "Page 1 sur 1"):
            assert words in written
        assert written.count("Incomplet") == 2

    def test_both_who_began_and_who_closed_are_named(self, client, cast, blue):
        where = begin(sign_in(client, cast.mediator), blue.id)
        sign_in(client, cast.manager).post(f"{where}/fin", data={"rest_missing": "y"})
        assert "Salima Benali, Claire Vasseur" in text(client.get(f"{where}/inventaire.pdf").get_data())
