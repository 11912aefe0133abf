"""The rows of the files of a version: figures as they were published, what they speak of, and what their codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reach.rules.dimensions import LABELS, Dimension, Value
from reach.rules.frozen import Content
from reach.rules.periods import Span
from reach.rules.suppression.tables import By, Figure, OfPlace

FIGURES, AREAS, CODES, DICTIONARY = "portee", "quartiers", "codes", "dictionnaire"
"""The names of the files, without their kind."""
TOLD, NOT_TOLD = "diffusé", "non communiqué"
MOST_DIMENSIONS = 2
SAID_BY: Mapping[By, Dimension] = {OfPlace.PRIORITY: Dimension.PRIORITY, OfPlace.COMMUNE: Dimension.COMMUNE}
"""Whose names the values of a dimension have, where they are not its own."""
Row = dict[str, Any]


def indicators(content: Content) -> list[str]:
    """Keys of all that a version tells, in order."""
    return sorted({figure.indicator for figure in content.published.figures} | content.plain.keys())


def figures(content: Content, span: Span, units: Mapping[str, str]) -> Iterator[Row]:
    """A row for each figure of the report, in a settled order; what is not told has no number.

    What tells nothing of people, such as seats offered, was never hidden; a median that is not told is one of too few.

    Args:
        span: of the report.
        units: indicator → what it is a number of.

    Raises:
        ValueError: a figure is told by more dimensions than there are columns.
        KeyError: an indicator has no unit.
    """
    told: dict[Figure, float | None] = {one: content.published.shown(one) for one in content.published.figures}
    for key, (now, before) in content.plain.items():
        told |= {Figure(key, span): now, Figure(key, span.before): before}
    for figure in sorted(told, key=_order):
        value = told[figure]
        yield {
            "indicateur": figure.indicator,
            "periode_debut": figure.span.first.isoformat(),
            "periode_fin": figure.span.last.isoformat(),
            **_places(figure, content),
            "nombre": int(value) if value is not None and value == int(value) else value,
            "unite": units[figure.indicator],
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


def codes(content: Content) -> Iterator[Row]:
    """A row for each value by which any figure is told, in the words of the report."""
    places = {place for figure in content.published.figures for place in figure.place}
    for by, value in sorted(places, key=lambda one: (one[0].value, str(one[1]))):
        yield {
            "dimension": by.value,
            "libelle_dimension": str(LABELS[_said_by(by)]),
            "code": str(value),
            "libelle": _name(content, by, value),
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


def _said_by(by: By) -> Dimension:
    return SAID_BY.get(by) or Dimension(by.value)


def _name(content: Content, by: By, value: Value) -> str:
    return str(content.names.get(_said_by(by), {}).get(value, value))


def _order(figure: Figure) -> tuple[Any, ...]:
    place = sorted((by.value, str(value)) for by, value in figure.place)
    return -figure.span.last.toordinal(), figure.span.first, figure.indicator, len(place), place
