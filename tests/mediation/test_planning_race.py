"""Two acts on one mediator's time at the same moment: one of the two is told of the other, every time."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from activity.models import Channel
from agenda.models import Absence
from agenda.rules.recurrence import Pattern
from foundation.db import db, in_transaction
from mediation.models import Appointment
from mediation.rules.booking import SlotTaken
from mediation.rules.overlaps import OverlapsPresence
from mediation.rules.shifts import ShiftDetails
from mediation.rules.stranding import WouldStrand
from mediation.service import away, shifts
from mediation.service import booking as verbs
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, wish
from tests.mediation.planning import shifts_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
ROUNDS = 12


def _both(app, acts):
    """Run each act in a thread of its own, all at once; what each said."""
    barrier, said = threading.Barrier(len(acts)), {}

    def run(name, act):
        with app.app_context():
            barrier.wait()
            try:
                in_transaction(act)
                said[name] = "done"
            except (OverlapsPresence, SlotTaken, WouldStrand) as refused:
                said[name] = type(refused).__name__
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=item) for item in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_an_absence_and_a_booking_never_pass_each_other_by(app, cast):
    account_id, outcomes = cast.mediator.id, Counter()
    for number in range(ROUNDS):
        day = timedelta(days=number // 5 * 7 + number % 5 - 3)
        at = TEN + timedelta(days=7) + day
        wanted = wish(cast, starts_at=at, request_key=f"round-{number}")
        pattern = Pattern.once(at.date())

        def be_away(pattern=pattern):
            return away.add_absence(account_id, pattern, "", db.session.get_one(Account, account_id), now=NOW)

        said = _both(app, {"booking": lambda w=wanted: verbs.book(w, now=NOW), "absence": be_away})
        outcomes[said["booking"], said["absence"]] += 1
    assert set(outcomes) <= {("done", "WouldStrand"), ("SlotTaken", "done")}
    db.session.rollback()
    absent: set[date] = {one.first_day for one in db.session.scalars(select(Absence))}
    met: set[date] = {one.starts_at.date() for one in db.session.scalars(select(Appointment))}
    assert absent.isdisjoint(met)
    assert len(absent) + len(met) == ROUNDS


def test_two_presences_at_once_never_overlap(app, cast):
    account_id, library, workshop = cast.mediator.id, cast.ids["library"], cast.ids["workshop"]

    def receive(venue_id, starts):
        pattern = Pattern.weekly([1], time(starts), time(21), date(2026, 3, 17))
        details = ShiftDetails(pattern, venue_id, None, [Channel.VENUE], [cast.ids["paperwork"]])
        return lambda: shifts.create_shift(account_id, details, db.session.get_one(Account, account_id))

    said = _both(app, {"here": receive(library, 18), "again": receive(library, 18), "there": receive(workshop, 19)})
    db.session.rollback()
    made = len(shifts_of(account_id)) - 1
    assert made == 1
    assert sorted(said.values()) in (
        ["OverlapsPresence", "done", "done"],
        ["OverlapsPresence", "OverlapsPresence", "done"],
    )


def test_an_absence_noted_twice_at_once_is_written_once(app, cast):
    account_id, pattern = cast.mediator.id, Pattern.once(date(2026, 3, 12))

    def be_away():
        return away.add_absence(account_id, pattern, "Congés", db.session.get_one(Account, account_id), now=NOW)

    assert _both(app, {"first": be_away, "second": be_away}) == {"first": "done", "second": "done"}
    db.session.rollback()
    assert len(list(db.session.scalars(select(Absence)))) == 1
