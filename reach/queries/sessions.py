"""Workshop sessions of a period: seats, who came, whom nobody named, and which schools and care homes were reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    distinct,
    exists,
    false,
    func,
    or_,
    select,
    true,
    union,
)

from activity.models import Channel
from foundation.db import db
from places.models import CareHome, School, Venue
from reach.queries.narrowing import Narrowed, equal_to, lies_in, narrowed, place_meanings
from reach.rules.filters import Filters
from reach.rules.rates import share
from reach.rules.scope import Scope
from workshops.models import (
    Enrolment,
    HeadCount,
    Participant,
    Presence,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    Registration,
    RegistrationKind,
    RegistrationState,
    SessionMediator,
    SessionPresence,
    SessionState,
    WorkshopSession,
)

YOUNG = (ProgrammeAudience.CHILDREN, ProgrammeAudience.TEENAGERS)


@dataclass(frozen=True)
class Seats:
    """Seats of held sessions for which residents register: not those of drop-in events, nor of the groups of a host.

    Attributes:
        sessions: how many sessions that is.
        offered: what was planned; seats that staff gave beyond it are taken and not offered.
        taken: registered, or kept for somebody of the waiting list.
    """

    sessions: int
    offered: int
    taken: int

    @property
    def fill(self) -> float | None:
        """Taken by offered; over 1 when staff gave seats beyond; None of none."""
        return share(self.taken, self.offered)


@dataclass(frozen=True)
class Turnout:
    """Who took part in held sessions.

    Attributes:
        present: people by name, once for each session in which they were marked as present.
        people: the same people, each once.
        heads: of head-counts, whom nobody named, once for each session.
    """

    present: int
    people: int
    heads: int

    @property
    def contacts(self) -> int:
        return self.present + self.heads


@dataclass(frozen=True)
class Sessions:
    """Sessions that begin in the period. A mediator's are those in whose team they are.

    Attributes:
        held: their attendance is written. `planned` is not, to come or forgotten. Only what is held counts below.
        excused, absent: people by name who did not come, once for each session.
        waiting: seats that people still wait for, in sessions that were not cancelled.
        children: of coding clubs, of programmes for children and teenagers, of schools.
        care_home: of sessions of care homes.
        children_sessions, care_home_sessions: how many held sessions these are of: where there was none, nobody came.
        schools, care_homes: hosts with a session at their place or for them, or with a group in one; each once.
        unapplied: chosen filters that a session knows nothing of: a head-count tells neither ages nor homes.
    """

    held: int
    cancelled: int
    planned: int
    seats: Seats
    everyone: Turnout
    excused: int
    absent: int
    waiting: int
    children: Turnout
    care_home: Turnout
    children_sessions: int
    care_home_sessions: int
    schools: int
    care_homes: int
    unapplied: frozenset[str]


def sessions(filters: Filters, scope: Scope) -> Sessions:
    """Of the period, by their start, in one statement."""
    narrow = narrowing_of(filters, scope)
    chosen = chosen_ones(filters, narrow.conditions).cte("chosen")
    found = db.session.execute(select(*_figures(chosen))).one()
    return _told({name: int(value or 0) for name, value in found._mapping.items()}, narrow.unapplied)


def _told(numbers: Mapping[str, int], unapplied: frozenset[str]) -> Sessions:
    def turnout(name: str) -> Turnout:
        return Turnout(numbers[f"{name}_present"], numbers[f"{name}_people"], numbers[f"{name}_heads"])

    return Sessions(
        held=numbers["held"], cancelled=numbers["cancelled"], planned=numbers["planned"],
        seats=Seats(numbers["seated"], numbers["offered"], numbers["taken"]), everyone=turnout("everyone"),
        excused=numbers["absent_excused"], absent=numbers["absent"], waiting=numbers["waiting"],
        children=turnout("children"), care_home=turnout("care_home"),
        children_sessions=numbers["children_sessions"], care_home_sessions=numbers["care_home_sessions"],
        schools=numbers["schools"], care_homes=numbers["care_homes"], unapplied=unapplied,
    )  # fmt: skip


def _figures(chosen: CTE) -> list[Any]:
    """The columns of one row, each a figure with its name."""
    held = chosen.c.state == SessionState.HELD
    children, homes = and_(held, chosen.c.young), and_(held, chosen.c.of_home)
    return [
        *(_named(select(func.count()).where(chosen.c.state == state), state.value) for state in SessionState),
        *_seats(chosen, held),
        *_turnout(chosen, held, "everyone"),
        *_turnout(chosen, children, "children"),
        *_turnout(chosen, homes, "care_home"),
        *(
            _named(select(func.count()).select_from(chosen).where(which), f"{name}_sessions")
            for name, which in (("children", children), ("care_home", homes))
        ),
        *(_named(_marks(chosen, held, one), one.value) for one in (Presence.ABSENT, Presence.ABSENT_EXCUSED)),
        _named(_waiting(chosen), "waiting"),
        _named(_hosts(chosen, held, "school_id"), "schools"),
        _named(_hosts(chosen, held, "care_home_id"), "care_homes"),
    ]


def narrowing_of(filters: Filters, scope: Scope) -> Narrowed:
    """What the filters and the scope mean to sessions."""
    return narrowed(filters, scope, meanings_of(filters))


def meanings_of(filters: Filters) -> dict[str, Any]:
    """What filters mean to sessions, for queries that join `Programme`, and by outer joins the three kinds of place."""
    where = func.coalesce(Venue.neighbourhood_id, School.neighbourhood_id, CareHome.neighbourhood_id)
    return {
        "structure_id": equal_to(Programme.structure_id),
        "venue_id": equal_to(WorkshopSession.venue_id),
        "mediator_id": lambda value: exists().where(
            SessionMediator.session_id == WorkshopSession.id, SessionMediator.account_id == value
        ),
        "channel": lambda value: true() if value is Channel.VENUE else false(),
        **place_meanings(filters, where),
    }


def placed(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A select of sessions with their programme and the place that each has."""
    return (
        query.select_from(WorkshopSession)
        .join(Programme, Programme.id == WorkshopSession.programme_id)
        .outerjoin(Venue, Venue.id == WorkshopSession.venue_id)
        .outerjoin(School, School.id == WorkshopSession.school_id)
        .outerjoin(CareHome, CareHome.id == WorkshopSession.care_home_id)
    )


