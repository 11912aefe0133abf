"""The periods that the page of blanks offers, and the addresses that it reads and writes."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.errors import Refused
from reach.rules import periods
from reach.rules.scope import Scope
from reach.views.blanks.asked import asked, offered
from tests.cast import sign_in

pytestmark = pytest.mark.usefixtures("stopped_clock")


def written(span, today):
    return [address for address, _words in offered(span, today)]


@pytest.fixture
def reading(app, cast, client):
    """What the page makes of a query, for a manager who is signed in."""
    cookie = sign_in(client, cast.manager).get_cookie("session")

    def read(query):
        headers = {"Cookie": f"session={cookie.value}"}
        with app.test_request_context(f"/equipe/portee/angles-morts?{query}", headers=headers):
            return asked()

    return read


def test_years_quarters_months_and_school_years_are_offered(app):
    with app.test_request_context():
        assert written(periods.year(2026), date(2026, 3, 10)) == [
            "2026", "2025", "2026-T1", "2025-T4", "2026-03", "2026-02",
            "2025-09-01_2026-08-31", "2024-09-01_2025-08-31",
        ]  # fmt: skip


@pytest.mark.parametrize(("today", "school"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026)])
def test_a_school_year_begins_in_september(app, today, school):
    with app.test_request_context():
        assert f"{school}-09-01_{school + 1}-08-31" in written(periods.year(2026), today)
        assert f"{school + 1}-09-01_{school + 2}-08-31" not in written(periods.year(2026), today)


def test_in_january_the_month_before_is_december(app):
    with app.test_request_context():
        assert {"2027-01", "2026-12", "2027-T1", "2026-T4"} <= set(written(periods.year(2027), date(2027, 1, 1)))


def test_the_period_at_hand_comes_first_when_it_is_not_among_the_usual_ones(app):
    with app.test_request_context():
        assert written(periods.quarter(2024, 2), date(2026, 3, 10))[0] == "2024-T2"
        assert len(set(written(periods.year(2026), date(2026, 3, 10)))) == 8


def test_an_address_says_again_what_it_asked_for(reading, cast):
    said = {"periode": "2026-T1", "ou": f"lieu-{cast.ids['library']}", "jour": "6"}
    found = reading("&".join(f"{key}={value}" for key, value in said.items()))
    assert found.address == said
    assert (found.filters.span, found.weekday, found.scope) == (periods.quarter(2026, 1), 6, Scope())


def test_coordinates_stand_in_the_address_as_they_were_written(reading):
    found = reading("point=48.02,-0.99&jour=0&periode=2026")
    assert found.address == {"periode": "2026", "point": "48.02,-0.99", "jour": "0"}
    assert found.spot.point == (48.02, -0.99)


def test_without_a_place_no_weekday_is_read(reading):
    found = reading("jour=99")
    assert (found.spot, found.address) == (None, {"periode": "2026"})


@pytest.mark.parametrize("query", ["point=48.02,-0.99", "point=48.02,-0.99&jour=-1", "point=48.02,-0.99&jour=lundi"])
def test_a_place_without_a_day_of_the_week_is_refused(reading, query):
    with pytest.raises(Refused) as refused:
        reading(query)
    assert refused.value.field == "jour"
