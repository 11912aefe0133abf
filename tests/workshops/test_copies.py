"""What workshops keep of a resident is handed out to them, and goes when they are forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from foundation.db import db, in_transaction
from people import service as people
from tests.workshops.days import expected, pressed
from tests.workshops.enrolments import FIRST, family, opened, registered
from workshops.models import ChildSheet, Participant, Presence, SessionPresence

pytestmark = pytest.mark.usefixtures("stopped_clock")


def copy_of(person_id):
    return in_transaction(lambda: people.export(person_id, None))


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_copy_tells_in_which_sessions_somebody_was(cast):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, first, Presence.ABSENT_EXCUSED)
    pressed(cast, session_id, second)
    pressed(cast, session_id, second, None, seen=1)
    was, taken_back = (db.session.get_one(Participant, one).person_id for one in (first, second))
    assert copy_of(was)["session_presence"] == [
        {"workshop": "Atelier photo", "starts_at": FIRST.isoformat(), "presence": "absent_excused"}
    ]
    assert "session_presence" not in copy_of(taken_back)


def test_a_guardian_and_each_child_are_told_what_the_team_knows(cast):
    made = registered(family(opened(cast, capacity=3), "Lina", "Noé"))
    child_id, guardian_id = made.participants[0].person_id, made.person_id
    assert [one["emergency_name"] for one in copy_of(guardian_id)["child_sheet"]] == ["Mamie Jo", "Mamie Jo"]
    [own] = copy_of(child_id)["child_sheet"]
    assert (own["collectors"], own["may_leave_alone"]) == ("Mamie Jo\nTonton Max", False)
    assert "child_sheet" not in copy_of(cast.ids["resident"])


def test_a_child_who_is_erased_leaves_no_sheet_and_stays_counted(cast):
    made = registered(family(opened(cast, capacity=3), "Lina", "Noé"))
    child_id = made.participants[0].person_id
    in_transaction(lambda: people.erase(child_id, None))
    assert (count(ChildSheet), count(Participant)) == (1, 2)


def test_a_guardian_who_is_erased_takes_the_sheets_along(cast):
    made = registered(family(opened(cast, capacity=3), "Lina", "Noé"))
    in_transaction(lambda: people.erase(made.person_id, None))
    assert count(ChildSheet) == 0


def test_what_was_marked_stays_counted(cast):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    person_id = db.session.get_one(Participant, first).person_id
    in_transaction(lambda: people.erase(person_id, None))
    assert count(SessionPresence) == 1
