"""Codes that are read aloud: short, without letters that are mistaken, and a slip is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.codes import ALPHABET, LENGTH, new_code, read_code, spoken

CODES = st.builds(new_code)


@given(CODES)
def test_a_code_is_read_as_it_was_made(code):
    assert len(code) == LENGTH
    assert read_code(code) == code
    assert read_code(f" {spoken(code).lower()}-") == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code, at, letter):
    wrong = code[:at] + letter + code[at + 1 :]
    assert (read_code(wrong) is None) == (wrong != code)


@given(CODES, st.integers(0, LENGTH - 2))
def test_two_characters_swapped_are_noticed(code, at):
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert (read_code(swapped) is None) == (swapped != code)


@pytest.mark.parametrize("text", ["", "K7M", "O0I1L2", "K7M2P9X", "é" * 6, "\x00" * 6])
def test_what_can_not_be_a_code_is_none(text):
    assert read_code(text) is None
