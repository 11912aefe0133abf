"""Cells of a spreadsheet read as what they stand for; one that can not be read is refused with its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar

from foundation.errors import Refused
from foundation.i18n import LANGUAGES, _l, in_language
from foundation.tables import as_written
from places.clean.text import one_line, paragraphs, search_key

Value = TypeVar("Value")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]0+)?", re.ASCII)
CENTURY = 2000


class BadDay(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write a day like 28/02/2026."), field)


class NoSuchDay(BadDay):
    """Written as a day is, but no calendar has it: the 31st of February."""

    def __init__(self, field: str) -> None:
        Refused.__init__(self, _l("This day does not exist. Correct it."), field)


class BadYear(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write the year with four digits, like 1957."), field)


class BadNumber(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write a whole number."), field)


class BadAmount(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write an amount like 249,90."), field)


class BadWord(Refused):
    def __init__(self, field: str, offered: Mapping[Any, Any]) -> None:
        words = ", ".join(str(one) for one in offered.values())
        super().__init__(_l("Write one of these: %(words)s.", words=words), field)


def text(value: Any, field: str) -> str:
    """On one line."""
    return as_written(one_line(value))


def lines(value: Any, field: str) -> str:
    """With its line ends."""
    return as_written(paragraphs(value))


def number(value: Any, field: str) -> int:
    """Raises: BadNumber"""
    said = one_line(value).removesuffix("%").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.fullmatch(said):
        raise BadNumber(field)
    return int(re.split("[.,]", said)[0])


def cents(value: Any, field: str) -> int:
    """`1 249,90 €` is 124990.

    Raises:
        BadAmount
    """
    said = re.sub("[\\s\u00a0\u202f€]", "", one_line(value)).replace(",", ".")
    try:
        amount = Decimal(said)
    except InvalidOperation as error:
        raise BadAmount(field) from error
    if not amount.is_finite() or abs(amount) >= 10**9 or amount * 100 != int(amount * 100):
        raise BadAmount(field)
    return int(amount * 100)


def day(value: Any, field: str) -> date:
    """`28/02/2026`, `28.2.26` or `2026-02-28`, with a time after it or not.

    Raises:
        BadDay, NoSuchDay
    """
    said = one_line(value)
    try:
        if iso := _ISO.match(said):
            return date.fromisoformat(iso[0])
        if found := _DAY.fullmatch(said):
            year = int(found[3])
            return date(year if year > 99 else CENTURY + year, int(found[2]), int(found[1]))
    except ValueError as error:
        raise NoSuchDay(field) from error
    raise BadDay(field)


def year(value: Any, field: str) -> int:
    """A year, or that of a whole date: the day and the month are dropped here and never kept.

    Raises:
        BadYear
    """
    said = one_line(value)
    if _YEAR.fullmatch(said):
        return int(said)
    found = _DAY.fullmatch(said)
    if found and len(found[3]) == 4:
        return int(found[3])
    if _ISO.match(said):
        return int(said[:4])
    raise BadYear(field)


def one_of(words: Mapping[Value, Any], others: Mapping[str, Value]) -> Callable[[Any, str], Value]:
    """A reader of what is called so on our pages, in any of their languages, or elsewhere; it raises `BadWord`."""

    @cache
    def known() -> dict[str, Value]:
        found = {search_key(said): value for said, value in others.items()}
        found |= {search_key(value): value for value in words}
        for language in LANGUAGES:
            with in_language(language):
                found |= {search_key(str(word)): value for value, word in words.items()}
        return found

    def read(value: Any, field: str) -> Value:
        key = search_key(one_line(value))
        if key not in known():
            raise BadWord(field, words)
        return known()[key]

    return read
