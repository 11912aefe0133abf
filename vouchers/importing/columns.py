"""The columns of a card file: our heading, and what the files of a CCAS call it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from foundation.errors import Refused
from foundation.i18n import LANGUAGES, _l, in_language
from places.importing.reading import column_key


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` of the record, its heading, and what other programs call it."""

    field: str
    label: Any
    others: tuple[str, ...] = ()


COLUMNS = (
    Column("former_number", _l("Number at the CCAS"), ("numéro", "n°", "n° carte", "numéro de carte", "no carte",
           "numero_carte", "carte", "number")),
    Column("family_name", _l("Family name"), ("nom", "nom de famille", "nom d'usage", "nom usuel")),
    Column("given_name", _l("Given name"), ("prénom", "prénoms")),
    Column("birth_year", _l("Year of birth"), ("année de naissance", "année", "né en", "née en", "date de naissance",
           "naissance", "né(e) le", "né le")),
    Column("category", _l("Category"), ("catégorie", "type", "type de carte", "motif")),
    Column("valid_from", _l("Valid from"), ("valable du", "valide du", "début", "date de début", "délivrée le",
           "date de délivrance")),
    Column("valid_until", _l("Valid until"), ("valable jusqu'au", "valide jusqu'au", "fin", "date de fin", "échéance",
           "expire le", "fin de validité", "date de fin de validité")),
    Column("household", _l("Household"), ("foyer", "n° foyer", "numéro de foyer", "dossier", "n° dossier")),
    Column("phone", _l("Phone"), ("téléphone", "tél", "portable", "mobile")),
)  # fmt: skip
NEEDED = ("former_number", "family_name", "category", "valid_until")


class UnknownColumns(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "The first line of the file must name its columns, at least: number at the CCAS, family name, "
                "category, valid until. The model has them all."
            ),
            "file",
        )


def found(present: Collection[str]) -> dict[str, str]:
    """Field → key of the column that tells it, for those that a file has, headed in any of our languages.

    Raises:
        UnknownColumns
    """
    mapped: dict[str, str] = {}
    for name in present:
        field = _fields().get(name)
        if field:
            mapped.setdefault(field, name)
    if not all(field in mapped for field in NEEDED):
        raise UnknownColumns
    return mapped


@cache
def _fields() -> dict[str, str]:
    """Heading, accent-blind → field. Our own headings are stronger than what others say."""
    known = {column_key(name): one.field for one in COLUMNS for name in (one.field, *one.others)}
    for language in LANGUAGES:
        with in_language(language):
            known |= {column_key(str(one.label)): one.field for one in COLUMNS}
    return known


def heading(field: str | None) -> str:
    """The heading of the column that a refusal is about; empty when it is about the row."""
    return next((str(column.label) for column in COLUMNS if column.field == field), "")
