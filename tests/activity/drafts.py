"""Drafts of records that several tests write."""

from __future__ import annotations

from typing import Any

from activity.models import ActivityKind, ActivityRecord, Theme
from activity.rules.records import Draft
from activity.service import records
from foundation.db import db, in_transaction
from tests.cast import Cast
from tests.moments import TEN, minutes


def draft(cast: Cast, **more: Any) -> Draft:
    """What was done for the resident in the hour before ten."""
    given = {
        "kind": ActivityKind.INDIVIDUAL,
        "started_at": TEN - minutes(60),
        "duration_minutes": 45,
        "venue_id": cast.ids["library"],
        "themes": frozenset({Theme.DEVICE_START}),
        "person_ids": (cast.ids["resident"],),
    } | more
    return Draft(**given)


def write(
    cast: Cast, *, who: str = "mediator", request_key: str | None = None, now: Any = TEN, **more: Any
) -> ActivityRecord:
    """A record by one of the cast, in the structure of its author, committed."""
    wanted, actor = draft(cast, **more), getattr(cast, who)
    own = actor.structure_id
    return in_transaction(
        lambda: records.write(wanted, now=now, actor=actor, structure_id=own, request_key=request_key)
    )


def count() -> int:
    """How many records there are."""
    return db.session.query(ActivityRecord).count()
