"""By which dimensions a scope may split its figures, and how addresses name them and their lines. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from reach.rules.blanks import AGES
from reach.rules.dimensions import Dimension, Value
from reach.rules.filters import Filters, Side
from reach.rules.scope import Scope

NAMES: Mapping[Dimension, str] = {
    Dimension.NEIGHBOURHOOD: "quartier",
    Dimension.PLACE_NEIGHBOURHOOD: "quartier-du-lieu",
    Dimension.PRIORITY: "qpv",
    Dimension.COMMUNE: "commune",
    Dimension.STRUCTURE: "structure",
    Dimension.VENUE: "lieu",
    Dimension.MEDIATOR: "mediateur",
    Dimension.AGE_BAND: "age",
    Dimension.GENDER: "genre",
    Dimension.STATUS: "statut",
    Dimension.CHANNEL: "canal",
    Dimension.MONTH: "mois",
}
"""Dimension → its name in an address."""
FIELDS: Mapping[Dimension, str] = {
    Dimension.NEIGHBOURHOOD: "quartier",
    Dimension.PLACE_NEIGHBOURHOOD: "quartier",
    Dimension.PRIORITY: "qpv",
    Dimension.COMMUNE: "commune",
    Dimension.STRUCTURE: "structure",
    Dimension.VENUE: "lieu",
    Dimension.MEDIATOR: "mediateur",
    Dimension.AGE_BAND: "age",
    Dimension.GENDER: "genre",
    Dimension.STATUS: "statut",
    Dimension.CHANNEL: "canal",
    Dimension.MONTH: "periode",
}
"""Dimension → the key of an address that keeps one of its lines."""
OF_PEOPLE = frozenset(
    {Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.COMMUNE, Dimension.AGE_BAND, Dimension.GENDER,
     Dimension.STATUS}
)  # fmt: skip
"""Those whose chart shows people: of the heads of a group nobody knows these. The others show contacts."""


def open_to(scope: Scope) -> list[Dimension]:
    """A structure is one line of its own, and so is a mediator: nobody is shown the others."""
    closed = {Dimension.STRUCTURE: scope.structure_id or scope.mediator_id, Dimension.MEDIATOR: scope.mediator_id}
    return [dimension for dimension in Dimension if closed.get(dimension) is None]


def always(dimension: Dimension, filters: Filters) -> list[Value]:
    """Values that have a line also when nobody is in it: each month, and each age unless one is chosen.

    A month or an age that is left out would be taken for forgotten, and a series with a hole is drawn wrongly.
    """
    if dimension is Dimension.MONTH:
        return [f"{month.first:%Y-%m}" for month in filters.span.months]
    if dimension is Dimension.AGE_BAND and filters.age_band is None:
        return [band.value for band in AGES]
    return []


def is_to_come(dimension: Dimension, value: Value, today: date) -> bool:
    """Whether it is a month that has not begun: it has no figures yet, which is not the same as none."""
    return dimension is Dimension.MONTH and str(value) > f"{today:%Y-%m}"


SIDES: Mapping[Dimension, Side] = {
    Dimension.NEIGHBOURHOOD: Side.RESIDENCE,
    Dimension.PLACE_NEIGHBOURHOOD: Side.PLACE,
}


def kept(filters: Filters, dimension: Dimension, value: str) -> dict[str, str] | None:
    """The address of the view that keeps one line of a dimension: an id, the value of an enumeration, a month.

    None where it can not be said: a priority neighbourhood or a commune is chosen, and it is of the other side.
    """
    side = SIDES.get(dimension, filters.side)
    if side is not filters.side and (filters.priority or filters.commune_id):
        return None
    return replace(filters, side=side).to_address() | {FIELDS[dimension]: value}
