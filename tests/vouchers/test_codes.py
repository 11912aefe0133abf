"""Numbers and codes: a slip of the hand is always noticed, and guessing finds none."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from foundation.codes import ALPHABET, check_character, new_code
from foundation.db import db
from tests.vouchers.given import campaign, card, issued
from vouchers.models import Voucher
from vouchers.queries.counters import id_by_code
from vouchers.rules.codes import CARD_LENGTH, VOUCHER_LENGTH, Mistyped, read_card_number, read_voucher_code, spoken

BODIES = st.text(ALPHABET, min_size=VOUCHER_LENGTH - 1, max_size=VOUCHER_LENGTH - 1)
READERS = [(CARD_LENGTH, read_card_number), (VOUCHER_LENGTH, read_voucher_code)]


def is_right(code: str) -> bool:
    try:
        return read_voucher_code(code) == code
    except Mistyped:
        return False


@given(BODIES)
def test_every_single_wrong_character_is_noticed(body):
    code = body + check_character(body)
    assert is_right(code)
    for place, letter in enumerate(code):
        wrong = [code[:place] + other + code[place + 1 :] for other in ALPHABET if other != letter]
        assert not any(map(is_right, wrong))


@given(BODIES)
def test_any_two_swapped_characters_are_noticed(body):
    code = body + check_character(body)
    for first, second in combinations(range(VOUCHER_LENGTH), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        swapped = "".join(letters)
        assert swapped == code or not is_right(swapped)


@pytest.mark.parametrize(("length", "read"), READERS)
def test_a_code_is_read_as_it_is_spoken(length, read):
    code = new_code(length=length)
    assert len(code) == length <= 10
    assert read(spoken(code)) == read(spoken(code).lower().replace(" ", "-")) == code


@pytest.mark.parametrize(("length", "read"), READERS)
@pytest.mark.parametrize("text", ["", " ", "0", "O0I1L", "2" * 40, "ß" * 5, "٢" * 10, "22222 2222é", "2222222223"])
def test_what_is_none_is_refused_with_its_field(length, read, text):
    with pytest.raises(Mistyped) as refused:
        read(text, "typed")
    assert refused.value.field == "typed"


def test_a_card_is_not_a_voucher():
    with pytest.raises(Mistyped):
        read_voucher_code(new_code(length=CARD_LENGTH))
    with pytest.raises(Mistyped):
        read_card_number(new_code(length=VOUCHER_LENGTH))


def test_a_hundred_thousand_guesses_find_none(cast):
    """Guessers who know the check character: every guess is well formed."""
    chosen = campaign(cast).id
    codes = {issued(cast, chosen, card(cast).id).code for _ in range(10)}
    chance = Random(5)
    guesses = {new_code(chance.choice, VOUCHER_LENGTH) for _ in range(100_000)}
    assert len(guesses) > 99_990
    ordered = sorted(guesses)
    heaps = [ordered[start : start + 10_000] for start in range(0, 100_000, 10_000)]
    assert [db.session.scalars(select(Voucher.id).where(Voucher.code.in_(heap))).all() for heap in heaps] == [[]] * 10
    assert all(id_by_code(code) for code in codes)
    db.session.rollback()


@pytest.mark.parametrize(("length", "finds"), [(VOUCHER_LENGTH, False), (6, True)])
def test_they_find_none_among_twenty_thousand_and_would_if_codes_were_short(length, finds):
    """One chance in thirteen thousand that any of them does; with six characters, some seventy do."""
    alive, chance = Random(20_000), Random(100_000)
    codes = {new_code(alive.choice, length) for _ in range(20_000)}
    guesses = {new_code(chance.choice, length) for _ in range(100_000)}
    assert bool(codes & guesses) is finds


def test_codes_tell_nothing_of_their_order(cast):
    """Neither the next one nor how many there are can be told from one."""
    chosen = campaign(cast).id
    codes = [issued(cast, chosen, card(cast).id).code for _ in range(10)]
    assert codes != sorted(codes)
    assert codes != sorted(codes, reverse=True)
    assert len({code[:2] for code in codes}) > 3
    assert db.session.get_one(Voucher, 1).code == codes[0]
