"""The same morning over weeks: holidays skipped, dates left out, dates that are not free told one by one."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from agenda.models import CalendarDay, CalendarKind
from equipment.models import ReservationState
from equipment.rules.dates import Day, Skipped
from equipment.views.borrowing.missed import notice
from foundation.db import db, transaction
from tests.counting import statements
from tests.equipment.borrowing import ASK, HOME, as_teacher, asked, chosen, details, need, reservations, send
from tests.equipment.given import TUESDAY, by_rights, kit, ledger, morning, reserved
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
WEEKLY = {"every": "1", "until": "2026-04-28"}
"""Seven Tuesdays; two of them in the holidays of spring."""


def holidays():
    with transaction():
        for kind, first, last, label in (
            (CalendarKind.SCHOOL_HOLIDAY, date(2026, 4, 4), date(2026, 4, 20), "Vacances de printemps"),
            (CalendarKind.PUBLIC_HOLIDAY, date(2026, 4, 28), date(2026, 4, 28), "Fête de la ville"),
        ):
            db.session.add(CalendarDay(kind=kind, first_day=first, last_day=last, label=label))


def days():
    return [one.starts_at.date().isoformat() for one in reservations() if one.school_id]


def test_every_week_but_not_in_the_holidays(client, cast):
    blue = kit()
    as_teacher(client, cast)
    holidays()
    key = asked(client, **WEEKLY)
    page = main_of(client.get(f"{ASK}/choisir?d={key}"))
    assert "4 dates voulues, 3 sautées" in page
    assert "mardi 7 avril · Vacances scolaires (Vacances de printemps)" in page
    assert "mardi 28 avril · Fermé (Fête de la ville)" in page
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id})
    client.post(f"{ASK}/conditions?d={key}", data=details())
    checked = main_of(client.get(f"{ASK}/verifier?d={key}"))
    assert "4 dates" in checked
    assert "mardi 31 mars, de 8 h 30 à 11 h 30" in checked
    done = send(client, key)
    assert days() == ["2026-03-17", "2026-03-24", "2026-03-31", "2026-04-21"]
    made = reservations()
    assert len({one.series for one in made}) == 1
    assert {one.starts_at.hour for one in made} == {6, 7}
    assert ledger() == by_rights()
    assert len(ledger()) == 4
    assert "4 dates sont réservées." in main_of(client.get(done.location))


def test_a_series_begun_in_the_calendar_says_before_and_after_which_dates_are_not_reserved(client, cast):
    """The page that lists the dates is passed over then: the check and the confirmation tell them."""
    blue = kit()
    as_teacher(client, cast)
    holidays()
    key = asked(client, kit_id=str(blue.id), **WEEKLY)
    assert client.get(f"{ASK}/choisir?d={key}&direct=1").location == f"{ASK}/conditions?d={key}"
    client.post(f"{ASK}/conditions?d={key}", data=details())
    checked = main_of(client.get(f"{ASK}/verifier?d={key}"))
    assert "Non réservé 3 dates" in checked
    assert "mardi 7 avril · Vacances scolaires (Vacances de printemps)" in checked
    assert "mardi 28 avril · Fermé (Fête de la ville)" in checked
    done = main_of(client.get(send(client, key).location))
    assert "Non réservé : mar. 7 avr., mar. 14 avr. – Vacances scolaires" in done
    assert "mar. 28 avr. – Fermé (Fête de la ville)" in done


def test_dates_on_which_the_kit_is_taken_are_told_as_such_and_those_left_out_by_choice_too(client, cast):
    blue = kit()
    as_teacher(client, cast)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    key = asked(client, every="1", until="2026-04-07")
    client.post(f"{ASK}/dates?d={key}", data={"day": "2026-03-31"})
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id, "only_free": "1"})
    client.post(f"{ASK}/conditions?d={key}", data=details())
    checked = main_of(client.get(f"{ASK}/verifier?d={key}"))
    assert "mardi 24 mars · La mallette est prise" in checked
    assert "mardi 31 mars · Retirée" in checked
    done = main_of(client.get(send(client, key).location))
    assert "mar. 24 mars – La mallette est prise" in done


def test_a_notice_of_many_dates_names_the_first_and_counts_the_others(app):
    found = [Day(TUESDAY + timedelta(weeks=n), None, Skipped.CLOSED, "Travaux") for n in range(25)]
    with app.test_request_context("/"):
        said = notice(found)
    assert said.count("–") == 1
    assert "5" in said.split(";")[-1]


def test_every_other_week_in_the_holidays_too(client, cast):
    blue = kit()
    as_teacher(client, cast)
    holidays()
    send(client, chosen(client, blue.id, every="2", until="2026-04-28", in_holidays="y"))
    assert days() == ["2026-03-17", "2026-03-31", "2026-04-14"]


def test_a_date_is_left_out_and_put_back_by_one_press(client, cast):
    kit()
    as_teacher(client, cast)
    key = asked(client, every="1", until="2026-03-31")
    address = f"{ASK}/dates?d={key}"
    client.post(address, data={"day": "2026-03-24"})
    page = main_of(client.get(f"{ASK}/choisir?d={key}"))
    assert "2 dates voulues, 1 sautée" in page
    assert "mardi 24 mars · Retirée" in page
    client.post(address, data={"day": "2026-03-24"})
    assert "3 dates voulues" in main_of(client.get(f"{ASK}/choisir?d={key}"))


def test_the_last_date_can_not_be_left_out_and_what_is_no_day_is_none(client, cast):
    kit()
    as_teacher(client, cast)
    key = asked(client, every="1", until="2026-03-24")
    address = f"{ASK}/dates?d={key}"
    client.post(address, data={"day": "2026-03-17"})
    for sent in ("2026-03-24", "demain", "", "1026-03-24"):
        answer = client.post(address, data={"day": sent})
        assert answer.location == f"{ASK}/choisir?d={key}"
    page = main_of(client.get(f"{ASK}/choisir?d={key}"))
    assert "1 date voulue" in page
    assert "Choisissez" in page


def test_what_is_left_out_is_kept_until_the_dates_change(client, cast):
    kit()
    as_teacher(client, cast)
    key = asked(client, every="1", until="2026-03-31")
    client.post(f"{ASK}/dates?d={key}", data={"day": "2026-03-24"})
    again = {"every": "1", "until": "2026-03-31"}
    client.post(f"{ASK}?d={key}", data=need(group_label="CM2", **again))
    assert "2 dates voulues" in main_of(client.get(f"{ASK}/choisir?d={key}"))
    client.post(f"{ASK}?d={key}", data=need(every="1", until="2026-04-07"))
    assert "4 dates voulues" in main_of(client.get(f"{ASK}/choisir?d={key}"))


def test_dates_that_are_not_free_are_told_with_kits_free_then_and_left_out_by_one_press(client, cast):
    blue, red = kit(), kit("Mallette rouge")
    as_teacher(client, cast)
    for week in (1, 3):
        reserved(blue.id, morning(week), cast.ids["mediator"])
    reserved(red.id, morning(3), cast.ids["mediator"])
    reserved(red.id, morning(2), cast.ids["mediator"])
    key = asked(client, every="1", until="2026-04-07")
    page = main_of(client.get(f"{ASK}/choisir?d={key}"))
    assert "Aucune mallette n’est libre à toutes les dates." in page
    assert "Prise à 2 dates : mardi 24 mars libre ce jour-là : Mallette rouge mardi 7 avril" in page
    took = client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id})
    assert took.location == f"{ASK}/choisir?d={key}"
    took = client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id, "only_free": "1"})
    assert took.location == f"{ASK}/conditions?d={key}"
    client.post(took.location, data=details())
    send(client, key)
    assert days() == ["2026-03-17", "2026-03-31"]
    assert ledger() == by_rights()


def test_the_link_of_another_kit_asks_for_that_date_alone_with_what_was_typed(client, cast):
    blue, red = kit(), kit("Mallette rouge")
    as_teacher(client, cast)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    reserved(red.id, morning(2), cast.ids["mediator"])
    key = asked(client, every="1", until="2026-03-31")
    page = client.get(f"{ASK}/choisir?d={key}").get_data(as_text=True)
    link = re.search(rf'href="({ASK}\?comme=[^"]+mallette={red.id}[^"]*)"', page)
    assert link
    form = client.get(link[1].replace("&amp;", "&")).get_data(as_text=True)
    assert 'value="2026-03-24"' in form
    assert 'value="Scratch"' in form
    assert '<option selected value="0">' in form
    assert client.get(f"{ASK}/choisir?d={key}").status_code == 200


def test_a_kit_that_is_taken_on_all_dates_says_just_that(client, cast):
    blue = kit()
    as_teacher(client, cast)
    for week in range(2):
        reserved(blue.id, morning(week), cast.ids["mediator"])
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client, every='1', until='2026-03-24')}"))
    assert "Prise à toutes les dates." in page
    assert "libre ce jour-là" not in page


def test_a_date_taken_meanwhile_is_told_and_nothing_is_reserved_until_it_is_left_out(client, cast):
    blue = kit()
    as_teacher(client, cast)
    key = chosen(client, blue.id, every="1", until="2026-03-31")
    reserved(blue.id, morning(1), cast.ids["mediator"])
    response = send(client, key)
    assert response.status_code == 409
    assert "La prendre aux 2 dates libres" in main_of(response)
    assert days() == []
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id, "only_free": "1"})
    assert send(client, key).status_code == 303
    assert days() == ["2026-03-17", "2026-03-31"]


def test_forty_one_dates_are_refused_on_the_first_page(client, cast):
    kit()
    as_teacher(client, cast)
    until = TUESDAY + timedelta(weeks=40)
    response = client.post(ASK, data=need(every="1", until=until.isoformat()))
    assert response.status_code == 422
    assert "40 dates" in main_of(response)


def test_all_dates_to_come_are_cancelled_at_once_or_one_alone(client, cast):
    blue = kit()
    as_teacher(client, cast)
    location = send(client, chosen(client, blue.id, every="1", until="2026-03-31")).location.split("?")[0]
    second = f"{HOME}/{reservations()[1].code}"
    page = client.get(location)
    assert "3 dates en tout" in main_of(page)
    assert second in page.get_data(as_text=True)
    assert client.post(f"{second}/annuler", data={}).status_code == 303
    assert [one.state for one in reservations()].count(ReservationState.CANCELLED) == 1
    answer = client.get(client.post(f"{location}/annuler", data={"series": "1"}).location)
    assert "2 réservations sont annulées." in main_of(answer)
    assert {one.state for one in reservations()} == {ReservationState.CANCELLED}
    assert ledger() == set()


def test_a_year_of_dates_asks_as_often_as_two_dates(client, cast):
    kit()
    as_teacher(client, cast)
    few, many = asked(client, every="1", until="2026-03-24"), asked(client, every="1", until="2026-12-08")
    counts = []
    for key in (few, many):
        client.get(f"{ASK}/choisir?d={key}")
        with statements() as sent:
            client.get(f"{ASK}/choisir?d={key}")
        counts.append(len(sent))
    assert counts[0] == counts[1]
