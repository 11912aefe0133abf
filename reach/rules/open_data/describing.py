"""How catalogues describe open data: a data package for each version, a DCAT index of all.

Sources: https://specs.frictionlessdata.io/tabular-data-package/, https://www.w3.org/TR/vocab-dcat-3/; the licence is
the Licence Ouverte of Etalab, version 2.0, which decree 2017-638 lists for public data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.i18n import _
from reach.rules import periods
from reach.rules.frozen import Content
from reach.rules.open_data.columns import schema
from reach.rules.open_data.rows import AREAS, CODES, DICTIONARY, FIGURES, indicators
from reach.rules.periods import Span

LICENCE = "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf"
LICENCE_ID, LICENCE_NAME = "etalab-2.0", "Licence Ouverte / Open Licence 2.0"
LATEST = "latest"
TABLES = (FIGURES, AREAS, CODES, DICTIONARY)
Address = Callable[[str, str], str]
"""(version, name of a file) → its whole address."""


@dataclass(frozen=True)
class Version:
    """A published report as open data.

    Attributes:
        name: in addresses; it stays when the report is revised.
        revised: whether a later version corrects it.
        note: why it was published again; empty for the first.
    """

    report_id: int
    name: str
    span: Span
    language: str
    published_at: datetime
    revised: bool
    note: str


def named(span: Span, language: str, version: int) -> str:
    """`2026-T3-fr-v1`."""
    return f"{periods.written(span)}-{language}-v{version}"


def title(span: Span, town: str) -> str:
    return _("%(town)s – reach of digital mediation, %(period)s", town=town, period=periods.said(span))


def source(version: Version, content: Content) -> str:
    """How who reuses a version names where it comes from, as the licence asks."""
    told = title(version.span, content.town)
    return _("%(title)s, version %(version)s", title=told, version=version.name)


def package(version: Version, content: Content, page: str, address: Address) -> dict[str, Any]:
    """What is in a version, for programs: files, columns, licence.

    Args:
        page: where people read about it.
    """
    return {
        "profile": "tabular-data-package",
        "name": f"portee-{version.name}".lower(),
        "title": title(version.span, content.town),
        "description": content.scope,
        "version": version.name,
        "created": version.published_at.isoformat(),
        "homepage": page,
        "contributors": [{"title": content.town, "role": "publisher"}],
        "licenses": [{"name": LICENCE_ID, "path": LICENCE, "title": LICENCE_NAME}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": address(version.name, f"{name}.csv"),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ";", "header": True, "lineTerminator": "\r\n"},
                "schema": schema(name, indicators(content)),
            }
            for name in TABLES
        ],
    }


def catalogue(versions: Sequence[Version], town: str, page: str, address: Address) -> dict[str, Any]:
    """All versions as a DCAT catalogue in JSON-LD."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": _("Open data of %(town)s", town=town),
        "dct:language": "fr",
        "dcat:dataset": [_dataset(one, town, address) for one in versions],
    }  # fmt: skip


def _dataset(version: Version, town: str, address: Address) -> dict[str, Any]:
    day = {"@type": "xsd:date"}
    return {
        "@id": address(version.name, "datapackage.json"),
        "@type": "dcat:Dataset",
        "dct:title": title(version.span, town),
        "dct:identifier": f"portee-{version.name}",
        "dct:issued": {"@type": "xsd:dateTime", "@value": version.published_at.isoformat()},
        "dct:language": version.language,
        "dct:license": {"@id": LICENCE},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": day | {"@value": version.span.first.isoformat()},
            "dcat:endDate": day | {"@value": version.span.last.isoformat()},
        },
        "dcat:version": version.name,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{name}.{kind}",
                "dcat:downloadURL": {"@id": address(version.name, f"{name}.{kind}")},
                "dcat:mediaType": media,
                "dct:license": {"@id": LICENCE},
                "dct:conformsTo": {"@id": address(version.name, f"{name}.schema.json")},
            }
            for name in TABLES
            for kind, media in MEDIA.items()
        ],
    }


MEDIA: Mapping[str, str] = {"csv": "text/csv", "json": "application/json"}
