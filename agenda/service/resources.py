"""Resources come, are renamed and rest; none is deleted, for the past refers to it."""

from __future__ import annotations

from agenda.models import Resource, ResourceKind
from agenda.queries.stranded import stranded_by_rest
from agenda.refusals import NoSuchRecord, WouldStrand
from foundation import audit
from foundation.db import db


def add_resource(kind: ResourceKind, label: str) -> Resource:
    """A new mediator, room or kit, with neither openings nor holds."""
    resource = Resource(kind=kind, label=label, active=True)
    db.session.add(resource)
    db.session.flush()
    return resource


def change_resource(
    resource_id: int,
    *,
    label: str | None = None,
    active: bool | None = None,
    strand: bool = True,
    actor_id: int | None = None,
) -> Resource:
    """Give it another name, or let it rest: then nothing more can be held of it, and what is held stands.

    Raises:
        NoSuchRecord: when there is no such resource.
        WouldStrand: with what is booked of one that is to rest, unless `strand`.
    """
    resource = db.session.get(Resource, resource_id, with_for_update={"key_share": True}, populate_existing=True)
    if resource is None:
        raise NoSuchRecord
    resource.label = resource.label if label is None else label
    if active is False and not strand and (holds := stranded_by_rest(resource_id)):
        raise WouldStrand(holds)
    if active is not None and active != resource.active:
        resource.active = active
        done = "resource.activated" if active else "resource.deactivated"
        audit.record(done, f"resource:{resource_id}", actor_id=actor_id)
    return resource
