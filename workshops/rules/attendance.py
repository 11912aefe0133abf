"""The day of a session: who may mark, from when on, what becomes of a press that comes late, who sees the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from accounts.models import Account
from activity.models import Equipment, Theme
from foundation.forbidden import check_text
from foundation.scope import check_may_change
from foundation.security import Role
from workshops.models import Presence, PressOutcome, SessionState, WorkshopSession
from workshops.rules.unmarkable import (
    BadCount,
    BadHelpers,
    BadSplit,
    NotBegun,
    NotThatDay,
    RecordWritten,
    SessionCancelled,
    TooEarly,
)

DAY = timedelta(days=1)
BEGUN_BEFORE = timedelta(minutes=30)
"""A session may be written down a little before its own time, as any record."""
MOST_PEOPLE, MOST_HELPERS, LONGEST_DONE = 1000, 200, 500


@dataclass(frozen=True)
class Press:
    """One press beside a name.

    Attributes:
        presence: what was pressed; None takes the last one back.
        seen: the version that the device saw; 0 when nothing was marked.
        key: made on the device: the same press sent again has the same.
    """

    participant_id: int
    presence: Presence | None
    seen: int
    key: str


@dataclass(frozen=True)
class Answer:
    """What became of a press. With `conflict` this is what stands, pressed by `who`."""

    outcome: PressOutcome
    presence: Presence | None
    version: int
    who: str = ""


@dataclass(frozen=True)
class Counted:
    """How many were there whom nobody names, of whom so many women and men; helpers of the home or school.

    `seen` is the version that the page showed, 0 when nobody had counted; None: whatever stands.
    """

    people: int
    feminine: int = 0
    masculine: int = 0
    helpers: int = 0
    done: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class Told:
    """What the record of a session says besides who was there. `nobody_came` closes it without a record."""

    themes: frozenset[Theme]
    minutes: int
    equipment: frozenset[Equipment] = frozenset()
    note: str = ""
    nobody_came: bool = False


def in_team(session: WorkshopSession, account: Account) -> bool:
    return any(one.account_id == account.id for one in session.team)


def check_may_mark(session: WorkshopSession, account: Account) -> None:
    """The team marks, and whoever works for the structure whose programme it is.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    if not in_team(session, account):
        check_may_change(account.structure_id, session.programme.structure_id)


def is_open(session: WorkshopSession, now: datetime, zone: tzinfo) -> bool:
    """From the day before the session on."""
    return now.astimezone(zone).date() >= session.starts_at.astimezone(zone).date() - DAY


def is_its_day(session: WorkshopSession, now: datetime, zone: tzinfo) -> bool:
    """From the midnight before it on: the doors open before the session begins, at an hour that nobody writes down."""
    return now.astimezone(zone).date() >= session.starts_at.astimezone(zone).date()


def check_its_day(session: WorkshopSession, now: datetime, zone: tzinfo) -> None:
    """Raises: NotThatDay while nobody can have come yet."""
    if not is_its_day(session, now, zone):
        raise NotThatDay


def check_presence(
    presence: Presence | None, stands: Presence | None, session: WorkshopSession, now: datetime, zone: tzinfo
) -> None:
    """Before its day somebody may have said that they do not come; nobody was there, and nobody was missing.

    Args:
        stands: what is marked already: it may be said again, and taken back.

    Raises:
        NotThatDay
    """
    known_before = {None, Presence.ABSENT_EXCUSED, stands}
    if presence not in known_before:
        check_its_day(session, now, zone)


def check_open(session: WorkshopSession, recorded: bool, now: datetime, zone: tzinfo) -> None:
    """Raises: SessionCancelled, RecordWritten, TooEarly."""
    if session.state is SessionState.CANCELLED:
        raise SessionCancelled
    if recorded:
        raise RecordWritten
    if not is_open(session, now, zone):
        raise TooEarly


def shows_sheets(session: WorkshopSession, account: Account, now: datetime, zone: tzinfo) -> bool:
    """Whether `account` sees now what the team must know of the children who come.

    The mediators of the session and the managers of its structure do, from the day before the session to the day
    after; nobody else does, and not of a session that was cancelled.
    """
    if session.state is SessionState.CANCELLED:
        return False
    first = session.starts_at.astimezone(zone).date() - DAY
    last = session.ends_at.astimezone(zone).date() + DAY
    if not first <= now.astimezone(zone).date() <= last:
        return False
    manages = account.has(Role.MANAGER) and account.structure_id in {None, session.programme.structure_id}
    return manages or in_team(session, account)


def judged(wanted: Press, presence: Presence | None, version: int) -> PressOutcome:
    """A press meets what stands: a device that saw something else may only say the same."""
    agrees = wanted.seen == version or wanted.presence is presence
    return PressOutcome.APPLIED if agrees else PressOutcome.CONFLICT


def check_counted(counted: Counted) -> None:
    """Raises: BadCount, BadHelpers, BadSplit, and what `check_text` finds in what was done."""
    if not 0 <= counted.people <= MOST_PEOPLE:
        raise BadCount
    if not 0 <= counted.helpers <= MOST_HELPERS:
        raise BadHelpers
    if min(counted.feminine, counted.masculine) < 0 or counted.feminine + counted.masculine > counted.people:
        raise BadSplit
    check_text(counted.done, "done")


def check_begun(session: WorkshopSession, now: datetime) -> None:
    """Raises: SessionCancelled, NotBegun."""
    if session.state is SessionState.CANCELLED:
        raise SessionCancelled
    if session.starts_at > now + BEGUN_BEFORE:
        raise NotBegun
