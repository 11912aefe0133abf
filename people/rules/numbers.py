"""Telephone numbers as they are searched: whole, from the start, or by the last digits."""

from __future__ import annotations

import re

import phonenumbers

FEWEST_DIGITS = 4


def forward(number: str) -> set[str]:
    """Digits of an E.164 `number` as people begin it: `0612345678`, and `33612345678`."""
    parsed = phonenumbers.parse(number)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return {number.removeprefix("+"), re.sub(r"\D", "", national)}


def backward(number: str) -> str:
    """Digits of an E.164 `number` from the last to the first."""
    return number.removeprefix("+")[::-1]


def digits_typed(query: str) -> str | None:
    """The digits of a search that is for a number; None when it holds letters or too few digits."""
    text = query.strip().replace("(0)", "")
    if not re.fullmatch(r"\+?[\d\s().\-/\u00a0\u202f]+", text):
        return None
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) >= FEWEST_DIGITS else None


def beginnings(digits: str) -> set[str]:
    """What `forward` may begin with: the digits as typed, and `336…` for `00336…`."""
    international = digits.removeprefix("00")
    return {digits, international} if len(international) >= FEWEST_DIGITS else {digits}
