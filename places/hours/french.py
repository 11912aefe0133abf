"""Hours as French people write them: `9h-12h et 14h-17h du lundi au vendredi`."""

from __future__ import annotations

import re
from itertools import pairwise

from places.clean.text import without_accents
from places.hours.week import DAY_MINUTES, Hours, WeeklyOpening, tidy

_CLOCK = r"(\d{1,2})(?:\s*[h:]\s*(\d{2}(?!\d|\s*(?:h(?![a-z])|:)))?)?"
_DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY = r"(?:" + "|".join(_DAY_NAMES) + r")s?"
_TOKEN = re.compile(
    rf"(?P<days>{_DAY}\s*(?:au|a|-|jusqu'au)\s*{_DAY}|{_DAY})|(?P<time>{_CLOCK})"
    r"|(?P<link>\b(?:du|au|de|a(?=\d)|a|et|le|les|h|des)\b|a(?=\d)|[\s:,;/.&–-]+)"
)


def times(text: str) -> str:
    """The hours of one day in OSM text: `8h30 à 12h - 14h à 17h30` is `08:30-12:00,14:00-17:30`.

    Remarks after the hours (on appointment, but the first Monday) are left out. Empty when nothing makes sense.
    """
    plain = re.sub(r"\([^)]*\)", " ", _plain(text))
    spans = _spans([_minutes(*found.groups()) for found in re.finditer(_CLOCK, plain)])
    if not spans:
        return ""
    return ",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans)


def parse_week(text: str) -> Hours:
    """A sentence that names days and hours. All of it is unread when any word is not understood.

    `sauf jeudi`, `sur rendez-vous`, `hors vacances` change what the hours mean: such a text is for people.
    """
    tokens = _tokens(_plain(text))
    if not tokens:
        return Hours(unread=(text,))
    groups = _groups(tokens)
    openings: list[WeeklyOpening] = []
    for days, minutes in groups:
        spans = _spans(minutes)
        if not days or not spans:
            return Hours(unread=(text,))
        openings.extend(WeeklyOpening(day, start, end) for day in days for start, end in spans)
    return Hours(tidy(openings))


def _plain(text: str) -> str:
    """Lower case without accents; in `8h30 h` the second h is one too many."""
    return re.sub(r"(\dh\d{2})\s+h\b", r"\1", without_accents(text).lower())


def _tokens(plain: str) -> list[tuple[str, list[int]]]:
    """Days and times in order; nothing at all when a word is unknown."""
    found: list[tuple[str, list[int]]] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            return []
        if match["days"]:
            found.append(("days", _days(match["days"])))
        elif match["time"]:
            clock = re.fullmatch(_CLOCK, match["time"])
            found.append(("time", [_minutes(*clock.groups())] if clock else []))
        at = match.end()
    return found


def _groups(tokens: list[tuple[str, list[int]]]) -> list[tuple[list[int], list[int]]]:
    """(days, times) pairs. Times that come first belong to the days after them, when there is one such group."""
    groups: list[tuple[list[int], list[int]]] = []
    before = "time"
    for kind, values in tokens:
        if (kind == "days" and before == "time") or not groups:
            groups.append(([], []))
        groups[-1][0 if kind == "days" else 1].extend(values)
        before = kind
    if len(groups) == 2 and not groups[0][0] and not groups[1][1]:
        return [(groups[1][0], groups[0][1])]
    return groups


def _days(text: str) -> list[int]:
    numbers = [_DAY_NAMES.index(name.rstrip("s")) for name in re.findall(_DAY, text)]
    if len(numbers) == 1:
        return numbers
    return [(numbers[0] + step) % 7 for step in range((numbers[1] - numbers[0]) % 7 + 1)]


def _minutes(hours: str, minutes: str | None) -> int:
    return int(hours) * 60 + int(minutes or 0)


def _spans(minutes: list[int]) -> list[tuple[int, int]]:
    """Pairs of times, each after the last; none at all when they do not make sense."""
    rising = all(first < second for first, second in pairwise(minutes))
    if not minutes or len(minutes) % 2 or not rising or minutes[-1] > DAY_MINUTES:
        return []
    return list(zip(minutes[::2], minutes[1::2], strict=True))
