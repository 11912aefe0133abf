"""Figures in words and in tables: what a page says, what a spreadsheet reckons with, what is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from equipment.models import Destination, IncidentEvent, IncidentState, Purchase
from equipment.queries.figures.places import Place
from equipment.queries.figures.repairs import Costs
from equipment.queries.figures.whole import BorrowerUse, Figures
from equipment.rules.figures import BorrowerKind, KitFacts, KitUse, Sum
from equipment.rules.fleet import Device, chain_of, fleet_on
from equipment.rules.spans import named, own, quarter, school_year, whole_year
from equipment.views.upkeep.amounts import Shape, plain, written
from equipment.views.upkeep.figure_keys import keys, title_of
from equipment.views.upkeep.figure_sheets import sheets
from equipment.views.upkeep.history import told
from foundation.i18n import in_language

DAY = date(2026, 3, 22)
DEVICES = [
    Device(Purchase.NEW, date(2025, 1, 1), battery=90),
    Device(Purchase.REFURBISHED, date(2026, 3, 17)),
    Device(Purchase.UNKNOWN, retired_on=DAY, destination=Destination.RECYCLING, certified=True),
    Device(Purchase.UNKNOWN, retired_on=DAY, destination=Destination.RECYCLING),
]
SPAN = own(date(2026, 3, 16), DAY)


def place(name, kind=BorrowerKind.SCHOOL, **more):
    usual = {"id": 1, "active": True, "neighbourhood": "Le Port", "is_priority": False, "last": None}
    return Place(kind=kind, name=name, **(usual | more))


def figures(**changes):
    lent = Sum(loans=4, lent_minutes=360, person_minutes=2160, told=3, untold=1, back=4, late=1)
    kit = KitFacts(1, "M1", "Mallette bleue", "Tablettes", None)
    usual = {
        "span": SPAN, "until": datetime(2026, 3, 22, 23, tzinfo=UTC), "kits": [KitUse(kit, 3000, lent, 2)],
        "borrowers": [BorrowerUse(place("École du Bac"), lent, 0.75)], "team": Sum(), "without": [],
        "fleet": fleet_on(DEVICES, DAY), "chain": chain_of(DEVICES, SPAN.first, DAY), "costs": Costs(3, 2, 4050),
        "incidents": 2,
    }  # fmt: skip
    return Figures(**(usual | changes))


@pytest.fixture
def in_french(app):
    with app.test_request_context(), in_language("fr"):
        yield


def simple(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.usefixtures("in_french")
class TestAmounts:
    @pytest.mark.parametrize(
        ("value", "shape", "words", "number"),
        [
            (1234, Shape.COUNT, "1 234", 1234),
            (0, Shape.COUNT, "0", 0),
            (90, Shape.HOURS, "2 h", 1.5),
            (89, Shape.HOURS, "1 h", 1.48),
            (75000, Shape.HOURS, "1 250 h", 1250),
            (0.127, Shape.SHARE, "13 %", 0.127),
            (0.0127, Shape.SHARE, "1,3 %", 0.0127),
            (0.0, Shape.SHARE, "0 %", 0),
            (1.0, Shape.SHARE, "100 %", 1),
            (2.449, Shape.TENTHS, "2,4", 2.449),
            (4050, Shape.MONEY, "40,50 €", 40.5),
            ("École", Shape.TEXT, "École", "École"),
        ],
    )
    def test_a_value_in_words_and_in_a_spreadsheet(self, value, shape, words, number):
        assert simple(written(value, shape)) == words
        assert plain(value, shape) == number

    @pytest.mark.parametrize("shape", list(Shape))
    def test_what_is_not_known_is_a_dash_or_empty(self, shape):
        assert (written(None, shape), plain(None, shape)) == ("–", "")


@pytest.mark.usefixtures("in_french")
class TestSheets:
    def rows(self, key, **changes):
        (found,) = [one for one in sheets(figures(**changes)) if one.key == key]
        assert all(len(row) == len(found.columns) for row in found.rows)
        return [list(row) for row in found.rows]

    def test_a_kit_has_a_row(self):
        assert self.rows("mallettes") == [["Mallette bleue", "Tablettes", 4, 360, 2160, 1, 3000, 0.12, 2]]

    def test_borrowers_come_first_and_the_team_last(self):
        assert self.rows("emprunteurs") == [["École du Bac", "École", 4, 360, 2160, 1, 0.75, 1]]
        team = Sum(loans=1, lent_minutes=90, untold=1)
        assert self.rows("emprunteurs", team=team)[-1] == ["Ateliers de l’équipe", "Équipe", 1, 90, 0, 1, 0.25, 0]

    def test_who_never_borrowed_comes_before_who_did_once_and_schools_before_homes(self):
        once = datetime(2026, 1, 13, 8, tzinfo=UTC)
        without = [
            place("École A", last=once),
            place("EHPAD", BorrowerKind.CARE_HOME),
            place("École B", is_priority=True, neighbourhood="Les Moulins"),
        ]
        assert self.rows("sans-pret", without=without) == [
            ["École B", "École", "Les Moulins (QPV)", "Jamais"],
            ["École A", "École", "Le Port", "mardi 13 janvier 2026"],
            ["EHPAD", "Résidence", "Le Port", "Jamais"],
        ]

    def test_devices_are_told_by_origin_age_and_battery(self):
        assert [row[1:] for row in self.rows("achats")] == [[1, 0.5], [1, 0.5], [0, 0.0], [0, 0.0]]
        assert [row[1] for row in self.rows("ages")] == [2, 0, 0, 0]
        assert [row[1] for row in self.rows("batteries")] == [1, 0, 1]

    def test_without_devices_there_are_no_shares(self):
        empty = fleet_on([], DAY)
        assert [row[1:] for row in self.rows("achats", fleet=empty)] == [[0, None]] * 4

    def test_recycling_is_told_with_and_without_certificate_beneath_it(self):
        rows = self.rows("sorties")
        at = [row[0] for row in rows].index("Confié au recyclage")
        assert [row[1] for row in rows[at : at + 3]] == [2, 1, 1]
        assert [row[1] for row in self.rows("arrivees")] == [0, 1, 0, 0]

    def test_each_table_has_a_name_of_its_own_that_a_spreadsheet_takes(self):
        found = sheets(figures())
        assert len({one.key for one in found}) == len({one.title[:31] for one in found}) == len(found)
        assert all(not set("[]:*?/\\").intersection(one.title) for one in found)
        assert [one.key for one in found if one.long] == ["mallettes", "emprunteurs", "sans-pret"]


@pytest.mark.usefixtures("in_french")
class TestKeys:
    def test_what_the_council_asks_first(self):
        found = {one.label: (simple(one.words), one.hint) for one in keys(figures())}
        assert found["Prêts"] == ("4", "")
        assert found["Taux d’usage des mallettes"][0] == "12 %"
        assert found["Heures d’usage par les élèves et résidents"] == (
            "36 h", "renseignées pour 3 prêts, non renseignées pour 1",
        )  # fmt: skip
        assert found["Incidents pour 100 prêts"] == ("50", "2 incidents")
        assert found["Coût des réparations"] == ("40,50 €", "2 réparations chiffrées, 1 sans coût connu")
        assert found["Retours en retard"][0] == "1"
        assert found["Acheté reconditionné"][0] == "50 %"

    def test_without_anything_nothing_is_invented(self):
        empty = figures(kits=[], borrowers=[], fleet=fleet_on([], DAY), costs=Costs(0, 0, 0), incidents=0)
        words = [one.words for one in keys(empty)]
        assert words.count("–") == 5

    @pytest.mark.parametrize(
        ("span", "words"),
        [
            (school_year(2025), "Année scolaire 2025–2026"),
            (whole_year(2026), "Année 2026"),
            (quarter(2026, 2), "Trimestre 2 de 2026"),
            (named("trimestre-2025-4"), "Trimestre 4 de 2025"),
            (SPAN, "Du lundi 16 mars 2026 au dimanche 22 mars 2026"),
        ],
    )
    def test_a_period_has_a_name(self, span, words):
        assert span.words == words
        assert words in title_of(span)


@pytest.mark.usefixtures("in_french")
def test_the_steps_of_an_incident_are_told_the_latest_first():
    class Somebody:
        name = "Salima Benali"

    def step(state, condition=None, note=""):
        found = IncidentEvent(state=state, condition=condition, note=note, at=datetime(2026, 3, 10, tzinfo=UTC))
        found.__dict__["actor"] = Somebody()
        return found

    rows = told([
        step(IncidentState.OPEN, "damaged", "Écran fendu."),
        step(IncidentState.OPEN, "missing"),
        step(IncidentState.OPEN, None, "Cherchée partout."),
        step(IncidentState.IN_REPAIR),
        step(IncidentState.IN_REPAIR, None, "Devis reçu."),
        step(IncidentState.CLOSED, "working", "Réparé."),
    ])  # fmt: skip
    assert [(one.what, one.condition, one.note) for one in rows] == [
        ("Réglé", "Fonctionne", "Réparé."),
        ("Remarque", "", "Devis reçu."),
        ("Réparation commencée", "", ""),
        ("Remarque", "", "Cherchée partout."),
        ("Signalé à nouveau", "Manquant", ""),
        ("Signalé", "Abîmé", "Écran fendu."),
    ]
    assert {one.who for one in rows} == {"Salima Benali"}
