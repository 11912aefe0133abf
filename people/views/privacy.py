"""What is kept of whom, why and how long: read from the tables themselves, so that it can not go stale."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from flask import Response

from foundation import privacy as declared
from foundation.db import Base
from foundation.i18n import _
from foundation.security import public
from foundation.web import draw
from people.views.blueprint import bp


@dataclass
class Line:
    """Data of one table that serve one purpose for one time."""

    purpose: str
    kept: str
    data: list[str] = field(default_factory=list)


def readable(name: str) -> str:
    """`given_name` as words of the reader's language."""
    return _(name.removesuffix("_id").replace("_", " "))


def sections() -> list[tuple[str, list[Line]]]:
    """(what the table is about, its lines) of every table that holds personal data."""
    found = []
    for table, rows in groupby(declared.register(Base.metadata), key=lambda row: row[0]):
        lines: dict[declared.Declaration, Line] = {}
        for _table, column, declaration in rows:
            line = lines.setdefault(declaration, Line(_(declaration.purpose), _(declaration.kept)))
            line.data.append(readable(column))
        found.append((readable(table), list(lines.values())))
    return found


@bp.get("/donnees")
@public
def privacy() -> Response:
    return draw("people/privacy.html", sections=sections())
