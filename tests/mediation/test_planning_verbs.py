"""Who plans whose time, and what each change leaves in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from activity.models import Channel
from agenda.rules.recurrence import ImpossiblePattern, Pattern
from foundation import audit
from foundation.db import db, in_transaction
from foundation.scope import NotInYourStructure
from foundation.security import Role
from mediation.models import Shift
from mediation.rules.shifts import HasBegun, NotReceiving, ServiceNotOffered, ShiftDetails
from mediation.rules.stranding import Answer, Fate, WouldStrand
from mediation.service import away, shifts
from tests.cast import NOW
from tests.mediation.booking_wishes import booked, counts
from tests.mediation.planning import account_in, shifts_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
EVENING = Pattern.weekly([1], time(18), time(20), date(2026, 3, 17))
THURSDAY = Pattern.once(date(2026, 3, 12))


def _details(cast, **changes) -> ShiftDetails:
    usual = ShiftDetails(EVENING, cast.ids["library"], None, [Channel.VENUE], [cast.ids["paperwork"]])
    return replace(usual, **changes)


def _create(cast, actor, details=None):
    details, account_id = details or _details(cast), cast.ids["mediator"]
    return in_transaction(lambda: shifts.create_shift(account_id, details, actor))


def _acts(subject):
    return [entry.action for entry in audit.history(subject)]


class TestWho:
    @pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
    def test_managers_and_administrators_plan_for_their_structure(self, cast, role):
        assert _create(cast, account_in(cast, "town", role)).account_id == cast.mediator.id

    @pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST])
    def test_others_do_not(self, cast, role):
        actor = account_in(cast, "town", role)
        before = counts()
        with pytest.raises(NotInYourStructure):
            _create(cast, actor)
        assert counts() == before

    def test_nobody_of_another_structure_does(self, cast):
        with pytest.raises(NotInYourStructure):
            _create(cast, account_in(cast, "association", Role.MANAGER))

    def test_somebody_who_does_not_receive_has_no_time_to_plan(self, cast):
        manager_id = cast.manager.id
        with pytest.raises(NotReceiving):
            in_transaction(lambda: shifts.create_shift(manager_id, _details(cast), cast.manager))

    def test_an_account_that_does_not_exist(self, cast):
        with pytest.raises(NotInYourStructure):
            in_transaction(lambda: shifts.create_shift(999, _details(cast), cast.manager))
        with pytest.raises(NotInYourStructure):
            in_transaction(lambda: shifts.delete_shift(999, cast.manager, now=NOW))
        with pytest.raises(NotInYourStructure):
            in_transaction(lambda: away.delete_absence(999, cast.manager))


class TestShift:
    def test_leaves_its_trace(self, cast):
        shift = _create(cast, cast.mediator)
        assert _acts(f"shift:{shift.id}") == ["shift.created"]
        assert _acts(f"opening:{shift.opening_id}") == ["opening.added"]

    def test_a_service_of_nobody_is_refused_and_leaves_no_opening(self, cast):
        before = counts()
        with pytest.raises(ServiceNotOffered):
            _create(cast, cast.mediator, _details(cast, service_ids=[cast.paperwork.id, 999]))
        assert counts() == before
        assert len(shifts_of(cast.mediator.id)) == 1

    def test_deleting_takes_the_opening_along(self, cast):
        shift = _create(cast, cast.mediator)
        shift_id, opening_id = shift.id, shift.opening_id
        in_transaction(lambda: shifts.delete_shift(shift_id, cast.mediator, now=NOW))
        assert db.session.get(Shift, shift_id) is None
        assert _acts(f"shift:{shift_id}")[0] == "shift.deleted"
        assert _acts(f"opening:{opening_id}")[0] == "opening.deleted"

    def test_one_that_began_is_ended_and_not_deleted(self, cast):
        shift_id = cast.shift.id
        with pytest.raises(HasBegun):
            in_transaction(lambda: shifts.delete_shift(shift_id, cast.mediator, now=NOW))
        in_transaction(lambda: shifts.end_shift(shift_id, date(2026, 3, 31), cast.mediator, now=NOW))
        (entry,) = audit.history(f"shift:{shift_id}")
        assert (entry.action, entry.details) == ("shift.ended", {"last_day": "2026-03-31"})

    def test_a_change_may_end_the_presence_before_it_meant_to(self, cast):
        shift_id = cast.shift.id
        with pytest.raises(ImpossiblePattern):
            wrong = _details(cast, pattern=replace(EVENING, last_day=date(2026, 3, 1)))
            in_transaction(lambda: shifts.change_shift(shift_id, wrong, cast.mediator, now=NOW))
        assert cast.shift.opening.last_day is None

    def test_what_takes_place_once_ends_as_it_is_when_it_goes_on_as_another(self, cast):
        once = Pattern.once(date(2026, 3, 10), time(18), time(20))
        shift_id = _create(cast, cast.mediator, _details(cast, pattern=once)).id
        other = _details(cast, pattern=replace(once, first_day=date(2026, 3, 11), last_day=date(2026, 3, 11)))
        in_transaction(lambda: shifts.change_shift(shift_id, other, cast.mediator, now=NOW))
        assert [one.opening.first_day for one in shifts_of(cast.mediator.id)][-1] == date(2026, 3, 11)
        assert len(shifts_of(cast.mediator.id)) == 2


class TestAnswer:
    def test_one_refused_leaves_no_trace(self, cast):
        booked(cast)
        before, account_id = counts(), cast.mediator.id
        with pytest.raises(WouldStrand):
            in_transaction(lambda: away.add_absence(account_id, THURSDAY, "", cast.mediator, now=NOW))
        assert counts() == before

    def test_an_answer_that_was_not_needed_changes_nothing_more(self, cast):
        appointment = booked(cast, starts_at=booked(cast).starts_at.replace(day=13), newcomer=None, person_id=1)
        reference, account_id = appointment.reference, cast.mediator.id
        answer = Answer(Fate.CANCEL, frozenset({appointment.id}))
        friday = Pattern.once(date(2026, 3, 16))
        in_transaction(lambda: away.add_absence(account_id, friday, "", cast.mediator, now=NOW, answer=answer))
        assert _acts(reference) == ["appointment.booked"]

    def test_cancelling_says_who_did(self, cast):
        appointment = booked(cast)
        reference, account_id = appointment.reference, cast.mediator.id
        answer = Answer(Fate.CANCEL, frozenset({appointment.id}))
        in_transaction(
            lambda: away.add_absence(account_id, THURSDAY, " Congés ", cast.mediator, now=NOW, answer=answer)
        )
        entry = audit.history(reference)[0]
        assert (entry.action, entry.actor_id, entry.details) == (
            "appointment.cancelled", cast.mediator.id, {"by_resident": False},
        )  # fmt: skip
