"""What is written on labels: short enough for a tablet's back, and read the same by people, scanners and addresses."""

from __future__ import annotations

import re
from collections.abc import Collection

from foundation.errors import Conflict, Refused
from foundation.i18n import _l

LONGEST_CODE = 20
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_NUMBERED = re.compile(r"(.*?)(\d+)")


class BadCode(Refused):
    def __init__(self, field: str = "code") -> None:
        super().__init__(_l("Write at most 20 letters without accents and numbers, like MAL-01-03."), field)


class CodeTaken(Conflict):
    """Kits and devices share their codes: a label leads to one thing."""

    def __init__(self, code: str = "", field: str = "code") -> None:
        known = _l("The label %(code)s is on something else already. Choose another.", code=code)
        super().__init__(known if code else _l("Something else has this label already. Choose another."), field)


def plain_code(text: str) -> str:
    """A code as it is kept: capitals, without spaces."""
    return "".join(text.split()).upper()


def check_code(code: str, field: str = "code") -> None:
    """Raises: BadCode"""
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise BadCode(field)


def check_free(codes: Collection[str], taken: Collection[str], field: str = "code") -> None:
    """Refuse codes that are taken, or that are wanted twice.

    Raises:
        CodeTaken: with the first at fault.
    """
    seen = set(taken)
    for code in codes:
        if code in seen:
            raise CodeTaken(code, field)
        seen.add(code)


def numbered(first: str, count: int) -> list[str]:
    """`count` codes from `first` on: MAL-01-08, MAL-01-09, MAL-01-10; zeros stay as they are written."""
    if count == 1:
        return [first]
    found = _NUMBERED.fullmatch(first)
    stem, digits = (found[1], found[2]) if found else (f"{first}-", "01")
    return [f"{stem}{number:0{len(digits)}d}" for number in range(int(digits), int(digits) + count)]


def following(kit_code: str, taken: Collection[str]) -> str:
    """The code to offer for the next device of a kit: after the highest number under the kit's own code."""
    stem = f"{kit_code}-" if kit_code else ""
    numbers = [
        int(one.removeprefix(stem)) for one in taken if stem and re.fullmatch(rf"{re.escape(stem)}\d{{1,6}}", one)
    ]
    return f"{stem}{max(numbers, default=0) + 1:02d}" if stem else ""
