"""A calendar kept elsewhere makes a mediator busy: from a file, from an address, read again, removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine

from agenda import refreshing
from agenda import service as agenda
from agenda.download import DownloadFailed
from agenda.models import Absence, BusyFeed
from foundation.db import db, transaction
from foundation.period import Period
from mediation.models import Service
from mediation.queries.slots import find_slots
from tests.cast import NOW, sign_in

PAGE = "/equipe/mes-calendriers"
NINE = datetime(2026, 3, 17, 8, 0, tzinfo=UTC)
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\n"
    b"DTSTART:20260317T080000Z\r\nDTEND:20260317T100000Z\r\nSUMMARY:Dentiste\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
URL = "https://nuage.example/secret-token/agenda.ics"


@pytest.fixture(autouse=True)
def _stopped_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mediator(client, cast):
    return sign_in(client, cast.mediator)


@pytest.fixture
def web(monkeypatch):
    """What the address answers; an exception to fail."""
    answer = {"given": CALENDAR}

    def download(_url, **_more):
        if isinstance(answer["given"], Exception):
            raise answer["given"]
        return answer["given"]

    monkeypatch.setattr(refreshing, "download", download)
    return answer


def _give(client, label="Personnel"):
    return client.post(f"{PAGE}/exterieurs", data={"name": label, "file": (BytesIO(CALENDAR), "agenda.ics")})


def _calendars():
    db.session.expire_all()
    return db.session.query(BusyFeed).all()


def _text(client):
    return client.get(PAGE).get_data(as_text=True)


def _starts(cast):
    service = db.session.get(Service, cast.ids["first_steps"])
    slots = find_slots(service, Period(NINE, NINE + timedelta(hours=9)), now=NOW, mediator_ids=[cast.ids["mediator"]])
    return [slot.starts_at for slot in slots]


def test_a_file_takes_its_time_out_of_what_can_be_booked(mediator, cast):
    assert NINE in _starts(cast)
    assert _give(mediator).status_code == 303
    assert "1 plage occupée a été lue" in _text(mediator)
    assert _starts(cast)[0] >= NINE + timedelta(hours=2)


def test_only_the_time_is_kept_not_what_it_is_about(mediator, cast):
    _give(mediator)
    absence = db.session.query(Absence).one()
    assert absence.label == "Personnel"
    assert "Dentiste" not in _text(mediator)


def test_removing_it_gives_the_time_back(mediator, cast):
    _give(mediator)
    feed_id = _calendars()[0].id
    assert mediator.post(f"{PAGE}/exterieurs/{feed_id}/retirer").status_code == 303
    assert _calendars() == []
    assert NINE in _starts(cast)


def test_an_address_is_read_at_once_and_its_secret_part_is_not_shown(mediator, cast, web):
    mediator.post(f"{PAGE}/exterieurs", data={"name": "Nuage", "url": URL})
    page = _text(mediator)
    assert "L’agenda a été lu" in page
    assert "nuage.example" in page
    assert "secret-token" not in page
    assert NINE not in _starts(cast)


def test_an_address_that_does_not_answer_says_why_and_keeps_what_it_gave(mediator, cast, web):
    mediator.post(f"{PAGE}/exterieurs", data={"name": "Nuage", "url": URL})
    web["given"] = DownloadFailed("http_404")
    mediator.post(f"{PAGE}/exterieurs/{_calendars()[0].id}/relire")
    page = _text(mediator)
    assert "Il n’y a pas d’agenda à cette adresse" in page
    assert NINE not in _starts(cast)


def test_reading_again_replaces_what_was_busy(mediator, cast, web):
    mediator.post(f"{PAGE}/exterieurs", data={"name": "Nuage", "url": URL})
    web["given"] = CALENDAR.replace(b"20260317", b"20260318")
    mediator.post(f"{PAGE}/exterieurs/{_calendars()[0].id}/relire")
    assert NINE in _starts(cast)
    assert db.session.query(Absence).count() == 1


def test_a_booking_in_the_way_is_named_and_stays(mediator, cast):
    resource_id = cast.mediator.resource_id
    with transaction():
        agenda.hold([resource_id], Period(NINE, NINE + timedelta(hours=1)), "Premiers pas", "appointment:1")
        agenda.hold([resource_id], Period(NINE + timedelta(hours=4), NINE + timedelta(hours=5)), "Après", "session:2")
    _give(mediator)
    page = _text(mediator)
    assert "1 réservation tombe sur un temps occupé" in page
    assert "/equipe/rendez-vous/1" in page
    assert "Après" not in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"file": (b"hello", "notes.txt")}, "pas un agenda"),
        ({"file": (b"x" * (5 * 1024 * 1024 + 1), "big.ics")}, "trop gros"),
        ({}, "adresse d’un agenda, ou un fichier"),
        ({"url": "ftp://nuage.example/a.ics"}, "https://"),
        ({"url": "x" * 2001}, "trop long"),
    ],
)
def test_what_can_not_be_a_calendar_is_refused_and_nothing_is_kept(mediator, cast, data, sentence):
    files = {name: (BytesIO(given[0]), given[1]) for name, given in data.items() if name == "file"}
    response = mediator.post(f"{PAGE}/exterieurs", data={"name": "Personnel"} | data | files)
    assert response.status_code == 422
    assert sentence in response.get_data(as_text=True)
    assert _calendars() == []


def test_somebody_elses_calendar_can_not_be_touched(client, mediator, cast):
    with transaction():
        feed_id = agenda.add_feed(cast.other_mediator.resource_id, "x", url=URL).id
    assert mediator.post(f"{PAGE}/exterieurs/{feed_id}/retirer").status_code == 404
    assert mediator.post(f"{PAGE}/exterieurs/{feed_id}/relire").status_code == 404
    assert len(_calendars()) == 1


def test_a_calendar_without_a_name_is_called_busy(mediator, cast):
    _give(mediator, label="")
    assert _calendars()[0].label == "Pas disponible"


def test_what_could_not_be_understood_is_said(mediator, cast):
    broken = b"BEGIN:VEVENT\r\nUID:x\r\nDTSTART:garbage\r\nEND:VEVENT\r\nEND:VCALENDAR"
    data = CALENDAR.replace(b"END:VCALENDAR", broken)
    mediator.post(f"{PAGE}/exterieurs", data={"name": "Personnel", "file": (BytesIO(data), "agenda.ics")})
    assert "1 élément du fichier n’a pas été compris en entier" in _text(mediator)
    assert len(_calendars()) == 1
