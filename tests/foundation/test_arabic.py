"""Arabic for printers: each letter in the form its neighbours ask for, each line as the eye meets it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.arabic import END, ISOLATE, is_arabic, joined, placed, visual


def forms(text: str) -> list[str]:
    """The form of each letter of `text`, once joined."""
    return [unicodedata.name(letter).rsplit(" ", 2)[-2] for letter in joined(text)]


@pytest.mark.parametrize(("word", "expected"), [
    ("بيت", ["INITIAL", "MEDIAL", "FINAL"]),
    ("دار", ["ISOLATED", "ISOLATED", "ISOLATED"]),
    ("باب", ["INITIAL", "FINAL", "ISOLATED"]),
    ("ب", ["ISOLATED"]),
])  # fmt: skip
def test_a_letter_takes_the_form_that_its_neighbours_ask_for(word, expected):
    assert forms(word) == expected


def test_lam_and_alef_become_one_letter():
    assert joined("لا") == "\ufefb"
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"


def test_vowel_signs_do_not_part_letters():
    assert forms("بَيت")[0] == "INITIAL"


def test_vowel_signs_and_marks_of_direction_are_not_drawn():
    """The typeface sets the former on the wrong letter, and has a blank as wide as a letter for the latter."""
    assert visual("مجدَّد") == visual("مجدد")
    assert visual("يُستعمل حتى") == visual("يستعمل حتى")
    assert visual("تدفعون \u200f20.00\u00a0€ بأنفسكم") == visual("تدفعون 20.00\u00a0€ بأنفسكم")
    assert placed("\u200f500.00\u00a0€", rtl=True) == "500.00\u00a0€"


def test_the_first_letter_read_is_the_last_one_drawn():
    assert visual("بيت") == joined("بيت")[::-1]


@pytest.mark.parametrize(("line", "last"), [
    ("موعدك 12 مارس", "12"),
    ("العنوان: 2 quai des Lampes, 99100 Rives-sur-Aure", "2 quai des Lampes, 99100 Rives-sur-Aure"),
    ("الساعة 10:30", "10:30"),
    (f"اتصل {ISOLATE}+33 (0)6 12{END}", "+33 (0)6 12"),
    ("اتصل 02 61 91 01 00.", "02 61 91 01 00"),
])  # fmt: skip
def test_numbers_and_latin_words_keep_their_order(line, last):
    assert last in visual(line)


def test_brackets_turn_round():
    assert visual("(بيت)").startswith("(")
    assert visual("(بيت").endswith("(") is False


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc"])))
def test_a_line_without_arabic_stays_as_it_is(line):
    assert visual(line) == line
    assert not is_arabic(line)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي 0123456789abc.:()", max_size=40))
def test_no_letter_is_lost_or_made(line):
    drawn = unicodedata.normalize("NFKC", visual(line))
    flat = str.maketrans("()", "||")
    assert sorted(drawn.translate(flat)) == sorted(line.translate(flat))


def test_an_arabic_name_in_a_latin_line_turns_round_by_itself():
    assert placed("avec كريم مورو (père)", rtl=False) == f"avec {visual('كريم مورو')} (père)"
    assert placed("avec Karim", rtl=False) == "avec Karim"


def test_a_line_that_begins_in_arabic_is_read_from_the_right_on_any_paper():
    assert placed("كريم (12)", rtl=False) == visual("كريم (12)")
    assert placed("Karim كريم", rtl=True) == visual("Karim كريم")
