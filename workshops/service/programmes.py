"""Programmes: what a series of workshops is, and whether the public sees it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, inspect, select

from accounts.models import Account
from foundation import audit
from foundation.db import db, explain_constraint
from foundation.said import told
from foundation.scope import NotInYourStructure, check_may_change
from workshops.models import (
    Priority,
    Programme,
    ProgrammeState,
    Registration,
    RegistrationState,
    SessionState,
    WorkshopSession,
)
from workshops.queries import programmes as queries
from workshops.queries import registrations
from workshops.queries.sessions import last_start
from workshops.rules.programmes import (
    MadeTwice,
    ProgrammeDetails,
    check_enrolment,
    check_opening,
    check_programme,
    check_publishing,
)
from workshops.rules.translating import TRANSLATED
from workshops.service import request_notices

PLAIN = (
    "kind", "audience", "age_min", "age_max", "level", "price_cents", "training_units", "enrolment", "openness",
    "registration_opens_at", "registration_closes_at", "capacity", "people_per_helper", "answer_hours", "framing_at",
    "care_home_id", "school_id",
)  # fmt: skip
TEXTS = ("title", "description", "next_steps", "framing_notes")
LINES = ("goals", "material")
ENDED = (RegistrationState.CANCELLED, RegistrationState.LAPSED)


explain_constraint("uq_programme_request_key", MadeTwice)


def create(
    details: ProgrammeDetails,
    structure_id: int | None,
    actor: Account,
    *,
    now: datetime,
    request_key: str | None = None,
) -> Programme:
    """Describe a new programme. Nobody sees it yet: it is a draft. The same `request_key` makes one.

    Args:
        structure_id: whose it is; None: the whole territory's.

    Raises:
        NotInYourStructure, OfTheTerritory, MadeTwice, and the refusals of `check_programme`
    """
    check_may_change(actor.structure_id, structure_id)
    check_programme(details)
    if already := queries.by_request_key(request_key, structure_id):
        return already
    programme = Programme(
        structure_id=structure_id, state=ProgrammeState.DRAFT, created_at=now, request_key=request_key
    )
    _write(programme, details)
    db.session.add(programme)
    db.session.flush()
    audit.record("programme.created", f"programme:{programme.id}", actor_id=actor.id)
    return programme


def change(programme_id: int, details: ProgrammeDetails, actor: Account) -> Programme:
    """Describe a programme anew. Sessions that are planned keep their seats and times.

    Raises:
        EnrolmentSettled: when people have registered, and the way to register would change.
        OpensTooLate, and the refusals of `create`.
    """
    programme = locked(programme_id, actor)
    check_programme(details)
    check_opening(details.registration_opens_at, last_start(programme_id))
    check_enrolment(programme.enrolment, details.enrolment, registered=_registered(programme_id))
    _write(programme, details)
    changed = sorted(attribute.key for attribute in inspect(programme).attrs if attribute.history.has_changes())
    db.session.flush()
    audit.record("programme.changed", f"programme:{programme_id}", actor_id=actor.id, fields=changed)
    return programme


def publish(programme_id: int, actor: Account, *, now: datetime) -> Programme:
    """Show a draft, or one that was closed, to those who may register; whoever asked for it is told its dates.

    Doing so again changes nothing.

    Raises:
        NothingToCome, OpensTooLate, NotInYourStructure, OfTheTerritory
    """
    programme = locked(programme_id, actor)
    if programme.state is not ProgrammeState.PUBLISHED:
        check_opening(programme.registration_opens_at, last_start(programme_id))
        check_publishing(_sessions_to_come(programme_id, now))
        _set_state(programme, ProgrammeState.PUBLISHED, actor, "programme.published")
        request_notices.tell_dates(programme, registrations.to_come(programme_id, now))
    return programme


def close(programme_id: int, actor: Account) -> Programme:
    """Take no registrations any more. Sessions that are planned take place; cancel them one by one if not.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = locked(programme_id, actor)
    if programme.state is not ProgrammeState.CLOSED:
        _set_state(programme, ProgrammeState.CLOSED, actor, "programme.closed")
    return programme


def locked(programme_id: int, actor: Account) -> Programme:
    """The programme with its row locked, if `actor` may change it.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = db.session.get(Programme, programme_id, with_for_update=True, populate_existing=True)
    if programme is None:
        raise NotInYourStructure
    check_may_change(actor.structure_id, programme.structure_id)
    return programme


def _set_state(programme: Programme, state: ProgrammeState, actor: Account, act: str) -> None:
    programme.state = state
    db.session.flush()
    audit.record(act, f"programme:{programme.id}", actor_id=actor.id)


def _registered(programme_id: int) -> bool:
    """Whether somebody is registered, or waits."""
    alive = select(Registration.id).where(
        Registration.programme_id == programme_id, Registration.state.not_in(ENDED)
    )  # fmt: skip
    return db.session.scalar(alive.limit(1)) is not None


def _sessions_to_come(programme_id: int, now: datetime) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(WorkshopSession).where(
                WorkshopSession.programme_id == programme_id,
                WorkshopSession.state == SessionState.PLANNED,
                WorkshopSession.ends_at > now,
            )
        )
        or 0
    )  # fmt: skip


def _write(programme: Programme, details: ProgrammeDetails) -> None:
    for name in PLAIN:
        setattr(programme, name, getattr(details, name))
    for name in TEXTS:
        setattr(programme, name, getattr(details, name).strip())
    for name in LINES:
        lines = (line.strip() for line in getattr(details, name).splitlines())
        setattr(programme, name, "\n".join(line for line in lines if line))
    programme.themes = sorted(details.themes)
    programme.priorities = [one.value for one in Priority if one in details.priorities]
    programme.neighbourhood_ids = sorted(details.neighbourhood_ids)
    programme.translations = told(details.translations, TRANSLATED)
