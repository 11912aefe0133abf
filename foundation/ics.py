"""Lines of calendar files (RFC 5545): escaped, folded, ended as programs expect them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OCTETS = 75
"""A line is at most so long without its end; what is more stands on the next one, after a space (3.1)."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def text(value: str) -> str:
    """A value of type TEXT (3.3.11)."""
    return value.translate(_ESCAPED)


def quoted(value: str) -> str:
    """A parameter's value, which can hold no quotation mark and no control character (3.2)."""
    return f'"{"".join(letter for letter in value if letter >= " " and letter != chr(34))}"'


def instant(at: datetime) -> str:
    """`20260317T090000Z`."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def wall_time(at: datetime, zone: ZoneInfo) -> str:
    """`20260317T100000`, for a property that names its zone by TZID."""
    return at.astimezone(zone).strftime("%Y%m%dT%H%M%S")


def folded(lines: Iterable[str]) -> str:
    """Whole file from its lines; a letter is never cut in two."""
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _fold(line: str) -> str:
    if len(line.encode()) <= OCTETS:
        return line
    parts, used = [""], 0
    for letter in line:
        width = len(letter.encode())
        if used + width > OCTETS:
            parts.append(" ")
            used = 1
        parts[-1] += letter
        used += width
    return "\r\n".join(parts)
