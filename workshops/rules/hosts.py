"""Hosts: what a teacher or a coordinator may ask for, and see, on behalf of their school or care home."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from foundation.errors import Conflict, Forbidden, Refused
from foundation.i18n import _l
from foundation.security import Role
from workshops.models import Enrolment, Origin, Programme, ProgrammeAudience, ProgrammeKind, ProgrammeState
from workshops.rules.enrolling import Enrolling, Group
from workshops.rules.registration import check_programme


class OfPlace(Protocol):
    """Whatever names a school or a care home, at most one: an account, a programme, a session, a group."""

    @property
    def school_id(self) -> int | None: ...
    @property
    def care_home_id(self) -> int | None: ...


class Holder(OfPlace, Protocol):
    """An account."""

    @property
    def roles(self) -> frozenset[Role]: ...


@dataclass(frozen=True)
class Client:
    """The school or the care home for which somebody acts."""

    school_id: int | None = None
    care_home_id: int | None = None

    def has(self, row: OfPlace) -> bool:
        """Whether `row` is of this very place."""
        if self.school_id is not None:
            return row.school_id == self.school_id
        return self.care_home_id is not None and row.care_home_id == self.care_home_id


AT_SCHOOL = (ProgrammeKind.CODING_CLUB, ProgrammeKind.ADULT_COURSE, ProgrammeKind.OPEN_EVENT)
IN_CARE_HOME = (ProgrammeKind.CARE_HOME_SERIES, ProgrammeKind.OPEN_EVENT)
WISHES = {
    ProgrammeKind.CODING_CLUB: _l("Programming, robots and games with a class"),
    ProgrammeKind.ADULT_COURSE: _l("A course for the parents"),
    ProgrammeKind.CARE_HOME_SERIES: _l("A series of meetings with the residents"),
    ProgrammeKind.OPEN_EVENT: _l("An event, such as a family challenge or an open afternoon"),
}
"""The kinds of programmes in the words of those who ask for them."""
SUITING_PUPILS = frozenset(
    {ProgrammeAudience.CHILDREN, ProgrammeAudience.TEENAGERS, ProgrammeAudience.FAMILIES, ProgrammeAudience.EVERYONE}
)
SUITING_RESIDENTS = frozenset(
    {ProgrammeAudience.SENIORS, ProgrammeAudience.ADULTS, ProgrammeAudience.FAMILIES, ProgrammeAudience.EVERYONE}
)


class NoPlaceYet(Forbidden):
    """A host of nowhere: an administrator has to say where they belong."""

    def __init__(self) -> None:
        super().__init__(_l("Your account belongs to no school and no care home yet. Ask an administrator to set it."))


class GroupTwice(Conflict):
    def __init__(self) -> None:
        super().__init__(
            _l("A group of this name is registered already. Change its head-count, or give this one another name."),
            "group_label",
        )


class NoSeatsForMore(Conflict):
    """Seats are taken all together or not at all; those that the group has stay its own."""

    def __init__(self) -> None:
        super().__init__(
            _l("There are not enough free seats for more people. Your group keeps those that it has."), "head_count"
        )


class AnswerFirst(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Seats are kept for your group: say yes or no first."), "head_count")


def client_of(account: OfPlace) -> Client:
    """The place for which `account` acts.

    Raises:
        NoPlaceYet
    """
    if account.school_id is None and account.care_home_id is None:
        raise NoPlaceYet
    return Client(account.school_id, account.care_home_id)


def kinds_for(client: Client) -> tuple[ProgrammeKind, ...]:
    """What a host of this place may ask for."""
    return AT_SCHOOL if client.school_id is not None else IN_CARE_HOME


def audiences_for(client: Client) -> Collection[ProgrammeAudience]:
    """For whom a programme is that a group of this place would look for."""
    return SUITING_PUPILS if client.school_id is not None else SUITING_RESIDENTS


def check_may_join(programme: Programme, client: Client, now: datetime) -> None:
    """Refuse a group of this place for a programme that is not open to it now; its dates are another matter.

    Raises:
        NoSuchProgramme, NotOpenYet, NoLongerOpen, NothingToRegister
    """
    group = Group("–", 1, school_id=client.school_id, care_home_id=client.care_home_id)
    any_date = None if programme.enrolment is Enrolment.CYCLE else 0
    check_programme(programme, Enrolling(programme.id, Origin.HOST, session_id=any_date, group=group), now)


def may_join(programme: Programme, client: Client, now: datetime) -> bool:
    """Whether `check_may_join` lets it pass."""
    try:
        check_may_join(programme, client, now)
    except Refused:
        return False
    return True


def may_see(account: Holder, programme: Programme) -> bool:
    """Whether `account` is a host of the client of this programme, which is no draft any more.

    It opens the programme's own papers to them: dates, head-counts, the report to the care home.
    """
    if Role.HOST not in account.roles or programme.state is ProgrammeState.DRAFT:
        return False
    return Client(account.school_id, account.care_home_id).has(programme)
