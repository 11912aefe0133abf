"""Venues in the national standard 1.0.2 (https://github.com/LaMednum/standard-mediation-num), as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from places.clean.codes import UNKNOWN_SIRET
from places.models import Venue
from places.standard.columns import STANDARD

# Numbers that the standard can hold: a French short number (3949) is not one.
_PHONE = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}")


def standard_lines(venues: Iterable[Venue]) -> Iterator[str]:
    """Lines of the CSV file, header first."""
    listed = list(venues)
    times = Counter(venue.external_id for venue in listed)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(STANDARD)
    for venue in listed:
        writer.writerow(standard_row(venue, unique=times[venue.external_id] == 1))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def standard_row(venue: Venue, *, unique: bool = True) -> list[str]:
    """The cells of one venue.

    What the standard requires and nobody told is written as the standard says (SIRET of zeros), or as the nearest
    true thing (the commune for an address).

    Args:
        unique: no other venue of the file has this identifier; otherwise its source goes before it
            (`id` is unique in the standard), and reading the file again takes it off.
    """
    values: dict[str, Any] = {target: getattr(venue, target) for target in STANDARD.values()}
    if not unique:
        values["external_id"] = f"{venue.source}:{venue.external_id}"
    values["siret"] = venue.siret or UNKNOWN_SIRET
    values["address"] = venue.address or venue.commune
    values["phone"] = venue.phone if _PHONE.fullmatch(venue.phone) else ""
    values["latitude"], values["longitude"] = _number(venue.latitude), _number(venue.longitude)
    return [_cell(values[target]) for target in STANDARD.values()]


def _number(value: float | None) -> str:
    """As many decimals as it has, never as a power of ten."""
    return "" if value is None else f"{Decimal(repr(value)):f}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "|".join(value) if isinstance(value, list) else str(value)
