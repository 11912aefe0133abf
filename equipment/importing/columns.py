"""The columns of files of devices and of kits: their heading in our own, and what others call them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from foundation.errors import Refused
from foundation.i18n import LANGUAGES, _l, in_language
from places.importing.reading import column_key


class Kind(StrEnum):
    """What a file holds. The words stand in addresses."""

    ITEMS = "appareils"
    KITS = "mallettes"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` of the record, its heading, and what spreadsheets of towns call it as well."""

    field: str
    label: Any
    others: tuple[str, ...] = ()


ITEMS = (
    Column("code", _l("Label"), ("code", "identifiant")),
    Column("kind", _l("What it is"), ("type", "type d'appareil", "catégorie")),
    Column("label", _l("Make and model"), ("modèle", "désignation", "model")),
    Column("kit", _l("Label of the kit"), ("mallette", "code mallette", "kit")),
    Column("serial_number", _l("Serial number"), ("n° de série", "numéro série", "s/n")),
    Column("condition", _l("Condition"), ("état",)),
    Column("battery_percent", _l("Battery, in percent of a new one"), ("batterie", "battery")),
    Column("purchase", _l("How it came"), ("origine", "acquisition", "achat")),
    Column("bought_on", _l("Bought or received on"), ("date d'achat", "acheté le", "acquis le")),
    Column("price_cents", _l("Price in euros"), ("prix", "prix TTC", "price")),
    Column("funder", _l("Paid by"), ("financeur", "funder")),
    Column("structure", _l("Belongs to"), ("structure",)),
    Column("retired_on", _l("Out of use since"), ("sorti le", "hors service depuis")),
    Column("destination", _l("Where it went"), ("destination",)),
    Column("certificate", _l("Number of the recycling certificate"), ("certificat", "bordereau")),
)
KITS = (
    Column("code", _l("Label"), ("code", "identifiant")),
    Column("name", _l("Name of the kit"), ("nom", "name", "mallette")),
    Column("kind", _l("Kind of kit"), ("type", "catégorie")),
    Column("structure", _l("Belongs to"), ("structure",)),
    Column("home_venue", _l("Where it is kept"), ("lieu", "lieu de rangement")),
    Column("description", _l("What is in it, in plain words"), ("description", "contenu")),
    Column("rules", _l("What a borrower agrees to"), ("règles", "rules")),
    Column("borrowers", _l("Who may reserve it"), ("emprunteurs",)),
    Column("approval", _l("Who agrees first"), ("accord",)),
    Column("lead_hours", _l("Hours ahead")),
    Column("longest_loan_days", _l("Longest loan, in days")),
    Column("turnaround_minutes", _l("Minutes to get it ready")),
    Column("flat_minutes", _l("Minutes more when it comes back flat")),
    Column("unit_kind", _l("Devices that pupils hold")),
    Column("minimum_units", _l("Fewest that must work"), ("minimum",)),
)
COLUMNS: dict[Kind, Sequence[Column]] = {Kind.ITEMS: ITEMS, Kind.KITS: KITS}
NEEDED = {Kind.ITEMS: ("code",), Kind.KITS: ("code", "name")}


class UnknownColumns(Refused):
    """What a file needs to be of this kind is not in its first line."""

    def __init__(self, kind: Kind) -> None:
        said = {
            Kind.ITEMS: _l(
                "The first line of the file must name its columns, one of them Label. Export the devices for a model."
            ),
            Kind.KITS: _l(
                "The first line of the file must name its columns: Label, Name of the kit… Export the kits for a model."
            ),
        }
        super().__init__(said[kind], "file")


def found(kind: Kind, present: Collection[str]) -> dict[str, str]:
    """Field → key of the column that tells it, for those that a file has, headed in any of our languages.

    Raises:
        UnknownColumns
    """
    mapped: dict[str, str] = {}
    for name in present:
        field = _fields(kind).get(name)
        if field:
            mapped.setdefault(field, name)
    if not all(field in mapped for field in NEEDED[kind]):
        raise UnknownColumns(kind)
    return mapped


@cache
def _fields(kind: Kind) -> dict[str, str]:
    """Heading, accent-blind → field. Our own headings are stronger than what others say."""
    known = {column_key(name): one.field for one in COLUMNS[kind] for name in (one.field, *one.others)}
    for language in LANGUAGES:
        with in_language(language):
            known |= {column_key(str(one.label)): one.field for one in COLUMNS[kind]}
    return known
