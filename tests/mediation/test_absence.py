"""A mediator is away: once or again and again, whole days or hours; people who are booked are asked about first."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from agenda.models import Absence, BusyFeed, Recurrence
from foundation.clock import territory_zone
from foundation.db import db, transaction
from foundation.period import whole_day
from mediation.models import Appointment, Attendance
from mediation.queries.slots import find_slots
from mediation.rules.booking import Newcomer
from tests.cast import NOW, sign_in
from tests.mediation.booking_wishes import booked, local
from tests.mediation.planning import absence_form, carried, day, town_manager

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/permanences"
NEW = "/equipe/absences/nouvelle"


def _absences():
    return list(db.session.scalars(select(Absence).order_by(Absence.id)))


def _free_on(cast, text):
    return find_slots(cast.paperwork, whole_day(day(text), territory_zone()), now=NOW)


def test_a_whole_day_away(client, cast):
    sign_in(client, cast.mediator)
    assert client.post(NEW, data=absence_form()).status_code == 303
    (absence,) = _absences()
    assert (absence.resource_id, absence.label, absence.last_day) == (
        cast.mediator.resource_id, "Formation", day("2026-03-12"),
    )  # fmt: skip
    assert _free_on(cast, "2026-03-12") == []
    assert _free_on(cast, "2026-03-13") != []
    page = client.get(LIST).get_data(as_text=True)
    assert "Jeudi 12 mars 2026" in page
    assert "Formation" in page


def test_pressing_twice_notes_it_once(client, cast):
    booked(cast)
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=absence_form()).get_data(as_text=True)
    for _press in range(2):
        assert client.post(NEW, data=carried(page) | {"fate": "keep"}).status_code == 303
    assert client.post(NEW, data=absence_form()).status_code == 303
    assert len(_absences()) == 1
    client.post(NEW, data=absence_form(label="Congés", starts="14:00", ends="16:00"))
    assert len(_absences()) == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"last_day": "2026-03-20"}, "Du jeudi 12 mars 2026 au vendredi 20 mars 2026"),
        ({"starts": "14:00", "ends": "16:00"}, "Jeudi 12 mars 2026, de 14"),
        ({"last_day": "2026-03-13", "starts": "14:00", "ends": "10:00"}, "au vendredi 13 mars 2026 à 10"),
        ({"recurrence": "weekly", "weekdays": ["2"]}, "Le mercredi, à partir du jeudi 12 mars 2026"),
        ({"recurrence": "monthly_weekday", "starts": "14:00"}, "Le deuxième jeudi de chaque mois, de 14"),
    ],
)
def test_each_kind_reads_as_a_sentence(client, cast, sent, sentence):
    sign_in(client, cast.mediator)
    assert client.post(NEW, data=absence_form() | sent).status_code == 303
    assert sentence in client.get(LIST).get_data(as_text=True)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"first_day": ""}, "Choisissez le premier jour."),
        ({"last_day": "2026-03-01"}, "Le dernier jour vient avant le premier."),
        ({"starts": "14:00", "ends": "13:00"}, "La fin vient avant le début."),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(client, cast, sent, sentence):
    sign_in(client, cast.mediator)
    response = client.post(NEW, data=absence_form(label="Réunion") | sent)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Réunion"' in page
    assert _absences() == []


@pytest.mark.parametrize(("sent", "fold"), [({"first_day": ""}, "<details>"), ({"every": "99"}, "<details open>")])
def test_the_rhythm_unfolds_for_a_fault_of_its_own_alone(client, cast, sent, fold):
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=absence_form() | sent).get_data(as_text=True)
    assert f"{fold}<summary>Elle se répète" in page


def test_who_is_booked_is_asked_about_before_anything_is_written(client, cast):
    appointment_id = booked(cast).id
    sign_in(client, cast.mediator)
    response = client.post(NEW, data=absence_form())
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Ali Ben Salah" in page
    assert _absences() == []
    back = client.post(NEW, data=carried(page) | {"back": "1"})
    assert 'value="Formation"' in back.get_data(as_text=True)
    assert client.post(NEW, data=carried(page) | {"fate": "cancel"}).status_code == 303
    assert len(_absences()) == 1
    db.session.expire_all()
    assert db.session.get(Appointment, appointment_id).attendance is Attendance.REVOKED


def test_whom_no_message_reaches_is_named_before_and_after(client, cast):
    booked(cast, newcomer=Newcomer("Rosa", "Sanstel"))
    booked(cast, starts_at=local(11))
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=absence_form()).get_data(as_text=True)
    assert page.count("Aucun message possible") == 1
    done = client.post(NEW, data=carried(page) | {"fate": "cancel"})
    after = client.get(done.headers["Location"]).get_data(as_text=True)
    assert "prévenez-les vous-même" in after
    assert "Rosa Sanstel" in after


def test_keeping_them_writes_the_absence_alone(client, cast):
    appointment_id = booked(cast).id
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=absence_form()).get_data(as_text=True)
    client.post(NEW, data=carried(page) | {"fate": "keep"})
    assert len(_absences()) == 1
    assert db.session.get(Appointment, appointment_id).attendance is Attendance.EXPECTED


def test_hours_beside_the_appointment_strand_nobody(client, cast):
    booked(cast)
    sign_in(client, cast.mediator)
    assert client.post(NEW, data=absence_form(starts="10:30", ends="12:00")).status_code == 303


def test_changing_it_asks_only_about_what_it_did_not_meet(client, cast):
    booked(cast)
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=absence_form()).get_data(as_text=True)
    client.post(NEW, data=carried(page) | {"fate": "keep"})
    address = f"/equipe/absences/{_absences()[0].id}"
    booked(cast, starts_at=local(9, day=13), newcomer=None, person_id=cast.resident.id)
    assert client.post(address, data=absence_form(label="Congés")).status_code == 303
    page = client.post(address, data=absence_form(last_day="2026-03-13")).get_data(as_text=True)
    assert "Jeanne Le Goff" in page
    assert "Ali Ben Salah" not in page
    assert (_absences()[0].label, _absences()[0].last_day) == ("Congés", day("2026-03-12"))


def test_the_page_shows_what_is_stored(client, cast):
    sign_in(client, cast.mediator)
    client.post(NEW, data=absence_form(recurrence="weekly", weekdays=["2"], starts="14:00", ends="16:00"))
    (absence,) = _absences()
    assert absence.recurrence is Recurrence.WEEKLY
    page = client.get(f"/equipe/absences/{absence.id}").get_data(as_text=True)
    assert 'value="14:00"' in page
    assert 'value="2026-03-12"' in page


def test_deleting_it_opens_the_time_again(client, cast):
    sign_in(client, cast.mediator)
    client.post(NEW, data=absence_form())
    assert client.post(f"/equipe/absences/{_absences()[0].id}/supprimer").status_code == 303
    assert _absences() == []
    assert _free_on(cast, "2026-03-12") != []


def test_anothers_absence_does_not_exist(client, cast):
    sign_in(client, cast.other_mediator)
    client.post(NEW, data=absence_form())
    address = f"/equipe/absences/{_absences()[0].id}"
    town_manager(cast, client)
    assert client.get(address).status_code == 404
    assert client.post(address, data=absence_form()).status_code == 404
    assert client.post(f"{address}/supprimer").status_code == 404
    assert client.post(f"{NEW}?mediateur={cast.other_mediator.id}", data=absence_form()).status_code == 404
    assert len(_absences()) == 1


def test_what_another_calendar_says_is_not_changed_here(client, cast):
    with transaction():
        feed = BusyFeed(resource_id=cast.mediator.resource_id, label="Agenda", file_name="a.ics")
        db.session.add(feed)
        db.session.flush()
        whole = Absence(
            resource_id=cast.mediator.resource_id, feed_id=feed.id, label="Agenda", first_day=day("2026-03-12"),
            last_day=day("2026-03-12"), starts=NOW.time().min, ends=NOW.time().min,
        )  # fmt: skip
        db.session.add(whole)
    sign_in(client, cast.mediator)
    address = f"/equipe/absences/{_absences()[0].id}"
    assert "D’un agenda tenu ailleurs" in client.get(LIST).get_data(as_text=True)
    assert address not in client.get(LIST).get_data(as_text=True)
    assert client.get(address).status_code == 404
