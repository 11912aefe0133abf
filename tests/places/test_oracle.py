"""What the test suites of the national tools expect, replayed; where Parvis differs, it says why."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import MultiPolygon, Polygon

from places.clean.codes import UNKNOWN_SIRET, clean_siret, is_siret
from places.clean.commune import clean_commune
from places.clean.contact import clean_emails, clean_phone, clean_websites
from places.geometry import Area, Atlas
from places.hours import french
from places.models import Level
from tests.places.conftest import SHARED

CASES = SHARED / "cases" / "import_cases.json"
pytestmark = pytest.mark.skipif(not CASES.is_file(), reason=f"the outside oracle is not at {CASES}")

OVERSEAS = "the number does not exist overseas, while 04 75 58 29 13 does on the mainland: a number that nobody answers"
DIFFERENT = {
    "clean_commune-06": "an article that opens the name keeps its space and the words their capital, as INSEE writes",
    "contact-21": OVERSEAS,
    "contact-22": OVERSEAS,
    "contact-23": OVERSEAS,
    "contact-24": OVERSEAS,
    "pivot-01": "these 14 digits do not check: a SIRET that does not exist is left out and remarked",
}
ELSEWHERE = {
    "age_band": "people and activity records",
    "percentages": "figures of the reach",
    "participants": "activity records",
    "duration_label": "foundation.i18n",
}


def contact(given: dict) -> dict:
    found = {
        "telephone": clean_phone(given.get("telephone"), given.get("code_postal", "")),
        "site_web": clean_websites(given.get("site_web"))[0],
        "courriels": clean_emails(given.get("courriel"))[0],
    }
    return {name: value for name, value in found.items() if value}


def pivot(given: object) -> str | None:
    """As the export writes it: zeros when none is known."""
    siret = clean_siret(given)
    return UNKNOWN_SIRET if siret == "" else siret


def point_in_qpv(given: dict) -> bool:
    rings = given["qpv"].get(given["code_insee"], [])
    shapes = MultiPolygon([Polygon(ring) for ring in rings])
    spot = Atlas([Area(1, Level.QPV, shapes)] if rings else []).locate(given["latitude"], given["longitude"])
    return Level.QPV in spot.neighbourhoods


PLAYERS = {
    "hours_text_to_osm": french.times,
    "clean_commune": lambda given: clean_commune(given["commune"]),
    "contact": contact,
    "telephone": clean_phone,
    "telephone_repair": clean_phone,
    "siret": is_siret,
    "pivot": pivot,
    "point_in_qpv": point_in_qpv,
}


def cases() -> list[dict]:
    return json.loads(CASES.read_text(encoding="utf-8"))["cases"] if CASES.is_file() else []


@pytest.mark.parametrize("case", [one for one in cases() if one["kind"] in PLAYERS], ids=lambda case: case["id"])
def test_the_oracle(case):
    found = PLAYERS[case["kind"]](case["input"])
    if case["id"] in DIFFERENT:
        assert found != case["expected"], f"no longer different: {DIFFERENT[case['id']]}"
    else:
        assert found == case["expected"]


def test_every_kind_is_played_here_or_known_to_be_played_elsewhere():
    assert {case["kind"] for case in cases()} == PLAYERS.keys() | ELSEWHERE.keys()


def test_every_difference_is_about_a_case_that_exists():
    assert DIFFERENT.keys() <= {case["id"] for case in cases()}
