"""From calendar components to busy periods, with a report of what was left out and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Component

from agenda.rules.ics.expanding import (
    NOTHING,
    OLDEST_RULE,
    Moment,
    TooFrequent,
    Unreadable,
    as_period,
    dated,
    exceptions,
    length_of,
    moments_of,
    value,
    values,
)
from agenda.rules.ics.parsing import components
from foundation.period import Period

MOST_PERIODS = 5_000


class Reason(StrEnum):
    """Why something of the file is not busy time here."""

    NOT_A_CALENDAR = "not_a_calendar"
    NOT_AN_EVENT = "not_an_event"
    CANCELLED = "cancelled"
    MARKED_FREE = "marked_free"
    NO_START = "no_start"
    NO_LENGTH = "no_length"
    RULE_UNREADABLE = "rule_unreadable"
    TOO_FREQUENT = "too_frequent"
    TOO_MANY = "too_many"
    UNREADABLE = "unreadable"


HARMLESS = {Reason.NOT_AN_EVENT, Reason.CANCELLED, Reason.MARKED_FREE, Reason.NO_LENGTH}


@dataclass(frozen=True, slots=True)
class Ignored:
    """One thing that was left out, in whole or, with RULE_UNREADABLE and TOO_FREQUENT, but for its first time."""

    what: str
    reason: Reason


@dataclass(slots=True)
class Imported:
    """Busy periods in order, each once, and what was ignored."""

    periods: list[Period] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    @property
    def misunderstood(self) -> list[Ignored]:
        """What may be busy time and was left out; not what says of itself that it is none."""
        return [one for one in self.ignored if one.reason not in HARMLESS]

    @property
    def is_calendar(self) -> bool:
        """Whether the file was a calendar at all, were it an empty one."""
        return all(ignored.reason != Reason.NOT_A_CALENDAR for ignored in self.ignored)


def busy_times(data: bytes, window: Period, zone: ZoneInfo) -> Imported:
    """What a calendar file makes busy within `window`. Never raises: what can not be read is reported.

    Args:
        zone: for times that name no zone, or one that nobody knows.
    """
    parts = components(data)
    if not parts and b"BEGIN:V" not in data.upper():
        return Imported(ignored=[Ignored("", Reason.NOT_A_CALENDAR)])
    result = Imported()
    found: set[Period] = set()
    replaced = _replaced(parts, zone)
    for part in parts:
        try:
            found.update(_periods(part, window, zone, replaced[str(part.get("UID", ""))], result.ignored))
        except Exception:  # one bad event must not cost the others; its report says so
            result.ignored.append(Ignored(_name(part), Reason.UNREADABLE))
    result.periods = sorted(found)
    if len(result.periods) > MOST_PERIODS:
        result.ignored.append(Ignored(str(len(result.periods) - MOST_PERIODS), Reason.TOO_MANY))
        del result.periods[MOST_PERIODS:]
    return result


def _name(part: Component) -> str:
    return str(part.get("SUMMARY") or part.get("UID") or part.name)[:80]


def _replaced(parts: Iterable[Component], zone: ZoneInfo) -> defaultdict[str, set[Moment]]:
    """By event, the occurrences that have an entry of their own (moved, or cancelled alone)."""
    found: defaultdict[str, set[Moment]] = defaultdict(set)
    for part in parts:
        at = value(part, "RECURRENCE-ID")
        if isinstance(at, date) and OLDEST_RULE <= at.year < date.max.year:
            found[str(part.get("UID", ""))].add(Moment.of(at, zone))
    return found


def _periods(
    part: Component, window: Period, zone: ZoneInfo, replaced: set[Moment], ignored: list[Ignored]
) -> Iterator[Period]:
    if reason := _not_busy(part):
        ignored.append(Ignored(_name(part), reason))
    elif part.name == "VFREEBUSY":
        yield from _listed(part, window, zone)
    else:
        yield from _expanded(part, window, zone, replaced, ignored)


def _not_busy(part: Component) -> Reason | None:
    if part.name not in {"VEVENT", "VFREEBUSY"}:
        return Reason.NOT_AN_EVENT
    if str(part.get("STATUS", "")).upper() == "CANCELLED":
        return Reason.CANCELLED
    if str(part.get("TRANSP", "")).upper() == "TRANSPARENT":
        return Reason.MARKED_FREE
    if part.name == "VEVENT" and not isinstance(value(part, "DTSTART"), date):
        return Reason.NO_START
    return None


def _listed(part: Component, window: Period, zone: ZoneInfo) -> Iterator[Period]:
    """The periods of a free-busy list that are not marked as free."""
    for entry in values(part, "FREEBUSY"):
        if str(entry.params.get("FBTYPE", "BUSY")).upper() == "FREE":
            continue
        if (period := as_period(entry.dt, zone)) and period.overlaps(window):
            yield period


def _expanded(
    part: Component, window: Period, zone: ZoneInfo, replaced: set[Moment], ignored: list[Ignored]
) -> Iterator[Period]:
    length = length_of(part, zone)
    if length > NOTHING:
        yield from _repeated(part, window, zone, replaced, ignored)
    else:
        ignored.append(Ignored(_name(part), Reason.NO_LENGTH))
    for entry in dated(part, "RDATE"):
        period = as_period(entry, zone, length)
        if period and period.overlaps(window):
            yield period


def _repeated(
    part: Component, window: Period, zone: ZoneInfo, replaced: set[Moment], ignored: list[Ignored]
) -> Iterator[Period]:
    """The event's own time and those that its rules make of it."""
    length = length_of(part, zone)
    out = exceptions(part, zone)
    if "RECURRENCE-ID" not in part:
        out |= replaced
    try:
        moments = moments_of(part, window, zone, length)
    except (TooFrequent, Unreadable) as error:
        reason = Reason.TOO_FREQUENT if isinstance(error, TooFrequent) else Reason.RULE_UNREADABLE
        ignored.append(Ignored(_name(part), reason))
        moments = [Moment.of(value(part, "DTSTART"), zone)]
    for moment in moments:
        if moment in out or moment.whole_day() in out:
            continue
        if (period := moment.lasting(length)) and period.overlaps(window):
            yield period
