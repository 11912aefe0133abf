"""Text messages are counted as the networks count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.outbox.sms import BASIC, EXTENSION, counted, first_that_fits, in_gsm7, is_gsm7


def test_the_alphabet_has_the_letters_of_the_standard():
    assert len(BASIC) == len(set(BASIC)) == 127
    assert len(EXTENSION) == len(set(EXTENSION)) == 10
    assert not set(BASIC) & set(EXTENSION)


@pytest.mark.parametrize(
    ("text", "unicode", "units", "segments"),
    [
        ("", False, 0, 1),
        ("a" * 160, False, 160, 1),
        ("a" * 161, False, 161, 2),
        ("a" * 306, False, 306, 2),
        ("a" * 307, False, 307, 3),
        ("é" * 160, False, 160, 1),
        ("€" * 80, False, 160, 1),
        ("€" * 81, False, 162, 2),
        ("a" * 152 + "€" + "a" * 152, False, 306, 3),
        ("ê", True, 1, 1),
        ("ç" * 70, True, 70, 1),
        ("ç" * 71, True, 71, 2),
        ("م" * 134, True, 134, 2),
        ("م" * 135, True, 135, 3),
        ("😀" * 35, True, 70, 1),
        ("م" * 66 + "😀" + "م" * 66, True, 134, 3),
    ],
)
def test_counts(text, unicode, units, segments):
    count = counted(text)
    assert (count.unicode, count.units, count.segments) == (unicode, units, segments)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ça va être prêt à Noël, dès août", "Ça va etre pret à Noel, dès aout"),
        ("L’œuvre « d’art » – 9\u202fh\u202f00…", "L'oeuvre \" d'art \" - 9 h 00..."),
        ("Françoise Lebœuf", "Francoise Leboeuf"),
        ("Siège n° 3 · Łódź", "Siège no 3 . Łodz"),
        ("موعد", "موعد"),
    ],
)
def test_what_the_alphabet_lacks_is_written_with_what_it_has(text, plain):
    assert in_gsm7(text) == plain


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_what_can_be_sent_as_it_is_is_left_alone(text):
    if is_gsm7(text):
        assert in_gsm7(text) == text


@given(st.text(max_size=700))
def test_parts_are_never_fewer_than_the_units_need(text):
    count = counted(text)
    room = (67 if count.unicode else 153) if count.segments > 1 else (70 if count.unicode else 160)
    assert count.units <= count.segments * room


def test_the_richest_wording_that_fits_is_taken():
    assert first_that_fits(["a" * 161, "b" * 160, "c"]) == "b" * 160


def test_what_never_fits_is_cut_only_where_that_saves_a_message():
    assert first_that_fits(["a" * 480, "b" * 300, "c" * 200]) == "b" * 300
    assert first_that_fits([]) == ""
