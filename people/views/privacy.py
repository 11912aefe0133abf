"""What is kept of whom, why and how long: read from the tables themselves, so that it can not go stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import Response
from sqlalchemy import Table

from foundation import privacy as declared
from foundation.compressed import compressed
from foundation.db import Base
from foundation.i18n import _
from foundation.security import current_user_known, public
from foundation.web import draw
from people.models import Person
from people.views.blueprint import bp

ANYBODY = {"message", "failed_try"}
"""Tables that point to nobody, and hold data of residents as well as of staff."""


@dataclass
class Line:
    """Data that one table keeps for one time."""

    about: str
    kept: str
    data: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)


def readable(name: str) -> str:
    """`given_name` as words of the reader's language."""
    return _(name.removesuffix("_id").replace("_", " "))


def lines_of(*, residents: bool) -> list[Line]:
    """What is kept of residents, or of the staff, in the order of the tables, shared ones last."""
    lines: dict[tuple[str, str], Line] = {}
    for table, column, declaration in declared.register(Base.metadata):
        if _of_residents(Base.metadata.tables[table], set()) is not residents:
            continue
        key = (table, declaration.kept)
        line = lines.setdefault(key, Line(_sentence(readable(table)), _(declaration.kept)))
        line.data.append(readable(column))
        if (purpose := _(declaration.purpose)) not in line.purposes:
            line.purposes.append(purpose)
    return [lines[key] for key in sorted(lines, key=lambda key: key[0] in ANYBODY)]


def _of_residents(table: Table, seen: set[str]) -> bool:
    """Whether the table is of residents, or points to them, at once or through another table."""
    if table.name in ANYBODY or table.name == Person.__tablename__:
        return True
    seen.add(table.name)
    pointed_to = {key.column.table for key in table.foreign_keys}
    return any(_of_residents(other, seen) for other in pointed_to if other.name not in seen)


def _by_topic(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """What the page opens at once: all that one table keeps, for one time or for several."""
    topics: dict[str, list[Line]] = {}
    for line in lines:
        topics.setdefault(line.about, []).append(line)
    return topics


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


@bp.get("/donnees")
@public
def privacy() -> Response:
    """What is kept of residents. What is kept of the staff has a page of its own: this one stays light."""
    page = draw("people/privacy.html", topics=_by_topic(lines_of(residents=True)), of_staff=False)
    return page if current_user_known() else compressed(page)


@bp.get("/donnees/equipe")
@public
def staff_privacy() -> Response:
    return draw("people/privacy.html", topics=_by_topic(lines_of(residents=False)), of_staff=True)
