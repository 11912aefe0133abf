"""The limits of a map: round, chosen by the data, and honest about ties and the unknown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.drawing.classes import Classes, classes_of
from tests.reach.drawings import speaking

VALUES = st.lists(st.integers(0, 5000).map(lambda tenths: tenths / 10), min_size=1, max_size=60)


def test_no_known_value_makes_no_class():
    assert classes_of([]) == Classes((), ())


def test_one_value_makes_one_class():
    assert classes_of([12.0]) == Classes((), (1,))


def test_values_that_are_all_the_same_make_one_class_that_says_so():
    made = classes_of([4.0] * 7)

    assert made == Classes((), (7,))
    assert made.of(4.0) == 0
    assert made.label(0) == "the same everywhere"


@pytest.mark.parametrize(
    ("values", "classes"),
    [([1, 2], 2), ([1, 1, 1, 2], 2), ([3, 9, 27], 3), ([0, 0, 0, 0, 5, 6, 7], 4), ([1, 2, 3, 4, 5], 5)],
)
def test_few_distinct_values_have_a_class_each(values, classes):
    made = classes_of(values)

    assert len(made.counts) == classes
    assert len({made.of(value) for value in set(values)}) == len(set(values))


def test_a_hundred_values_in_a_row_are_parted_at_the_twenties():
    made = classes_of([float(value) for value in range(100)])

    assert made.limits == (20, 40, 60, 80)
    assert made.counts == (20, 20, 20, 20, 20)


def test_limits_are_as_round_as_the_values_allow():
    assert classes_of([0.12, 0.31, 0.55, 0.74, 0.98, 0.2, 0.4, 0.6, 0.8]).limits == (0.2, 0.4, 0.6, 0.8)
    assert all(limit % 100 == 0 for limit in classes_of([150, 320, 480, 720, 930, 1250, 1400]).limits)


def test_one_very_high_value_does_not_empty_the_other_classes():
    made = classes_of([8, 9, 9.5, 10, 11, 12, 12.4, 13, 14, 400])

    assert len(made.counts) == 5
    assert max(made.counts) <= 4


def test_many_zeros_stay_together_and_leave_the_others_apart():
    made = classes_of([0.0] * 12 + [1, 2, 3, 4, 5, 6, 7, 8])

    assert made.of(0) == 0
    assert made.counts[0] == 12
    assert len(made.counts) >= 3


def test_a_value_on_a_limit_belongs_to_the_class_above():
    made = classes_of([float(value) for value in range(100)])

    assert made.of(19.9) == 0
    assert made.of(20) == 1


def test_values_that_differ_by_a_rounding_error_only_are_no_reason_to_fail():
    made = classes_of([0.1 + 0.2, 0.3, 0.5])

    assert sum(made.counts) == 3


@given(VALUES)
def test_every_value_is_in_one_class_and_no_class_is_empty(values):
    made = classes_of(values)

    assert sum(made.counts) == len(values)
    assert all(made.counts)
    assert 1 <= len(made.counts) <= min(5, len(set(values)))
    assert len(made.limits) == len(made.counts) - 1
    assert list(made.limits) == sorted(set(made.limits))
    counted = [0] * len(made.counts)
    for value in values:
        counted[made.of(value)] += 1
    assert tuple(counted) == made.counts


@given(VALUES)
def test_a_class_holds_what_its_label_says(values):
    made = classes_of(values)

    for value in values:
        number = made.of(value)
        assert number == 0 or value >= made.limits[number - 1]
        assert number == len(made.limits) or value < made.limits[number]


@given(VALUES)
def test_limits_are_multiples_of_one_step_of_1_2_or_5(values):
    limits = classes_of(values).limits

    def all_multiples(step):
        return all(math.isclose(limit / step, round(limit / step), abs_tol=1e-6) for limit in limits)

    assert any(all_multiples(step * 10.0**power) for power in range(-4, 5) for step in (1, 2, 5))


@given(VALUES)
def test_the_order_of_the_values_changes_nothing(values):
    assert classes_of(values) == classes_of(values[::-1])


def test_labels_name_both_limits_in_the_language_of_the_reader():
    made = Classes((2.5, 1000.0), (3, 4, 5))

    with speaking("fr"):
        french = [made.label(number).replace("\u202f", " ") for number in range(3)]
    with speaking("en"):
        english = [made.label(number) for number in range(3)]

    assert french == ["moins de 2,5", "de 2,5 à moins de 1 000", "1 000 et plus"]
    assert english == ["under 2.5", "2.5 to under 1,000", "1,000 and more"]
