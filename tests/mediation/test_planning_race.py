"""Somebody books while their mediator notes an absence: one of the two is told of the other, every time."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from agenda.models import Absence
from agenda.rules.recurrence import Pattern
from foundation.db import db, in_transaction
from mediation.models import Appointment
from mediation.rules.booking import SlotTaken
from mediation.rules.stranding import WouldStrand
from mediation.service import away
from mediation.service import booking as verbs
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, wish

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
            except (SlotTaken, WouldStrand) as refused:
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
