"""Numbers that identify: SIRET, post code, INSEE code."""

from __future__ import annotations

import re
from typing import Any

from places.clean.text import one_line

LA_POSTE = "356000000"
UNKNOWN_SIRET = "00000000000000"
"""What the national standard writes when the SIRET is not known."""


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def is_siret(text: str) -> bool:
    """Whether `text` is a possible SIRET: 14 digits that check.

    Establishments of La Poste check by another rule: the sum of their digits is a multiple of 5. No
    establishment is numbered 00000, which is what a spreadsheet leaves of a number that it rounded.
    """
    if not re.fullmatch(r"\d{14}", text) or text.endswith("00000"):
        return False
    if text.startswith(LA_POSTE):
        return luhn(text) or sum(map(int, text)) % 5 == 0
    return luhn(text)


def clean_siret(value: Any) -> str | None:
    """A SIRET that checks; `""` when none is given (or zeros, the standard's way to say so); None when wrong."""
    text = re.sub(r"[\s.-]", "", one_line(value))
    if not text.strip("0"):
        return ""
    return text if is_siret(text) else None


def clean_postcode(value: Any) -> str | None:
    """Five digits; a leading zero that a spreadsheet dropped is put back. None when it is not one."""
    text = one_line(value).replace(" ", "")
    if re.fullmatch(r"\d{4}", text):
        text = "0" + text
    return text if re.fullmatch(r"\d{5}", text) else None


def clean_insee(value: Any) -> str | None:
    """A commune's code (`35238`, `2A004`); None when it is not one."""
    text = one_line(value).upper()
    if re.fullmatch(r"\d{4}", text):
        text = "0" + text
    return text if re.fullmatch(r"([013-9]\d|2[AB1-9])\d{3}", text) else None
