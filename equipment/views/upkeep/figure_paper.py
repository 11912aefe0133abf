"""The figures of equipment on paper, for the council."""

from __future__ import annotations

from collections.abc import Sequence

from equipment.rules.spans import Span
from equipment.views.upkeep.amounts import Shape, written
from equipment.views.upkeep.figure_keys import Key, title_of
from equipment.views.upkeep.figure_sheets import Sheet
from foundation import clock
from foundation.document import Document, whole
from foundation.i18n import _, full_day
from foundation.pdf import BRAND, SOFT
from foundation.table import Column, Table

FIRST, TEXT, NUMBER = 3.0, 2.0, 1.2
HEADING, ROW = 90, 17
"""Points that a heading needs with the first rows under it, and those of one row more: a short table is not parted."""


def paper(span: Span, keys: Sequence[Key], sheets: Sequence[Sheet]) -> bytes:
    """The PDF."""
    return whole(lambda total: _written(span, keys, sheets, total))


def _written(span: Span, keys: Sequence[Key], sheets: Sequence[Sheet], total: int) -> Document:
    title = title_of(span)
    document = Document(title, title, total, landscape=True)
    document.write(title, 17, bold=True, colour=BRAND)
    document.gap(4)
    document.write(_("As of %(day)s", day=full_day(clock.today())), 9, colour=SOFT)
    document.gap(8)
    columns = [Column(_("Figure"), 2), Column("", 1, number=True), Column("", 3)]
    Table(document, columns).write([[one.label, one.words, one.hint] for one in keys])
    for sheet in sheets:
        _sheet(document, sheet)
    return document


def _sheet(document: Document, sheet: Sheet) -> None:
    document.gap(10)
    document.keep(HEADING if sheet.long else HEADING + ROW * len(sheet.rows))
    document.write(sheet.title, 12, bold=True, colour=BRAND)
    if sheet.hint:
        document.write(sheet.hint, 8.5, colour=SOFT)
    document.gap(4)
    if not sheet.rows:
        document.write(sheet.none, 9)
        return
    columns = [
        Column(one.label, _share(number, one.shape), number=one.shape is not Shape.TEXT)
        for number, one in enumerate(sheet.columns)
    ]
    rows = [[written(value, one.shape) for value, one in zip(row, sheet.columns, strict=True)] for row in sheet.rows]
    Table(document, columns, size=8).write(rows)


def _share(number: int, shape: Shape) -> float:
    if number == 0:
        return FIRST
    return TEXT if shape is Shape.TEXT else NUMBER
