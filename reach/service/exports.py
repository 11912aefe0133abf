"""Files of activity records: asked for once, made part by part by the jobs process, forgotten after some days."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import structlog
from sqlalchemy import delete, select

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db, explain_constraint, rows_changed
from foundation.errors import Refused
from foundation.tables import csv_lines
from reach.models import RecordExport, RecordExportPart
from reach.queries import exports as queries
from reach.queries import records
from reach.rules.exporting import StillMaking, may_name
from reach.rules.filters import Filters
from reach.rules.la_coop.lines import COLUMNS, lines
from reach.rules.scope import scope_of

log = structlog.get_logger()

explain_constraint("uq_record_export_request_key", StillMaking)
WAITING = {"ended_at": None, "failed_at": None}
PAGE = 2000
"""Records of a part: what is in memory at once."""


def ask(
    filters: Filters, actor: Account, *, now: datetime, names: bool = False, request_key: str | None = None
) -> RecordExport:
    """Ask for the records that the filters keep within the actor's scope; `make_some` makes the file.

    Args:
        names: tell mediators by name; residents never are.
        request_key: the same one asks once.

    Raises:
        NoFigures, StillMaking
    """
    scope = scope_of(actor)
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update())
    if request_key and (already := db.session.scalar(select(RecordExport).filter_by(request_key=request_key))):
        return already
    if db.session.scalar(select(RecordExport.id).filter_by(asked_by_id=actor.id, **WAITING).limit(1)):
        raise StillMaking
    export = RecordExport(
        request_key=request_key, address=urlencode(filters.to_address()), structure_id=scope.structure_id,
        mediator_id=scope.mediator_id, names=names and may_name(actor), wanted=records.how_many(filters, scope),
        asked_by_id=actor.id, asked_at=now,
    )  # fmt: skip
    db.session.add(export)
    db.session.flush()
    audit.record("record_export.asked", export.reference, actor_id=actor.id, names=export.names, wanted=export.wanted)
    return export


def is_any_waiting() -> bool:
    """Whether `make_next` has something to do."""
    return db.session.scalar(select(RecordExport.id).filter_by(**WAITING).limit(1)) is not None


def make_next(now: datetime) -> int:
    """The next part of the file that was asked for first: call it, each time in a transaction of its own, until 0.

    A process that dies leaves whole parts, and another goes on. What a record says that can not be written would stop
    it each time: that file has failed, and those behind it are made. A database that does not answer is asked again.
    """
    waiting = select(RecordExport).filter_by(**WAITING).order_by(RecordExport.id).limit(1)
    export = db.session.scalar(waiting.with_for_update().execution_options(populate_existing=True))
    if export is None:
        return 0
    try:
        _go_on(export, now)
    except (ArithmeticError, AttributeError, LookupError, Refused, TypeError, ValueError):
        log.exception("file of records failed", export=export.id, after=export.last_id)
        export.failed_at = now
    db.session.flush()
    return 1


def _go_on(export: RecordExport, now: datetime) -> None:
    """Nothing is changed unless the whole part can be."""
    page = records.page(queries.filters_of(export), queries.scope_of(export), export.last_id, PAGE, names=export.names)
    if page.last_id is None:
        export.ended_at = now
        return
    zone = clock.territory_zone()
    _add_part(export, [line for record in page.records for line in lines(record, zone)])
    export.looked += len(page.records)
    export.last_id = page.last_id


def _add_part(export: RecordExport, rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    _mark, _header, *told = csv_lines(COLUMNS, rows)
    export.parts += 1
    export.lines += len(rows)
    content = zlib.compress("".join(told).encode(), level=6)
    db.session.add(RecordExportPart(export_id=export.id, number=export.parts, content=content))


def withdraw(export_id: int, actor: Account) -> None:
    """Stop making a file, or throw it away before its time.

    Raises:
        NoSuchExport
    """
    export = queries.seen(export_id, actor)
    db.session.execute(delete(RecordExport).where(RecordExport.id == export.id))
    audit.record("record_export.withdrawn", export.reference, actor_id=actor.id)


def forget(before: datetime) -> int:
    """Files that were asked for before that instant, with their parts; returns how many."""
    return rows_changed(delete(RecordExport).where(RecordExport.asked_at < before))
