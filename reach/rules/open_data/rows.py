"""The rows of the two files of a version: figures as they were published, and the neighbourhoods they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reach.rules.dimensions import Dimension, Value
from reach.rules.frozen import Content
from reach.rules.suppression.tables import By, Figure, OfPlace

FIGURES, AREAS = "portee", "quartiers"
"""The names of the files, without their kind."""
TOLD, NOT_TOLD = "diffusé", "non communiqué"
MOST_DIMENSIONS = 2
SAID_BY: Mapping[By, Dimension] = {OfPlace.PRIORITY: Dimension.PRIORITY, OfPlace.COMMUNE: Dimension.COMMUNE}
"""Whose names the values of a dimension have, where they are not its own."""
Row = dict[str, Any]


def figures(content: Content) -> Iterator[Row]:
    """A row for each figure of the report, in a settled order; what is not told has no number.

    Raises:
        ValueError: a figure is told by more dimensions than there are columns.
    """
    for figure in sorted(content.published.figures, key=_order):
        value = content.published.shown(figure)
        yield {
            "indicateur": figure.indicator,
            "periode_debut": figure.span.first.isoformat(),
            "periode_fin": figure.span.last.isoformat(),
            **_places(figure, content),
            "nombre": value,
            "statut": NOT_TOLD if value is None else TOLD,
        }


def areas(content: Content) -> Iterator[Row]:
    """A row for each neighbourhood, as it was when the report was published."""
    for area in content.areas:
        yield {
            "code": str(area.id),
            "nom": area.name,
            "quartier_prioritaire": area.is_priority,
            "population": area.population,
            "annee_population": area.year,
        }


def _places(figure: Figure, content: Content) -> Row:
    """`dimension_1`, `code_1`, `libelle_1` and so on; None beyond the dimensions that the figure has."""
    told = sorted(figure.place, key=lambda one: one[0].value)
    if len(told) > MOST_DIMENSIONS:
        raise ValueError(f"{figure} is told by more than {MOST_DIMENSIONS} dimensions")
    row: Row = {}
    for number in range(1, MOST_DIMENSIONS + 1):
        by, value = told[number - 1] if number <= len(told) else (None, None)
        row[f"dimension_{number}"] = by.value if by else None
        row[f"code_{number}"] = None if value is None else str(value)
        row[f"libelle_{number}"] = None if by is None or value is None else _name(content, by, value)
    return row


def _name(content: Content, by: By, value: Value) -> str:
    dimension = SAID_BY.get(by) or Dimension(by.value)
    return str(content.names.get(dimension, {}).get(value, value))


def _order(figure: Figure) -> tuple[Any, ...]:
    place = sorted((by.value, str(value)) for by, value in figure.place)
    return -figure.span.last.toordinal(), figure.span.first, figure.indicator, len(place), place
