"""Real towns: every file loads, says what it did, and loads again without changing anything."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from foundation.db import db, transaction
from places import queries, service
from places.importing.reading import Table, read_table
from places.importing.report import Report, Trouble
from places.models import CareHome, Level, Neighbourhood, Placement, School, Venue
from tests.places.conftest import SHARED
from tests.places.files import TODAY

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real files are not at {DATA}")


def file(name: str) -> Table:
    return read_table((DATA / name).read_bytes())


def venues(name: str) -> Report:
    with transaction():
        return service.import_venues(file(name), "", TODAY)


def polygons(name: str, people: str = "", **options) -> Report:
    population = file(people) if people else None
    with transaction():
        return service.import_neighbourhoods(file(name), Path(name).stem, population=population, **options)


def institutions(verb, name: str) -> Report:
    with transaction():
        return verb(file(name), Path(name).stem)


def counts(created: int = 0, updated: int = 0, unchanged: int = 0, refused: int = 0) -> dict[str, int]:
    return {"created": created, "updated": updated, "unchanged": unchanged, "refused": refused}


def troubles(report: Report) -> dict[Trouble, int]:
    return dict(Counter(one.trouble for one in report.remarks))


def by_neighbourhood() -> dict[str, int]:
    query = (
        select(Neighbourhood.name, func.count())
        .join(Venue, Venue.neighbourhood_id == Neighbourhood.id)
        .group_by(Neighbourhood.name)
    )
    return {name: number for name, number in db.session.execute(query)}


VENUE_FILES = [
    ("nantes/lieux_mediation_v0.csv", 11, {Trouble.HOURS_UNREAD: 1}),
    ("nantes/lieux_mediation_v0.json", 11, {Trouble.HOURS_UNREAD: 1}),
    ("rennes/lieux_mediation_v0.csv", 35, {Trouble.HOURS_UNREAD: 1}),
    ("rennes/lieux_mediation_v0.json", 35, {Trouble.HOURS_UNREAD: 1}),
    ("toulouse/lieux_mediation_v0.csv", 25, {Trouble.HOURS_UNREAD: 1}),
    ("toulouse/lieux_mediation_v0.json", 25, {Trouble.HOURS_UNREAD: 1}),
    ("niort/lieux_mediation_v0.csv", 2, {}),
    ("niort/lieux_mediation_v0.json", 2, {}),
    ("le-havre/lieux_mediation_v1_quasi_standard.json", 76, {Trouble.SIRET_WRONG: 76, Trouble.LABEL_UNKNOWN: 63}),
    ("angers/lieux_mediation_brut.json", 63,
     {Trouble.LABEL_UNKNOWN: 37, Trouble.HOURS_UNREAD: 21, Trouble.WEBSITE_UNREAD: 2, Trouble.EMAIL_UNREAD: 1}),
    ("lieux_exemple_data_inclusion.json", 5, {Trouble.LABEL_UNKNOWN: 2}),
    ("schema/exemple-valide.csv", 1, {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number", "remarks"), VENUE_FILES, ids=lambda value: str(value)[:40])
def test_every_venue_is_kept_and_what_was_left_out_is_named(app, name, number, remarks):
    first = venues(name)
    assert first.counts == counts(created=number)
    assert troubles(first) == remarks
    assert venues(name).counts == counts(unchanged=number)
    assert db.session.scalar(select(func.count()).select_from(Venue)) == number


def test_france_services_of_eight_departements(app):
    report = venues("france_services_2022-12.csv")
    assert report.counts == counts(created=226, refused=2)
    assert [(one.line, one.trouble) for one in report.refused] == [(211, Trouble.NO_COMMUNE), (229, Trouble.NO_COMMUNE)]
    assert venues("france_services_2022-12.csv").counts == counts(unchanged=226, refused=2)


@pytest.mark.parametrize("town", ["nantes", "rennes", "toulouse", "niort"])
def test_csv_and_json_of_one_town_are_the_same_places(app, town):
    first = venues(f"{town}/lieux_mediation_v0.csv")
    assert venues(f"{town}/lieux_mediation_v0.json").counts == counts(unchanged=first.created)


class TestNantes:
    def test_neighbourhoods_iris_and_people(self, app):
        assert polygons("nantes/quartiers_avec_population.geojson").counts == counts(created=11)
        report = polygons("nantes/iris_44109.geojson", "nantes/population_microquartiers_2018.json")
        assert report.counts == counts(created=97)
        assert report.remarks == []
        quartiers, iris = queries.neighbourhoods(), queries.neighbourhoods(Level.IRIS)
        assert sum(one.population for one in quartiers) == 314_129
        assert sum(one.population for one in iris) == 314_129
        assert {one.population_year for one in [*quartiers, *iris]} == {2018}
        for quartier in quartiers:
            assert sum(one.population for one in iris if one.parent_id == quartier.id) == quartier.population

    def test_again_changes_nothing(self, app):
        for expected in (counts(created=97), counts(unchanged=97)):
            assert (
                polygons("nantes/iris_44109.geojson", "nantes/population_microquartiers_2018.json").counts == expected
            )

    def test_the_places_lie_in_their_neighbourhoods(self, app):
        venues("nantes/lieux_mediation_v0.csv")
        assert polygons("nantes/quartiers_avec_population.geojson").moved == 11
        polygons("nantes/iris_44109.geojson")
        assert {venue.placement for venue in queries.venues()} == {Placement.INSIDE}
        assert sum(by_neighbourhood().values()) == 11
        assert by_neighbourhood()["Nantes Nord"] >= 2
        assert all(len(queries.levels_of(venue.id)) == 2 for venue in queries.venues())

    def test_schools_and_care_homes(self, app):
        assert institutions(service.import_schools, "nantes/ecoles_cantines.csv").counts == counts(created=121)
        assert institutions(service.import_schools, "nantes/ecoles_cantines.csv").counts == counts(unchanged=121)
        assert institutions(service.import_care_homes, "nantes/ehpad_cnsa.geojson").counts == counts(created=31)
        assert institutions(service.import_care_homes, "nantes/ehpad_cnsa.geojson").counts == counts(unchanged=31)


class TestRennes:
    def test_neighbourhoods_and_places(self, app):
        assert polygons("rennes/quartiers_12.geojson").counts == counts(created=12)
        assert "Jeanne d'Arc - Longs Champs - Beaulieu" in {one.name for one in queries.neighbourhoods()}
        venues("rennes/lieux_mediation_v0.csv")
        assert {venue.placement for venue in queries.venues()} == {Placement.INSIDE}
        assert by_neighbourhood()["Le Blosne"] >= 1
        assert polygons("rennes/quartiers_12.geojson").counts == counts(unchanged=12)

    def test_schools_of_the_ministry_and_their_pupils(self, app):
        report = institutions(service.import_schools, "rennes/annuaire_education_35238.csv")
        assert report.counts == counts(created=159, refused=34)
        assert {one.trouble for one in report.refused} == {Trouble.NOT_A_SCHOOL}
        kinds = Counter(school.kind.value for school in queries.schools())
        assert kinds == {"elementary": 34, "nursery": 35, "primary": 28, "middle": 19, "high": 26, "other": 17}
        pupils = institutions(service.import_schools, "rennes/effectifs_ecoles_rennes.csv")
        assert (pupils.created, pupils.updated + pupils.unchanged, pupils.repeated) == (0, 95, 282)
        again = institutions(service.import_schools, "rennes/effectifs_ecoles_rennes.csv")
        assert (again.unchanged, again.repeated) == (95, 282)

    def test_care_homes(self, app):
        assert institutions(service.import_care_homes, "rennes/ehpad_cnsa.geojson").counts == counts(created=19)


class TestToulouse:
    def test_the_invalid_polygon_is_repaired_and_named(self, app):
        assert polygons("toulouse/quartiers_democratie_locale.geojson").counts == counts(created=20)
        report = polygons("toulouse/qpv_2015_31555.geojson", "toulouse/qpv_2015_population_31555.csv")
        assert report.counts == counts(created=12)
        assert report.repaired == ["Empalot"]
        qpv = queries.neighbourhoods(Level.QPV)
        assert len(qpv) == 12
        assert all(one.is_priority and one.priority_code == one.code and one.parent_id for one in qpv)
        assert {one.name: one.population for one in qpv}["Pradettes"] == 1962
        assert sum(one.population or 0 for one in qpv) > 40_000
        again = polygons("toulouse/qpv_2015_31555.geojson", "toulouse/qpv_2015_population_31555.csv")
        assert again.counts == counts(unchanged=12)
        assert again.repaired == ["Empalot"]

    def test_places_in_neighbourhoods_and_priority_neighbourhoods(self, app):
        polygons("toulouse/quartiers_democratie_locale.geojson")
        polygons("toulouse/qpv_2015_31555.geojson")
        polygons("toulouse/iris_31555.geojson")
        venues("toulouse/lieux_mediation_v0.csv")
        assert Counter(venue.placement.value for venue in queries.venues()) == {"inside": 25}
        in_qpv = [venue for venue in queries.venues() if any(one.is_priority for one in queries.levels_of(venue.id))]
        assert 1 <= len(in_qpv) < 25

    def test_schools_and_care_homes(self, app):
        report = institutions(service.import_schools, "toulouse/erp_ecoles_bibliotheques_seniors.geojson")
        assert report.counts == counts(created=164, refused=260)
        assert troubles(report) == {Trouble.NO_COORDINATES: 2}
        homes = institutions(service.import_care_homes, "toulouse/finess_personnes_agees_31555.csv")
        assert homes.counts == counts(created=50, refused=10)
        assert homes.repeated == 41
        assert homes.rows == 101
        assert institutions(service.import_care_homes, "toulouse/ehpad_cnsa.geojson").counts == counts(created=29)


class TestLeHavre:
    def test_awkward_rows_are_clean(self, app):
        venues("le-havre/lieux_mediation_v1_quasi_standard.json")
        found = queries.venues()
        assert {venue.siret for venue in found} == {""}
        assert {venue.commune for venue in found} >= {"Le Havre", "Gonfreville-l'Orcher", "Saint-Adresse"}
        assert all(venue.phone.startswith("+33") for venue in found)
        assert sum(1 for venue in found if venue.opening_hours) == 75
        assert all("Jeunes" in venue.audiences for venue in found if venue.external_id in {"139", "aham"})
        assert not any(" " in (venue.name[:1], venue.name[-1:]) for venue in found)


class TestNiort:
    def test_a_commune_boundary_tells_outside_and_unknown(self, app):
        assert polygons("niort/boundary.geojson").counts == counts(created=1)
        venues("niort/lieux_mediation_v0.csv")
        assert {venue.placement for venue in queries.venues()} == {Placement.UNKNOWN}
        assert {venue.insee_code for venue in queries.venues()} == {"79191"}
        assert queries.locate(47.2, -1.5).placement is Placement.OUTSIDE

    def test_schools_and_care_homes(self, app):
        assert institutions(service.import_schools, "niort/ecoles.geojson").counts == counts(created=37)
        report = institutions(service.import_care_homes, "niort/ehpad_finess_atlasante.geojson")
        assert report.counts == counts(created=8)
        assert report.remarks == []
        homes = queries.care_homes()
        assert all(len(home.finess) == 9 and 46 < home.latitude < 47 for home in homes)


def test_all_towns_stand_together_in_one_register(app):
    polygons("nantes/quartiers_avec_population.geojson", commune_code="44109")
    polygons("rennes/quartiers_12.geojson")
    polygons("toulouse/quartiers_democratie_locale.geojson", commune_code="31555")
    for town in ("nantes", "rennes", "toulouse"):
        venues(f"{town}/lieux_mediation_v0.csv")
    assert len(queries.neighbourhoods()) == 11 + 12 + 20
    assert Counter(venue.placement.value for venue in queries.venues()) == {"inside": 71}
    assert db.session.scalar(select(func.count()).select_from(School)) == 0
    assert db.session.scalar(select(func.count()).select_from(CareHome)) == 0
