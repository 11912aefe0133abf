"""Codes that are read aloud: what they are made of, and which mistakes they catch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.codes import ALPHABET, LENGTH, new_code, read_code, spoken

CODES = st.builds(lambda seed: new_code(seed.choice), st.randoms(use_true_random=False))


def test_no_character_is_taken_for_another():
    assert not set("0O1IL") & set(ALPHABET)


@given(CODES)
def test_a_code_is_read_back(code):
    assert len(code) == LENGTH
    assert read_code(code) == code


@given(CODES)
def test_spaces_hyphens_and_small_letters_do_not_count(code):
    assert read_code(f" {code[:3].lower()}-{code[3:]}. ") == code
    assert read_code(spoken(code)) == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code, at, letter):
    wrong = code[:at] + letter + code[at + 1 :]
    assert read_code(wrong) == (code if wrong == code else None)


@given(CODES, st.integers(0, LENGTH - 2))
def test_two_neighbours_swapped_are_noticed(code, at):
    wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert read_code(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize("text", ["", "K7M", "K7M2P9X", "0OIL11", "ÉÀÜÖÇß", "K7M2P!", "\x00" * 6])
def test_other_text_is_no_code(text):
    assert read_code(text) is None
