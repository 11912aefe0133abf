"""Of what a report tells: which zeros are of nobody, since nothing took place, and which are a small number."""

from __future__ import annotations

import pytest

from reach.queries import drafts
from reach.queries.feature_figures import ABOUT, BASES, COUNTED, tables
from reach.queries.sessions import Seats, sessions
from reach.rules.filters import Filters
from reach.rules.suppression.release import Release
from reach.rules.suppression.tables import Figure
from tests.reach.asking import asked, days, of
from tests.reach.test_sessions import held
from workshops.models import Presence, ProgrammeAudience


def told(cast):
    """Indicator → what outsiders read of March, of the tables of features alone."""
    here, long_before = of(), Filters(span=days(1, 1, 1))
    found = tables(drafts._features(here), drafts._features(long_before), here.span)
    report = Release(tuple(found)).protected()
    return {key: report.shown(Figure(key, here.span)) for key in (*COUNTED, *ABOUT)}


def test_where_there_was_no_session_and_no_loan_nobody_took_part(cast):
    found = told(cast)
    assert {key for key, value in found.items() if value == 0} == set(BASES)
    assert {value for key, value in found.items() if key not in BASES} == {None}


def test_a_few_in_a_session_are_not_told_and_that_no_child_was_there_is(cast):
    held(cast, presences=(Presence.ABSENT, Presence.PRESENT))
    found = told(cast)
    assert (asked(sessions).held, asked(sessions).children_sessions, asked(sessions).care_home_sessions) == (1, 0, 0)
    assert found["seats_taken"] is None
    assert (found["children"], found["care_home"]) == (0, 0)


@pytest.mark.parametrize(("heads", "figure"), [(3, None), (24, 24)])
def test_of_a_session_for_children_a_few_are_hidden_and_many_told(cast, heads, figure):
    held(cast, heads=heads, audience=ProgrammeAudience.TEENAGERS)
    assert asked(sessions).children_sessions == 1
    assert told(cast)["children"] == figure


def test_seats_that_nobody_took_are_not_told_to_be_none(cast):
    """In a session that was held for heads alone: whether anybody registered is a number of people."""
    held(cast, heads=12)
    assert asked(sessions).seats == Seats(sessions=1, offered=6, taken=0)
    assert told(cast)["seats_taken"] is None
