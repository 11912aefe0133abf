"""Which reports are open data, in which order, and how catalogues are told of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask_babel import force_locale

from foundation.db import db, transaction
from reach.models import PublishedReport, ReportKind, ReportState
from reach.queries import open_data
from reach.queries.open_data import NoSuchVersion
from reach.rules import periods
from reach.rules.open_data.describing import LICENCE, MEDIA, TABLES, catalogue, title
from tests.reach.opened import YEAR

JANUARY = datetime(2026, 1, 9, tzinfo=UTC)
T3, T4 = periods.quarter(2025, 3), periods.quarter(2025, 4)


@pytest.fixture
def report(app):
    """Writes a report of the territory that was published, unless told otherwise; each some minutes after the last."""
    position = iter(range(1, 100))

    def write(span=YEAR, kind=ReportKind.YEAR, state=ReportState.PUBLISHED, **more):
        number = next(position)
        at = JANUARY + timedelta(minutes=number)
        given = {
            "kind": kind, "first": span.first, "last": span.last, "filters": {}, "title": "Portée", "language": "fr",
            "asked_at": at, "version": 1, "state": state, "note": "",
        }  # fmt: skip
        if state is ReportState.PUBLISHED:
            given |= {"published_at": at, "position": number, "content": {}}
        with transaction():
            db.session.add(one := PublishedReport(**given | more))
            db.session.flush()
            return one.id

    return write


def names():
    found = [one.name for one in open_data.versions()]
    db.session.rollback()
    return found


def test_the_latest_period_is_first_and_the_longer_of_two_that_end_together(report):
    report(T3, ReportKind.QUARTER)
    report(T4, ReportKind.QUARTER)
    report(YEAR)
    report(periods.year(2024))
    assert names() == ["2025-fr-v1", "2025-T4-fr-v1", "2025-T3-fr-v1", "2024-fr-v1"]


def test_french_is_first_and_of_each_language_the_last_version(report):
    first = report()
    report(language="en")
    report(version=2, revises_id=first, note="Saisies en retard")
    assert names() == ["2025-fr-v2", "2025-fr-v1", "2025-en-v1"]
    told = {one.name: (one.revised, one.note) for one in open_data.versions()}
    assert told == {
        "2025-fr-v2": (False, "Saisies en retard"), "2025-fr-v1": (True, ""), "2025-en-v1": (False, ""),
    }  # fmt: skip


def test_a_correction_that_waits_corrects_nothing_yet(report):
    first = report()
    report(state=ReportState.WAITING, version=2, revises_id=first)
    assert [(one.name, one.revised) for one in open_data.versions()] == [("2025-fr-v1", False)]


@pytest.mark.parametrize("state", [ReportState.WAITING, ReportState.REFUSED])
def test_what_is_not_published_is_no_open_data(report, state):
    report(state=state, refusal="Non" if state is ReportState.REFUSED else "")
    assert names() == []
    with pytest.raises(NoSuchVersion):
        open_data.found("latest")


@pytest.mark.parametrize("name", ["2025-fr-v2", "2025-FR-v1", "2025", "", "../2025-fr-v1"])
def test_a_version_is_found_by_its_whole_name_alone(report, name):
    report()
    with pytest.raises(NoSuchVersion):
        open_data.found(name)


def listed():
    """What catalogues are told, with short addresses."""
    with force_locale("fr"):
        return catalogue(open_data.versions(), "Rives", "https://x/donnees", lambda one, name: f"{one}/{name}")


def test_catalogues_find_each_table_in_each_form_under_the_licence(report):
    report()
    [dataset] = listed()["dcat:dataset"]
    assert [one["dct:title"] for one in dataset["dcat:distribution"]] == [
        f"{name}.{kind}" for name in TABLES for kind in MEDIA
    ]
    for one in dataset["dcat:distribution"]:
        table = one["dct:title"].split(".", maxsplit=1)[0]
        assert one["dcat:downloadURL"]["@id"] == f"2025-fr-v1/{one['dct:title']}"
        assert one["dct:conformsTo"]["@id"] == f"2025-fr-v1/{table}.schema.json"
        assert one["dct:license"]["@id"] == LICENCE
        assert one["dcat:mediaType"] == MEDIA[one["dct:title"].rpartition(".")[2]]


def test_catalogues_are_told_period_language_and_day_of_each_version(report):
    report()
    report(T4, ReportKind.QUARTER, language="en")
    told = {one["dct:identifier"]: one for one in listed()["dcat:dataset"]}
    assert set(told) == {"portee-2025-fr-v1", "portee-2025-T4-en-v1"}
    quarter = told["portee-2025-T4-en-v1"]
    assert (quarter["dct:language"], quarter["dcat:version"]) == ("en", "2025-T4-en-v1")
    assert quarter["dct:temporal"]["dcat:startDate"]["@value"] == "2025-10-01"
    assert quarter["dct:issued"]["@value"] == "2026-01-09T00:02:00+00:00"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Rives – portée de la médiation numérique, 2025"),
        ("en", "Rives – reach of digital mediation, 2025"),
    ],
)  # fmt: skip
def test_a_version_has_a_title_in_its_language(app, language, said):
    with force_locale(language):
        assert title(YEAR, "Rives") == said
