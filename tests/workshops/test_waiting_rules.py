"""The order of a waiting list, and how long a seat is kept. Pure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW
from workshops.models import Priority
from workshops.rules.waiting import Standing, answer_until, met, score

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOBODY = Standing(first_timer=False, neighbourhood_id=None, in_priority_neighbourhood=False)
ALL = Standing(first_timer=True, neighbourhood_id=7, in_priority_neighbourhood=True)
RULES = [Priority.PRIORITY_NEIGHBOURHOOD, Priority.FIRST_TIMER, Priority.NEIGHBOURHOOD]


def front(priorities, standing, chosen):
    return score(priorities, met(priorities, standing, chosen))


def test_without_rules_nobody_is_before_others():
    assert front([], ALL, [7]) == 0


def test_what_is_not_known_gives_no_priority():
    assert front(RULES, NOBODY, [7]) == 0


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(first_timer=False, neighbourhood_id=7, in_priority_neighbourhood=False), 1),
        (Standing(first_timer=True, neighbourhood_id=8, in_priority_neighbourhood=False), 2),
        (Standing(first_timer=True, neighbourhood_id=7, in_priority_neighbourhood=False), 3),
        (Standing(first_timer=False, neighbourhood_id=8, in_priority_neighbourhood=True), 4),
        (ALL, 7),
    ],
)
def test_each_rule_weighs_more_than_all_those_after_it(standing, expected):
    assert front(RULES, standing, [7]) == expected


def test_the_manager_says_which_rule_is_strongest():
    first_timer = Standing(first_timer=True, neighbourhood_id=None, in_priority_neighbourhood=False)
    neighbour = Standing(first_timer=False, neighbourhood_id=7, in_priority_neighbourhood=False)
    rules = [Priority.FIRST_TIMER, Priority.NEIGHBOURHOOD]
    assert front(rules, first_timer, [7]) > front(rules, neighbour, [7])
    assert front(rules[::-1], first_timer, [7]) < front(rules[::-1], neighbour, [7])


def test_the_reasons_are_named_strongest_first():
    assert met(RULES, ALL, [7]) == RULES
    assert met(RULES, ALL, [8]) == RULES[:2]
    assert met(RULES, NOBODY, [7]) == []


def test_rules_are_read_from_the_database_as_words():
    assert front(["first_timer"], ALL, []) == 1


def test_a_seat_is_kept_for_the_hours_of_the_programme():
    assert answer_until([NOW + 10 * DAY], NOW, 48) == NOW + 2 * DAY


def test_never_until_the_session_begins():
    assert answer_until([NOW + 10 * HOUR], NOW, 48) == NOW + 8 * HOUR


def test_nobody_is_asked_to_answer_within_less_than_an_hour():
    assert answer_until([NOW + 3 * HOUR], NOW, 48) == NOW + HOUR
    assert answer_until([NOW + 3 * HOUR - timedelta(minutes=1)], NOW, 48) is None
    assert answer_until([], NOW, 48) is None


def test_a_series_that_goes_on_is_worth_asking_although_the_next_session_is_near():
    assert answer_until([NOW + 7 * DAY, NOW + HOUR], NOW, 48) == NOW + 2 * DAY
