"""A mediator's calendar behind a private address: what it says, whom it does not name, when it stops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from activity.models import Channel as Place
from agenda import service as agenda
from foundation.db import db, transaction
from foundation.feeds import hash_of
from foundation.period import Period
from mediation.models import Attendance, CalendarFeed, EventKind
from mediation.service import calendars
from tests.cast import NOW
from tests.counting import statements
from tests.mediation.appointments import cancelled, change, make_appointment

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stopped():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _feed(cast, **more):
    with transaction():
        token = calendars.create_feed(cast.ids["mediator"], "mon téléphone", **{"shows_names": False} | more)
    return f"/agenda/{token}.ics"


def _events(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return Calendar.from_ical(response.get_data(as_text=True)).walk("VEVENT")


def test_appointments_stand_in_wall_time_with_initials_only(client, cast):
    appointment = make_appointment(cast, AT)
    (event,) = _events(client, _feed(cast))
    assert str(event["SUMMARY"]) == "J. L. · Premiers pas avec mon ordinateur"
    assert str(event["LOCATION"]) == "Médiathèque du Port, 2 quai des Lampes, 99100 Rives-sur-Aure"
    assert event["DTSTART"].dt == datetime(2026, 3, 17, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert str(event["UID"]) == f"appointment-{appointment.id}@parvis.test"


def test_nothing_of_the_resident_leaves_but_initials(client, cast):
    make_appointment(cast, AT, channel=Place.HOME, venue_id=None, home_address="3 rue des Lilas", remark="CAF")
    text = client.get(_feed(cast)).get_data(as_text=True)
    for kept in ("Jeanne", "Le Goff", "639980021", "Lilas", "CAF", "C0317"):
        assert kept not in text
    assert "domicile" in text


def test_names_are_shown_when_the_mediator_asked_for_them(client, cast):
    make_appointment(cast, AT)
    (event,) = _events(client, _feed(cast, shows_names=True))
    assert str(event["SUMMARY"]) == "Jeanne Le Goff · Premiers pas avec mon ordinateur"


def test_what_is_cancelled_is_taken_out(client, cast):
    address = _feed(cast)
    kept, gone = make_appointment(cast, AT), make_appointment(cast, AT + timedelta(hours=2))
    assert len(_events(client, address)) == 2
    with transaction():
        cancelled(db.session.merge(gone), Attendance.EXCUSED)
    assert [str(event["UID"]) for event in _events(client, address)] == [f"appointment-{kept.id}@parvis.test"]


def test_a_moved_appointment_keeps_its_uid_and_is_newer(client, cast, stopped):
    address = _feed(cast)
    appointment = make_appointment(cast, AT)
    before = _events(client, address)[0]
    stopped.shift(timedelta(hours=1))
    with transaction():
        change(
            db.session.merge(appointment),
            EventKind.MOVED,
            starts_at=AT + timedelta(days=1),
            ends_at=AT + timedelta(days=1, hours=1),
        )
    after = _events(client, address)[0]
    assert after["UID"] == before["UID"]
    assert after["DTSTAMP"].dt == before["DTSTAMP"].dt + timedelta(hours=1)
    assert after["DTSTART"].dt == before["DTSTART"].dt + timedelta(days=1)


def test_appointments_of_others_are_not_in_it(client, cast):
    make_appointment(cast, AT, mediator_id=cast.ids["other_mediator"])
    assert _events(client, _feed(cast)) == []


def test_other_work_is_in_it_by_its_label(client, cast):
    resource_id = cast.mediator.resource_id
    with transaction():
        agenda.hold([resource_id], Period(AT, AT + timedelta(hours=2)), "Atelier tablettes", "session:4")
        agenda.hold(
            [resource_id], Period(AT + timedelta(hours=3), AT + timedelta(hours=4)), "Premiers pas", "appointment:9"
        )
    (event,) = _events(client, _feed(cast))
    assert str(event["SUMMARY"]) == "Atelier tablettes"


def test_the_file_follows_the_standard(client, cast):
    with transaction():
        cast.library.name = "Médiathèque du Port et de la Mer, avec un nom; vraiment, vraiment très long " * 2
    make_appointment(cast, AT)
    response = client.get(_feed(cast))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    data = response.get_data()
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for needed in (b"VERSION:2.0", b"PRODID:", b"CALSCALE:GREGORIAN", b"REFRESH-INTERVAL;VALUE=DURATION:PT30M",
                   b"X-PUBLISHED-TTL:PT30M", b"X-WR-CALNAME:Rendez-vous de Salima Benali"):  # fmt: skip
        assert any(line.startswith(needed) for line in lines), needed
    calendar = Calendar.from_ical(data.decode())
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Europe/Paris"
    assert calendar.walk("VEVENT")[0].errors == []


def test_an_empty_calendar_is_still_one(client, cast):
    text = client.get(_feed(cast)).get_data(as_text=True)
    assert len(Calendar.from_ical(text).walk("VTIMEZONE")) == 1


def test_as_long_as_nothing_changes_the_answer_is_short(client, cast):
    address = _feed(cast)
    make_appointment(cast, AT)
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.get_data() == b""
    make_appointment(cast, AT + timedelta(hours=2))
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_its_last_reading_is_noted_at_most_once_an_hour(client, cast, stopped):
    address = _feed(cast)
    client.get(address)
    stopped.shift(timedelta(minutes=59))
    client.get(address)
    assert db.session.query(CalendarFeed).one().last_read_at == NOW
    stopped.shift(timedelta(minutes=1))
    client.get(address)
    db.session.expire_all()
    assert db.session.query(CalendarFeed).one().last_read_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("address", ["/agenda/nobody.ics", f"/agenda/{'x' * 80}.ics", f"/agenda/{'x' * 81}.ics"])
def test_an_unknown_address_opens_nothing(client, cast, address):
    assert client.get(address).status_code == 404


def test_the_address_of_a_closed_account_opens_nothing(client, cast):
    address = _feed(cast)
    with transaction():
        cast.mediator.active = False
    assert client.get(address).status_code == 404


def test_the_secret_itself_is_not_stored(client, cast):
    token = _feed(cast).removeprefix("/agenda/").removesuffix(".ics")
    feed = db.session.query(CalendarFeed).one()
    assert token not in str(vars(feed))
    assert feed.token_hash == hash_of(token)


def test_the_number_of_queries_does_not_grow_with_the_appointments(client, cast):
    address = _feed(cast)
    make_appointment(cast, AT)
    client.get(address)
    with statements() as few:
        client.get(address)
    for hour in range(2, 12):
        make_appointment(cast, AT + timedelta(hours=hour), person="neighbour" if hour % 2 else "resident")
    with statements() as many:
        client.get(address)
    assert len(few) == len(many)
