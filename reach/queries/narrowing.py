"""What filters and scopes mean to a table, and which filters it can not obey: those are told, never ignored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select
from sqlalchemy.orm import aliased

from foundation import clock
from foundation.period import Period
from people.models import Residence
from places.models import Neighbourhood
from reach.rules.filters import CHOSEN, Filters, Priority, Side
from reach.rules.scope import Scope

Meaning = Callable[[Any], ColumnElement[bool]]
Meanings = Mapping[str, Meaning]
"""Field of the filters → the condition that its value makes of a row; a field that is missing can not be obeyed."""


@dataclass(frozen=True)
class Narrowed:
    """The conditions to put on rows, and the chosen filters, by their field, that no column here knows of."""

    conditions: tuple[ColumnElement[bool], ...]
    unapplied: frozenset[str]


def narrowed(filters: Filters, scope: Scope, meanings: Meanings) -> Narrowed:
    """What is chosen, as far as the rows know of it; the scope always.

    Args:
        meanings: must say what `structure_id` and `mediator_id` are, since scopes are made of them.

    Raises:
        KeyError: when they do not: a scope that can not be obeyed shows nothing rather than too much.
    """
    chosen = {name: value for name in CHOSEN if (value := getattr(filters, name)) is not None}
    limits = {"structure_id": scope.structure_id, "mediator_id": scope.mediator_id}
    return Narrowed(
        conditions=(
            *(meanings[name](value) for name, value in limits.items() if value is not None),
            *(meanings[name](value) for name, value in chosen.items() if name in meanings),
        ),
        unapplied=frozenset(chosen) - meanings.keys(),
    )


def window(filters: Filters) -> Period:
    """The instants of the period, on the territory's clock."""
    return filters.span.window(clock.territory_zone())


def lies_in(column: SQLColumnExpression[Any], filters: Filters) -> ColumnElement[bool]:
    """Whether an instant lies in the period."""
    period = window(filters)
    return and_(column >= period.start, column < period.end)


def equal_to(column: SQLColumnExpression[Any]) -> Meaning:
    """A filter that names the value of a column."""
    return lambda value: column == value


def place_meanings(filters: Filters, neighbourhood: SQLColumnExpression[Any]) -> Meanings:
    """What is chosen of neighbourhoods, for rows that know where something took place and not where people live.

    Args:
        neighbourhood: the id of that place's; NULL: not known, or at no place.
    """
    unknown = neighbourhood.is_(None)
    return _areas(neighbourhood, unknown) if filters.side is Side.PLACE else {}


def residence_meanings(
    filters: Filters, neighbourhood: SQLColumnExpression[Any], residence: SQLColumnExpression[Any]
) -> Meanings:
    """The same for rows that know where somebody lives and not where they came to. Outside is known not to be a QPV."""
    unknown = residence == Residence.UNKNOWN
    return _areas(neighbourhood, unknown) if filters.side is Side.RESIDENCE else {}


def _areas(neighbourhood: SQLColumnExpression[Any], unknown: ColumnElement[bool]) -> Meanings:
    """A neighbourhood that is no priority one, but in which one is drawn, is not known to be either: people live, and
    places lie, in one part of it."""
    part = aliased(Neighbourhood)
    drawn = select(part.parent_id).where(part.is_priority, part.parent_id.is_not(None))
    is_priority = neighbourhood.in_(select(Neighbourhood.id).where(Neighbourhood.is_priority))
    either = neighbourhood.in_(select(Neighbourhood.id).where(~Neighbourhood.is_priority, Neighbourhood.id.in_(drawn)))
    priority = {
        Priority.YES: is_priority,
        Priority.NO: and_(~unknown, or_(neighbourhood.is_(None), and_(~is_priority, ~either))),
        Priority.UNKNOWN: or_(unknown, either),
    }
    of_commune = select(Neighbourhood.id).where
    return {
        "neighbourhood_id": equal_to(neighbourhood),
        "priority": lambda value: priority[value],
        "commune_id": lambda value: neighbourhood.in_(of_commune(Neighbourhood.commune_id == value)),
    }
