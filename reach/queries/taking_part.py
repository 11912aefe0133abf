"""What filters and scopes mean to those who took part by name, with the record at hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from activity.models import ActivityParticipant, ActivityRecord
from people.models import PersonMerge
from reach.queries.narrowing import equal_to, lies_in, narrowed, place_meanings, residence_meanings
from reach.rules.filters import Filters
from reach.rules.scope import Scope


def took_part(filters: Filters, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """The conditions on participants joined with their records: of the period, filters and scope, each person once.

    All filters are obeyed: a record knows where and with whom, a participant who somebody was on that day.
    """
    return (
        lies_in(ActivityParticipant.started_at, filters),
        _once(),
        *narrowed(filters, scope, _meanings(filters)).conditions,
    )


def _meanings(filters: Filters) -> dict[str, Any]:
    record, one = ActivityRecord, ActivityParticipant
    columns = {
        "structure_id": record.structure_id, "venue_id": record.venue_id, "mediator_id": record.mediator_id,
        "channel": record.channel, "age_band": one.age_band, "gender": one.gender, "status": one.status,
    }  # fmt: skip
    return {
        **{name: equal_to(column) for name, column in columns.items()},
        **place_meanings(filters, record.venue_neighbourhood_id),
        **residence_meanings(filters, one.neighbourhood_id, one.residence),
    }


def _once() -> ColumnElement[bool]:
    """Whoever is in a record twice, since two of theirs were merged, is there as they were written first."""
    first, second = aliased(ActivityParticipant), aliased(ActivityParticipant)
    twice = (
        select(second.id)
        .join(first, (first.record_id == second.record_id) & (first.person_id == second.person_id))
        .where(first.id < second.id, first.person_id.in_(select(PersonMerge.kept_id)))
    )
    return ActivityParticipant.id.not_in(twice)
