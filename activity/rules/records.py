"""What an activity record may say, who may change it, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from activity.models import ActivityKind, Autonomy, Channel, Equipment, Procedure, Referral, Theme
from foundation.errors import Conflict, Forbidden, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l

OFFERED_MINUTES = (15, 30, 45, 60, 90, 120)
LONGEST_MINUTES = 24 * 60
MOST_PEOPLE = 1000
LONGEST_NOTE = 500
EDITED_WITHIN = timedelta(days=30)
OLDEST = timedelta(days=366)
CLOCKS_DIFFER = timedelta(minutes=30)
"""A record may be begun while the person is still there, a little before the appointment's own time."""


@dataclass(frozen=True)
class Draft:
    """An activity record as its author tells it.

    Attributes:
        person_ids: the named residents who took part, each once.
        anonymous_count: how many more took part whom nobody named, of whom so many women and so many men.
        at_host: it took place at a school or a care home, which is no venue; `neighbourhood_id` is then where that is,
            None when it is not known.
        reference: what it tells of, if anything, e.g. `appointment:12`; a walk-in whom nobody named has none.
        label: what that is called at this date: of the service, of the programme.
    """

    kind: ActivityKind
    started_at: datetime
    duration_minutes: int
    channel: Channel = Channel.VENUE
    venue_id: int | None = None
    at_host: bool = False
    neighbourhood_id: int | None = None
    service_id: int | None = None
    themes: frozenset[Theme] = frozenset()
    procedures: frozenset[Procedure] = frozenset()
    equipment: frozenset[Equipment] = frozenset()
    referrals: frozenset[Referral] = frozenset()
    autonomy: Autonomy | None = None
    note: str = ""
    person_ids: tuple[int, ...] = ()
    anonymous_count: int = 0
    anonymous_feminine: int = 0
    anonymous_masculine: int = 0
    reference: str | None = None
    label: str = ""


class NoSuchRecord(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such record. It may have been withdrawn."))


class NotTheAuthor(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Only the person who wrote this record can change it."))


class TooLateToChange(Forbidden):
    """What was counted stays counted."""

    def __init__(self) -> None:
        super().__init__(_l("This record is more than 30 days old and was counted: it can no longer be changed."))


class AlreadyRecorded(Conflict):
    """`alternatives` holds the id of the record that is there."""

    def __init__(self, record_id: int) -> None:
        super().__init__(_l("The record is written already: here it is."), None, [record_id])


class NoTheme(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one theme."), "themes")


class EquipmentAndNone(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose “No device”, or devices, not both."), "equipment")


class BadDuration(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write how many minutes it took, from 1 to 1440."), "minutes")


class NotYetDone(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A record tells of what was done: choose a day and a time that are past."), "day")


class TooLongAgo(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This is more than a year ago. Check the year."), "day")


class NoPlace(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose the place."), "venue_id")


class NobodyThere(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say who took part: add people, or write how many came."), "anonymous_count")


class TooManyPeople(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a number of people from 0 to 1000."), "anonymous_count")


class NotOnePerson(Refused):
    """A record of one person tells of one."""

    def __init__(self) -> None:
        super().__init__(_l("This record is about one person. For several people, write a group record."))


class SplitTooBig(Refused):
    def __init__(self) -> None:
        super().__init__(_l("There can not be more women and men than people who came."), "anonymous_feminine")


class NoteTooLong(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write at most 500 characters."), "note")


def tidied(draft: Draft) -> Draft:
    """The same draft without what its other answers make void.

    Procedures belong to the theme that opens them: unticking the theme hides them, and without JavaScript the page
    still sends those ticked before.
    """
    procedures = draft.procedures if Theme.PROCEDURES in draft.themes else frozenset()
    at_host = draft.at_host and draft.channel is Channel.VENUE and draft.venue_id is None
    return replace(
        draft,
        procedures=procedures,
        venue_id=draft.venue_id if draft.channel is Channel.VENUE else None,
        at_host=at_host,
        neighbourhood_id=draft.neighbourhood_id if at_host else None,
        person_ids=tuple(dict.fromkeys(draft.person_ids)),
        note=draft.note.strip(),
    )


def check(draft: Draft, now: datetime) -> None:
    """Refuse what can not be written of `draft`, tidied before.

    Raises:
        NoTheme, EquipmentAndNone, BadDuration, NotYetDone, TooLongAgo, NoPlace, NobodyThere, TooManyPeople,
        NotOnePerson, SplitTooBig, NoteTooLong, and what `forbidden.check_text` raises.
    """
    if not 1 <= draft.duration_minutes <= LONGEST_MINUTES:
        raise BadDuration
    if draft.started_at > now + CLOCKS_DIFFER:
        raise NotYetDone
    if draft.started_at < now - OLDEST:
        raise TooLongAgo
    if draft.channel is Channel.VENUE and draft.venue_id is None and not draft.at_host:
        raise NoPlace
    _check_people(draft)
    if not draft.themes:
        raise NoTheme
    if Equipment.NONE in draft.equipment and len(draft.equipment) > 1:
        raise EquipmentAndNone
    if len(draft.note) > LONGEST_NOTE:
        raise NoteTooLong
    check_text(draft.note)


def _check_people(draft: Draft) -> None:
    count, women, men = draft.anonymous_count, draft.anonymous_feminine, draft.anonymous_masculine
    if not 0 <= count <= MOST_PEOPLE:
        raise TooManyPeople
    if women < 0 or men < 0 or women + men > count:
        raise SplitTooBig
    took_part = len(draft.person_ids) + count
    if took_part == 0:
        raise NobodyThere
    if draft.kind is ActivityKind.INDIVIDUAL and took_part != 1:
        raise NotOnePerson


def may_change(author_id: int, created_at: datetime, account_id: int, now: datetime) -> bool:
    """Whether `account_id` may still correct or withdraw the record."""
    return account_id == author_id and now < created_at + EDITED_WITHIN


def check_change(author_id: int, created_at: datetime, account_id: int, now: datetime) -> None:
    """Raises: NotTheAuthor, TooLateToChange."""
    if account_id != author_id:
        raise NotTheAuthor
    if not may_change(author_id, created_at, account_id, now):
        raise TooLateToChange


def sorted_values(values: Iterable[str]) -> list[str]:
    """Stored values in a steady order, for the history of a record."""
    return sorted(str(value) for value in values)
