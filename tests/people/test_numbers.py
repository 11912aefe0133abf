"""Telephone numbers as they are stored and searched."""

from __future__ import annotations

import pytest

from foundation.phones import BadPhone, e164
from people.rules.numbers import backward, beginnings, digits_typed, forward


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("06 39 98 00 12", "+33639980012"),
        ("0639980012", "+33639980012"),
        ("06.39.98.00.12", "+33639980012"),
        ("06-39-98-00-12", "+33639980012"),
        ("+33 6 39 98 00 12", "+33639980012"),
        ("+33 (0)6 39 98 00 12", "+33639980012"),
        ("0033639980012", "+33639980012"),
        ("02 40 12 34 56", "+33240123456"),
        ("0692 12 34 56", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0696 12 34 56", "+596696123456"),
        ("0694 20 12 34", "+594694201234"),
        ("0639 69 34 56", "+262639693456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+213 551 23 45 67", "+213551234567"),
        ("", None),
        ("   ", None),
        (None, None),
    ],
)
def test_a_number_in_any_writing_is_stored_in_one(written, stored):
    assert e164(written) == stored


@pytest.mark.parametrize(
    "written", ["12", "06 39 98", "abcdef", "99 99 99 99 99", "+", "0" * 500, "٠٦", "06 39 98 00 12 34 56"]
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(BadPhone) as refused:
        e164(written, "mobile")
    assert refused.value.field == "mobile"


def test_it_is_found_as_people_begin_it():
    assert forward("+33639980012") == {"33639980012", "0639980012"}
    assert forward("+262692123456") == {"262692123456", "0692123456"}


def test_it_is_found_from_its_end():
    assert backward("+33639980012") == "21008993633"


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("06 39 98 00 12", "0639980012"),
        ("8012", "8012"),
        ("+33 (0)6 39 98", "3363998"),
        ("0033 6 39", "0033639"),
        ("0012", "0012"),
        ("+33639980012", "33639980012"),
        ("012", None),
        ("06a39", None),
        ("martin", None),
        ("", None),
        ("06/39/98", "063998"),
    ],
)
def test_digits_typed(query, digits):
    assert digits_typed(query) == digits


@pytest.mark.parametrize(
    ("digits", "starts"),
    [("0639", {"0639"}), ("0033639", {"0033639", "33639"}), ("0012", {"0012"}), ("001234", {"001234", "1234"})],
)
def test_a_number_may_begin_in_two_ways(digits, starts):
    assert beginnings(digits) == starts
