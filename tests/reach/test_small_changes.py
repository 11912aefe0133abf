"""A correction of few people: what a revision may not tell, whichever reports stand around it."""

from __future__ import annotations

import pytest

from reach.rules.periods import month, quarter, year
from reach.rules.suppression.release import Release
from reach.rules.suppression.tables import Figure, Table
from tests.reach.reports import NEIGHBOURHOODS, N

YEAR, FIRST, MAY = year(2026), quarter(2026, 2), month(2026, 5)


def publish(*tables, earlier=()):
    return Release(tables, tuple(earlier), (NEIGHBOURHOODS,)).protected()


def single(value, span=YEAR, indicator="named_contacts", about=None):
    return Table(indicator, span, (), {(): value}, about=about)


def lines(values, indicator="people"):
    """By neighbourhood; nobody is in two."""
    cells = {(number + 1,): value for number, value in enumerate(values)}
    return Table(indicator, YEAR, (N,), {**cells, (None,): sum(values)})


def read(report, indicator="named_contacts", span=YEAR, *place):
    return report.shown(Figure(indicator, span, frozenset(place)))


@pytest.mark.parametrize(
    ("change", "told"), [(1, False), (10, False), (-10, False), (11, True), (-11, True), (0, True)]
)
def test_a_figure_that_changed_by_fewer_than_eleven_is_not_told_again(change, told):
    first = publish(single(400))
    second = publish(single(400 + change), earlier=[first])
    assert read(second) == (400 + change if told else None)


def test_it_is_told_as_it_was_first_however_often_it_is_published():
    reports = [publish(single(400))]
    for value in (404, 400, 404, 400):
        reports.append(publish(single(value), earlier=reports))
    assert [read(one) for one in reports] == [400, None, 400, None, 400]


def test_many_small_steps_tell_no_more_than_one():
    """Whoever publishes after each correction would else tell each."""
    reports = [publish(single(400))]
    for value in range(403, 440, 3):
        reports.append(publish(single(value), earlier=reports))
    told = [value for one in reports if (value := read(one)) is not None]
    assert all(abs(one - other) >= 11 for one in told for other in told if one != other)
    assert len(told) > 2, "large steps are told"


@pytest.mark.parametrize(("now", "told"), [(14, None), (24, 24)])
def test_what_was_hidden_before_is_told_once_so_many_more_came_that_nobody_learns_how_few_there_were(now, told):
    first = publish(single(4))
    assert read(publish(single(now), earlier=[first])) == told


def test_hours_tell_of_as_few_as_the_contacts_that_made_them():
    """Two hours are a large number, of one person who came."""
    first = publish(single(400), single(24_000, indicator="minutes", about="named_contacts"))
    second = publish(single(402), single(24_120, indicator="minutes", about="named_contacts"), earlier=[first])
    third = publish(single(440), single(26_400, indicator="minutes", about="named_contacts"), earlier=[first, second])
    assert (read(second), read(second, "minutes")) == (None, None)
    assert (read(third), read(third, "minutes")) == (440, 26_400)


def test_nor_are_hours_told_again_of_which_nobody_had_counted_the_people():
    first = publish(single(400), single(24_000, indicator="minutes", about="named_contacts"))
    again = publish(
        single(24_600, indicator="minutes", about="contacts"), single(400, indicator="contacts"), earlier=[first]
    )
    assert read(again, "minutes") is None


def test_a_month_is_not_worked_out_of_a_quarter_of_before_and_a_year_of_after():
    """The sums of versions of two reports do not come out, and by how much is what was changed."""
    months = {number: 40 for number in range(1, 13)}
    before = [single(value, month(2026, number)) for number, value in months.items()]
    first = publish(*before, single(480))
    second = publish(*before[3:6], single(120, FIRST), earlier=[first])
    after = [single(value + 5 * (number == 5), month(2026, number)) for number, value in months.items()]
    third = publish(*after, single(485), earlier=[first, second])
    assert read(second, "named_contacts", FIRST) == 120
    assert (read(third, "named_contacts", MAY), read(third)) == (None, None)
    assert read(third, "named_contacts", month(2026, 6)) == 40


def test_the_lines_that_stayed_are_told_and_do_not_tell_the_one_that_changed():
    first = publish(lines([60, 50, 40]))
    second = publish(lines([63, 50, 40]), earlier=[first])
    assert [read(second, "people", YEAR, (N, number)) for number in (1, 2, 3)] == [None, 50, 40]
    assert read(second, "people") is None, "less the two others, it would tell"
    assert second.given_away == frozenset()


def test_two_that_changed_against_each_other_leave_the_whole_as_it_was():
    """Somebody moved from one neighbourhood to the other."""
    first = publish(lines([60, 50, 40]))
    second = publish(lines([59, 51, 40]), earlier=[first])
    assert [read(second, "people", YEAR, (N, number)) for number in (1, 2, 3)] == [None, None, 40]
    assert read(second, "people") == 150


def test_a_large_correction_is_told_whole():
    first = publish(lines([60, 50, 40]))
    second = publish(lines([90, 50, 40]), earlier=[first])
    assert second.hidden == frozenset()
