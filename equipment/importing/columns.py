"""The columns of files of devices and of kits: their heading in our own, and what others call them."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from foundation.errors import Refused
from foundation.i18n import _l
from places.importing.columns import Column, Columns


class Kind(StrEnum):
    """What a file holds. The words stand in addresses."""

    ITEMS = "appareils"
    KITS = "mallettes"


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
ALIASES = {
    "price": "price_cents",
    "percent": "battery_percent",
    "home_venue_id": "home_venue",
    "kit_id": "kit",
    "structure_id": "structure",
}
COLUMNS: dict[Kind, Columns] = {
    Kind.ITEMS: Columns(
        ITEMS,
        ("code",),
        _l("The first line of the file must name its columns, one of them Label. Export the devices for a model."),
        ALIASES,
    ),
    Kind.KITS: Columns(
        KITS,
        ("code", "name"),
        _l("The first line of the file must name its columns: Label, Name of the kit… Export the kits for a model."),
        ALIASES,
    ),
}
OTHER = {
    Kind.ITEMS: _l("This file has the columns of kits. Choose Kits above, or send the file of devices."),
    Kind.KITS: _l("This file has the columns of devices. Choose Devices above, or send the file of kits."),
}
CLEARLY = 2
"""So many times as many columns of the other kind as of the one that was chosen leave no doubt."""


class OfTheOtherKind(Refused):
    """Devices were chosen and kits sent, or the other way round."""

    def __init__(self, chosen: Kind) -> None:
        super().__init__(OTHER[chosen], "file")


def check_kind(chosen: Kind, present: Collection[str]) -> None:
    """Refuse a file that plainly holds what was not chosen, rather than each of its rows for reasons of their own.

    Args:
        present: the keys of its columns.

    Raises:
        OfTheOtherKind
    """
    other = Kind.KITS if chosen is Kind.ITEMS else Kind.ITEMS
    if COLUMNS[other].how_many(present) > CLEARLY * COLUMNS[chosen].how_many(present):
        raise OfTheOtherKind(chosen)
