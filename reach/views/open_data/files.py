"""The files of a version, at addresses that stay. They hold what was published: nothing is counted here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from foundation.downloads import CSV
from foundation.i18n import in_language
from foundation.links import absolute
from foundation.pages import town_name
from foundation.security import public
from foundation.tables import csv_lines
from reach.queries import open_data as queries
from reach.queries.open_data import NoSuchVersion
from reach.rules.frozen import Content
from reach.rules.open_data import columns, rows
from reach.rules.open_data.describing import LATEST, LICENCE, LICENCE_ID, Version, catalogue, package, source
from reach.rules.open_data.rows import AREAS, CODES, DICTIONARY, FIGURES, Row
from reach.views.open_data.blueprint import address, bp
from reach.views.open_data.dictionary import dictionary, units

JSON = "application/json; charset=utf-8"
LINKED_DATA = "application/ld+json; charset=utf-8"
A_DAY, AN_HOUR = 86_400, 3_600
"""Seconds for which others may keep an answer: a version stays, which one is the latest does not."""
ROWS: Mapping[str, Callable[[Version, Content], Iterable[Row]]] = {
    FIGURES: lambda version, content: rows.figures(content, version.span, units(content)),
    AREAS: lambda _version, content: rows.areas(content),
    CODES: lambda _version, content: rows.codes(content),
    DICTIONARY: lambda _version, content: dictionary(content),
}
YES_NO = {True: "oui", False: "non", None: ""}


@bp.get("/portee/<version>/<name>")
@public
def file(version: str, name: str) -> AnyResponse:
    """A file of a version; `latest` leads to that of the latest.

    Raises:
        NoSuchVersion
    """
    known, content = queries.found(version)
    if name not in FILES:
        raise NoSuchVersion
    if version == LATEST:
        answer = redirect(url_for("open_data.file", version=known.name, name=name))
        return _open(answer, AN_HOUR)
    with in_language(known.language):
        text, kind = FILES[name](known, content)
    answer = make_response(text)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Language"] = known.language
    if kind == CSV:
        # Two versions in one folder of downloads are two files.
        stem, _dot, ending = name.rpartition(".")
        answer.headers["Content-Disposition"] = f'attachment; filename="{stem}-{known.name}.{ending}"'
    answer.last_modified = known.published_at
    answer.add_etag()
    return _open(answer, A_DAY).make_conditional(request)


@bp.get("/catalogue.json")
@public
def index_for_programs() -> Response:
    """All versions, for catalogues that come by."""
    with in_language("fr"):
        text = _json(catalogue(queries.versions(), town_name(), _page(), address))
    answer = make_response(text)
    answer.headers["Content-Type"] = LINKED_DATA
    answer.add_etag()
    _open(answer, AN_HOUR)
    answer.make_conditional(request)
    return answer


def _open(answer: AnyResponse, seconds: int) -> AnyResponse:
    """For everybody, kept by whoever likes, read by other sites too."""
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _table(name: str) -> Callable[[Version, Content], tuple[str, str]]:
    def written(version: Version, content: Content) -> tuple[str, str]:
        header = [one.name for one in columns.COLUMNS[name]]
        cells = ([_cell(row[key]) for key in header] for row in ROWS[name](version, content))
        return "".join(csv_lines(header, cells)), CSV

    return written


def _cell(value: Any) -> Any:
    return YES_NO[value] if value is None or isinstance(value, bool) else value


def _objects(name: str) -> Callable[[Version, Content], tuple[str, str]]:
    def written(version: Version, content: Content) -> tuple[str, str]:
        about = {
            "version": version.name, "publie_le": version.published_at.isoformat(), "langue": version.language,
            "periode": {"debut": version.span.first.isoformat(), "fin": version.span.last.isoformat()},
            "territoire": content.town, "perimetre": content.scope, "source": source(version, content),
            "licence": LICENCE_ID, "licence_texte": LICENCE, "schema": address(version.name, f"{name}.schema.json"),
        }  # fmt: skip
        return _json({**about, "donnees": list(ROWS[name](version, content))}), JSON

    return written


def _schema(name: str) -> Callable[[Version, Content], tuple[str, str]]:
    return lambda _version, content: (_json(columns.schema(name, rows.indicators(content))), JSON)


def _package(version: Version, content: Content) -> tuple[str, str]:
    return _json(package(version, content, _page(), address)), JSON


def _page() -> str:
    return absolute("open_data.index")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


FILES: Mapping[str, Callable[[Version, Content], tuple[str, str]]] = {
    **{f"{name}.csv": _table(name) for name in ROWS},
    **{f"{name}.json": _objects(name) for name in ROWS},
    **{f"{name}.schema.json": _schema(name) for name in ROWS},
    "datapackage.json": _package,
}
"""Name of a file → what it holds, and its kind."""
