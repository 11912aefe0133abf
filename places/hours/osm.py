"""OSM `opening_hours` as places publish it: days, times, `off`, public holidays (https://wiki.openstreetmap.org).

Months, weeks, dates and variable times are not of this subset: such a rule is handed back unread. Lapses of
real files are understood: `13h30-18:00`, `Mo, Fr 14:00-17:00 We 9:00-12:00`, `Mo-Fr 09:00-12:00; 14:00-17:00`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from places.hours.week import DAY_MINUTES, DAYS, Hours, WeeklyOpening, tidy

_TOKEN = re.compile(
    r"""(?P<day>\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b) | (?P<holiday>\b(?:PH|SH)\b)
      | (?P<time>\d{1,2}\s?[:hH]\s?(?:\d{2}\b)?)
      | (?P<off>\b(?:off|closed)\b) | (?P<dash>[-–]) | (?P<comma>,) | (?P<space>\s+)""",
    re.VERBOSE,
)
_CHAIN = re.compile(r"\b(?:{0})(?:-(?:{0})){{2,}}\b".format("|".join(DAYS)))
_NIGHT_ENDS = 6 * 60


class UnreadableError(ValueError):
    """This rule is not of the subset."""


@dataclass(slots=True)
class _Rule:
    """The days and times of one rule as they are gathered."""

    days: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    off: bool = False
    holidays: bool = False
    added: bool = False


def parse(text: str) -> Hours:
    """Read `text`; whatever can not be read comes back in `unread`. Never raises.

    A later rule replaces the earlier ones on its days, as in OSM; a rule that follows a comma adds to them, and
    so does a rule of times alone.
    """
    openings: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
    unread: list[str] = []
    holidays_closed = False
    lists = bool(_CHAIN.search(text))
    last_days: list[int] = []
    for part in re.sub(r"\s+", " ", text).split(";"):
        if not part.strip():
            continue
        try:
            rules = _rules(part.strip(), lists)
        except UnreadableError:
            unread.append(part.strip())
            continue
        for rule in rules:
            holidays_closed = holidays_closed or (rule.holidays and rule.off)
            last_days = _apply(rule, openings, last_days)
    found = [WeeklyOpening(day, start, end) for day, spans in openings.items() for start, end in spans]
    return Hours(tidy(_over_midnight(found)), holidays_closed, tuple(unread))


def _apply(rule: _Rule, openings: dict[int, list[tuple[int, int]]], last_days: list[int]) -> list[int]:
    """Write one rule into the week; the days it was about, for a following rule that names none."""
    if rule.holidays and not rule.days:
        return last_days
    days = rule.days or last_days or list(range(7))
    adds = rule.added or (not rule.days and bool(last_days) and not rule.off)
    for day in days:
        openings[day] = [*(openings[day] if adds else []), *rule.spans]
    return days


def _rules(part: str, lists: bool) -> list[_Rule]:
    """The rules between two semicolons.

    Args:
        part: their text.
        lists: in this text a hyphen between days separates a list (`Mo-Tu-Th-Fr`), it is no range.

    Raises:
        UnreadableError: when any of it is not of the subset.
    """
    if part == "24/7":
        return [_Rule(days=list(range(7)), spans=[(0, DAY_MINUTES)])]
    rules = [_Rule()]
    tokens = _tokens(part)
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        rule = rules[-1]
        if kind in {"day", "holiday"} and (rule.spans or rule.off):
            rule = _Rule(added=tokens[at - 1][0] == "comma" and not rule.off)
            rules.append(rule)
        if kind == "day":
            at = _read_days(tokens, at, rule, lists)
        elif kind == "time":
            at = _read_span(tokens, at, rule)
        elif kind in {"holiday", "off", "comma"}:
            rule.holidays |= kind == "holiday"
            rule.off |= kind == "off"
            at += 1
        else:
            raise UnreadableError(text)
    for rule in rules:
        _check(rule)
    return rules


def _check(rule: _Rule) -> None:
    """A rule says when, or `off`, and not both; hours of holidays are not read."""
    if bool(rule.spans) == rule.off or (rule.holidays and rule.spans):
        raise UnreadableError


def _tokens(part: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(part):
        match = _TOKEN.match(part, at)
        if match is None:
            raise UnreadableError(part)
        if match.lastgroup and match.lastgroup != "space":
            found.append((match.lastgroup, match.group()))
        at = match.end()
    return found


def _read_days(tokens: list[tuple[str, str]], at: int, rule: _Rule, lists: bool) -> int:
    """Take one day or one range of days; where the next token is."""
    first = DAYS.index(tokens[at][1])
    ranged = [kind for kind, _ in tokens[at + 1 : at + 3]] == ["dash", "day"]
    if not ranged:
        rule.days.append(first)
        return at + 1
    last = DAYS.index(tokens[at + 2][1])
    if lists:
        rule.days.append(first)
        return at + 2
    rule.days.extend((first + step) % 7 for step in range((last - first) % 7 + 1))
    return at + 3


def _read_span(tokens: list[tuple[str, str]], at: int, rule: _Rule) -> int:
    """Take `09:00-12:00`; where the next token is."""
    kinds = [kind for kind, _ in tokens[at : at + 4]]
    if kinds[:3] != ["time", "dash", "time"] or kinds[3:] == ["dash"]:
        raise UnreadableError
    start, end = _minutes(tokens[at][1]), _minutes(tokens[at + 2][1])
    if end <= start:
        if end > _NIGHT_ENDS or start == end:
            raise UnreadableError
        end += DAY_MINUTES
    rule.spans.append((start, end))
    return at + 3


def _minutes(text: str) -> int:
    hours, _, minutes = re.sub(r"\s", "", text).lower().replace("h", ":").partition(":")
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > DAY_MINUTES:
        raise UnreadableError
    return total


def _over_midnight(openings: list[WeeklyOpening]) -> list[WeeklyOpening]:
    """An opening that ends the next morning is two."""
    result: list[WeeklyOpening] = []
    for opening in openings:
        if opening.end <= DAY_MINUTES:
            result.append(opening)
            continue
        result.append(WeeklyOpening(opening.weekday, opening.start, DAY_MINUTES))
        result.append(WeeklyOpening((opening.weekday + 1) % 7, 0, opening.end - DAY_MINUTES))
    return result
