"""Planning the sessions of a programme: the time of every team and room is held in one transaction, or none is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from agenda.rules.why import Reason, ReasonKind
from equipment.queries.shelf import Choice
from foundation import audit
from foundation.db import db, table_of
from foundation.said import told
from foundation.scope import NotInYourStructure
from workshops.models import (
    KitNeed,
    Programme,
    ProgrammeState,
    Registration,
    RegistrationState,
    SessionEvent,
    SessionEventKind,
    SessionMediator,
    SessionState,
    WorkshopSession,
)
from workshops.queries.kits import choice_of, kit_clashes
from workshops.queries.needs import Needs, clashes
from workshops.queries.sessions import last_start
from workshops.rules.planning import SessionPlan, check_capacity, check_plans, met_each_other
from workshops.rules.programmes import check_opens_before
from workshops.rules.unplannable import Clash, NotFree, ProgrammeClosed
from workshops.service.holding import hold_new, locked_needs

TAKING = [state for state in RegistrationState if state.takes_seats]


def plan(
    programme_id: int, plans: Sequence[SessionPlan], *, now: datetime, actor_id: int | None
) -> list[WorkshopSession]:
    """Plan sessions, in order of time. Mediators need no opening then: only what they hold and their absences count.

    Whoever is registered for the whole programme has their seats in the new sessions too.

    Raises:
        NotFree: somebody or something is taken or away; its `alternatives` say who, when and why.
        NotInYourStructure, ProgrammeClosed, NotAMediator, PlaceGone, UnknownKitKind, CapacityTaken, and
        what `check_plans` and `check_opens_before` raise
    """
    programme = db.session.get(Programme, programme_id, with_for_update=True, populate_existing=True)
    if programme is None:
        raise NotInYourStructure
    if programme.state is ProgrammeState.CLOSED:
        raise ProgrammeClosed
    existing, last_number = _existing(programme_id)
    check_plans(plans, existing, now=now)
    starts = [one.period.start for one in plans]
    check_opens_before(programme.registration_opens_at, [last_start(programme_id), *starts])
    ordered = sorted(plans, key=lambda one: one.period)
    needs = locked_needs(ordered, programme.structure_id)
    kits = choice_of(ordered, needs)
    _refuse_clashes(ordered, needs, kits)
    taken = _seats_of_the_cycle(programme_id)
    for one in ordered:
        check_capacity(one.capacity or programme.capacity, taken)
    rows = [_row(one, programme, last_number + n, taken) for n, one in enumerate(ordered, 1)]
    ids = _written(ordered, rows, now, actor_id)
    hold_new(ordered, needs, kits, programme, ids, now=now, actor_id=actor_id)
    audit.record("programme.planned", f"programme:{programme_id}", actor_id=actor_id, session_ids=ids)
    found = select(WorkshopSession).where(WorkshopSession.id.in_(ids)).order_by(WorkshopSession.number)
    return list(db.session.scalars(found))


def _existing(programme_id: int) -> tuple[int, int]:
    """How many sessions there are that were not cancelled, and the last number given."""
    alive = func.count().filter(WorkshopSession.state != SessionState.CANCELLED)
    query = select(alive, func.coalesce(func.max(WorkshopSession.number), 0))
    count, last = db.session.execute(query.where(WorkshopSession.programme_id == programme_id)).one()
    return count, last


def _seats_of_the_cycle(programme_id: int) -> int:
    """Seats that registrations for the whole programme take in each of its sessions."""
    query = select(func.coalesce(func.sum(Registration.seats), 0)).where(
        Registration.programme_id == programme_id, Registration.session_id.is_(None), Registration.state.in_(TAKING)
    )
    return int(db.session.scalar(query) or 0)


def _refuse_clashes(plans: Sequence[SessionPlan], needs: Needs, kits: Choice) -> None:
    """Raises: NotFree"""
    found = clashes(plans, needs) + kit_clashes(plans, kits)
    for earlier, later in met_each_other(plans):
        shared = set(needs.of(earlier)) & set(needs.of(later))
        reason = Reason(ReasonKind.HELD, earlier.title, earlier.held)
        found += [Clash(later.period, needs.names[id_], [reason]) for id_ in sorted(shared)]
    if found:
        raise NotFree(sorted(found, key=lambda clash: clash.period))


def _row(plan: SessionPlan, programme: Programme, number: int, taken: int) -> dict[str, Any]:
    place, held = plan.place, plan.held
    return {
        "programme_id": programme.id,
        "number": number,
        "title": plan.title.strip(),
        "translations": told(plan.translations, ["title"]),
        "starts_at": plan.period.start,
        "ends_at": plan.period.end,
        "held_from": held.start,
        "held_until": held.end,
        "venue_id": place.venue_id,
        "room_id": place.room_id,
        "school_id": place.school_id,
        "care_home_id": place.care_home_id,
        "capacity": plan.capacity or programme.capacity,
        "extra": 0,
        "taken": taken,
        "state": SessionState.PLANNED,
        "equipment_note": plan.equipment_note.strip(),
    }


def _written(
    plans: Sequence[SessionPlan], rows: list[dict[str, Any]], now: datetime, actor_id: int | None
) -> list[int]:
    """Insert the sessions and what belongs to them, a table at a time; the new ids, in the order of `rows`."""
    db.session.execute(insert(table_of(WorkshopSession)), rows)
    numbers = select(WorkshopSession.id).where(
        WorkshopSession.programme_id == rows[0]["programme_id"], WorkshopSession.number >= rows[0]["number"]
    )
    ids = list(db.session.scalars(numbers.order_by(WorkshopSession.number)))
    team = [
        {"session_id": id_, "account_id": account_id}
        for one, id_ in zip(plans, ids, strict=True)
        for account_id in sorted(set(one.team))
    ]
    kits = [
        {"session_id": id_, "kind": kind, "count": count}
        for one, id_ in zip(plans, ids, strict=True)
        for kind, count in one.kits.items()
    ]
    event = {"kind": SessionEventKind.PLANNED, "at": now, "actor_id": actor_id, "from_start": None, "reason": ""}
    events = [{**event, "session_id": id_, "to_start": row["starts_at"]} for id_, row in zip(ids, rows, strict=True)]
    for model, values in ((SessionMediator, team), (KitNeed, kits), (SessionEvent, events)):
        if values:
            db.session.execute(insert(table_of(model)), values)
    return ids
