"""Cells of a card file read as what they stand for; one that can not be read is refused with its column."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from foundation.errors import Refused
from foundation.forbidden import check_text
from foundation.i18n import _l
from foundation.phones import BadPhone, e164
from foundation.tables import as_written
from places.clean.text import one_line

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
CENTURY = 2000
LONGEST_NAME = 80
"""What a record of a resident holds."""


class BadDay(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write a day like 28/02/2026."), field)


class NameTooLong(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This name is too long: keep to 80 characters."), field)


class BadYear(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write the year with four digits, like 1957."), field)


class BadNumber(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This is not a telephone number. Correct it, or leave the cell empty."), field)


def text(value: Any, field: str) -> str:
    """On one line. A number of social security, an account or a password has no business here.

    Raises:
        what `check_text` finds
    """
    said = as_written(one_line(value))
    check_text(said, field)
    return said


def name(value: Any, field: str) -> str:
    """Raises: NameTooLong, and what `check_text` finds"""
    said = text(value, field)
    if len(said) > LONGEST_NAME:
        raise NameTooLong(field)
    return said


def day(value: Any, field: str) -> date:
    """`28/02/2026`, `28.2.26` or `2026-02-28`, with a time after it or not.

    Raises:
        BadDay
    """
    said = one_line(value)
    try:
        if iso := _ISO.match(said):
            return date.fromisoformat(iso[0])
        if found := _DAY.fullmatch(said):
            year = int(found[3])
            return date(year if year > 99 else CENTURY + year, int(found[2]), int(found[1]))
    except ValueError as error:
        raise BadDay(field) from error
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


def phone(value: Any, field: str) -> str | None:
    """E.164.

    Raises:
        BadNumber
    """
    try:
        return e164(one_line(value))
    except BadPhone as error:
        raise BadNumber(field) from error
