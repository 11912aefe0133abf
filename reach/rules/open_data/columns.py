"""What the columns of open data mean: in words, and the same as a Table Schema.

Source: https://specs.frictionlessdata.io/table-schema/ (version 1.0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.i18n import _l
from reach.rules.dimensions import Dimension
from reach.rules.open_data.rows import AREAS, CODES, DICTIONARY, FIGURES, NOT_TOLD, TOLD
from reach.rules.suppression.tables import OfPlace

VERSION = "1.0.0"
"""Of the columns: the first number grows when a program that read them has to be changed."""
INDICATOR = "indicateur"
"""Its values are those of the version: the schema of each lists them."""


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
KNOWN_DIMENSIONS = {"enum": sorted(one.value for one in (*Dimension, *OfPlace))}


def _dimension(number: int) -> tuple[Column, ...]:
    """The three columns of a dimension; the first one that a figure is told by is number 1."""
    return (
        Column(
            f"dimension_{number}", "string", _l("Split by"), _l("Empty: of all. Otherwise what the code belongs to."),
            KNOWN_DIMENSIONS,
        ),
        Column(f"code_{number}", "string", _l("Code"), _l("Of the value in this service: an id, or a fixed word.")),
        Column(f"libelle_{number}", "string", _l("In words"), _l("The value in the words of the report.")),
    )  # fmt: skip


OF_FIGURES = (
    Column(INDICATOR, "string", _l("Indicator"), _l("Its key in the dictionary."), REQUIRED),
    Column("periode_debut", "date", _l("First day"), _l("Of the period, included."), REQUIRED),
    Column("periode_fin", "date", _l("Last day"), _l("Of the period, included."), REQUIRED),
    *_dimension(1),
    *_dimension(2),
    Column(
        "nombre", "number", _l("Number"),
        _l("Empty when it is not published: it concerns fewer than 11 people, or would allow such a figure to "
            "be worked out."),
        {"minimum": 0},
    ),
    Column("unite", "string", _l("Unit"), _l("What it is a number of."), REQUIRED),
    Column(
        "statut", "string", _l("Published or not"),
        _l("So that a figure that is not published is never mistaken for zero."),
        {"required": True, "enum": [TOLD, NOT_TOLD]},
    ),
)  # fmt: skip
OF_AREAS = (
    Column("code", "string", _l("Code"), _l("As in the figures."), {"required": True, "unique": True}),
    Column("nom", "string", _l("Name"), _l("Of the neighbourhood."), REQUIRED),
    Column(
        "quartier_prioritaire", "boolean", _l("Priority neighbourhood (QPV)"), _l("On the day of publication."),
        REQUIRED,
    ),
    Column("population", "integer", _l("Inhabitants"), _l("Empty: not known."), {"minimum": 0}),
    Column("annee_population", "integer", _l("Year of the population"), _l("In which the inhabitants were counted.")),
)  # fmt: skip
OF_CODES = (
    Column("dimension", "string", _l("Split by"), _l("What the code belongs to."), REQUIRED | KNOWN_DIMENSIONS),
    Column("libelle_dimension", "string", _l("In words"), _l("What the figures are split by, in words."), REQUIRED),
    Column("code", "string", _l("Code"), _l("As in the figures."), REQUIRED),
    Column("libelle", "string", _l("In words"), _l("The value in the words of the report."), REQUIRED),
)
OF_DICTIONARY = (
    Column(INDICATOR, "string", _l("Indicator"), _l("As in the figures."), {"required": True, "unique": True}),
    Column("libelle", "string", _l("In words"), _l("What it is called in the report."), REQUIRED),
    Column("definition", "string", _l("Meaning"), _l("In one sentence."), REQUIRED),
    Column("compte", "string", _l("What counts"), _l("Empty: the definition says it.")),
    Column("ne_compte_pas", "string", _l("What does not"), _l("Empty: the definition says it.")),
    Column("source", "string", _l("From which records"), _l("In which it is counted."), REQUIRED),
    Column("unite", "string", _l("Unit"), _l("What it is a number of."), REQUIRED),
)
COLUMNS: dict[str, Sequence[Column]] = {
    FIGURES: OF_FIGURES, AREAS: OF_AREAS, CODES: OF_CODES, DICTIONARY: OF_DICTIONARY
}  # fmt: skip
"""Name of a file → its columns, in order."""
KEYS: dict[str, dict[str, Any]] = {
    FIGURES: {
        "foreignKeys": [{"fields": INDICATOR, "reference": {"resource": DICTIONARY, "fields": INDICATOR}}]
    },
    AREAS: {"primaryKey": ["code"]},
    CODES: {"primaryKey": ["dimension", "code"]},
    DICTIONARY: {"primaryKey": [INDICATOR]},
}  # fmt: skip
"""What tells one row from another. A figure of all has no code, and a key may not be empty: figures have none."""
IN_CSV: dict[str, dict[str, Any]] = {
    "boolean": {"trueValues": ["oui"], "falseValues": ["non"]},
    "number": {"decimalChar": ","},
}
"""How a type is written there: as French spreadsheets read it."""


def schema(name: str, indicators: Sequence[str]) -> dict[str, Any]:
    """The Table Schema of a file, in the reader's language.

    Args:
        indicators: those that the version tells.
    """
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": name,
        "version": VERSION,
        "fields": [_field(one, indicators) for one in COLUMNS[name]],
        "missingValues": [""],
        **KEYS[name],
    }


def _field(column: Column, indicators: Sequence[str]) -> dict[str, Any]:
    limits = column.limits | ({"enum": list(indicators)} if column.name == INDICATOR else {})
    return {
        "name": column.name,
        "type": column.kind,
        "title": str(column.title),
        "description": str(column.meaning),
        **IN_CSV.get(column.kind, {}),
        **({"constraints": limits} if limits else {}),
    }
