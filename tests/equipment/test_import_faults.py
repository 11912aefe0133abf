"""What a file says of faults, of owners and of nothing at all is told, and not lost."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from equipment.models import Condition, Incident
from foundation.db import db
from places.models import Structure
from tests.cast import sign_in
from tests.equipment.given import kit
from tests.equipment.registers import device, items_file, why
from tests.equipment.shelves import added
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
HEADER = "Étiquette;Type;Mallette;État;Appartient à\n"
NEW = "/equipe/materiel/import"


def incidents():
    return [(one.item.code, one.kit_id, one.condition) for one in db.session.scalars(select(Incident))]


class TestFaults:
    @pytest.mark.parametrize(("said", "found"), [("Manquant", Condition.MISSING), ("Cassé", Condition.DAMAGED)])
    def test_of_a_new_device_of_a_kit_they_open_an_incident(self, cast, said, found):
        blue = kit(code="MAL-1")
        items_file(f"{HEADER}TAB-1;tablette;MAL-1;{said};\nTAB-2;tablette;MAL-1;Fonctionne;\n", cast.ids["manager"])
        assert incidents() == [("TAB-1", blue.id, found)]
        assert device("TAB-1").condition is found

    def test_of_one_in_reserve_they_stay_with_the_device(self, cast):
        items_file(f"{HEADER}TAB-1;tablette;;Manquant;\n", cast.ids["manager"])
        assert incidents() == []
        assert device("TAB-1").condition is Condition.MISSING

    def test_the_same_file_again_opens_nothing_more(self, cast):
        kit(code="MAL-1")
        for _time in range(2):
            items_file(f"{HEADER}TAB-1;tablette;MAL-1;Manquant;\n", cast.ids["manager"])
        assert len(incidents()) == 1


class TestOwners:
    def test_one_that_nobody_knows_is_refused_of_a_new_device_and_of_a_known_one(self, cast):
        kit(code="MAL-1")
        added(cast, None, "TAB-2")
        rows = f"{HEADER}TAB-1;tablette;MAL-1;;Nulle part\nTAB-2;tablette;;;Nulle part\n"
        report = items_file(rows, cast.ids["manager"])
        assert [(line, column) for line, column, _why in why(report)] == [(2, "Appartient à"), (3, "Appartient à")]

    def test_another_one_is_written_and_listed_under_what_changes(self, cast):
        name = db.session.get_one(Structure, cast.ids["town"]).name
        added(cast, None, "TAB-1")
        report = items_file(f"{HEADER}TAB-1;tablette;;;{name}\n", cast.ids["manager"])
        assert [one.what for one in report.changes] == [[f"Appartient à\u00a0: – → {name}"]]
        assert device("TAB-1").structure_id == cast.ids["town"]


class TestPages:
    def test_an_empty_file_is_called_empty(self, client, cast):
        sign_in(client, cast.manager)
        sent = {"kind": "appareils", "file": (BytesIO(b" \n"), "vide.csv")}
        response = client.post(NEW, data=sent, content_type="multipart/form-data")
        assert response.status_code == 422
        assert "Ce fichier est vide." in main_of(response)

    def test_it_says_which_export_may_be_sent_again(self, client, cast):
        sign_in(client, cast.manager)
        assert "Un export sert de modèle" in main_of(client.get(NEW))

    def test_a_serial_number_of_several_devices_is_refused_beside_its_field(self, client, cast):
        blue = kit(units=0)
        sign_in(client, cast.manager)
        sent = {
            "count": 3, "code": "TAB-1", "kind": "tablette", "label": "", "serial_number": "SN-1",
            "purchase": "unknown", "bought_on": "", "price": "", "funder": "",
        }  # fmt: skip
        response = client.post(f"/equipe/materiel/mallettes/{blue.id}/appareils", data=sent)
        assert response.status_code == 422
        assert "Un numéro de série est celui d’un seul appareil" in main_of(response)
        assert (
            client.post(f"/equipe/materiel/mallettes/{blue.id}/appareils", data=sent | {"count": 1}).status_code == 303
        )
        assert device("TAB-1").serial_number == "SN-1"
