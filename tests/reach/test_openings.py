"""Where something is open on which days: presences, absences, closed days, sessions; who may come."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from activity.models import Channel
from agenda.models import Absence, CalendarDay, CalendarKind, Recurrence
from foundation.db import db, transaction
from mediation.models import Shift
from places.models import Venue
from reach.queries.openings import Kind, openings
from reach.rules.periods import Span
from tests.cast import TODAY
from tests.reach.asking import local_day
from tests.workshops.enrolments import FIRST, opened
from workshops.models import Openness, ProgrammeState, SessionState, WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")
WEEK = Span(date(2026, 3, 16), date(2026, 3, 22))
"""Monday to Sunday; the mediators receive from Monday to Friday."""


def found(span=WEEK, kind=Kind.PRESENCE):
    db.session.rollback()
    rows = [(one.day.day, one.place) for one in openings(span) if one.kind is kind]
    db.session.rollback()
    return rows


def days_at(place, span=WEEK):
    return [day for day, name in found(span) if name == place]


def changed(model, id_, **values):
    with transaction():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


def away(resource_id, first, last, starts=time(0), ends=time(0)):
    with transaction():
        absence = Absence(
            resource_id=resource_id, first_day=first, last_day=last, starts=starts, ends=ends,
            recurrence=Recurrence.ONCE, label="",
        )  # fmt: skip
        db.session.add(absence)


def test_a_presence_is_open_on_its_weekdays(cast):
    assert days_at("Médiathèque du Port") == [16, 17, 18, 19, 20]
    assert days_at("Atelier des Moulins") == [16, 17, 18, 19, 20]
    one = openings(WEEK)[0]
    assert (one.day, one.for_all, one.venue_id, one.point) == (WEEK.first, True, cast.ids["workshop"], (48.01, -0.97))


def test_a_mediator_who_is_away_opens_nothing_and_one_who_leaves_early_does(cast):
    resource_id = cast.mediator.resource_id
    away(resource_id, date(2026, 3, 17), date(2026, 3, 18))
    away(resource_id, date(2026, 3, 19), date(2026, 3, 19), time(11), time(23))
    assert days_at("Médiathèque du Port") == [16, 19, 20]
    assert days_at("Atelier des Moulins") == [16, 17, 18, 19, 20]


def test_a_closed_day_opens_nothing_anywhere(cast):
    day = date(2026, 3, 18)
    with transaction():
        db.session.add(CalendarDay(kind=CalendarKind.CLOSURE, first_day=day, last_day=day, label="Pont"))
    assert 18 not in {day for day, _place in found()}


def test_a_presence_on_the_telephone_is_not_one_at_a_place(cast):
    changed(Shift, cast.ids["shift"], channels=[Channel.PHONE.value])
    assert days_at("Médiathèque du Port") == []


@pytest.mark.parametrize("what", ["venue", "mediator", "resource"])
def test_what_is_closed_for_good_opens_nothing(cast, what):
    row = {"venue": cast.library, "mediator": cast.mediator, "resource": cast.shift.opening.resource}[what]
    changed(type(row), row.id, active=False)
    assert days_at("Médiathèque du Port") == []
    assert days_at("Atelier des Moulins") == [16, 17, 18, 19, 20]


def test_a_presence_that_ended_is_not_open_any_more(cast):
    opening = cast.shift.opening
    changed(type(opening), opening.id, last_day=date(2026, 3, 17))
    assert days_at("Médiathèque du Port") == [16, 17]


def test_sessions_open_on_their_day_on_the_wall_clock_of_the_town(cast):
    """23 h 30 in Paris, which is the day before in London in summer only."""
    opened(cast, first=datetime(2026, 3, 20, 22, 30, tzinfo=UTC))
    assert found(kind=Kind.WORKSHOP) == [(20, "Médiathèque du Port")]
    assert found(Span(date(2026, 3, 21), date(2026, 3, 21)), Kind.WORKSHOP) == []


def test_cancelled_sessions_open_nothing(cast):
    programme = opened(cast)
    session = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).one()
    changed(WorkshopSession, session.id, state=SessionState.CANCELLED)
    assert found(kind=Kind.WORKSHOP) == []


@pytest.mark.parametrize(
    ("changes", "for_all"),
    [
        ({}, True),
        ({"state": ProgrammeState.DRAFT}, False),
        ({"openness": Openness.PRESCRIBERS}, False),
        ({"client": "school"}, False),
        ({"client": "care_home"}, False),
    ],
)
def test_only_published_workshops_for_everybody_are_for_all(cast, changes, for_all):
    client = {f"{name}_id": cast.ids[name] for key, name in changes.items() if key == "client"}
    opened(cast, **{key: value for key, value in changes.items() if key != "client"}, **client)
    (session,) = (one for one in openings(WEEK) if one.kind is Kind.WORKSHOP)
    assert (session.for_all, session.day) == (for_all, local_day(FIRST))


def test_a_session_at_a_school_has_its_point_and_no_venue(cast):
    programme = opened(cast)
    session = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).one()
    changed(WorkshopSession, session.id, venue_id=None, school_id=cast.ids["school"])
    (one,) = (one for one in openings(WEEK) if one.kind is Kind.WORKSHOP)
    assert (one.place, one.venue_id, one.point) == ("École des Peupliers", None, (48.012, -0.972))


def test_a_place_without_coordinates_has_no_point(cast):
    changed(Venue, cast.ids["library"], latitude=None, longitude=None)
    assert {one.point for one in openings(WEEK) if one.venue_id == cast.ids["library"]} == {None}


def test_nothing_is_open_before_anything_began(cast):
    assert openings(Span(date(2025, 12, 1), date(2025, 12, 31))) == []
    assert openings(Span(TODAY, TODAY)) != []
