"""When a kit may be kept back for upkeep, and which times near a wish are free for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agenda.rules.why import Reason
from equipment.rules.lending import FARTHEST
from equipment.rules.refusals import TooFarAhead, TooLongText
from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from foundation.period import Period, at_wall_time

LONGEST_LABEL = 120
LONGEST = timedelta(days=366)
LOOKED_AT = 30
"""Days before and after a wish among which a free one is looked for."""
WORKING_DAYS = range(5)


class NoSuchMaintenance(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such upkeep."))


class LabelMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say what is done, e.g. update of the tablets."), "label")


class UpkeepInThePast(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a time that has not passed yet."), "ends")


class UpkeepTooLong(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Keep a kit back for at most a year at once."), "ends")


class MaintenanceOver(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This upkeep is over: it stays as it happened."))


class KitNotFree(Conflict):
    """Something has the kit then. `alternatives` are free times near it, `reasons` all that has it."""

    def __init__(self, reasons: Sequence[Reason], free: Sequence[Period]) -> None:
        message = _l("The kit is taken then: %(label)s. Nothing was planned.", label=reasons[0].label)
        super().__init__(message, "starts", free)
        self.reasons = list(reasons)


def check_plan(label: str, period: Period, *, now: datetime) -> None:
    """Raises: LabelMissing, TooLongText, UpkeepInThePast, TooFarAhead, UpkeepTooLong, and what `check_text` finds"""
    if not label.strip():
        raise LabelMissing
    if len(label.strip()) > LONGEST_LABEL:
        raise TooLongText("label", LONGEST_LABEL)
    check_text(label, "label")
    if period.end <= now:
        raise UpkeepInThePast
    if period.start > now + FARTHEST:
        raise TooFarAhead
    if period.length > LONGEST:
        raise UpkeepTooLong


def looked_at(period: Period) -> Period:
    """The stretch of time in which `nearest_free` has to know what is taken."""
    days = timedelta(days=LOOKED_AT + 1)
    return period.padded(days, days)


def nearest_free(
    period: Period, taken: Sequence[Period], *, zone: ZoneInfo, now: datetime, count: int = 3
) -> list[Period]:  # fmt: skip
    """At most `count` working days near a wish on which the same hours are free, in order of time."""
    found: list[Period] = []
    for candidate in _shifted(period, zone):
        if len(found) == count:
            break
        if candidate.start >= now and not any(candidate.overlaps(one) for one in taken):
            found.append(candidate)
    return sorted(found)


def _shifted(period: Period, zone: ZoneInfo) -> Iterator[Period]:
    """The same wall times a day later, a day earlier, two days later and so on."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    for days in range(1, LOOKED_AT + 1):
        for shift in (timedelta(days=days), timedelta(days=-days)):
            day: date = start.date() + shift
            if day.weekday() in WORKING_DAYS:
                first = at_wall_time(day, start.time(), zone)
                last = at_wall_time(end.date() + shift, end.time(), zone)
                if first < last:
                    yield Period(first, last)
