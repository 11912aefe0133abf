"""Loans that are due and late: reminded before, told after, each once; the kit is kept and whoever waits is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Account
from agenda.models import Hold
from equipment.queries import late as queries
from equipment.rules.refusals import KitTaken
from equipment.service import lateness, lending
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from foundation.period import Period
from jobs import JOBS, perform
from tests.counting import statements
from tests.equipment.given import by_rights, done, hours, kit, ledger, morning, reserved
from tests.equipment.handed import DUE, WORKING, back, items_of, kinds, lent, loan, out
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)


def reminded(now):
    return in_transaction(lambda: lateness.remind_returns(now))


def told(now):
    with time_machine.travel(now, tick=False):
        return in_transaction(lambda: lateness.tell_late(now))


def keys(reservation, word):
    """The messages about a loan whose key holds `word`."""
    found = db.session.query(Message.key).filter_by(reference=reservation.reference).all()
    db.session.rollback()
    return [key for (key,) in found if word in key]


def test_an_hour_before_it_is_due_the_borrower_is_reminded_once(cast):
    made = lent(cast)
    assert reminded(DUE - HOUR - QUARTER) == 0
    assert [reminded(DUE - HOUR + step * QUARTER) for step in range(3)] == [1, 0, 0]
    assert kinds(made).count("reminded") == 1
    assert keys(made, "return_soon")
    assert audit.history(made.reference)[0].action == "reservation.reminded"


def test_who_has_nothing_out_is_not_reminded(cast):
    made = loan(cast)
    assert reminded(DUE - QUARTER) == 0
    out(cast, made)
    back(cast, made, now=DUE - HOUR)
    assert reminded(DUE - QUARTER) == 0


def test_after_it_is_due_nobody_is_reminded_any_more_but_told(cast):
    made = lent(cast)
    assert reminded(DUE) == 0
    assert [told(DUE + minutes) for minutes in (timedelta(0), QUARTER, HOUR, timedelta(days=3))] == [0, 1, 0, 0]
    assert kinds(made).count("late") == 1
    assert keys(made, "late")
    assert audit.history(made.reference)[0].action == "reservation.late"


def test_the_managers_hear_of_it_too(cast):
    lent(cast)
    told(DUE + QUARTER)
    readers = {row.recipient for row in db.session.query(Message).all() if "late" in row.key}
    db.session.rollback()
    assert {cast.host.email, cast.manager.email} <= readers


def test_a_kit_that_is_not_back_is_promised_to_nobody(cast):
    made, now = lent(cast, turnaround_minutes=60), DUE + 2 * HOUR
    told(now)
    assert reread(made).held_until == now + QUARTER + HOUR
    assert (reread(made).ends_at, ledger()) == (DUE, by_rights())
    with pytest.raises(KitTaken):
        reserved(made.kit_id, Period(now, now + HOUR), cast.ids["manager"], now=now)
    told(now - HOUR)
    assert reread(made).held_until == now + QUARTER + HOUR
    back(cast, made, now=now + HOUR)
    assert reread(made).held_until == now + 2 * HOUR
    assert ledger() == by_rights()


def test_as_far_as_nobody_else_has_it_and_the_next_is_told_once(cast):
    made = lent(cast, turnaround_minutes=60)
    afternoon = Period(DUE + HOUR, DUE + 3 * HOUR)
    after = reserved(made.kit_id, afternoon, cast.ids["host"])
    assert not keys(after, "next_is_late")
    for step in range(1, 4):
        told(DUE + step * QUARTER)
        assert ledger() == by_rights()
    assert reread(made).held_until == afternoon.start
    assert len(keys(after, "next_is_late")) == 1


def test_who_has_it_the_day_after_hears_of_it_after_an_hour_and_who_has_it_next_week_does_not(cast):
    made = lent(cast)
    tomorrow = reserved(made.kit_id, morning(days=1), cast.ids["host"])
    week = reserved(made.kit_id, morning(1), cast.ids["host"])
    told(DUE + QUARTER)
    assert not keys(tomorrow, "next_is_late")
    told(DUE + HOUR)
    assert (len(keys(tomorrow, "next_is_late")), len(keys(week, "next_is_late"))) == (1, 0)
    told(morning(1).start - HOUR)
    assert (len(keys(tomorrow, "next_is_late")), len(keys(week, "next_is_late"))) == (1, 1)


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.QUEUED])
def test_back_in_time_after_all_whoever_read_that_it_was_late_hears_so_once(cast, state):
    made = lent(cast, turnaround_minutes=60)
    tomorrow = reserved(made.kit_id, morning(days=1), cast.ids["host"])
    unaware = reserved(made.kit_id, morning(days=2), cast.ids["host"])
    told(DUE + HOUR)
    with transaction():
        for message in db.session.query(Message).filter_by(reference=tomorrow.reference):
            message.state = state
    back(cast, made, now=DUE + 2 * HOUR)
    back(cast, made, now=DUE + 2 * HOUR)
    assert len(keys(tomorrow, "is_back")) == (1 if state is MessageState.SENT else 0)
    assert keys(unaware, "is_back") == []
    assert keys(tomorrow, "not_ready") == []


def test_who_took_another_kit_meanwhile_is_not_told_that_it_is_back(cast):
    made = lent(cast, turnaround_minutes=60)
    tomorrow = reserved(made.kit_id, morning(days=1), cast.ids["host"])
    told(DUE + HOUR)
    with transaction():
        for message in db.session.query(Message).filter_by(reference=tomorrow.reference):
            message.state = MessageState.SENT
    other = kit("Mallette rouge").id
    done(lending.move, tomorrow.id, morning(days=1), by=cast.ids["manager"], kit_id=other)
    back(cast, made, now=DUE + 2 * HOUR)
    assert keys(tomorrow, "is_back") == []


def test_upkeep_after_it_is_nobody_to_tell_and_is_left_alone(cast):
    made = lent(cast, turnaround_minutes=60)
    resource_id, until = reread(made).kit.resource_id, reread(made).held_until
    upkeep = Hold(
        resource_id=resource_id, starts_at=until, ends_at=until + HOUR, label="Entretien", reference="maintenance:1"
    )
    with transaction():
        db.session.add(upkeep)
    assert told(DUE + 5 * HOUR) == 1
    assert reread(made).held_until == until


def test_when_enough_came_back_in_a_first_part_the_kit_is_not_kept(cast):
    made = lent(cast, minimum_units=2)
    _first, *rest = items_of(made)
    back(cast, made, now=DUE - HOUR, conditions=dict.fromkeys(rest, WORKING))
    held = ledger()
    assert told(DUE + 3 * HOUR) == 1
    assert ledger() == held == by_rights()
    lacking = lent(cast, name="Mallette rouge", minimum_units=2)
    back(cast, lacking, now=DUE - HOUR, key="few", conditions={items_of(lacking)[0]: WORKING})
    told(DUE + 3 * HOUR)
    assert reread(lacking).held_until > DUE + 3 * HOUR
    assert ledger() == by_rights()


def test_the_longest_overdue_comes_first_for_those_within_reach(cast):
    second = lent(cast, by="manager", structure_id=cast.ids["association"])
    first = reserved(kit("Mallette rouge").id, hours(ends=morning().start.time().replace(hour=11)), cast.ids["manager"])
    out(cast, first, key="first")

    def seen(who, now):
        found = [one.id for one in queries.late(db.session.get_one(Account, cast.ids[who]), now)]
        db.session.rollback()
        return found

    assert seen("manager", DUE) == [first.id, second.id]
    assert seen("mediator", DUE) == [first.id]
    assert seen("manager", DUE - timedelta(minutes=1)) == [first.id]


def test_after_a_pause_of_the_jobs_what_was_missed_is_told_at_once_in_order(cast):
    early = reserved(kit("Mallette rouge").id, hours(ends=morning().start.time().replace(hour=11)), cast.ids["host"])
    last = lent(cast)
    out(cast, early, key="early")
    with time_machine.travel(DUE + timedelta(days=2), tick=False) as clock:
        for _ in range(2):
            perform(JOBS["remind-of-returns"])
            perform(JOBS["tell-late-loans"])
        clock.shift(QUARTER)
        perform(JOBS["tell-late-loans"])
    late = [row.reference for row in db.session.query(Message).order_by(Message.id) if ":late" in row.key]
    db.session.rollback()
    assert list(dict.fromkeys(late)) == [early.reference, last.reference]
    for made in (early, last):
        assert (kinds(made).count("late"), kinds(made).count("reminded")) == (1, 0)
    assert ledger() == by_rights()


def test_more_late_loans_cost_no_more_statements(cast):
    def look():
        with statements() as sent:
            found = [(one.kit.name, one.school, one.asked_by.name) for one in queries.late(manager, DUE)]
        db.session.rollback()
        return len(found), len(sent)

    lent(cast)
    manager = cast.manager
    one, few = look()
    for name in ("B", "C", "D"):
        out(cast, reserved(kit(name).id, morning(), cast.ids["manager"]))
    manager = cast.manager
    assert (look(), one) == ((4, few), 1)
