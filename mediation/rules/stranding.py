"""Which booked appointments a change of presences or absences would leave without a mediator who receives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from activity.models import Channel
from agenda.rules.recurrence import Pattern, occurrences
from foundation.errors import Conflict
from foundation.i18n import ngettext
from foundation.period import Period


class Fate(StrEnum):
    """What becomes of the appointments that a change leaves behind."""

    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Answer:
    """What was answered, and about which appointments: those that were on the page."""

    fate: Fate
    seen: frozenset[int]


@dataclass(frozen=True)
class Presence:
    """A shift as far as it decides whether an appointment finds its mediator there."""

    pattern: Pattern
    venue_id: int | None
    channels: frozenset[str]
    service_ids: frozenset[int]


@dataclass(frozen=True)
class Booked:
    """An appointment to come, at the time that the person was told."""

    id: int
    received: Period
    service_id: int
    channel: Channel
    venue_id: int | None


class WouldStrand(Conflict):
    """The change leaves booked appointments behind, and nobody said yet what becomes of them. Nothing was written.

    `alternatives` are the ids of those appointments.
    """

    def __init__(self, appointment_ids: Sequence[int]) -> None:
        super().__init__(
            ngettext(
                "%(num)s appointment is booked then. Say what becomes of it.",
                "%(num)s appointments are booked then. Say what becomes of them.",
                len(appointment_ids),
            ),
            alternatives=appointment_ids,
        )


def covers(presence: Presence, booked: Booked, zone: ZoneInfo) -> bool:
    """Whether `booked` takes place within `presence`, where and for what it is open."""
    if booked.channel.value not in presence.channels or booked.service_id not in presence.service_ids:
        return False
    if booked.channel is Channel.VENUE and booked.venue_id != presence.venue_id:
        return False
    return takes_place_in(presence.pattern, booked.received, zone)


def takes_place_in(pattern: Pattern, received: Period, zone: ZoneInfo) -> bool:
    """Whether `received` lies within one occurrence of `pattern`."""
    day = received.start.astimezone(zone).date()
    return any(period.contains(received) for period in occurrences(pattern, day, day, zone))


def left_without_presence(
    booked: Iterable[Booked], before: Sequence[Presence], after: Sequence[Presence], zone: ZoneInfo
) -> list[Booked]:
    """The appointments that one of `before` covers and none of `after` does.

    What no presence covered before (booked freely by the staff) is not stranded by the change.
    """
    return [
        one
        for one in booked
        if any(covers(presence, one, zone) for presence in before)
        and not any(covers(presence, one, zone) for presence in after)
    ]


def met_by_absence(
    booked: Iterable[Booked], before: Sequence[Pattern], after: Sequence[Pattern], zone: ZoneInfo
) -> list[Booked]:
    """The appointments that absences `after` meet, and those `before` did not. Buffers may be given up."""
    return [
        one
        for one in booked
        if _meets(after, one.received, zone) and not _meets(before, one.received, zone)
    ]  # fmt: skip


def _meets(patterns: Iterable[Pattern], period: Period, zone: ZoneInfo) -> bool:
    first, last = period.start.astimezone(zone).date(), period.end.astimezone(zone).date()
    return any(away.overlaps(period) for pattern in patterns for away in occurrences(pattern, first, last, zone))


def unanswered(stranded: Sequence[Booked], answer: Answer | None) -> None:
    """Refuse while somebody has not seen each of `stranded` and said what becomes of them.

    Raises:
        WouldStrand
    """
    ids = [one.id for one in stranded]
    if ids and (answer is None or not answer.seen.issuperset(ids)):
        raise WouldStrand(ids)
