"""Cells of a card file that hold what is written of people; one that can not be kept is refused with its column."""

from __future__ import annotations

from typing import Any

from foundation.errors import Refused
from foundation.forbidden import check_text
from foundation.i18n import _l
from foundation.phones import BadPhone, e164
from places.clean.text import one_line
from places.importing import cells

LONGEST_NAME = 80
"""What a record of a resident holds."""


class NameTooLong(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This name is too long: keep to 80 characters."), field)


class NoPhoneNumber(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This is not a telephone number. Correct it, or leave the cell empty."), field)


def text(value: Any, field: str) -> str:
    """On one line. A number of social security, an account or a password has no business here.

    Raises:
        what `check_text` finds
    """
    said = cells.text(value, field)
    check_text(said, field)
    return said


def name(value: Any, field: str) -> str:
    """Raises: NameTooLong, and what `check_text` finds"""
    said = text(value, field)
    if len(said) > LONGEST_NAME:
        raise NameTooLong(field)
    return said


def phone(value: Any, field: str) -> str | None:
    """E.164.

    Raises:
        NoPhoneNumber
    """
    try:
        return e164(one_line(value))
    except BadPhone as error:
        raise NoPhoneNumber(field) from error
