"""What labels may say: which codes are codes, how they are counted on, and which one comes next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.rules.codes import BadCode, CodeTaken, check_code, check_free, following, numbered, plain_code


@pytest.mark.parametrize("code", ["MAL-01", "A", "7", "TAB-01-12", "X" * 20])
def test_what_a_label_may_say(code):
    check_code(code)


@pytest.mark.parametrize(
    "code", ["", "mal-01", "MAL 01", "MAL_01", "-MAL", "MAL-", "MAL--1", "É1", "X" * 21, "A/B", "A\n"]
)
def test_what_it_may_not(code):
    with pytest.raises(BadCode):
        check_code(code)


def test_small_letters_and_spaces_are_no_fault():
    assert plain_code(" mal-01 - 03 ") == "MAL-01-03"


@pytest.mark.parametrize(
    ("first", "count", "found"),
    [
        ("MAL-01-01", 3, ["MAL-01-01", "MAL-01-02", "MAL-01-03"]),
        ("MAL-01-9", 2, ["MAL-01-9", "MAL-01-10"]),
        ("MAL-01-098", 3, ["MAL-01-098", "MAL-01-099", "MAL-01-100"]),
        ("ROBOT", 2, ["ROBOT-01", "ROBOT-02"]),
        ("ROBOT", 1, ["ROBOT"]),
        ("7", 2, ["7", "8"]),
    ],
)
def test_labels_are_counted_on(first, count, found):
    assert numbered(first, count) == found


@given(st.from_regex(r"\A[A-Z]{1,4}-[0-9]{1,3}\Z"), st.integers(1, 200))
def test_as_many_as_wanted_all_different_and_all_codes(first, count):
    found = numbered(first, count)
    assert (len(found), len(set(found)), found[0]) == (count, count, first)
    for code in found:
        check_code(code)


@pytest.mark.parametrize(
    ("kit", "taken", "found"),
    [
        ("MAL-01", [], "MAL-01-01"),
        ("MAL-01", ["MAL-01-01", "MAL-01-12", "MAL-01-3"], "MAL-01-13"),
        ("MAL-1", ["MAL-10-05", "MAL-1-X", "MAL-1-02-7"], "MAL-1-01"),
        ("", ["1"], ""),
    ],
)
def test_the_next_label_of_a_kit(kit, taken, found):
    assert following(kit, taken) == found


def test_a_code_that_is_taken_or_wanted_twice_is_named():
    check_free(["A", "B"], {"C"})
    for codes, taken in ((["A", "C"], {"C"}), (["B", "C", "C"], set())):
        with pytest.raises(CodeTaken) as refused:
            check_free(codes, taken)
        assert (refused.value.field, "C" in str(refused.value)) == ("code", True)
