"""Amounts as people type them: euros with a comma or a point, read into integers of cents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foundation.errors import Refused
from foundation.i18n import _l

MOST_CENTS = 1_000_000_000
"""Ten million euros: more than any campaign of a town."""
_GAP = "[ \u00a0\u202f]"
_AMOUNT = re.compile(
    rf"(\d{{1,3}}(?:{_GAP}\d{{3}})+|\d+)(?:[.,](\d+))?{_GAP}?(?:€|euros?|eur)?", re.ASCII | re.IGNORECASE
)
_GAPS = re.compile(_GAP)
_MINUS = ("-", "−", "–")


class NotAnAmount(Refused):
    def __init__(self, field: str | None = None) -> None:
        super().__init__(_l("Write an amount in euros, such as 45 or 45,50."), field)


class NegativeAmount(Refused):
    def __init__(self, field: str | None = None) -> None:
        super().__init__(_l("An amount can not be negative. Write it without the minus sign."), field)


class FinerThanCents(Refused):
    def __init__(self, field: str | None = None) -> None:
        super().__init__(_l("An amount has two digits after the comma at most, such as 45,50."), field)


class TooMuchMoney(Refused):
    def __init__(self, field: str | None = None) -> None:
        super().__init__(_l("This amount is too large. Check the number of zeros."), field)


def read_cents(text: str, field: str | None = None, *, most: int = MOST_CENTS) -> int:
    """Cents that `text` spells: `12,50`, `12.5`, `12 €`, `12 euros`, `1 250,50`.

    Raises:
        NotAnAmount, NegativeAmount, FinerThanCents, TooMuchMoney: with `field`.
    """
    typed = text.strip()
    if typed.startswith(_MINUS):
        raise NegativeAmount(field)
    match = _AMOUNT.fullmatch(typed)
    if match is None:
        raise NotAnAmount(field)
    euros, fraction = _GAPS.sub("", match[1]), match[2] or ""
    if len(fraction) > 2:
        raise FinerThanCents(field)
    if len(euros) > len(str(MOST_CENTS)) or (cents := int(euros) * 100 + int(fraction.ljust(2, "0"))) > most:
        raise TooMuchMoney(field)
    return cents


def typed(cents: int) -> str:
    """`1250,50`, as it is typed: what a field shows again."""
    return f"{cents // 100},{cents % 100:02}"


def percents(parts: Sequence[int], whole: int) -> list[int]:
    """Whole percents of the parts of a whole, that come to 100 when the parts come to it: what rounding leaves goes to
    the largest remainders. Nothing is a part of nothing.
    """
    if whole <= 0:
        return [0] * len(parts)
    found = [part * 100 // whole for part in parts]
    left = sum(parts) * 100 // whole - sum(found)
    by_remainder = sorted(range(len(parts)), key=lambda place: -(parts[place] * 100 % whole))
    for place in by_remainder[:left]:
        found[place] += 1
    return found
