"""Dates are typed, looked at, and planned: what was seen is what is written."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from agenda import service as agenda
from agenda.models import CalendarKind
from agenda.rules.recurrence import Pattern
from foundation.db import db, in_transaction, transaction
from tests.mediation.planning import carried
from tests.workshops.given import PARIS, WEDNESDAY, count, holds, hours, planned, programme
from tests.workshops.pages import as_mediator, dates_form, main_of, offered, ticked
from workshops.models import WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def address(cast):
    return f"/equipe/ateliers/{programme(cast).id}/dates"


def planned_days():
    rows = db.session.scalars(select(WorkshopSession.starts_at).order_by(WorkshopSession.starts_at)).all()
    db.session.rollback()
    return [one.astimezone(PARIS).strftime("%d/%m %H:%M") for one in rows]


def test_the_form_knows_the_usual_hours_and_oneself(client, cast, address):
    as_mediator(cast, client)
    page = client.get(address).get_data(as_text=True)
    assert 'value="16:45"' in page
    assert ticked(page.replace('type="checkbox" value', 'type="checkbox" VALUE'), "left_out") == []
    assert "Salima Benali" in page
    assert "Yann Kerdoncuff" not in page
    for place in ("Salle bleue", "École : École des Peupliers", "Résidence : Résidence des Tilleuls"):
        assert place in main_of(client.get(address))


def test_in_a_care_home_series_the_home_is_chosen(client, cast):
    found = programme(cast, care_home_id=cast.ids["care_home"])
    as_mediator(cast, client)
    page = client.get(f"/equipe/ateliers/{found.id}/dates").get_data(as_text=True)
    assert f'<option selected value="residence:{cast.ids["care_home"]}">' in page


def test_looking_writes_nothing(client, cast, address):
    as_mediator(cast, client)
    response = client.post(address, data=dates_form(cast))
    assert response.status_code == 200
    assert "3 séances auraient lieu. Rien n’est encore prévu." in main_of(response)
    assert offered(response.get_data(as_text=True), "left_out") == ["2026-03-18", "2026-03-25", "2026-04-01"]
    assert count(WorkshopSession) == 0
    assert holds() == []


def test_what_was_seen_is_planned(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast)).get_data(as_text=True)
    response = client.post(address, data=carried(page) | {"do": "plan"})
    assert response.status_code == 303
    assert planned_days() == ["18/03 16:00", "25/03 16:00", "01/04 16:00"]
    assert len(holds()) == 6


def test_one_is_left_out_and_one_is_added(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast, one_more="2026-03-20")).get_data(as_text=True)
    assert "2026-03-20" in offered(page, "left_out")
    client.post(address, data=carried(page) | {"do": "plan", "left_out": ["2026-03-25"]})
    assert planned_days() == ["18/03 16:00", "20/03 16:00", "01/04 16:00"]


def test_holidays_are_named_and_may_be_kept_all_the_same(client, cast, address):
    with transaction():
        agenda.add_calendar_day(CalendarKind.SCHOOL_HOLIDAY, date(2026, 3, 23), date(2026, 4, 5), "Vacances")
        agenda.add_calendar_day(CalendarKind.CLOSURE, date(2026, 4, 8), date(2026, 4, 8), "Inventaire")
    as_mediator(cast, client)
    response = client.post(address, data=dates_form(cast))
    page = response.get_data(as_text=True)
    assert "Vacances scolaires : Vacances" in main_of(response)
    assert "Fermé : Inventaire" in main_of(response)
    assert offered(page, "added") == ["2026-03-25", "2026-04-01", "2026-04-08"]
    client.post(address, data=carried(page) | {"do": "plan", "added": ["2026-03-25"]})
    assert planned_days() == ["18/03 16:00", "25/03 16:00", "15/04 16:00", "22/04 16:00"]


def test_beyond_the_school_calendar_nobody_knows(client, cast, address):
    with transaction():
        agenda.add_calendar_day(CalendarKind.SCHOOL_HOLIDAY, date(2026, 3, 20), date(2026, 3, 22), "Vacances")
    as_mediator(cast, client)
    assert "connues jusqu’au dimanche 22 mars 2026" in main_of(client.post(address, data=dates_form(cast)))
    data = dates_form(cast)
    del data["skip_school_holidays"]
    assert "connues jusqu’au" not in main_of(client.post(address, data=data))


def test_a_date_that_is_taken_is_named_with_why_and_ticked(client, cast, address):
    planned(cast, programme(cast, title="Autre club"), [hours(date(2026, 3, 25))])
    as_mediator(cast, client)
    response = client.post(address, data=dates_form(cast))
    page = response.get_data(as_text=True)
    assert "2 séances auraient lieu" in main_of(response)
    assert "Salle bleue : Déjà pris de 16 h 00 à 18 h 00 : Autre club." in main_of(response)
    assert ticked(page, "left_out") == ["2026-03-25"]
    client.post(address, data=carried(page) | {"do": "plan", "left_out": ["2026-03-25"]})
    assert len(planned_days()) == 3


def test_taken_while_one_looked_nothing_is_planned_and_the_page_says_which(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast)).get_data(as_text=True)
    resource_id = cast.mediator.resource_id
    with transaction():
        agenda.add_absence(resource_id, Pattern.once(WEDNESDAY), "Formation")
    in_transaction(lambda: agenda.hold([resource_id], hours(date(2026, 4, 1)), "Rendez-vous", "appointment:1"))
    response = client.post(address, data=carried(page) | {"do": "plan"})
    said = main_of(response)
    assert response.status_code == 409
    assert "À 2 dates" in said
    assert "Salima Benali : Absence" in said
    assert ": Formation." in said
    assert "Rendez-vous" in said
    assert ticked(response.get_data(as_text=True), "left_out") == ["2026-03-18", "2026-04-01"]
    assert count(WorkshopSession) == 0
    again = carried(response.get_data(as_text=True)) | {"do": "plan", "left_out": ["2026-03-18", "2026-04-01"]}
    assert client.post(address, data=again).status_code == 303
    assert planned_days() == ["25/03 16:00"]


def test_going_back_keeps_what_was_typed_and_left_out(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast, equipment_note="Un écran")).get_data(as_text=True)
    response = client.post(address, data=carried(page) | {"do": "back", "left_out": ["2026-03-25"]})
    assert response.status_code == 200
    assert 'name="left_out" value="2026-03-25"' in response.get_data(as_text=True)
    assert 'value="Un écran"' in response.get_data(as_text=True)
    assert count(WorkshopSession) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_day": ""}, "Choisissez le premier jour."),
        ({"first_day": "0001-01-01"}, "date"),
        ({"count": ""}, "Dites combien il y a de séances"),
        ({"count": "500"}, "au plus 120 séances"),
        ({"count": "121"}, "de 1 à 120"),
        ({"count": "0"}, "de 1 à 120"),
        ({"count": "", "last_day": "2027-09-01", "weekdays": ["0", "1", "2", "3", "4"]}, "au plus 120 séances"),
        ({"count": "", "last_day": "2031-01-01"}, "au plus deux ans"),
        ({"count": "", "last_day": "2026-03-01"}, "dernier jour"),
        ({"starts": "18:00", "ends": "16:00"}, "fin"),
        ({"team": []}, "Choisissez au moins une personne"),
        ({"place": ""}, "Choisissez où cela se passe."),
        ({"first_day": "2026-02-04", "count": "", "last_day": "2026-02-25"}, "Il ne reste aucune date"),
        ({"left_out": ["2026-03-18", "2026-03-25", "2026-04-01"]}, "Il ne reste aucune date"),
    ],
)
def test_a_fault_is_said(client, cast, address, changes, sentence):
    as_mediator(cast, client)
    for act in ("preview", "plan"):
        response = client.post(address, data=dates_form(cast, **(changes | {"do": act})))
        assert response.status_code == 422, act
        assert sentence in main_of(response), act
    assert count(WorkshopSession) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "lieu:4711"},
        {"place": "x"},
        {"team": ["4711"]},
        {"team": ["2"]},
        {"recurrence": "hourly"},
        {"weekdays": ["9"]},
        {"every": "0"},
        {"before": "-5"},
        {"capacity": "0"},
        {"capacity": "9" * 300},
        {"left_out": ["x"]},
        {"left_out": ["2026-03-18"] * 500},
        {"added": ["9999-12-31"]},
        {"one_more": "31/12/2026"},
        {"equipment_note": "x" * 301},
    ],
)
def test_what_no_page_sends_is_refused(client, cast, address, changes):
    as_mediator(cast, client)
    assert client.post(address, data=dates_form(cast, **changes)).status_code == 422
    assert count(WorkshopSession) == 0


def test_a_second_press_finds_that_all_is_planned(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast)).get_data(as_text=True)
    sent = carried(page) | {"do": "plan"}
    first, again = client.post(address, data=sent), client.post(address, data=sent)
    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["Location"] == first.headers["Location"]
    assert planned_days() == ["18/03 16:00", "25/03 16:00", "01/04 16:00"]


def test_the_same_hours_at_another_place_are_not_taken_for_a_second_press(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast)).get_data(as_text=True)
    sent = carried(page) | {"do": "plan"}
    client.post(address, data=sent)
    elsewhere = client.post(address, data=sent | {"place": f"ecole:{cast.ids['school']}"})
    assert elsewhere.status_code == 409
    assert "Salima Benali" in main_of(elsewhere)
    assert count(WorkshopSession) == 3


def test_many_dates_that_have_passed_are_one_sentence(client, cast, address):
    as_mediator(cast, client)
    said = main_of(client.post(address, data=dates_form(cast, first_day="2025-03-05")))
    assert "dates sont déjà passées, à partir du mercredi 5 mars 2025" in said
    assert "Déjà passée" not in said


@pytest.mark.parametrize(("hours", "asked"), [(("04:45", "06:00"), True), (("16:45", "18:00"), False)])
def test_hours_at_which_nobody_is_up_are_pointed_out_before_they_are_planned(client, cast, address, hours, asked):
    as_mediator(cast, client)
    said = main_of(client.post(address, data=dates_form(cast, starts=hours[0], ends=hours[1])))
    assert ("Tôt ou tard : de 4 h 45 à 6 h 00." in said) is asked


def test_a_forged_day_is_refused_in_words_of_the_house(client, cast, address):
    as_mediator(cast, client)
    said = main_of(client.post(address, data=dates_form(cast, left_out=["x"])))
    assert "isoformat" not in said
    assert "Choisissez l’une des réponses proposées." in said
