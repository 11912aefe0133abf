"""The pages of the calendar: a manager of the territory looks, adds, changes, removes and puts back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from agenda import service
from agenda.models import CalendarDay, CalendarKind
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.agenda.conftest import span
from tests.cast import make_account, sign_in

PAGE = "/equipe/calendrier"


@pytest.fixture
def manager(people, client):
    """A manager of the whole territory, signed in, reading English."""
    sign_in(client, make_account(Role.MANAGER))
    client.get("/langue/en")
    in_transaction(lambda: service.seed_calendar("B", [2026, 2027]))
    return client


def days():
    found = {row.label: row for row in db.session.scalars(select(CalendarDay).order_by(CalendarDay.id.desc()))}
    db.session.rollback()
    return found


def new(**changes):
    return {"kind": "closure", "label": "Pont", "first_day": "2026-05-15", "last_day": "", **changes}


def test_a_year_at_a_time(manager):
    page = manager.get(f"{PAGE}?annee=2027").text
    assert "Calendar of 2027" in page
    assert "Vendredi saint" not in page
    assert "Lundi de Pâques" in page
    assert "Vacances d’été" in page


@pytest.mark.parametrize("year", ["", "abc", "-5", "999999999"])
def test_any_year_can_be_asked_for(manager, year):
    assert manager.get(f"{PAGE}?annee={year}").status_code == 200


def test_adding_a_day(manager):
    answer = manager.post(PAGE, data=new())
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?annee=2026")
    assert days()["Pont"].last_day == date(2026, 5, 15)
    assert "Pont" in manager.get(answer.location).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"label": ""}, "Write a name"),
        ({"first_day": ""}, "Choose the first day"),
        ({"first_day": "soon"}, "Choose a day that exists"),
        ({"first_day": "9999-12-31"}, "Choose a day that exists"),
        ({"last_day": "0001-01-01"}, "Choose a day that exists"),
        ({"last_day": "2026-05-01"}, "The last day comes before the first"),
        ({"kind": "party"}, "Choose one of the answers that are offered"),
        ({"label": "x" * 200}, "Write at most 120 characters."),
    ],
)
def test_what_can_not_be_added_says_why(manager, changes, sentence):
    answer = manager.post(PAGE, data=new(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Pont" not in days()


def test_closing_a_day_with_bookings_shows_them_and_asks(manager, people):
    in_transaction(
        lambda: service.hold([people.ines, people.room], span("09:00", "10:00"), "Mes démarches", "appointment:1")
    )
    closing = new(first_day="2026-11-23", last_day="2026-11-24")
    answer = manager.post(PAGE, data=closing)
    assert answer.status_code == 409
    assert "1 booking stands in this time" in answer.text
    assert "Inès · Salle bleue" in answer.text
    assert 'name="last_day" value="2026-11-24"' in answer.text
    assert "Pont" not in days()
    assert manager.post(PAGE, data={**closing, "knowingly": "yes"}).status_code == 303
    assert days()["Pont"].last_day == date(2026, 11, 24)


def test_changing_a_day(manager):
    day = days()["Armistice"]
    page = f"{PAGE}/{day.id}"
    assert 'value="Armistice"' in manager.get(page).text
    answer = manager.post(
        page, data={"label": "Armistice et pont", "first_day": "2027-11-11", "last_day": "2027-11-12"}
    )
    assert answer.status_code == 303
    assert days()["Armistice et pont"].last_day == date(2027, 11, 12)
    backwards = manager.post(page, data={"label": "x", "first_day": "2027-11-11", "last_day": "2027-11-01"})
    assert (backwards.status_code, "The last day comes before the first" in backwards.text) == (422, True)
    assert manager.post(page, data={"label": "", "first_day": ""}).status_code == 422
    for far in ("9999-12-31", "0001-01-01"):
        assert manager.post(page, data={"label": "x", "first_day": far, "last_day": far}).status_code == 422


def test_moving_a_closing_day_onto_bookings_asks(manager, people):
    in_transaction(lambda: service.hold([people.ines], span("09:00", "10:00"), "Rendez-vous", "appointment:1"))
    page = f"{PAGE}/{days()['Armistice'].id}"
    moved = {"label": "Armistice", "first_day": "2026-11-23", "last_day": ""}
    assert manager.post(page, data=moved).status_code == 409
    assert manager.post(page, data={**moved, "knowingly": "yes"}).status_code == 303


def test_removing_and_putting_back(manager):
    day = days()["Armistice"]
    assert manager.post(f"{PAGE}/{day.id}/retirer").status_code == 303
    page = manager.get(f"{PAGE}?annee=2026").text
    assert "Removed by hand" in page
    assert f"{PAGE}/{day.id}/remettre" in page
    assert manager.post(f"{PAGE}/{day.id}/remettre").status_code == 303
    assert "Removed by hand" not in manager.get(f"{PAGE}?annee=2026").text


def test_putting_back_onto_bookings_asks(manager, people):
    with transaction():
        day = service.add_calendar_day(CalendarKind.CLOSURE, date(2026, 11, 23), date(2026, 11, 23), "Pont").id
        service.remove_calendar_day(day)
        service.hold([people.ines], span("09:00", "10:00"), "Rendez-vous", "appointment:1")
    assert manager.post(f"{PAGE}/{day}/remettre").status_code == 409
    assert manager.post(f"{PAGE}/{day}/remettre", data={"knowingly": "yes"}).status_code == 303


@pytest.mark.parametrize("path", ["/999999", "/999999/retirer", "/999999/remettre"])
def test_a_day_that_does_not_exist(manager, path):
    assert manager.post(f"{PAGE}{path}", data=new()).status_code == 404
    assert manager.get(f"{PAGE}/999999").status_code == 404


def test_a_manager_of_one_structure_looks_and_changes_nothing(app, cast, client):
    manager = cast.manager
    association = cast.association.id
    with transaction():
        db.session.get(type(manager), manager.id).structure_id = association
        day = service.add_calendar_day(CalendarKind.CLOSURE, date(2030, 5, 15), date(2030, 5, 15), "Pont").id
    sign_in(client, cast.manager)
    page = client.get(f"{PAGE}?annee=2030")
    assert (page.status_code, "Pont" in page.text, '<form method="post" action="/equipe/calendrier' in page.text) == (
        200,
        True,
        False,
    )
    assert client.get(f"{PAGE}/{day}").status_code == 200
    for path in ("", f"/{day}", f"/{day}/retirer", f"/{day}/remettre"):
        assert client.post(f"{PAGE}{path}", data=new()).status_code == 403


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_others_do_not_come_in(app, cast, client, role):
    sign_in(client, cast.account_of(role))
    assert client.get(PAGE).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(PAGE).status_code == 303