def chosen_ones(filters: Filters, conditions: tuple[ColumnElement[bool], ...]) -> Select[*tuple[Any, ...]]:
    """Sessions of the period, each with what the figures ask of it: its hosts, its seats, its heads, whom it is for."""
    school_id = func.coalesce(WorkshopSession.school_id, Programme.school_id)
    care_home_id = func.coalesce(WorkshopSession.care_home_id, Programme.care_home_id)
    of_school = or_(WorkshopSession.school_id.is_not(None), Programme.school_id.is_not(None))
    of_home = or_(
        WorkshopSession.care_home_id.is_not(None), Programme.care_home_id.is_not(None),
        Programme.kind == ProgrammeKind.CARE_HOME_SERIES,
    )  # fmt: skip
    young = or_(of_school, Programme.kind == ProgrammeKind.CODING_CLUB, Programme.audience.in_(YOUNG))
    seated = and_(Programme.enrolment != Enrolment.DROP_IN, ~of_school, ~of_home)
    columns = select(
        WorkshopSession.id, WorkshopSession.programme_id, WorkshopSession.state, WorkshopSession.ends_at,
        WorkshopSession.capacity, WorkshopSession.taken, school_id.label("school_id"),
        care_home_id.label("care_home_id"), young.label("young"), of_home.label("of_home"), seated.label("seated"),
        func.coalesce(HeadCount.people, 0).label("heads"),
    )  # fmt: skip
    counted = placed(columns).outerjoin(HeadCount, HeadCount.session_id == WorkshopSession.id)
    return counted.where(lies_in(WorkshopSession.starts_at, filters), *conditions)


def _named(query: Select[*tuple[Any, ...]], name: str) -> Any:
    return query.scalar_subquery().label(name)


def _seats(chosen: CTE, held: ColumnElement[bool]) -> list[Any]:
    which = and_(held, chosen.c.seated)
    sums = {"seated": func.count(), "offered": func.sum(chosen.c.capacity), "taken": func.sum(chosen.c.taken)}
    return [_named(select(one).select_from(chosen).where(which), name) for name, one in sums.items()]


def _turnout(chosen: CTE, which: ColumnElement[bool], name: str) -> list[Any]:
    people = _came(select(func.count(distinct(Participant.person_id))), chosen).join(
        Participant, Participant.id == SessionPresence.participant_id
    )
    return [
        _named(_marks(chosen, which, Presence.PRESENT), f"{name}_present"),
        _named(people.where(which, SessionPresence.presence == Presence.PRESENT), f"{name}_people"),
        _named(select(func.sum(chosen.c.heads)).where(which), f"{name}_heads"),
    ]


def _came(query: Select[*tuple[Any, ...]], chosen: CTE) -> Select[*tuple[Any, ...]]:
    return query.select_from(chosen).join(SessionPresence, SessionPresence.session_id == chosen.c.id)


def _marks(chosen: CTE, which: ColumnElement[bool], presence: Presence) -> Select[*tuple[Any, ...]]:
    return _came(select(func.count()), chosen).where(which, SessionPresence.presence == presence)


def _goes_to(chosen: CTE) -> ColumnElement[bool]:
    """A registration for that session, or for the whole series before that session was over."""
    series = and_(
        Registration.session_id.is_(None),
        Registration.programme_id == chosen.c.programme_id,
        Registration.created_at < chosen.c.ends_at,
    )
    return or_(Registration.session_id == chosen.c.id, series)


def _waiting(chosen: CTE) -> Select[*tuple[Any, ...]]:
    """Each registration once, also when it waits for a whole series."""
    awaited = exists().where(chosen.c.state != SessionState.CANCELLED, _goes_to(chosen))
    return select(func.sum(Registration.seats)).where(Registration.state == RegistrationState.WAITING, awaited)


def _hosts(chosen: CTE, held: ColumnElement[bool], column: str) -> Select[*tuple[Any, ...]]:
    own, of_group = chosen.c[column], getattr(Registration, column)
    came = (
        select(of_group)
        .join(chosen, _goes_to(chosen))
        .where(
            held, of_group.is_not(None), Registration.kind == RegistrationKind.GROUP,
            Registration.state == RegistrationState.REGISTERED,
        )
    )  # fmt: skip
    return select(func.count()).select_from(union(select(own).where(held, own.is_not(None)), came).subquery())
