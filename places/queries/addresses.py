"""Front doors of the town, when it has loaded them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Select, select

from foundation.db import db
from places.clean.text import search_key
from places.models import Address

LAST_LETTER = "\uffff"


def has_addresses() -> bool:
    """Whether the town has loaded its Base Adresse Nationale file."""
    return db.session.scalar(select(Address.id).limit(1)) is not None


def search_addresses(text: str, limit: int = 8) -> Sequence[Address]:
    """Addresses that start as `text` does, accent-blind: `12 rue de la paix`, `rue de la paix`, `12bis av foch`.

    When none starts so, those that hold it. A number narrows the search to it; without one, each street comes
    once, by its lowest number.
    """
    number, suffix, street = _split_address(text)
    if len(search_key(text)) < 3:
        return []
    query = select(Address).order_by(
        Address.street_key, Address.postcode, Address.house_number, Address.suffix, Address.id
    )
    if number is not None:
        query = query.where(Address.house_number == number)
    if suffix:
        query = query.where(Address.suffix == suffix)
    starting = query.where(Address.street_key >= street, Address.street_key < street + LAST_LETTER)
    holding = query.where(Address.street_key.contains(street, autoescape=True))
    return _one_a_door(starting, number, limit) or _one_a_door(holding, number, limit)


def _one_a_door(query: Select[Address], number: int | None, limit: int) -> list[Address]:
    """The first `limit` addresses; one a street when no number narrows them."""
    if number is not None:
        return list(db.session.scalars(query.limit(limit)))
    streets: dict[tuple[str, str], Address] = {}
    for one in db.session.scalars(query.limit(limit * 200)):
        streets.setdefault((one.street_key, one.postcode), one)
        if len(streets) == limit:
            break
    return list(streets.values())


_TYPES = {"av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "bvd": "boulevard", "r": "rue",
          "pl": "place", "imp": "impasse", "all": "allee", "ch": "chemin", "che": "chemin", "rte": "route",
          "sq": "square", "crs": "cours"}  # fmt: skip


def _split_address(text: str) -> tuple[int | None, str, str]:
    """(number, suffix, street key): common short forms of the kind of street are written in full."""
    match = re.match(r"(?:(\d{1,5})\s*(bis|ter|quater|[a-d])?\s+)?(.*)", search_key(text))
    number, suffix, street = match.groups() if match else (None, None, "")
    first, _, rest = street.partition(" ")
    street = f"{_TYPES.get(first, first)} {rest}".strip()
    return (int(number) if number else None), suffix or "", street
