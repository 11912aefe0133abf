"""A single day in the holidays, on a public holiday or at night: said, and reserved once it is meant."""

from __future__ import annotations

from datetime import date, time

import pytest

from agenda.rules.free import Closed
from equipment.rules.asking import When
from equipment.rules.unusual import UnusualTime, check_usual
from tests.cast import sign_in
from tests.equipment.borrowing import ASK, as_teacher, need, reservations
from tests.equipment.given import TUESDAY, host_of_home, kit
from tests.equipment.test_borrowing_change import made_by_teacher, move_form, page_of
from tests.equipment.test_borrowing_series import holidays
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
SPRING, FEAST = date(2026, 4, 7), date(2026, 4, 28)
HOLIDAYS = [Closed(date(2026, 4, 4), date(2026, 4, 20), "Vacances de printemps")]
CLOSED = [Closed(FEAST, FEAST, "Fête de la ville")]


def refused(when, at_school=True):
    try:
        check_usual(when, HOLIDAYS, CLOSED, at_school=at_school)
    except UnusualTime as unusual:
        return unusual.field == "anyway"
    return False


@pytest.mark.parametrize(
    ("when", "school", "home"),
    [
        (When(TUESDAY, "matin"), False, False),
        (When(SPRING, "matin"), True, False),
        (When(FEAST, "matin"), True, True),
        (When(SPRING, "matin", anyway=True), False, False),
        (When(SPRING, "matin", every=1, until=FEAST), False, False),
        (When(date(2026, 4, 3), "matin", last_day=SPRING), True, False),
        (When(TUESDAY, "heures", time(2), time(4)), True, True),
        (When(TUESDAY, "heures", time(19), time(20, 30)), True, True),
        (When(TUESDAY, "heures", time(7), time(20)), False, False),
    ],
)
def test_what_is_unusual_for_a_school_and_for_a_care_home(app, when, school, home):
    with app.test_request_context("/"):
        assert refused(when) is school
        assert refused(when, at_school=False) is home


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": SPRING.isoformat()}, "vacances scolaires (Vacances de printemps)"),
        ({"day": FEAST.isoformat()}, "Fête de la ville : la ville est fermée"),
        ({"part": "heures", "starts": "02:00", "ends": "04:00"}, "tôt le matin ou la nuit"),
    ],
)
def test_a_teacher_is_told_and_goes_on_with_a_tick(client, cast, changes, said):
    kit()
    as_teacher(client, cast)
    holidays()
    assert "anyway" not in client.get(ASK).get_data(as_text=True)
    response = client.post(ASK, data=need(**changes))
    assert response.status_code == 422
    assert said in main_of(response)
    assert 'name="anyway"' in response.get_data(as_text=True)
    meant = client.post(ASK, data=need(**changes, anyway="y"))
    assert meant.status_code == 303
    assert client.get(meant.location).status_code == 200


def test_what_was_meant_for_one_day_is_not_meant_for_the_next(client, cast):
    kit()
    as_teacher(client, cast)
    holidays()
    first = client.post(ASK, data=need(day=SPRING.isoformat(), anyway="y"))
    key = first.location.split("d=")[1]
    assert client.post(f"{ASK}?d={key}", data=need(day=FEAST.isoformat(), anyway="y")).status_code == 422


def test_moving_to_a_holiday_asks_too(client, cast):
    one = made_by_teacher(client, cast)
    holidays()
    wanted = move_form(one.kit_id, day=SPRING.isoformat())
    assert client.post(f"{page_of(one)}/deplacer", data=wanted).status_code == 422
    assert reservations()[0].starts_at.date() == TUESDAY
    assert client.post(f"{page_of(one)}/deplacer", data=wanted | {"anyway": "y"}).status_code == 303
    assert reservations()[0].starts_at.date() == SPRING


def test_school_holidays_do_not_concern_a_care_home_once_or_over_weeks(client, cast):
    kit()
    sign_in(client, host_of_home(cast))
    holidays()
    assert "in_holidays" not in client.get(ASK).get_data(as_text=True)
    assert client.post(ASK, data=need(day=SPRING.isoformat())).status_code == 303
    series = client.post(ASK, data=need(every="1", until="2026-04-28"))
    assert "6 dates voulues, 1 sautée" in main_of(client.get(series.location))
