"""What the values of a dimension, and scopes, are called on pages and in files, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from accounts.models import Account
from foundation.db import db
from foundation.i18n import language
from places import queries as places
from places.clean.text import search_key
from places.models import Commune, Neighbourhood, Structure, Venue
from reach.rules.dimensions import LAST, SETTLED, WORDS, Dimension, Value
from reach.rules.scope import Scope

_NAMED: dict[Dimension, tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]]] = {
    Dimension.NEIGHBOURHOOD: (Neighbourhood.id, Neighbourhood.name),
    Dimension.PLACE_NEIGHBOURHOOD: (Neighbourhood.id, Neighbourhood.name),
    Dimension.COMMUNE: (Commune.id, Commune.name),
    Dimension.STRUCTURE: (Structure.id, Structure.name),
    Dimension.VENUE: (Venue.id, Venue.name),
    Dimension.MEDIATOR: (Account.id, Account.name),
}


def names(dimension: Dimension, values: Iterable[Value]) -> dict[Value, str]:
    """Value → what it is called in the reader's language, in the order in which lines stand.

    Settled values stand in the order of their enumeration, months in that of time, rows by name; what is outside,
    none or not known comes last.
    """
    wanted = set(values)
    if dimension is Dimension.MONTH:
        return {value: _month(str(value)) for value in sorted(wanted, key=str)}
    if dimension in SETTLED:
        words = {str(key): str(word) for key, word in WORDS[dimension].items()}
        return {value: words[str(value)] for value in SETTLED[dimension] if value in wanted}
    last = {value: str(word) for value, word in LAST.get(dimension, {}).items() if value in wanted}
    return _rows(dimension, wanted - last.keys()) | last


def scope_said(scope: Scope) -> str:
    """The sentence that stands on every page and file of figures: whose they are."""
    if scope.mediator_id is not None:
        return scope.said(_name(Account.id, Account.name, scope.mediator_id))
    if scope.structure_id is not None:
        return scope.said(_name(Structure.id, Structure.name, scope.structure_id))
    territory = places.territory()
    return scope.said(territory.name if territory else "")


def _rows(dimension: Dimension, ids: set[Value]) -> dict[Value, str]:
    key, name = _NAMED[dimension]
    found = db.session.execute(select(key, name).where(key.in_(ids)))
    return dict(sorted(((one, text) for one, text in found), key=lambda pair: (search_key(pair[1]), pair[0])))


def _name(key: InstrumentedAttribute[int], name: InstrumentedAttribute[Any], wanted: int) -> str:
    return str(db.session.scalar(select(name).where(key == wanted)) or "")


def _month(text: str) -> str:
    return str(format_date(date.fromisoformat(f"{text}-01"), "LLLL y", locale=language()))
