"""The figures of equipment on paper, for the council."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from equipment.rules.spans import Span
from equipment.views.upkeep.amounts import Shape, written
from equipment.views.upkeep.figure_keys import Key, title_of
from equipment.views.upkeep.figure_sheets import Column as SheetColumn
from equipment.views.upkeep.figure_sheets import Sheet
from foundation import clock
from foundation.document import FOOT, Document, whole
from foundation.i18n import _, full_day
from foundation.pdf import BRAND, LEADING, PLAIN, SOFT, wrapped
from foundation.table import Column, Table

FIRST, SHORT_FIRST, TEXT, NUMBER = 2.2, 1.9, 1.6, 1.2
"""How wide columns are against each other, so that no heading is parted: the first one of a table, and of a short one
that stands beside others; the other columns of words, and those of numbers."""
GUTTER = 18.0
"""Points between two tables that stand side by side."""
TITLE, HINT, SMALL = 12, 8.5, 8


def paper(span: Span, keys: Sequence[Key], sheets: Sequence[Sheet]) -> bytes:
    """The PDF."""
    return whole(lambda total: _written(span, keys, sheets, total))


def _written(span: Span, keys: Sequence[Key], sheets: Sequence[Sheet], total: int) -> Document:
    title = title_of(span)
    document = Document(title, title, total)
    document.write(title, 17, bold=True, colour=BRAND)
    document.gap(4)
    document.write(_("As of %(day)s", day=full_day(clock.today())), 9, colour=SOFT)
    document.gap(8)
    columns = [Column(_("Figure"), 2.4), Column("", 1, number=True), Column("", 3)]
    Table(document, columns).write([[one.label, one.words, one.hint] for one in keys])
    for _alike, beside in groupby(sheets, key=lambda sheet: sheet.key if sheet.long else len(sheet.columns)):
        _side_by_side(document, list(beside))
    return document


def _side_by_side(document: Document, sheets: Sequence[Sheet]) -> None:
    """Tables that begin at one height, on a sheet where each has room as a whole.

    A table that is higher than a sheet goes on to the next ones, and begins where there is room for a few rows of it.
    """
    room = (document.room - GUTTER * (len(sheets) - 1)) / len(sheets)
    parts = [(sheet, _table(document, sheet, number * (room + GUTTER), room)) for number, sheet in enumerate(sheets)]
    document.gap(10)
    needed, sheet_of_paper = max(_height(*part) for part in parts), document.height - 2 * document.margin - FOOT
    document.keep(needed if needed <= sheet_of_paper else _height(*parts[0], most=3))
    top, bottom = document.y, document.y
    for sheet, table in parts:
        document.y = top
        _draw(document, sheet, table)
        bottom = min(bottom, document.y)
    document.y = bottom


def _height(sheet: Sheet, table: Table, *, most: int | None = None) -> float:
    """Points of a title and its table, or of the first rows of it."""
    hint = (len(wrapped(sheet.hint, PLAIN, HINT, table.room)) if sheet.hint else 0) * HINT * LEADING
    return TITLE * LEADING + hint + 4 + table.height(_rows(sheet)[:most])


def _draw(document: Document, sheet: Sheet, table: Table) -> None:
    document.write(sheet.title, TITLE, bold=True, colour=BRAND, indent=table.start)
    if sheet.hint:
        document.write(sheet.hint, HINT, colour=SOFT, indent=table.start)
    document.gap(4)
    if sheet.rows:
        table.write(_rows(sheet))
    else:
        document.write(sheet.none, 9, indent=table.start)


def _table(document: Document, sheet: Sheet, start: float, room: float) -> Table:
    columns = [
        Column(one.label, _share(sheet, number, one.shape), number=one.shape is not Shape.TEXT)
        for number, one in enumerate(_columns(sheet))
    ]
    return Table(document, columns, size=SMALL, start=start, room=room)


def _columns(sheet: Sheet) -> list[SheetColumn]:
    return [one for one in sheet.columns if not _left_out(one)]


def _rows(sheet: Sheet) -> list[list[str]]:
    pairs = [zip(row, sheet.columns, strict=True) for row in sheet.rows]
    return [[written(value, one.shape) for value, one in row if not _left_out(one)] for row in pairs]


def _left_out(column: SheetColumn) -> bool:
    """The kind of a kit or of a place, which its name tells: figures need the room."""
    return column.aside and column.shape is Shape.TEXT


def _share(sheet: Sheet, number: int, shape: Shape) -> float:
    if number == 0:
        return FIRST if sheet.long else SHORT_FIRST
    return TEXT if shape is Shape.TEXT else NUMBER
