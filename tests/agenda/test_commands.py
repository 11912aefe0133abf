"""`flask agenda …`"""

from __future__ import annotations

import pytest

from agenda import queries, refreshing, service
from foundation.db import db, in_transaction
from tests.agenda.conftest import MONDAY


@pytest.fixture
def run(app, people):
    def invoke(*words):
        db.session.remove()
        return app.test_cli_runner().invoke(args=["agenda", *words])

    return invoke


def test_seeding_from_last_year_on(run):
    first = run("seed-calendar", "--zone", "B")
    assert (first.exit_code, " 0 already there" in first.output) == (0, True)
    assert run("seed-calendar", "--zone", "B").output.startswith("0 added")
    assert queries.school_holiday(MONDAY) is False


def test_a_zone_that_does_not_exist(run):
    assert run("seed-calendar", "--zone", "Z").exit_code == 2


def test_fetching(run, people, monkeypatch):
    in_transaction(lambda: service.add_feed(people.ines, "x", url="https://calendar.example/x.ics"))
    monkeypatch.setattr(refreshing, "download", lambda _url, allow_private: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert run("fetch-feeds").output == "1 read, 0 could not be read\n"
