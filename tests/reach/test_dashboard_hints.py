"""What stands under figures: what they are a share of, and how many nobody knows of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activity.models import Autonomy
from foundation.i18n import in_language
from reach.queries.appointments import Outcomes
from reach.queries.board import OfPeriod, board
from reach.queries.sessions import Seats
from reach.rules.autonomy import Autonomies
from reach.rules.indicators import INDICATORS
from reach.rules.lent import Lent
from reach.rules.scope import TERRITORY
from reach.rules.waiting import Waiting
from reach.views.dashboard.hints import HINTS, autonomy_said, years_said
from tests.reach.asking import of
from vouchers.models import CampaignKind, FollowUpAnswer

GUIDED, PARTLY, ALONE = Autonomy


@pytest.fixture
def nothing(cast) -> OfPeriod:
    """A period without anything, told in English."""
    with in_language("en"):
        yield board(of(), TERRITORY).now


def test_there_are_hints_of_indicators_only():
    assert set(HINTS) < set(INDICATORS)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("rate", "Population of 2022."),
        ("kept", ""),
        ("noshow", ""),
        ("excused", ""),
        ("waiting", ""),
        ("seats_offered", "In 0 sessions with registration"),
        ("children", ""),
        ("care_home", ""),
        ("progress", ""),
        ("pupils", "In 0 loans"),
        ("kit_hours", ""),
        ("device_vouchers", ""),
        ("training_vouchers", ""),
        ("still_used", ""),
    ],
)
def test_of_nothing_there_is_nothing_to_add(nothing, key, wanted):
    assert HINTS[key](nothing) == wanted


def with_appointments(one, **changes):
    return replace(one, appointments=replace(one.appointments, **changes))


def test_no_shows_are_a_share_of_what_took_time(nothing):
    found = with_appointments(nothing, booked=Outcomes(kept=3, noshow=1, excused=9), walk_ins=2)
    assert HINTS["noshow"](found) == "25% of those that took place or should have"
    assert HINTS["kept"](found) == "and 2 walk-ins"


def test_what_the_service_called_off_is_told_apart(nothing):
    assert HINTS["excused"](with_appointments(nothing, booked=Outcomes(revoked=1))) == "and 1 by the service"


def test_the_mean_wait_is_told_with_how_many_it_is_of(nothing):
    waiting = Waiting(people=3, median=4.0, mean=6.25)
    assert HINTS["waiting"](with_appointments(nothing, waiting=waiting)) == "Mean: 6.2, of 3 people"


def test_seats_tell_their_sessions_and_turnout_its_hosts(nothing):
    sessions = replace(nothing.sessions, seats=Seats(1, 8, 7), schools=2, care_homes=1)
    found = replace(nothing, sessions=sessions)
    assert [HINTS[key](found) for key in ("seats_offered", "children", "care_home")] == [
        "In 1 session with registration", "2 schools reached", "1 care home reached",
    ]  # fmt: skip


def test_loans_that_told_nothing_are_counted(nothing):
    found = replace(nothing, kits=replace(nothing.kits, total=Lent(loans=4, heads_untold=1, untold=3)))
    assert HINTS["pupils"](found) == "In 4 loans, 1 told no head-count"
    assert HINTS["kit_hours"](found) == "3 returns did not tell it"


def test_vouchers_used_are_told_for_each_kind(nothing):
    given = dict(nothing.vouchers.by)
    given[CampaignKind.DEVICE] = replace(given[CampaignKind.DEVICE], first_used=5)
    given[CampaignKind.TRAINING] = replace(given[CampaignKind.TRAINING], handed_over=2)
    found = replace(nothing, vouchers=replace(nothing.vouchers, by=given))
    assert HINTS["device_vouchers"](found) == "handed over, and 5 used"
    assert HINTS["training_vouchers"](found) == "handed over, none used"


def test_no_answer_is_not_counted_as_no(nothing):
    answers = {FollowUpAnswer.USED: 3, FollowUpAnswer.NOT_USED: 1, None: 6}
    found = replace(nothing, vouchers=replace(nothing.vouchers, still_used=answers))
    assert HINTS["still_used"](found) == "3 of 4 answers; 6 without answer"


def test_progress_is_of_who_answered_twice(nothing):
    change = replace(nothing.progress.change, count=1)
    found = replace(nothing, progress=replace(nothing.progress, change=change))
    assert HINTS["progress"](found) == "of 1 person who answered twice"


def test_autonomy_tells_both_ways(nothing):
    assert autonomy_said(nothing.topics.autonomy) == ""
    ways = Autonomies(matrix={(GUIDED, ALONE): 3, (ALONE, PARTLY): 1, (ALONE, ALONE): 4}, once={}, untold=0)
    assert autonomy_said(ways) == "need less help: 3 of 8 people; more: 1"
    with in_language("fr"):
        assert autonomy_said(ways) == "sur 8 personnes, moins d’aide à la fin\u00a0: 3\u00a0; davantage\u00a0: 1"
        alone = Autonomies(matrix={(GUIDED, ALONE): 1}, once={}, untold=0)
        assert autonomy_said(alone) == "sur 1 personne, moins d’aide à la fin\u00a0: 1\u00a0; davantage\u00a0: 0"


def test_years_are_told_one_by_one_where_they_differ(nothing):
    assert years_said([2019, 2022]) == "Population of 2019, 2022."
    assert years_said([]) == "No population is known."
