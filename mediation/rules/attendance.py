"""What may be noted of an appointment, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from foundation.errors import Conflict, Refused
from foundation.i18n import _l
from mediation.models import Attendance

EARLY = timedelta(minutes=30)
"""People come before their time; nobody comes half a day before it."""
LATE = timedelta(hours=2)
"""Who waits for longer does not wait: from here on one says how it went."""


class TooEarly(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("It is too early: presence is noted from 30 minutes before the appointment. Check the day and the time.")
        )


class NotYetTime(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("The time of the appointment has not come yet. If the person said they will not come, press “Excused”.")
        )


class CancelledByTheService(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("The service cancelled this appointment. Book a new one if the person comes."))


class AlreadyTold(Conflict):
    """A record tells of it: what it tells can not be unsaid from the day's page."""

    def __init__(self) -> None:
        super().__init__(_l("A record was written for this appointment. Withdraw the record first."))


class AlreadyMarked(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This appointment was marked meanwhile. Look at the day again."))


class TimeTaken(Conflict):
    """What was given back was taken by something else."""

    def __init__(self, what: str, start: str, end: str) -> None:
        super().__init__(
            _l(
                "The time of this appointment was given to something else: %(what)s, from %(start)s to %(end)s."
                " Book another time.",
                what=what,
                start=start,
                end=end,
            )
        )


class NothingToTell(Conflict):
    """Nobody came, or the appointment was cancelled."""

    def __init__(self) -> None:
        super().__init__(_l("This appointment did not take place. Mark the person as seen first, if they came."))


def check_tells_of(attendance: Attendance) -> None:
    """A record is written of what took place.

    Raises:
        NothingToTell
    """
    if attendance not in {Attendance.EXPECTED, Attendance.SEEN}:
        raise NothingToTell


def check_arrival(attendance: Attendance, starts_at: datetime, now: datetime) -> None:
    """Somebody stands at the door.

    Raises:
        CancelledByTheService, AlreadyMarked, TooEarly
    """
    if attendance is Attendance.REVOKED:
        raise CancelledByTheService
    if attendance is not Attendance.EXPECTED:
        raise AlreadyMarked
    if now < starts_at - EARLY:
        raise TooEarly


def check_mark(
    attendance: Attendance, wanted: Attendance, starts_at: datetime, now: datetime, *, recorded: bool
) -> bool:
    """Whether noting `wanted` changes anything; two presses of one button are one mark.

    Args:
        attendance: as it is. A mark may be replaced by another: the last word counts, and each is kept.
        recorded: whether an activity record tells of the appointment.

    Raises:
        CancelledByTheService, AlreadyTold, TooEarly, NotYetTime
    """
    if attendance is wanted:
        return False
    if attendance is Attendance.REVOKED:
        raise CancelledByTheService
    if recorded and wanted is not Attendance.SEEN:
        raise AlreadyTold
    if wanted is Attendance.SEEN and now < starts_at - EARLY:
        raise TooEarly
    if wanted is Attendance.NOSHOW and now < starts_at:
        raise NotYetTime
    return True


class Act(StrEnum):
    """What can be pressed beside an appointment, in the order of the buttons."""

    SEEN = "seen"
    ARRIVE = "arrive"
    NOSHOW = "noshow"
    EXCUSED = "excused"
    REOPEN = "reopen"


def acts(attendance: Attendance, arrived: bool, starts_at: datetime, now: datetime, *, recorded: bool) -> list[Act]:
    """What would not be refused now, the next thing to press first."""
    if attendance is Attendance.REVOKED or recorded:
        return []
    at_the_door = now >= starts_at - EARLY
    if attendance is not Attendance.EXPECTED:
        late = [Act.SEEN] if attendance is Attendance.NOSHOW and at_the_door else []
        return [*late, Act.REOPEN]
    offered = {
        Act.SEEN: at_the_door,
        Act.ARRIVE: at_the_door and now < starts_at + LATE and not arrived,
        Act.NOSHOW: now >= starts_at and not arrived,
        Act.EXCUSED: not arrived,
        Act.REOPEN: arrived,
    }
    return [act for act, possible in offered.items() if possible]
