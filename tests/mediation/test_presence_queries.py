"""What the pages read of presences, absences and services: in order, in scope, with what overlaps."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from activity.models import Channel
from agenda.models import Absence, Opening, Recurrence
from agenda.rules.recurrence import Pattern
from foundation.db import db, transaction
from foundation.security import Role
from mediation.models import Attendance, Audience, Origin, Service, Shift
from mediation.queries import offers, outcomes, presences
from mediation.service import booking
from tests.cast import NOW, TODAY
from tests.mediation.booking_wishes import TEN, booked, local
from tests.mediation.planning import account_in

pytestmark = pytest.mark.usefixtures("stopped_clock")
NINE, NOON = time(9), time(12)


def _add(cast, pattern, who="other_mediator"):
    """One more presence, as it stands in the tables."""
    with transaction():
        account = getattr(cast, who)
        opening = Opening(resource_id=account.resource_id)
        pattern.write(opening)
        db.session.add(Shift(opening=opening, account_id=account.id, venue_id=cast.ids["workshop"], services=[]))


class TestMediators:
    def test_by_name_in_their_structure(self, cast):
        assert [one.name for one in presences.mediators(None)] == ["Salima Benali", "Yann Kerdoncuff"]
        assert [one.name for one in presences.mediators(cast.association.id)] == ["Yann Kerdoncuff"]

    def test_without_those_who_left_or_never_received(self, cast):
        account_in(cast, "town", Role.MEDIATOR)
        with transaction():
            cast.mediator.active = False
        assert [one.name for one in presences.mediators(None)] == ["Yann Kerdoncuff"]


class TestShiftRows:
    def test_by_weekday_then_hour_and_dated_ones_last(self, cast):
        _add(cast, Pattern.once(date(2026, 3, 11), NINE, NOON))
        _add(cast, Pattern.weekly([4], NINE, NOON, date(2026, 1, 5)))
        _add(cast, Pattern.weekly([0], NINE, NOON, date(2026, 1, 5)))
        rows = presences.shift_rows(cast.other_mediator.id, TODAY)
        found = [(row.pattern.recurrence, row.pattern.weekdays, row.pattern.starts.hour) for row in rows]
        assert found == [
            (Recurrence.WEEKLY, 1, 9),
            (Recurrence.WEEKLY, 0b0011111, 14),
            (Recurrence.WEEKLY, 16, 9),
            (Recurrence.ONCE, 0, 9),
        ]

    def test_says_what_overlaps_and_from_which_day(self, cast):
        _add(cast, Pattern.weekly([2], time(17), time(19), date(2026, 4, 1)))
        first, second = presences.shift_rows(cast.other_mediator.id, TODAY)
        assert [day for _other, day in first.overlaps] == [date(2026, 4, 1)]
        assert [other for other, _day in second.overlaps] == [first.pattern]

    def test_an_overlap_that_has_lasted_since_january_is_said_from_its_next_day_on(self, cast):
        _add(cast, Pattern.weekly([2], time(17), time(19), date(2026, 1, 7)))
        first, second = presences.shift_rows(cast.other_mediator.id, TODAY)
        assert (
            [day for _other, day in first.overlaps] == [day for _other, day in second.overlaps] == [date(2026, 3, 11)]
        )

    def test_two_that_take_turns_every_other_week_never_meet(self, cast):
        with transaction():
            cast.other_shift.opening.every = 2
        _add(cast, Pattern.weekly([2], time(15), time(16), date(2026, 1, 12), every=2))
        assert all(not row.overlaps for row in presences.shift_rows(cast.other_mediator.id, TODAY))

    def test_touching_is_not_overlapping(self, cast):
        _add(cast, Pattern.weekly([2], time(18), time(19), date(2026, 1, 7)))
        assert all(not row.overlaps for row in presences.shift_rows(cast.other_mediator.id, TODAY))

    def test_what_overlapped_in_the_past_only_is_left_alone(self, cast):
        with transaction():
            cast.other_shift.opening.last_day = date(2026, 3, 9)
        _add(cast, Pattern.weekly([1], time(15), time(16), date(2026, 1, 6)))
        (row,) = presences.shift_rows(cast.other_mediator.id, TODAY)
        assert row.overlaps == []

    def test_what_ends_today_is_still_there(self, cast):
        with transaction():
            cast.other_shift.opening.last_day = TODAY
        assert len(presences.shift_rows(cast.other_mediator.id, TODAY)) == 1
        assert presences.shift_rows(cast.other_mediator.id, TODAY + timedelta(days=1)) == []


class TestAbsenceRows:
    def test_by_day_with_those_of_everybody(self, cast):
        mine = Absence(resource_id=cast.mediator.resource_id, label="Formation")
        everybody, over = Absence(resource_id=None, label="Fermeture"), Absence(resource_id=mine.resource_id)
        Pattern.once(date(2026, 4, 2)).write(mine)
        Pattern.once(date(2026, 4, 1)).write(everybody)
        Pattern.once(date(2026, 3, 9)).write(over)
        with transaction():
            db.session.add_all([mine, everybody, over])
        rows = presences.absence_rows(cast.mediator.resource_id, TODAY)
        assert [(row.label, row.everyone, row.imported) for row in rows] == [
            ("Fermeture", True, False),
            ("Formation", False, False),
        ]
        assert presences.own_absence(everybody.id) is None
        assert presences.own_absence(999) is None


class TestBookedAhead:
    def test_only_who_is_still_expected(self, cast):
        first = booked(cast)
        booking_id = booked(cast, starts_at=local(14), newcomer=None, person_id=cast.resident.id).id
        with transaction():
            booking.cancel(booking_id, now=NOW, by_resident=True)
        (only,) = presences.booked_ahead(cast.mediator.id, NOW)
        assert (only.id, only.received.start, only.channel) == (first.id, TEN, Channel.VENUE)
        assert presences.booked_ahead(cast.mediator.id, TEN) == []

    def test_names_for_the_page_come_by_start(self, cast):
        later = booked(cast, starts_at=local(14), newcomer=None, person_id=cast.resident.id).id
        sooner = booked(cast).id
        assert [one.id for one in presences.appointments_named([later, sooner])] == [sooner, later]
        assert presences.appointments_named([]) == []


class TestServices:
    def test_open_ones_first_in_the_order_of_the_pages(self, cast):
        with transaction():
            cast.first_steps.active = False
        rows = offers.service_rows(None)
        assert [(row.service.label, row.shifts) for row in rows] == [
            ("Une démarche en ligne", 1),
            ("Visite à domicile", 1),
            ("Premiers pas avec mon ordinateur", 2),
        ]

    def test_a_structure_has_its_own_and_those_of_all(self, cast):
        labels = [row.service.label for row in offers.service_rows(cast.association.id)]
        assert labels == ["Premiers pas avec mon ordinateur"]
        assert len(offers.service_rows(cast.town.id)) == 3

    @pytest.mark.parametrize(
        ("audiences", "found"),
        [
            ([Audience.EVERYONE], 2),
            ([Audience.EVERYONE, Audience.PRESCRIBERS], 3),
            ([Audience.STAFF], 0),
            (list(Audience), 3),
        ],
    )
    def test_for_whom_they_are(self, cast, audiences, found):
        assert len(offers.open_services(None, audiences)) == found

    def test_closed_ones_are_not_booked(self, cast):
        with transaction():
            db.session.get_one(Service, cast.ids["paperwork"]).active = False
        assert "Une démarche en ligne" not in [one.label for one in offers.open_services(None)]


class TestOutcomes:
    def test_a_page_and_one_more_when_there_is_another(self, cast, monkeypatch):
        monkeypatch.setattr(outcomes, "A_PAGE", 2)
        actor_id = cast.prescriber.id
        for hour in (9, 10, 11, 14):
            booked(
                cast, actor_id=actor_id, origin=Origin.PRESCRIBER, starts_at=local(hour), newcomer=None,
                person_id=cast.resident.id,
            )  # fmt: skip
        first, second = outcomes.booked_by(actor_id), outcomes.booked_by(actor_id, skip=2)
        assert [one.starts_at for one in first] == [local(14), local(11), local(10)]
        assert [one.starts_at for one in second] == [local(10), local(9)]

    def test_says_no_more_than_what_became_of_it(self, cast):
        booked(cast, actor_id=cast.prescriber.id, origin=Origin.PRESCRIBER, remark="Secret")
        (row,) = outcomes.booked_by(cast.prescriber.id)
        assert (row.person, row.service, row.venue, row.attendance) == (
            "Ali Ben Salah", "Une démarche en ligne", "Médiathèque du Port", Attendance.EXPECTED,
        )  # fmt: skip
        assert "Secret" not in repr(row)

    def test_the_history_names_who_acted_and_nobody_for_the_person(self, cast):
        appointment_id = booked(cast).id
        with transaction():
            booking.move(appointment_id, local(14), now=NOW, actor_id=cast.mediator.id)
        assert [one.actor for one in outcomes.events_of(appointment_id)] == ["", "Salima Benali"]
