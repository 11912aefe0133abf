"""How many came whom nobody names: counted as a number, never as people."""

from __future__ import annotations

import pytest

from foundation.db import db
from foundation.forbidden import SocialSecurityNumber
from foundation.scope import NotInYourStructure
from people.models import Person
from tests.workshops.days import closed, counted, led
from tests.workshops.enrolments import group, only, registered
from tests.workshops.given import count
from workshops.models import HeadCount, WorkshopSession
from workshops.queries import attendance as queries
from workshops.rules.unmarkable import BadCount, BadHelpers, BadSplit, CountedMeanwhile, RecordWritten

pytestmark = pytest.mark.usefixtures("stopped_clock")


def stored(session_id):
    db.session.rollback()
    found = db.session.get_one(HeadCount, session_id, populate_existing=True)
    return found.people, found.feminine, found.masculine, found.helpers, found.done, found.version


def test_a_count_is_written_and_corrected(cast):
    session_id = only(led(cast))
    counted(cast, session_id, 9, feminine=6, masculine=3, helpers=2, done=" Photos triées ")
    assert stored(session_id) == (9, 6, 3, 2, "Photos triées", 1)
    counted(cast, session_id, 10, feminine=6, masculine=3, seen=1)
    assert stored(session_id) == (10, 6, 3, 0, "", 2)


def test_the_same_count_twice_is_one(cast):
    session_id = only(led(cast))
    for _press in range(2):
        counted(cast, session_id, 9, helpers=2, seen=0)
    assert stored(session_id)[-1] == 1


def test_somebody_who_counted_meanwhile_is_not_overwritten(cast):
    session_id = only(led(cast))
    counted(cast, session_id, 9, seen=0)
    with pytest.raises(CountedMeanwhile, match="Salima Benali"):
        counted(cast, session_id, 12, seen=0, who="manager")
    assert stored(session_id)[0] == 9


@pytest.mark.parametrize(
    ("figures", "refusal"),
    [
        ({"people": -1}, BadCount),
        ({"people": 1001}, BadCount),
        ({"people": 5, "helpers": -1}, BadHelpers),
        ({"people": 5, "helpers": 201}, BadHelpers),
        ({"people": 5, "feminine": 3, "masculine": 3}, BadSplit),
        ({"people": 5, "feminine": -1}, BadSplit),
        ({"people": 5, "done": "Madame 2 55 08 14 168 025 38"}, SocialSecurityNumber),
    ],
)
def test_impossible_figures_are_refused_and_leave_nothing(cast, figures, refusal):
    session_id = only(led(cast))
    with pytest.raises(refusal):
        counted(cast, session_id, **figures)
    assert count(HeadCount) == 0


@pytest.mark.parametrize("people", [0, 1000])
def test_the_bounds_themselves_are_possible(cast, people):
    session_id = only(led(cast))
    counted(cast, session_id, people, feminine=people, helpers=200)
    assert stored(session_id)[0] == people


def test_a_group_that_registered_is_proposed_until_somebody_counts(cast):
    programme = led(cast, capacity=30)
    registered(group(programme, 12))
    session_id, people = only(programme), count(Person)
    found = queries.roster(db.session.get_one(WorkshopSession, session_id))
    assert (found.people, [one.group_label for one in found.groups], found.lines) == (12, ["CM1"], [])
    counted(cast, session_id, 11)
    assert queries.roster(db.session.get_one(WorkshopSession, session_id)).people == 11
    assert count(Person) == people, "nobody is made up"


def test_after_the_record_nothing_is_counted(cast):
    session_id = only(led(cast))
    counted(cast, session_id, 9)
    closed(cast, session_id)
    with pytest.raises(RecordWritten):
        counted(cast, session_id, 10)


def test_another_structure_counts_nobody(cast):
    session_id = only(led(cast))
    with pytest.raises(NotInYourStructure):
        counted(cast, session_id, 9, who="other_mediator")
