"""Age bands from a year of birth, and what a head-count says, against an outside oracle too."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from activity.models import AgeBand
from activity.rules.ages import age_band, gender_unknown
from foundation.i18n import duration

ON = date(2026, 3, 10)
ORACLE = Path(__file__).parents[3] / "shared" / "cases" / "import_cases.json"
THEIR_BANDS = {
    "moins de 12": AgeBand.UNDER_12,
    "12-18": AgeBand.FROM_12_TO_17,
    "18-24": AgeBand.FROM_18_TO_24,
    "25-39": AgeBand.FROM_25_TO_39,
    "40-59": AgeBand.FROM_40_TO_59,
    "60-69": AgeBand.FROM_60_TO_69,
    "70 et plus": AgeBand.FROM_70,
    None: AgeBand.NOT_COMMUNICATED,
}
ON_PURPOSE = {
    "age_band-08": "no band is stored on a person, so that there is none to fall back on: the age is not communicated",
}


def cases(kind: str) -> list[dict]:
    if not ORACLE.exists():
        pytest.skip(f"{ORACLE} is not on this machine")
    return [case for case in json.loads(ORACLE.read_text())["cases"] if case["kind"] == kind]


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        (2026, AgeBand.UNDER_12),
        (2015, AgeBand.UNDER_12),
        (2014, AgeBand.FROM_12_TO_17),
        (2009, AgeBand.FROM_12_TO_17),
        (2008, AgeBand.FROM_18_TO_24),
        (2002, AgeBand.FROM_18_TO_24),
        (2001, AgeBand.FROM_25_TO_39),
        (1987, AgeBand.FROM_25_TO_39),
        (1986, AgeBand.FROM_40_TO_59),
        (1967, AgeBand.FROM_40_TO_59),
        (1966, AgeBand.FROM_60_TO_69),
        (1957, AgeBand.FROM_60_TO_69),
        (1956, AgeBand.FROM_70),
        (1906, AgeBand.FROM_70),
        (1905, AgeBand.NOT_COMMUNICATED),
        (2027, AgeBand.NOT_COMMUNICATED),
        (None, AgeBand.NOT_COMMUNICATED),
    ],
)
def test_the_band_is_of_the_age_reached_in_the_year(birth_year, band):
    assert age_band(birth_year, ON) is band


@pytest.mark.parametrize("birth_year", [1951, 2008, 2014])
def test_a_band_is_the_same_all_year(birth_year):
    assert age_band(birth_year, date(2026, 1, 1)) is age_band(birth_year, date(2026, 12, 31))


def test_every_age_has_one_band_and_bands_only_rise():
    bands = [age_band(2026 - age, ON) for age in range(121)]
    order = list(AgeBand)
    assert [order.index(band) for band in bands] == sorted(order.index(band) for band in bands)
    assert set(bands) == set(AgeBand) - {AgeBand.NOT_COMMUNICATED}


def test_the_outside_oracle_agrees_on_bands():
    for case in cases("age_band"):
        given = case["input"]
        year = ON.year - given["age"] if "age" in given else given["birth_year"]
        if case["id"] in ON_PURPOSE:
            assert age_band(year, ON) is AgeBand.NOT_COMMUNICATED, ON_PURPOSE[case["id"]]
        else:
            assert age_band(year, ON) is THEIR_BANDS[case["expected"]], case["id"]


def test_the_outside_oracle_agrees_on_head_counts():
    for case in cases("participants"):
        given = case["input"]
        unknown = gender_unknown(given["total"], given["feminin"], given["masculin"])
        assert unknown == case["expected"]["non_communique"], case["id"]


def test_the_outside_oracle_agrees_on_lengths_written_the_way_of_the_house(app):
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        for case in cases("duration_label"):
            written = duration(round(case["input"]))
            assert "".join(written.split()).replace("min", "mn") == case["expected"], case["id"]
