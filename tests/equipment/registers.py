"""Small files of devices and kits, and what an import of them gives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Item, ItemEvent, Kit
from equipment.service.item_imports import import_items
from equipment.service.kit_imports import import_kits
from foundation.db import db, in_transaction
from places.importing.reading import read_table
from places.importing.sheet_report import Report
from tests.cast import NOW


def items_file(text: str | bytes, by: int) -> Report:
    """What a file of devices did."""
    return _done(import_items, text, by)


def kits_file(text: str | bytes, by: int) -> Report:
    return _done(import_kits, text, by)


def _done(act: Any, text: str | bytes, by: int) -> Report:
    table = read_table(text if isinstance(text, bytes) else text.encode())
    report: Report = in_transaction(lambda: act(table, db.session.get_one(Account, by), now=NOW))
    return report


def device(code: str) -> Item:
    return db.session.scalars(select(Item).where(Item.code == code).execution_options(populate_existing=True)).one()


def the_kit(code: str) -> Kit:
    return db.session.scalars(select(Kit).where(Kit.code == code).execution_options(populate_existing=True)).one()


def past(code: str) -> list[tuple[str, str, str]]:
    """(kind, was, became) of what happened to a device."""
    query = select(ItemEvent.kind, ItemEvent.was, ItemEvent.became).join(ItemEvent.item).where(Item.code == code)
    return [(kind.value, was, became) for kind, was, became in db.session.execute(query.order_by(ItemEvent.id))]


def why(report: Report) -> list[tuple[int, str, str]]:
    """(line, column, sentence) of the rows that were refused."""
    return [(one.line, one.column, one.why) for one, _raw in report.rows]
