"""Many acts take their time at once, all of them or none; and what would stand in their way."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from agenda import queries, service
from agenda.models import Hold
from agenda.rules.recurrence import Pattern
from agenda.rules.why import ReasonKind
from agenda.service import AlreadyHeld, NoSuchRecord, ResourceInactive, Wanted
from foundation.db import db, in_transaction, transaction
from tests.agenda.conftest import MONDAY, hours, span


def holds():
    count = db.session.scalar(select(func.count()).select_from(Hold))
    db.session.rollback()
    return count


def wanted(people, *spans):
    return [Wanted([people.room, people.ines], span(*one), "Club", f"session:{n}") for n, one in enumerate(spans)]


def test_each_act_holds_its_own_period_of_each_resource(people):
    in_transaction(lambda: service.hold_all(wanted(people, ("09:00", "10:00"), ("10:00", "11:00"))))
    first, second = queries.holds_of("session:0"), queries.holds_of("session:1")
    assert [hold.resource_id for hold in first] == sorted([people.ines, people.room])
    assert {(hold.starts_at, hold.ends_at) for hold in second} == {(span("10:00", "11:00").start,
                                                                    span("10:00", "11:00").end)}  # fmt: skip


def test_one_that_is_taken_leaves_nothing_of_the_others(people):
    in_transaction(lambda: service.hold([people.room], span("10:30", "11:00"), "Rendez-vous", "appointment:1"))
    with pytest.raises(AlreadyHeld):
        in_transaction(lambda: service.hold_all(wanted(people, ("09:00", "10:00"), ("10:00", "11:00"))))
    assert holds() == 1


def test_two_of_them_that_overlap_are_refused(people):
    with pytest.raises(AlreadyHeld):
        in_transaction(lambda: service.hold_all(wanted(people, ("09:00", "10:00"), ("09:30", "11:00"))))
    assert holds() == 0


def test_what_is_out_of_use_or_unknown_is_refused(people):
    with transaction():
        service.change_resource(people.room, active=False)
    with pytest.raises(ResourceInactive):
        in_transaction(lambda: service.hold_all(wanted(people, ("09:00", "10:00"))))
    with pytest.raises(NoSuchRecord):
        in_transaction(lambda: service.hold_all([Wanted([9999], span("09:00", "10:00"), "", "session:1")]))
    assert holds() == 0


def test_absences_and_holds_stand_in_the_way_and_openings_do_not(people):
    """Nobody has an opening here, and everything is free all the same."""
    with transaction():
        service.add_absence(people.marc, hours("09:00", "12:00"), "Formation")
        service.hold([people.room], span("10:00", "11:00"), "Rendez-vous", "appointment:1")
    asked = [
        (span("08:00", "09:00"), [people.ines, people.marc, people.room]),
        (span("10:30", "11:30"), [people.ines, people.marc, people.room]),
    ]
    free, busy = queries.what_stands_in_the_way(asked)
    assert free == {}
    assert {id_: [reason.kind for reason in found] for id_, found in busy.items()} == {
        people.marc: [ReasonKind.ABSENT],
        people.room: [ReasonKind.HELD],
    }
    assert [reason.label for found in busy.values() for reason in found] == ["Formation", "Rendez-vous"]


def test_an_absence_of_everybody_stands_in_the_way_of_each(people):
    with transaction():
        service.add_absence(None, Pattern.once(MONDAY), "Pont")
    (busy,) = queries.what_stands_in_the_way([(span("10:00", "11:00"), [people.ines, people.room])])
    assert set(busy) == {people.ines, people.room}


def test_what_is_about_to_move_is_not_in_its_own_way(people):
    in_transaction(lambda: service.hold([people.ines], span("10:00", "11:00"), "Club", "session:1"))
    asked = [(span("10:30", "11:30"), [people.ines])]
    assert queries.what_stands_in_the_way(asked, ignoring="session:1") == [{}]
    assert people.ines in queries.what_stands_in_the_way(asked)[0]


def test_nothing_wanted_is_never_in_the_way(people):
    assert queries.what_stands_in_the_way([]) == []
