"""Amounts as people type them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.money import (
    MOST_CENTS,
    FinerThanCents,
    NegativeAmount,
    NotAnAmount,
    TooMuchMoney,
    percents,
    read_cents,
    typed,
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12,50", 1250), ("12.5", 1250), ("12 €", 1200), ("12€", 1200), ("12", 1200), ("0", 0), ("0,01", 1),
        ("  7,05 ", 705), ("1 250,50", 125_050), ("1\u202f250,50\u00a0€", 125_050), ("10 000 000", MOST_CENTS),
        ("007", 700), ("12,5 €", 1250), ("12\n", 1200),
        ("199 euros", 19_900), ("1 euro", 100), ("12,50 EUR", 1250), ("12Euros", 1200),
    ],
)  # fmt: skip
def test_what_people_write_is_read(text, cents):
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("12,505", FinerThanCents), ("0.001", FinerThanCents), ("-5", NegativeAmount), ("−5,00 €", NegativeAmount),
        ("- 5", NegativeAmount), ("1e3", NotAnAmount), ("", NotAnAmount), ("€", NotAnAmount), ("douze", NotAnAmount),
        ("12,", NotAnAmount), (",50", NotAnAmount), ("1,2,3", NotAnAmount), ("1.250,50", NotAnAmount),
        ("12 50", NotAnAmount), ("1 25", NotAnAmount), ("١٢", NotAnAmount), ("0x10", NotAnAmount),
        ("12 $", NotAnAmount), ("+5", NotAnAmount), ("NaN", NotAnAmount), ("inf", NotAnAmount), ("1_000", NotAnAmount),
        ("10 000 000,01", TooMuchMoney), ("9" * 5000, TooMuchMoney), ("99999999999", TooMuchMoney),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_in_words(text, refusal):
    with pytest.raises(refusal) as refused:
        read_cents(text, "price")
    assert refused.value.field == "price"
    assert str(refused.value).endswith(".")


def test_a_page_may_set_its_own_limit():
    assert read_cents("10", most=1000) == 1000
    with pytest.raises(TooMuchMoney):
        read_cents("10,01", most=1000)


@given(st.integers(0, MOST_CENTS))
def test_what_is_shown_is_read_back(cents):
    assert read_cents(typed(cents)) == cents


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_refused(text):
    with suppress(NotAnAmount, NegativeAmount, FinerThanCents, TooMuchMoney):
        assert 0 <= read_cents(text) <= MOST_CENTS


@pytest.mark.parametrize(
    ("parts", "whole", "shares"),
    [
        ((364, 406, 230), 1000, [36, 41, 23]), ((355, 406, 239), 1000, [35, 41, 24]), ((1, 1, 1), 3, [34, 33, 33]),
        ((0, 0, 5), 5, [0, 0, 100]), ((0, 0, 0), 0, [0, 0, 0]), ((1, 1), 4, [25, 25]), ((), 5, []),
    ],
)  # fmt: skip
def test_shares_of_a_whole_come_to_a_hundred(parts, whole, shares):
    assert percents(parts, whole) == shares
