"""The page that moves a session says how many people hear of it, and asks twice for a day when nobody may come."""

from __future__ import annotations

from datetime import date, time

import pytest

from agenda.models import CalendarDay, CalendarKind
from foundation.db import db, transaction
from tests.mediation.planning import value_of
from tests.workshops.enrolments import adult, messages, registered
from tests.workshops.given import PARIS, hours, published, reread
from tests.workshops.pages import as_mediator, main_of
from workshops.models import Enrolment, ProgrammeAudience, ProgrammeKind
from workshops.rules.planning import is_at_night

pytestmark = pytest.mark.usefixtures("stopped_clock")
FRIDAY = date(2026, 3, 20)


@pytest.fixture
def course(cast):
    adults = {"kind": ProgrammeKind.ADULT_COURSE, "audience": ProgrammeAudience.ADULTS, "age_min": None}
    return published(cast, enrolment=Enrolment.SESSION, age_max=None, **adults)


def closed(kind, label):
    with transaction():
        db.session.add(CalendarDay(kind=kind, label=label, first_day=FRIDAY, last_day=FRIDAY))


def typed(**changes):
    return {"day": FRIDAY.isoformat(), "starts": "16:00", "ends": "18:00", "reason": ""} | changes


def test_how_many_will_hear_of_it_is_said_before(client, cast, course):
    programme, (session,) = course
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}/deplacer"
    assert "par message" not in main_of(client.get(address))
    for number in (1, 2):
        registered(adult(programme, number, session_id=session.id))
    assert "2 personnes seront prévenues par message." in main_of(client.get(address))


@pytest.mark.parametrize(
    ("kind", "label", "said"),
    [
        (CalendarKind.PUBLIC_HOLIDAY, "Noël", "Fermé : Noël"),
        (CalendarKind.SCHOOL_HOLIDAY, "Vacances de printemps", "Vacances scolaires : Vacances de printemps"),
    ],
)
def test_a_day_that_planning_skips_is_asked_about_first(client, cast, course, kind, label, said):
    programme, (session,) = course
    made = registered(adult(programme, session_id=session.id))
    closed(kind, label)
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}/deplacer"
    response = client.post(address, data=typed())
    assert response.status_code == 422
    assert said in main_of(response)
    assert reread(session).starts_at == hours().start
    assert len(messages(made)) == 1
    asked = value_of(response.get_data(as_text=True), "asked")
    assert client.post(address, data=typed(anyway="y", asked="2026-03-19T15:00:00+00:00")).status_code == 422
    assert client.post(address, data=typed(anyway="y", asked=asked)).status_code == 303
    assert reread(session).starts_at == hours(FRIDAY).start


def test_the_night_is_asked_about_too(client, cast, course):
    _programme, (session,) = course
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}/deplacer"
    assert "de 3 h 00 à 5 h 00" in main_of(client.post(address, data=typed(starts="03:00", ends="05:00")))
    assert reread(session).starts_at == hours().start


def test_an_ordinary_day_is_not_asked_about(client, cast, course):
    _programme, (session,) = course
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}/deplacer"
    assert "tout de même" not in main_of(client.get(address))
    assert client.post(address, data=typed()).status_code == 303


@pytest.mark.parametrize(
    ("starts", "ends", "night"),
    [
        (time(7), time(9), False),
        (time(6, 59), time(9), True),
        (time(20), time(22, 30), False),
        (time(20), time(23), True),
    ],
)
def test_what_is_night(starts, ends, night):
    assert is_at_night(hours(FRIDAY, starts, ends), PARIS) is night


def test_hours_that_the_change_of_clocks_leaves_out_are_named_as_that(client, cast, course):
    _programme, (session,) = course
    as_mediator(cast, client)
    skipped = typed(day="2026-03-29", starts="02:30", ends="03:30")
    refused = client.post(f"/equipe/ateliers/seances/{session.id}/deplacer", data=skipped)
    assert refused.status_code == 422
    assert "L’heure change ce jour-là : ces heures n’existent pas." in main_of(refused)
    assert reread(session).starts_at == hours().start
