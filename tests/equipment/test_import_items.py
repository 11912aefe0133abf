"""A file of devices into the register."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from equipment.models import Condition, Destination, Item, ItemEvent, Purchase
from equipment.queries.kits import lendable
from equipment.rules.keeping import ForKeepers
from foundation.db import db, transaction
from places.importing.columns import UnknownColumns
from tests.counting import statements
from tests.equipment.faults import reported
from tests.equipment.given import kit
from tests.equipment.registers import device, items_file, past, why

HEADER = "Étiquette;Type;Marque et modèle;Mallette;Numéro de série;État;Provenance;Acheté le;Prix;Financeur;Batterie\n"
TABLET = "TAB-1;tablette;Galaxy Tab;MAL-1;SN1;Fonctionne;Reconditionné;28/02/2024;249,90;CAF;87\n"


@pytest.fixture
def blue(app, cast, stopped_clock):
    return kit(code="MAL-1", units=2)


class TestNew:
    def test_a_device_is_put_into_the_kit_that_its_row_names(self, blue, cast):
        report = items_file(HEADER + TABLET, cast.ids["manager"])
        assert report.counts == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0}
        found = device("TAB-1")
        assert (found.kit_id, found.kind, found.label, found.serial_number) == (
            blue.id,
            "tablette",
            "Galaxy Tab",
            "SN1",
        )
        assert (found.condition, found.battery_percent) == (Condition.WORKING, 87)
        assert (found.bought_on, found.price_cents, found.funder) == (date(2024, 2, 28), 24990, "CAF")
        assert past("TAB-1") == [("added", "", "MAL-1")]

    def test_words_are_read_in_any_of_our_languages_and_by_their_own_name(self, blue, cast):
        rows = "A-1;tablette;Bought refurbished\nA-2;tablette;refurbished\nA-3;tablette;inconnu-au-bataillon\n"
        report = items_file("label;type;origine\n" + rows, cast.ids["manager"])
        assert device("A-1").purchase is device("A-2").purchase is Purchase.REFURBISHED
        [(line, _column, sentence)] = why(report)
        assert line == 4
        assert "Achat" in sentence or "Bought" in sentence or "," in sentence

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_however_the_spreadsheet_wrote_it(self, blue, cast, delimiter, encoding):
        text = "Étiquette;Type;Marque et modèle\nT-1;caméra;Modèle éducation\n".replace(";", delimiter)
        items_file(text.encode(encoding), cast.ids["manager"])
        assert device("T-1").label == "Modèle éducation"

    def test_codes_are_kept_in_capitals_and_without_spaces(self, blue, cast):
        items_file("code;type\n tab 7-a ;tablette\n", cast.ids["manager"])
        assert device("TAB7-A").kind == "tablette"

    def test_without_a_kit_it_goes_into_the_reserve_of_whoever_imports(self, blue, cast):
        with transaction():
            cast.manager.structure_id = cast.ids["association"]
        items_file("code;type;mallette\nR-1;tablette;\nR-2;tablette;en réserve\n", cast.ids["manager"])
        assert {(device(code).kit_id, device(code).structure_id) for code in ("R-1", "R-2")} == {
            (None, cast.ids["association"])
        }

    def test_a_device_that_left_long_ago_may_be_told_with_its_destination(self, blue, cast):
        header = "code;type;état;sorti le;destination;certificat\n"
        gone = "OLD-1;tablette;Sorti du parc;2024-05-01;recycling;R-77\n"
        half = "OLD-2;tablette;retired;;;\nOLD-3;tablette;working;2024-05-01;recycling;\n"
        report = items_file(header + gone.replace("Sorti du parc", "retired") + half, cast.ids["manager"])
        assert (device("OLD-1").destination, device("OLD-1").certificate) == (Destination.RECYCLING, "R-77")
        assert [line for line, _column, _why in why(report)] == [3, 4]

    def test_what_a_kit_serves_grows_with_it(self, blue, cast):
        items_file("code;type;mallette\nN-1;tablette;MAL-1\nN-2;tablette;mal-1\n", cast.ids["manager"])
        assert (lendable(blue.id).units, lendable(blue.id).working) == (4, 4)


class TestKnown:
    def test_again_changes_nothing(self, blue, cast):
        items_file(HEADER + TABLET, cast.ids["manager"])
        report = items_file(HEADER + TABLET, cast.ids["manager"])
        assert report.counts == {"created": 0, "updated": 0, "unchanged": 1, "refused": 0}
        assert len(past("TAB-1")) == 1

    def test_what_its_cells_say_is_changed_and_told_and_empty_cells_change_nothing(self, blue, cast):
        items_file(HEADER + TABLET, cast.ids["manager"])
        report = items_file("code;numéro de série;financeur;type\nTAB-1;SN2;;\n", cast.ids["manager"])
        found = device("TAB-1")
        assert (found.serial_number, found.funder, found.kind) == ("SN2", "CAF", "tablette")
        [change] = report.changes
        assert (change.line, change.key) == (2, "TAB-1")
        assert "SN1 → SN2" in change.what[0]

    def test_it_moves_to_another_kit_and_to_the_reserve_with_a_trace(self, blue, cast):
        green = kit("Mallette verte", code="MAL-2", units=0)
        items_file(HEADER + TABLET, cast.ids["manager"])
        items_file("code;mallette\nTAB-1;MAL-2\n", cast.ids["manager"])
        assert device("TAB-1").kit_id == green.id
        items_file("code;mallette\nTAB-1;réserve\n", cast.ids["manager"])
        report = items_file("code;mallette\nTAB-1;reserve\n", cast.ids["manager"])
        assert report.unchanged == 1
        assert past("TAB-1")[1:] == [("moved", "MAL-1", "MAL-2"), ("moved", "MAL-2", "")]

    def test_how_it_is_stays_as_it_was_last_seen(self, blue, cast):
        items_file(HEADER + TABLET, cast.ids["manager"])
        reported(blue.id, cast.ids["manager"], Condition.DAMAGED, item_id=device("TAB-1").id)
        report = items_file(HEADER + TABLET, cast.ids["manager"])
        assert (report.noted["left"], report.unchanged) == (1, 1)
        assert device("TAB-1").condition is Condition.DAMAGED

    def test_a_battery_that_was_measured_anew_is_noted(self, blue, cast):
        items_file(HEADER + TABLET, cast.ids["manager"])
        items_file("code;batterie\nTAB-1;71 %\n", cast.ids["manager"])
        assert past("TAB-1")[-1] == ("battery", "87", "71")

    def test_nothing_is_taken_out_of_use_by_a_spreadsheet_nor_put_back(self, blue, cast):
        items_file(HEADER + TABLET, cast.ids["manager"])
        report = items_file("code;état\nTAB-1;retired\n", cast.ids["manager"])
        assert report.counts["refused"] == 1
        with transaction():
            gone = device("TAB-1")
            gone.condition, gone.retired_on, gone.destination = Condition.RETIRED, date(2026, 1, 1), Destination.LOST
        report = items_file("code;état;type\nTAB-1;working;robot\n", cast.ids["manager"])
        assert report.counts["refused"] == 1
        assert items_file("code;type\nTAB-1;tablette\n", cast.ids["manager"]).unchanged == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("row", "column"),
        [
            (";tablette;;;;;;;;;", "Label"),
            ("a/b;tablette;;;;;;;;;", "Étiquette"),
            ("X" * 21 + ";tablette;;;;;;;;;", "Label"),
            ("A-1;;;;;;;;;;", "Nature"),
            ("A-1;tablette;;NOPE;;;;;;;", "kit"),
            ("A-1;tablette;;;;cassé un peu;;;;;", "condition"),
            ("A-1;tablette;;;;;;31/02/2024;;;", "bought_on"),
            ("A-1;tablette;;;;;;2031-01-01;;;", "bought_on"),
            ("A-1;tablette;;;;;;;cher;;", "price_cents"),
            ("A-1;tablette;;;;;;;-3;;", "price_cents"),
            ("A-1;tablette;;;;;;;;;140", "battery_percent"),
            ("A-1;" + "x" * 61 + ";;;;;;;;;", "kind"),
            ("A-1;tablette;mdp = Azerty12!;;;;;;;;", "label"),
            ("MAL-1;tablette;;;;;;;;;", "code"),
        ],
    )
    def test_a_faulty_row_is_given_back_and_stops_no_other(self, blue, cast, row, column):
        report = items_file(HEADER + row + "\n" + TABLET, cast.ids["manager"])
        assert (report.created, report.counts["refused"]) == (1, 1)
        [(line, said, sentence)] = why(report)
        assert line == 2
        assert said
        assert sentence
        assert db.session.scalar(select(func.count(Item.id)).where(Item.code == "A-1")) == 0

    @pytest.mark.parametrize("left", ["2031-01-01;", "2025-01-01;", ";recycling"])
    def test_a_device_in_use_that_is_said_to_leave_is_given_back_and_stops_no_other(self, blue, cast, left):
        report = items_file(f"code;type;sorti le;destination\nA-1;tablette;{left}\nA-2;robot;;\n", cast.ids["manager"])
        assert (report.created, report.counts["refused"]) == (1, 1)

    def test_a_code_that_comes_again_with_something_else_is_refused_the_same_again_is_not(self, blue, cast):
        rows = "A-1;tablette\nA-1;robot\nA-1;tablette\n"
        report = items_file("code;type\n" + rows, cast.ids["manager"])
        assert (report.created, report.noted["repeated"]) == (1, 1)
        assert [line for line, _column, _why in why(report)] == [3]
        assert device("A-1").kind == "tablette"

    def test_another_structures_kits_and_devices_are_as_if_they_were_not_there(self, blue, cast):
        theirs = kit("Chez eux", code="EUX-1", units=1, structure_id=cast.ids["association"])
        with transaction():
            cast.manager.structure_id = cast.ids["town"]
            db.session.get_one(Item, theirs.items[0].id).structure_id = cast.ids["association"]
        code = theirs.items[0].code
        report = items_file(f"code;type;mallette\nA-1;robot;EUX-1\n{code};robot;\n", cast.ids["manager"])
        assert report.counts == {"created": 0, "updated": 0, "unchanged": 0, "refused": 2}
        assert device(code).kind == "tablette"

    def test_a_file_without_codes_is_refused_whole(self, blue, cast):
        with pytest.raises(UnknownColumns):
            items_file("nom;prénom\nA;B\n", cast.ids["manager"])

    def test_a_mediator_writes_no_register(self, blue, cast):
        with pytest.raises(ForKeepers):
            items_file(HEADER + TABLET, cast.ids["mediator"])


def long_file(rows: int) -> str:
    """Every tenth row is faulty, each in one of five ways; a row in seven goes into a kit."""
    faults = (
        lambda n: f"L-{n};;;;;;;;;;", lambda n: f"L-{n};tablette;;NOPE;;;;;;;",
        lambda n: f"L-{n};tablette;;;;;;hier;;;",
        lambda n: "é" * 30 + ";tablette;;;;;;;;;", lambda n: f"L-{n};tablette;;;;;;;;;120",
    )  # fmt: skip
    lines = [
        faults[n // 10 % 5](n) if n % 10 == 0 else
        f"L-{n};tablette;Galaxy;{'MAL-1' if n % 7 == 0 else ''};SN{n};;Achat neuf;2024-01-15;199;Ville;90"
        for n in range(rows)
    ]  # fmt: skip
    return HEADER + "\n".join(lines) + "\n"


class TestLong:
    def test_of_five_thousand_rows_the_good_are_kept_and_the_bad_given_back(self, blue, cast):
        report = items_file(long_file(5_000), cast.ids["manager"])
        assert report.counts == {"created": 4_500, "updated": 0, "unchanged": 0, "refused": 500}
        assert [one.line for one, _raw in report.rows] == list(range(2, 5_002, 10))
        assert db.session.scalar(select(func.count(ItemEvent.id))) == 4_500
        again = items_file(long_file(5_000).replace(";SN", ";sn-"), cast.ids["manager"])
        assert again.counts == {"created": 0, "updated": 4_500, "unchanged": 0, "refused": 500}
        assert device("L-4999").serial_number == "sn-4999"

    def test_statements_do_not_grow_with_rows_one_by_one(self, blue, cast):
        with statements() as few:
            items_file(long_file(20), cast.ids["manager"])
        with statements() as many:
            items_file(long_file(400).replace("L-", "K-"), cast.ids["manager"])
        assert len(many) <= len(few) + 6
