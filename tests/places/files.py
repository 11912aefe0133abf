"""Small files made for tests, and what an import of them gives."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from foundation.db import transaction
from places import service
from places.importing.reading import Table, read_table
from places.importing.report import Report

TODAY = date(2026, 3, 10)
HEADER = "id,nom,commune,code_postal,adresse,latitude,longitude,telephone,horaires,services,source,date_maj"


def table(text: str | bytes) -> Table:
    return read_table(text.encode() if isinstance(text, str) else text)


def venues_file(*rows: str, header: str = HEADER) -> Table:
    return table("\n".join([header, *rows]) + "\n")


def line(one_id: str = "v1", **changes: str) -> str:
    """A row of a good venue, with some columns changed."""
    values = {
        "id": one_id,
        "nom": f"Lieu {one_id}",
        "commune": "Nantes",
        "code_postal": "44000",
        "adresse": "1 rue du Port",
        "latitude": "47.21",
        "longitude": "-1.55",
        "telephone": "02 40 41 90 00",
        "horaires": "Mo-Fr 09:00-12:00",
        "services": "Utiliser le numérique au quotidien",
        "source": "essai",
        "date_maj": "2024-01-15",
    } | changes
    return ",".join(f'"{values[column]}"' for column in HEADER.split(","))


def import_venues(file: Table, source: str = "") -> Report:
    with transaction():
        return service.import_venues(file, source, TODAY)


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def polygons(*features: tuple[dict[str, Any], dict[str, Any] | None]) -> Table:
    """A GeoJSON file of (properties, geometry) pairs."""
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features
        ],
    }
    return table(json.dumps(collection))


def import_neighbourhoods(file: Table, **options: Any) -> Report:
    with transaction():
        return service.import_neighbourhoods(file, "essai", **options)
