"""The files of a version, at addresses that stay. They hold what was published: nothing is counted here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from foundation.downloads import CSV
from foundation.i18n import in_language
from foundation.pages import town_name
from foundation.security import public
from foundation.tables import csv_lines
from reach.queries import open_data as queries
from reach.queries.open_data import NoSuchVersion
from reach.rules.frozen import Content
from reach.rules.open_data import columns, rows
from reach.rules.open_data.describing import LATEST, LICENCE_ID, Version, catalogue, package
from reach.rules.open_data.rows import AREAS, FIGURES, Row
from reach.views.open_data.blueprint import address, bp
from reach.views.open_data.dictionary import HEADER, dictionary

JSON = "application/json; charset=utf-8"
LINKED_DATA = "application/ld+json; charset=utf-8"
A_DAY, AN_HOUR = 86_400, 3_600
"""Seconds for which others may keep an answer: a version stays, which one is the latest does not."""
ROWS: Mapping[str, Callable[[Content], Iterable[Row]]] = {FIGURES: rows.figures, AREAS: rows.areas}
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
    answer.add_etag()
    return _open(answer, A_DAY).make_conditional(request)


@bp.get("/catalogue.json")
@public
def index_for_programs() -> Response:
    """All versions, for catalogues that come by."""
    page = url_for("open_data.index", _external=True)
    with in_language("fr"):
        text = _json(catalogue(queries.versions(), town_name(), page, address))
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
    def written(_version: Version, content: Content) -> tuple[str, str]:
        header = [one.name for one in columns.COLUMNS[name]]
        return "".join(csv_lines(header, ([_cell(row[key]) for key in header] for row in ROWS[name](content)))), CSV

    return written


def _cell(value: Any) -> Any:
    return YES_NO[value] if value is None or isinstance(value, bool) else value


def _objects(name: str) -> Callable[[Version, Content], tuple[str, str]]:
    def written(version: Version, content: Content) -> tuple[str, str]:
        about = {
            "version": version.name, "publie_le": version.published_at.isoformat(), "territoire": content.town,
            "licence": LICENCE_ID, "schema": address(version.name, f"{name}.schema.json"),
        }  # fmt: skip
        return _json({**about, "donnees": list(ROWS[name](content))}), JSON

    return written


def _schema(name: str) -> Callable[[Version, Content], tuple[str, str]]:
    return lambda _version, _content: (_json(columns.schema(name)), JSON)


def _dictionary(_version: Version, content: Content) -> tuple[str, str]:
    return "".join(csv_lines(HEADER, dictionary(content))), CSV


def _package(version: Version, content: Content) -> tuple[str, str]:
    return _json(package(version, content, address)), JSON


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


FILES: Mapping[str, Callable[[Version, Content], tuple[str, str]]] = {
    **{f"{name}.csv": _table(name) for name in ROWS},
    **{f"{name}.json": _objects(name) for name in ROWS},
    **{f"{name}.schema.json": _schema(name) for name in ROWS},
    "dictionnaire.csv": _dictionary,
    "datapackage.json": _package,
}
"""Name of a file → what it holds, and its kind."""
