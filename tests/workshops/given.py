"""What tests of workshops begin with: programmes of the small town, sessions planned through the verb, their holds.

`NOW` of the cast is Tuesday 10 March 2026, 8 h 00 in town. `WEDNESDAY` is the first day of the club.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from accounts.models import Account
from agenda.models import Hold
from agenda.rules.recurrence import Pattern
from foundation.db import db, in_transaction
from foundation.period import Period, at_wall_time
from tests.cast import NOW, Cast
from workshops.models import Programme, ProgrammeAudience, ProgrammeKind, WorkshopSession
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.programmes import ProgrammeDetails
from workshops.service import planning
from workshops.service import programmes as verbs

PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY = date(2026, 3, 18)
FOUR, SIX = time(16), time(18)


def details(**changes: Any) -> ProgrammeDetails:
    """A coding club as a manager describes it."""
    usual = {
        "kind": ProgrammeKind.CODING_CLUB, "title": "Club Scratch", "audience": ProgrammeAudience.CHILDREN,
        "description": "Créer son premier jeu.", "age_min": 8, "age_max": 12, "capacity": 8,
    }  # fmt: skip
    return ProgrammeDetails(**(usual | changes))


def programme(cast: Cast, *, structure: str | None = "town", **changes: Any) -> Programme:
    """A draft of the town, by default."""
    structure_id = cast.ids[structure] if structure else None
    manager_id = cast.ids["manager"]
    return in_transaction(
        lambda: verbs.create(details(**changes), structure_id, db.session.get_one(Account, manager_id), now=NOW)
    )


def hours(day: date = WEDNESDAY, starts: time = FOUR, ends: time = SIX) -> Period:
    """From four to six of a day, on the wall clock of the town."""
    return Period(at_wall_time(day, starts, PARIS), at_wall_time(day, ends, PARIS))


def weekly(count: int, first: date = WEDNESDAY) -> list[Period]:
    """The same hours in `count` weeks on end."""
    return [hours(first + timedelta(weeks=n)) for n in range(count)]


def plan_of(cast: Cast, period: Period | None = None, **changes: Any) -> SessionPlan:
    """One session of Salima in the blue room of the library."""
    usual = {"place": Place(cast.ids["library"], cast.ids["room"]), "team": [cast.mediator.id]}
    return SessionPlan(period or hours(), **(usual | changes))


def planned(
    cast: Cast, found: Programme, periods: Sequence[Period] = (), *, now: datetime = NOW, **changes: Any
) -> list[WorkshopSession]:
    """Sessions of the programme, planned; one, when no periods are given."""
    plans = [plan_of(cast, period, **changes) for period in periods or [hours()]]
    programme_id, actor_id = found.id, cast.ids["manager"]
    return in_transaction(lambda: planning.plan(programme_id, plans, now=now, actor_id=actor_id))


def published(cast: Cast, periods: Sequence[Period] = (), **changes: Any) -> tuple[Programme, list[WorkshopSession]]:
    """A programme of the town that the public sees, and its sessions."""
    found = programme(cast, **changes)
    sessions = planned(cast, found, periods)
    manager_id = cast.ids["manager"]
    in_transaction(lambda: verbs.publish(found.id, db.session.get_one(Account, manager_id), now=NOW))
    return db.session.get_one(Programme, found.id), sessions


def holds() -> list[tuple[str, int]]:
    """(reference, resource) of all that is held."""
    rows = db.session.execute(select(Hold.reference, Hold.resource_id).order_by(Hold.id)).all()
    db.session.rollback()
    return [(reference, resource_id) for reference, resource_id in rows]


def count(model: Any) -> int:
    found = db.session.scalar(select(func.count()).select_from(model))
    db.session.rollback()
    return found or 0


def reread(row: Any) -> Any:
    """The row as the database has it now."""
    db.session.rollback()
    return db.session.get_one(type(row), row.id, populate_existing=True)


def wednesdays(**changes: Any) -> Pattern:
    """Each Wednesday from four to six, until the end of June."""
    usual: dict[str, Any] = {"last_day": date(2026, 6, 30)}
    return Pattern.weekly([2], FOUR, SIX, WEDNESDAY, **(usual | changes))


def at(text: str) -> datetime:
    """An instant from the wall clock of the town, e.g. `2026-03-18 16:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)
