"""Creates the programmes of the demonstration through the verbs, as the staff did it weeks before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from demo.workshops.asking import accepted
from demo.workshops.dates import days_of, hours_of, next_open
from demo.workshops.series import Series
from demo.workshops.stage import MANAGER, Stage
from demo.workshops.tongues import in_tongues, of_sheet, of_title
from foundation.db import db
from foundation.period import Period
from places.models import CareHome, School
from workshops.models import ProgrammeKind, ProgrammeState, WorkshopSession
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.programmes import ProgrammeDetails
from workshops.service import changing, planning, resources
from workshops.service import programmes as verbs

AHEAD = timedelta(days=30)
"""A programme is written so long before its first session."""
FRAMED = timedelta(days=12)
"""The visit to a care home comes so long before."""
NOTICE = timedelta(days=2)
"""A session is called off or moved so long before it."""


@dataclass(frozen=True)
class Planned:
    """A programme with the ids of its sessions, in order, and when people could register for it."""

    series: Series
    programme_id: int
    session_ids: tuple[int, ...]
    opened_at: datetime
    first: datetime


def plan(stage: Stage, series: Series) -> Planned:
    """Write a weekly series on the days of its rhythm."""
    is_open = stage.almanac.open_days(stage.away(series.team), in_term=series.rhythm.in_term)
    days = days_of(series.rhythm, stage.almanac, is_open)
    return write(
        stage,
        series,
        [_plan(stage, series, hours_of(series.rhythm, day, stage.almanac.zone), n) for n, day in enumerate(days)],
    )


def write(stage: Stage, series: Series, plans: Sequence[SessionPlan]) -> Planned:
    """Create the programme, plan its sessions and, unless it stays a draft, publish it."""
    manager, first = stage.account(MANAGER), plans[0].period.start
    created = stage.almanac.office_hours(min(first - AHEAD, stage.now - timedelta(days=4)))
    if programme := accepted(stage, series, created):
        verbs.change(programme.id, _details(series, first), manager)
    else:
        programme = verbs.create(_details(series, first), stage.ground.houses[series.house], manager, now=created)
    programme.translations = in_tongues(series.key, series.translations)
    for sheet in series.sheets:
        resources.add(programme.id, of_sheet(sheet), manager)
    said = [replace(one, translations=of_title(one.title)) for one in plans]
    sessions = planning.plan(programme.id, said, now=created, actor_id=manager.id)
    opened = stage.almanac.office_hours(created + timedelta(days=3))
    if series.details["kind"] is not ProgrammeKind.PAID_TRAINING:
        verbs.publish(programme.id, manager, now=opened)
    return Planned(series, programme.id, tuple(one.id for one in sessions), opened, first)


def disturb(stage: Stage, planned: Planned) -> None:
    """Call off and move the sessions that did not go as they were planned."""
    series = planned.series
    is_open = stage.almanac.open_days(stage.away(series.team), in_term=series.rhythm.in_term)
    for number, reason in series.away.items():
        session = _session(planned, number)
        changing.cancel(
            session.id,
            reason=reason,
            now=stage.almanac.office_hours(session.starts_at - NOTICE),
            actor_id=_leader(stage, series),
        )
    for number, reason in series.moved.items():
        session = _session(planned, number)
        day = next_open(session.starts_at.astimezone(stage.almanac.zone).date(), is_open)
        changing.move(
            session.id,
            hours_of(series.rhythm, day, stage.almanac.zone),
            now=stage.almanac.office_hours(session.starts_at - NOTICE),
            actor_id=_leader(stage, series),
            reason=reason,
        )


def end(stage: Stage, planned: Planned) -> None:
    """Close a programme of which nothing is to come."""
    last = db.session.get_one(WorkshopSession, planned.session_ids[-1])
    if last.ends_at < stage.now and last.programme.state is ProgrammeState.PUBLISHED:
        verbs.close(planned.programme_id, stage.account(MANAGER))


def place_of(stage: Stage, series: Series) -> Place:
    """Where a series meets: a venue and perhaps one of its rooms, a care home or a school."""
    if series.site:
        room = None if series.room is None else stage.ground.rooms[series.site][series.room].id
        return Place(stage.ground.venues[series.site].id, room)
    return Place(
        care_home_id=db.session.scalar(select(CareHome.id).where(CareHome.name == series.home)),
        school_id=db.session.scalar(select(School.id).where(School.name == series.school)),
    )


def _plan(stage: Stage, series: Series, period: Period, index: int) -> SessionPlan:
    around = timedelta(minutes=series.around)
    return SessionPlan(
        period, place_of(stage, series), [stage.account(name).id for name in series.team], before=around, after=around,
        title=series.titles[index] if index < len(series.titles) else "", kits=series.kits,
        equipment_note=series.equipment,
    )  # fmt: skip


def _details(series: Series, first: datetime) -> ProgrammeDetails:
    """The description, with the visit to the care home before the first session."""
    client: dict[str, Any] = {
        "care_home_id": db.session.scalar(select(CareHome.id).where(CareHome.name == series.home)),
        "school_id": db.session.scalar(select(School.id).where(School.name == series.school)),
        "framing_at": first - FRAMED if series.home else None,
    }
    return ProgrammeDetails(**series.details, **client)


def _session(planned: Planned, number: int) -> WorkshopSession:
    return db.session.get_one(WorkshopSession, planned.session_ids[number - 1])


def _leader(stage: Stage, series: Series) -> int:
    return stage.account(series.team[0]).id
