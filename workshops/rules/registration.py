"""Who may register for what, until when, and what a registration must and must not hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from foundation.forbidden import check_text
from workshops.models import (
    Enrolment,
    Openness,
    Origin,
    Programme,
    ProgrammeState,
    RegistrationState,
)
from workshops.rules.enrolling import Child, Emergency, Enrolling, Group
from workshops.rules.minors import BY_STAFF, check_company
from workshops.rules.paying import check_group_pays
from workshops.rules.refusals import (
    MOST_CHILDREN,
    ChildIncomplete,
    EmergencyMissing,
    GroupIncomplete,
    NoLongerOpen,
    NoSuchProgramme,
    NothingToRegister,
    NotOpenYet,
    OnlyStaffBeyond,
    OutsideAges,
    SameChildTwice,
    SessionMissing,
    TooManyChildren,
    TooManySeats,
)

MOST_IN_GROUP = 200
OPEN_TO = {
    Origin.RESIDENT: {Openness.EVERYONE},
    Origin.PRESCRIBER: {Openness.EVERYONE, Openness.PRESCRIBERS},
    Origin.HOST: {Openness.EVERYONE, Openness.PRESCRIBERS},
    Origin.DESK: set(Openness),
    Origin.WALK_IN: set(Openness),
}
ACTIVE = (RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.OFFERED)
"""States in which somebody comes, or still may."""


def check_programme(programme: Programme | None, wish: Enrolling, now: datetime) -> Programme:
    """The programme, if whoever registers may register for it now.

    Raises:
        NoSuchProgramme: it is unknown, not published, or not for this origin; from outside all look the same.
        NotOpenYet, NoLongerOpen, NothingToRegister, SessionMissing, NamesNeeded
    """
    if programme is None or not _is_for(programme, wish):
        raise NoSuchProgramme
    check_group_pays(programme, wish.group, wish.origin)
    if wish.origin not in BY_STAFF:
        check_dates(programme, now)
        if programme.enrolment is Enrolment.DROP_IN:
            raise NothingToRegister
        if programme.enrolment is Enrolment.CYCLE and wish.session_id is not None:
            raise NoSuchProgramme
    if programme.enrolment is not Enrolment.CYCLE and wish.session_id is None:
        raise SessionMissing
    return programme


def _is_for(programme: Programme, wish: Enrolling) -> bool:
    """A series with a client is not open to the public; groups come through their host or the staff."""
    if programme.state is ProgrammeState.CLOSED:
        return wish.origin is Origin.WALK_IN
    if wish.origin in BY_STAFF:
        return True
    if programme.state is not ProgrammeState.PUBLISHED:
        return False
    if programme.care_home_id is not None or programme.school_id is not None:
        return wish.origin is Origin.HOST and _is_of_client(programme, wish.group)
    return programme.openness in OPEN_TO[wish.origin] and (wish.group is None or wish.origin is Origin.HOST)


def _is_of_client(programme: Programme, group: Group | None) -> bool:
    """Whether the group is of the very school or home for which the programme is."""
    client = (programme.school_id, programme.care_home_id)
    return group is not None and (group.school_id, group.care_home_id) == client


def check_dates(programme: Programme, now: datetime) -> None:
    """Raises: NotOpenYet, NoLongerOpen outside the dates of registration."""
    if programme.registration_opens_at is not None and now < programme.registration_opens_at:
        raise NotOpenYet
    if programme.registration_closes_at is not None and now >= programme.registration_closes_at:
        raise NoLongerOpen


def check_wish(wish: Enrolling, programme: Programme) -> None:
    """Whether the wish is whole, suits the audience, and holds nothing that must not be kept.

    Raises:
        TooManyChildren, ChildIncomplete, SameChildTwice, EmergencyMissing,
        GroupIncomplete, OnlyStaffBeyond, and what `check_company` and `check_text` find
    """
    if wish.beyond and wish.origin not in BY_STAFF:
        raise OnlyStaffBeyond
    if wish.group is not None:
        check_group(wish.group)
    else:
        check_company(wish, programme)
    if wish.children:
        check_children(wish.children, wish.emergency)
    check_text(wish.remark, "remark")


def check_size(wish: Enrolling, capacity: int) -> None:
    """Raises: TooManySeats when they would not fit if nobody else came; staff may go beyond, on purpose."""
    if wish.seats > capacity and not wish.beyond:
        raise TooManySeats(capacity, "head_count" if wish.group is not None else "children")


def check_group(group: Group) -> None:
    """Raises: GroupIncomplete, and what `check_text` finds"""
    if not group.label.strip() or not 1 <= group.head_count <= MOST_IN_GROUP:
        raise GroupIncomplete
    check_text(group.label, "group_label")


def check_children(children: tuple[Child, ...], emergency: Emergency | None) -> None:
    """Raises: TooManyChildren, ChildIncomplete, SameChildTwice, EmergencyMissing, and what `check_text` finds"""
    if len(children) > MOST_CHILDREN:
        raise TooManyChildren
    for child in children:
        if not child.given_name.strip() or not child.family_name.strip() or child.birth_year is None:
            raise ChildIncomplete
        check_text(child.school_level, "children")
    written = {(child.given_name.strip().casefold(), child.family_name.strip().casefold()) for child in children}
    if len(written) < len(children):
        raise SameChildTwice
    if emergency is None or not emergency.name.strip() or not emergency.phone:
        raise EmergencyMissing
    check_text(emergency.collectors, "collectors")


def outside_ages(programme: Programme, birth_year: int | None, day: date) -> bool:
    """Whether somebody born in `birth_year` is too young or too old on `day` whatever their birthday is."""
    if birth_year is None:
        return False
    oldest = day.year - birth_year
    too_young = programme.age_min is not None and oldest < programme.age_min
    too_old = programme.age_max is not None and oldest - 1 > programme.age_max
    return too_young or too_old


def check_ages(programme: Programme, birth_years: Iterable[int | None], day: date, origin: Origin) -> None:
    """Refuse whoever is clearly outside the ages; staff are only warned, on their page, by `outside_ages`.

    Raises:
        OutsideAges
    """
    if origin not in BY_STAFF and any(outside_ages(programme, year, day) for year in birth_years):
        raise OutsideAges(programme.age_min, programme.age_max)
