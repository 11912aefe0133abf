"""What calendars and other sites are given of the agenda."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.counting import statements
from tests.workshops.enrolments import FIRST, WEEK, add_session, only, opened, sessions_of
from workshops.models import Enrolment, ProgrammeAudience, ProgrammeState, SessionState, WorkshopSession
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")
SCHEMA = "https://schema.org/"


def events(client, address="/ateliers.ics"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def items(client, address="/ateliers.json"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/ld+json"
    return [one["item"] for one in answer.json["itemListElement"]] if answer.json["numberOfItems"] else []


def cancel(session_id, cast):
    in_transaction(lambda: changing.cancel(session_id, reason="Personne malade", now=NOW, actor_id=cast.ids["manager"]))


def test_a_calendar_has_each_session_to_come_with_place_and_address(cast, client):
    course = opened(cast, description="Trier; ranger, partager")
    (event,) = events(client)
    assert event["UID"] == f"session-{only(course)}@parvis.test"
    assert event.decoded("DTSTART") == FIRST
    assert event.decoded("DTEND") == FIRST + timedelta(hours=2)
    assert event["SUMMARY"] == "Atelier photo"
    assert event["LOCATION"].startswith("Médiathèque du Port, 2 quai des Lampes")
    assert event["DESCRIPTION"].startswith("Trier; ranger, partager")
    assert event["URL"] == f"http://parvis.test/ateliers/{course.id}"
    assert event["STATUS"] == "CONFIRMED"


def test_one_that_is_called_off_stays_as_cancelled_with_the_same_uid_and_a_greater_sequence(cast, client):
    session_id = only(opened(cast))
    (before,) = events(client)
    cancel(session_id, cast)
    (after,) = events(client)
    assert after["UID"] == before["UID"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SUMMARY"].startswith("Annulé")
    assert after["DTSTAMP"].dt == NOW
    assert after["SEQUENCE"] >= before["SEQUENCE"]


def test_a_calendar_keeps_to_what_was_asked_for(cast, client):
    opened(cast, title="Enfants", audience=ProgrammeAudience.CHILDREN)
    opened(cast, title="Adultes", audience=ProgrammeAudience.ADULTS)
    opened(cast, title="Brouillon", state=ProgrammeState.DRAFT)
    assert [one["SUMMARY"] for one in events(client, "/ateliers.ics?public=adults")] == ["Adultes"]
    assert len(events(client)) == 2
    assert events(client, f"/ateliers.ics?quartier={cast.ids['mills']}") == []


def test_a_programme_has_a_calendar_of_its_own(cast, client):
    course = opened(cast, sessions=3)
    opened(cast, title="Autre")
    assert len(events(client, f"/ateliers/{course.id}/agenda.ics")) == 3
    assert client.get("/ateliers/99999/agenda.ics").status_code == 404


def test_an_address_says_the_same_to_everybody_unless_it_names_a_language(cast, client):
    course = opened(cast, translations={"ar": {"title": "الصور"}})
    client.get("/langue/ar")
    assert events(client)[0]["SUMMARY"] == "Atelier photo"
    assert events(client, "/ateliers.ics?langue=ar")[0]["SUMMARY"] == "الصور"
    assert events(client, f"/ateliers/{course.id}/agenda.ics?langue=xx")[0]["SUMMARY"] == "Atelier photo"


def test_who_has_it_already_is_sent_nothing(app, cast, client):
    opened(cast)
    plain = FlaskClient(app, app.response_class, use_cookies=True)
    for address in ("/ateliers.ics", "/ateliers.json"):
        first = plain.get(address)
        again = plain.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.data == b""
        assert "max-age" in first.headers["Cache-Control"]


def test_the_answer_changes_with_the_seats(cast, client):
    session_id = only(opened(cast))
    tag = client.get("/ateliers.json").headers["ETag"]
    with transaction():
        db.session.get_one(WorkshopSession, session_id).taken = 1
    assert client.get("/ateliers.json").headers["ETag"] != tag


def test_a_list_of_events_as_schema_org_wants_them(cast, client):
    course = opened(cast, age_min=8, age_max=12, price_cents=500, registration_opens_at=NOW)
    (event,) = items(client)
    assert event["@type"] == "Event"
    assert event["@id"] == f"http://parvis.test/ateliers/{course.id}#s{only(course)}"
    assert event["startDate"] == "2026-03-18T16:00:00+01:00"
    assert datetime.fromisoformat(event["endDate"]) == FIRST + timedelta(hours=2)
    assert event["eventStatus"] == f"{SCHEMA}EventScheduled"
    assert event["location"]["name"] == "Médiathèque du Port"
    assert event["location"]["address"]["postalCode"] == "99100"
    assert event["location"]["geo"]["latitude"] == 48.01
    assert event["organizer"]["name"] == "Ville de Rives-sur-Aure"
    assert event["offers"]["price"] == "5.00"
    assert event["offers"]["availability"] == f"{SCHEMA}LimitedAvailability"
    assert event["offers"]["validFrom"] == "2026-03-10T08:00:00+01:00"
    assert event["typicalAgeRange"] == "8-12"
    assert event["audience"]["suggestedMaxAge"] == 12
    assert (event["maximumAttendeeCapacity"], event["remainingAttendeeCapacity"]) == (2, 2)
    assert event["isAccessibleForFree"] is False


@pytest.mark.parametrize(("youngest", "oldest", "said"), [(8, None, "8-"), (None, 12, "0-12"), (0, 3, "0-3")])
def test_the_ages_it_is_for_are_told_when_only_one_end_is_known(cast, client, youngest, oldest, said):
    opened(cast, age_min=youngest, age_max=oldest)
    (event,) = items(client)
    assert event["typicalAgeRange"] == said


@pytest.mark.parametrize(
    ("changes", "taken", "availability"),
    [
        ({}, 2, "SoldOut"),
        ({"registration_opens_at": NOW + WEEK}, 0, "PreOrder"),
        ({"registration_closes_at": NOW}, 0, "Discontinued"),
        ({"enrolment": Enrolment.DROP_IN}, 0, "InStock"),
    ],
)
def test_an_offer_says_whether_one_can_have_a_seat(cast, client, changes, taken, availability):
    session_id = only(opened(cast, **changes))
    with transaction():
        db.session.get_one(WorkshopSession, session_id).taken = taken
    (event,) = items(client)
    assert event["offers"]["availability"] == f"{SCHEMA}{availability}"
    assert ("remainingAttendeeCapacity" in event) is (changes.get("enrolment") is not Enrolment.DROP_IN)


def test_what_a_voucher_pays_is_given_no_price_in_euros(cast, client):
    opened(cast, training_units=1)
    (event,) = items(client)
    assert "price" not in event["offers"]
    assert event["isAccessibleForFree"] is False


def test_an_event_that_is_called_off_says_so_and_offers_nothing(cast, client):
    course = opened(cast)
    with transaction():
        db.session.get_one(WorkshopSession, only(course)).state = SessionState.CANCELLED
    (event,) = items(client)
    assert event["eventStatus"] == f"{SCHEMA}EventCancelled"
    assert "offers" not in event


def test_other_sites_may_read_it_and_an_empty_town_has_an_empty_list(cast, client):
    answer = client.get("/ateliers.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert items(client) == []
    assert events(client) == []


@pytest.mark.parametrize("address", ["/ateliers.ics", "/ateliers.json"])
def test_it_asks_as_often_for_many_as_for_one(cast, client, address):
    course = opened(cast)
    client.get(address)
    with statements() as few:
        client.get(address)
    with transaction():
        for number in range(2, 40):
            add_session(cast, course.id, number, datetime(2026, 4, 1, 8, tzinfo=UTC) + timedelta(days=number))
    with statements() as more:
        client.get(address)
    assert len(more) == len(few)
    assert len(sessions_of(course)) == 39
