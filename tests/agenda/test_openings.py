"""Openings and absences: added, changed, ended, deleted, and what a change would leave standing outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from agenda import queries, service
from agenda.models import Absence, Opening, Resource, ResourceKind
from agenda.rules.recurrence import ImpossiblePattern, Pattern
from agenda.service import NoSuchRecord, WouldStrand
from foundation import audit
from foundation.db import db, in_transaction, transaction
from tests.agenda.conftest import MONDAY, free_time, hours, span

MORNINGS = Pattern.weekly([0, 1], time(9), time(12), MONDAY)
WEEK = timedelta(days=7)


@pytest.fixture
def booked(people):
    """Inès receives on Monday and Tuesday mornings; somebody is booked on Monday from 9 to 10, with the room."""
    with transaction():
        people.opening = service.add_opening(people.ines, MORNINGS, actor_id=7).id
        service.hold([people.ines, people.room], span("09:00", "10:00"), "Rendez-vous", "appointment:1")
    return people


def stranded(act):
    with pytest.raises(WouldStrand) as refused:
        in_transaction(act)
    assert refused.value.status == 409
    return [hold.reference for hold in refused.value.holds]


def pattern_of(opening_id):
    found = Pattern.of(db.session.get(Opening, opening_id, populate_existing=True))
    db.session.rollback()
    return found


def test_an_opening_is_stored_as_it_was_given(booked):
    assert pattern_of(booked.opening) == MORNINGS
    (entry,) = audit.history(f"opening:{booked.opening}")
    assert (entry.action, entry.actor_id) == ("opening.added", 7)


def test_an_opening_needs_a_sensible_pattern_and_a_resource(people):
    with pytest.raises(ImpossiblePattern):
        in_transaction(lambda: service.add_opening(people.ines, hours("12:00", "09:00")))
    with pytest.raises(NoSuchRecord):
        in_transaction(lambda: service.add_opening(999_999, MORNINGS))


def test_a_change_that_keeps_what_is_booked_asks_nothing(booked):
    later = Pattern.weekly([0], time(9), time(10), MONDAY)
    in_transaction(lambda: service.change_opening(booked.opening, later))
    assert pattern_of(booked.opening) == later


def test_a_change_that_strands_says_what_and_changes_nothing(booked):
    afternoon = Pattern.weekly([0], time(14), time(17), MONDAY)
    assert stranded(lambda: service.change_opening(booked.opening, afternoon)) == ["appointment:1"]
    assert pattern_of(booked.opening) == MORNINGS


def test_asked_again_knowingly_it_is_done_and_the_booking_stands(booked):
    afternoon = Pattern.weekly([0], time(14), time(17), MONDAY)
    in_transaction(lambda: service.change_opening(booked.opening, afternoon, strand=True))
    assert pattern_of(booked.opening) == afternoon
    assert len(queries.holds_of("appointment:1")) == 2


def test_a_part_of_a_booking_is_enough(booked):
    later = Pattern.weekly([0], time(9, 30), time(12), MONDAY)
    assert stranded(lambda: service.change_opening(booked.opening, later)) == ["appointment:1"]


def test_another_opening_that_covers_it_saves_the_booking(booked):
    in_transaction(lambda: service.add_opening(booked.ines, hours("08:00", "11:00")))
    in_transaction(lambda: service.delete_opening(booked.opening))
    assert db.session.get(Opening, booked.opening) is None


def test_deleting_asks_too(booked):
    assert stranded(lambda: service.delete_opening(booked.opening)) == ["appointment:1"]
    in_transaction(lambda: service.delete_opening(booked.opening, strand=True))
    with pytest.raises(NoSuchRecord):
        in_transaction(lambda: service.delete_opening(booked.opening))


def test_what_is_over_is_not_stranded(booked, monkeypatch):
    monkeypatch.setattr("foundation.clock.now", lambda: span("10:00", "11:00").start)
    in_transaction(lambda: service.delete_opening(booked.opening))


def test_ending_an_opening(booked):
    in_transaction(lambda: service.change_opening(booked.opening, replace(MORNINGS, last_day=MONDAY + WEEK)))
    assert pattern_of(booked.opening).last_day == MONDAY + WEEK
    with pytest.raises(ImpossiblePattern):
        in_transaction(lambda: service.change_opening(booked.opening, replace(MORNINGS, last_day=MONDAY - WEEK)))


def test_ending_before_a_booking_asks(booked):
    next_week = span("09:00", "10:00")
    in_transaction(
        lambda: service.hold(
            [booked.ines], type(next_week)(next_week.start + WEEK, next_week.end + WEEK), "Rendez-vous", "appointment:2"
        )
    )
    ended = replace(MORNINGS, last_day=MONDAY)
    assert stranded(lambda: service.change_opening(booked.opening, ended)) == ["appointment:2"]


def test_an_absence_that_meets_a_booking_asks(booked):
    away = hours("09:30", "11:00")
    assert stranded(lambda: service.add_absence(booked.ines, away, "Formation")) == ["appointment:1"]
    in_transaction(lambda: service.add_absence(booked.marc, away, "Formation"))
    in_transaction(lambda: service.add_absence(booked.ines, hours("10:00", "12:00"), "Réunion"))
    in_transaction(lambda: service.add_absence(booked.ines, away, "Formation", strand=True))


def test_an_absence_of_everyone_meets_every_resource(booked):
    assert stranded(lambda: service.add_absence(None, Pattern.once(MONDAY), "Grève")) == ["appointment:1"] * 2


def test_changing_an_absence_asks_only_for_what_is_new(booked):
    absence = in_transaction(lambda: service.add_absence(booked.ines, hours("09:30", "11:00"), "", strand=True).id)
    in_transaction(lambda: service.change_absence(absence, hours("09:30", "11:30"), "Formation"))
    assert stranded(lambda: service.change_absence(absence, hours("09:00", "11:30"), "")) == ["appointment:1"]
    row = db.session.get(Absence, absence, populate_existing=True)
    assert (row.label, row.starts, row.ends) == ("Formation", time(9, 30), time(11, 30))


def test_a_deleted_absence_gives_the_time_back(booked):
    absence = in_transaction(lambda: service.add_absence(booked.ines, hours("10:00", "11:00")).id)
    assert free_time(booked.ines) == [span("11:00", "12:00")]
    in_transaction(lambda: service.delete_absence(absence))
    assert free_time(booked.ines) == [span("10:00", "12:00")]
    with pytest.raises(NoSuchRecord):
        in_transaction(lambda: service.delete_absence(absence))


def test_an_absence_once_may_span_nights_and_has_an_end(people):
    long = Pattern.once(MONDAY, time(18), time(8), MONDAY + timedelta(days=1))
    in_transaction(lambda: service.add_absence(people.ines, long))
    with pytest.raises(ImpossiblePattern):
        in_transaction(lambda: service.add_absence(people.ines, Pattern(MONDAY, None, time(9), time(10))))


def test_resources_are_named_and_rest(people):
    kit = in_transaction(lambda: service.add_resource(ResourceKind.KIT, "Mallette 3").id)
    in_transaction(lambda: service.change_resource(kit, label="Mallette bleue", active=False, actor_id=3))
    row = db.session.get_one(Resource, kit)
    assert (row.kind, row.label, row.active) == (ResourceKind.KIT, "Mallette bleue", False)
    db.session.rollback()
    in_transaction(lambda: service.change_resource(kit, active=True))
    in_transaction(lambda: service.change_resource(kit, active=True))
    assert [entry.action for entry in audit.history(f"resource:{kit}")] == [
        "resource.activated",
        "resource.deactivated",
    ]


def test_the_first_day_of_the_range_counts_whole(booked):
    assert free_time(booked.ines, date(2026, 11, 24), date(2026, 11, 30))[0].length == timedelta(hours=3)
