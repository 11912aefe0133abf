"""What the filters of figures offer, within a scope: nobody is offered another scope's mediators or structures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from accounts.models import Account, AccountRole
from accounts.queries import in_scope
from activity.models import ActivityRecord
from foundation.db import db
from foundation.security import Role
from places.models import Commune, Structure, Venue
from reach.queries.population import inhabited
from reach.rules.scope import Scope

Offered = list[tuple[int, str]]
"""(id, name), by name."""


@dataclass(frozen=True)
class Choices:
    """Rows that filters may name; of structures and mediators only those of the scope."""

    neighbourhoods: Offered
    communes: Offered
    structures: Offered
    venues: Offered
    mediators: Offered


def choices(scope: Scope) -> Choices:
    """Also what is closed now, since figures tell of the past."""
    return Choices(
        neighbourhoods=[(one.id, one.name) for one in inhabited().areas],
        communes=_named(Commune),
        structures=_structures(scope),
        venues=_named(Venue),
        mediators=_mediators(scope),
    )


def _named(model: type[Commune] | type[Venue]) -> Offered:
    return [
        (id_, name) for id_, name in db.session.execute(select(model.id, model.name).order_by(model.name, model.id))
    ]


def _structures(scope: Scope) -> Offered:
    if scope.mediator_id is not None:
        return []
    query = select(Structure.id, Structure.name).order_by(Structure.name, Structure.id)
    if scope.structure_id is not None:
        query = query.where(Structure.id == scope.structure_id)
    return [(id_, name) for id_, name in db.session.execute(query)]


def _mediators(scope: Scope) -> Offered:
    """Whoever receives people, or ever wrote a record."""
    query = select(Account.id, Account.name).order_by(Account.name, Account.id)
    if scope.mediator_id is not None:
        query = query.where(Account.id == scope.mediator_id)
    else:
        receives = exists().where(AccountRole.account_id == Account.id, AccountRole.role == Role.MEDIATOR)
        wrote = exists().where(ActivityRecord.mediator_id == Account.id)
        query = query.where(or_(receives, wrote), in_scope(Account.structure_id, scope.structure_id))
    return [(id_, name) for id_, name in db.session.execute(query)]
