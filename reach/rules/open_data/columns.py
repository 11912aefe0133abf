"""What the columns of open data mean: the data dictionary, and the same as a Table Schema.

Source: https://specs.frictionlessdata.io/table-schema/ (version 1.0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.i18n import _l
from reach.rules.open_data.rows import AREAS, FIGURES, NOT_TOLD, TOLD

VERSION = "1.0.0"
"""Of the columns: the first number grows when a program that read them has to be changed."""


@dataclass(frozen=True)
class Column:
    """A column of a file.

    Attributes:
        kind: a type of the Table Schema.
        limits: its constraints.
    """

    name: str
    kind: str
    title: Any
    meaning: Any
    limits: dict[str, Any] = field(default_factory=dict)


REQUIRED = {"required": True}


def _dimension(number: int) -> tuple[Column, ...]:
    """The three columns of a dimension; the first one that a figure is told by is number 1."""
    return (
        Column(
            f"dimension_{number}", "string", _l("Told by"), _l("Empty: of all. Otherwise what the code belongs to.")
        ),
        Column(f"code_{number}", "string", _l("Code"), _l("Of the value in this service: an id, or a settled word.")),
        Column(f"libelle_{number}", "string", _l("Label"), _l("The value in the words of the report.")),
    )


OF_FIGURES = (
    Column("indicateur", "string", _l("Indicator"), _l("Its key in the dictionary."), REQUIRED),
    Column("periode_debut", "date", _l("First day"), _l("Of the period, included."), REQUIRED),
    Column("periode_fin", "date", _l("Last day"), _l("Of the period, included."), REQUIRED),
    *_dimension(1),
    *_dimension(2),
    Column(
        "nombre", "integer", _l("Number"),
        _l("Empty when it is not told: it tells of fewer than 11 people, or would let such a figure be worked out."),
        {"minimum": 0},
    ),
    Column(
        "statut", "string", _l("Whether it is told"), _l("So that what is not told is never taken for none."),
        {"required": True, "enum": [TOLD, NOT_TOLD]},
    ),
)  # fmt: skip
OF_AREAS = (
    Column("code", "string", _l("Code"), _l("As in the figures."), {"required": True, "unique": True}),
    Column("nom", "string", _l("Name"), _l("Of the neighbourhood."), REQUIRED),
    Column(
        "quartier_prioritaire",
        "boolean",
        _l("Priority neighbourhood (QPV)"),
        _l("On the day of publication."),
        REQUIRED,
    ),
    Column("population", "integer", _l("Inhabitants"), _l("Empty: nobody told."), {"minimum": 0}),
    Column("annee_population", "integer", _l("Year of the population"), _l("In which inhabitants were counted.")),
)
COLUMNS: dict[str, Sequence[Column]] = {FIGURES: OF_FIGURES, AREAS: OF_AREAS}
"""Name of a file → its columns, in order."""


def schema(name: str) -> dict[str, Any]:
    """The Table Schema of a file, in the reader's language."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": name,
        "version": VERSION,
        "fields": [
            {"name": one.name, "type": one.kind, "title": str(one.title), "description": str(one.meaning)}
            | ({"trueValues": ["oui"], "falseValues": ["non"]} if one.kind == "boolean" else {})
            | ({"constraints": one.limits} if one.limits else {})
            for one in COLUMNS[name]
        ],
        "missingValues": [""],
    }
