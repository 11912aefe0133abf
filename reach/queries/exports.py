"""Files of activity records, as their page and their readers see them."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, select

from accounts.models import Account
from foundation import clock
from foundation.db import db
from foundation.tables import as_written, csv_lines
from reach.models import RecordExport, RecordExportPart
from reach.rules import scope as scopes
from reach.rules.exporting import NeverMade, NoSuchExport, NotMadeYet
from reach.rules.filters import Filters, from_address
from reach.rules.la_coop.lines import COLUMNS
from reach.rules.scope import Scope

SHOWN = 10


def filters_of(export: RecordExport) -> Filters:
    """What was asked for."""
    return from_address(dict(parse_qsl(export.address)), today=clock.today())


def scope_of(export: RecordExport) -> Scope:
    """Whose records are in it."""
    return Scope(structure_id=export.structure_id, mediator_id=export.mediator_id)


def of(viewer: Account) -> list[RecordExport]:
    """What somebody asked for and may still fetch, newest first."""
    query = select(RecordExport).where(*_theirs(viewer)).order_by(RecordExport.id.desc()).limit(SHOWN)
    return list(db.session.scalars(query))


def seen(export_id: int, viewer: Account) -> RecordExport:
    """One that the viewer asked for, unless they see other figures by now.

    Raises:
        NoSuchExport
    """
    export = db.session.scalar(select(RecordExport).where(RecordExport.id == export_id, *_theirs(viewer)))
    if export is None:
        raise NoSuchExport
    return export


def whole(export_id: int, viewer: Account) -> RecordExport:
    """The same, when all records are in it.

    Raises:
        NoSuchExport, NotMadeYet, NeverMade
    """
    export = seen(export_id, viewer)
    if export.failed_at is not None:
        raise NeverMade
    if export.ended_at is None:
        raise NotMadeYet
    return export


def text_of(export: RecordExport) -> Iterator[str]:
    """The CSV file, a part at a time: never more than one in memory, whatever the size of the file."""
    export_id, count = export.id, export.parts
    yield "".join(csv_lines(COLUMNS, ()))
    for number in range(1, count + 1):
        yield _part(export_id, number)


def rows_of(export: RecordExport) -> Iterator[list[str]]:
    """The lines of the same file without its header, as they were before they were made harmless for spreadsheets."""
    for number in range(1, export.parts + 1):
        for row in csv.reader(io.StringIO(_part(export.id, number), newline=""), delimiter=";"):
            yield [as_written(cell) for cell in row]


def _part(export_id: int, number: int) -> str:
    content = db.session.scalar(
        select(RecordExportPart.content).where(
            RecordExportPart.export_id == export_id, RecordExportPart.number == number
        )
    )
    if content is None:
        raise NoSuchExport
    return zlib.decompress(content).decode()


def _theirs(viewer: Account) -> tuple[ColumnElement[bool], ...]:
    scope = scopes.scope_of(viewer)
    return (
        RecordExport.asked_by_id == viewer.id,
        RecordExport.structure_id == scope.structure_id,
        RecordExport.mediator_id == scope.mediator_id,
    )
