"""The register for a spreadsheet, in columns that an import reads again."""

from __future__ import annotations

from typing import Any

from flask import Response

from accounts.current import staff
from equipment.importing.columns import COLUMNS, ITEMS, KITS, Kind
from equipment.importing.register import RESERVE
from equipment.importing.telling import told
from equipment.models import Item, Kit
from equipment.queries import registers
from equipment.rules.kits import WORKERS
from equipment.views.imports.blueprint import bp
from foundation import clock
from foundation.downloads import CSV, download
from foundation.i18n import _
from foundation.security import allow
from foundation.tables import XLSX_TYPE, csv_lines, xlsx_bytes


@bp.get("/export/<any(appareils, mallettes):what>.<any(csv, xlsx):kind>")
@allow(*WORKERS)
def export(what: str, kind: str) -> Response:
    """What is within reach: devices with those out of use, kits without."""
    wanted = Kind(what)
    header = COLUMNS[wanted].headings
    rows = _item_rows() if wanted is Kind.ITEMS else _kit_rows()
    name = f"{what}-{clock.today():%Y-%m-%d}.{kind}"
    if kind == "csv":
        return download("".join(csv_lines(header, rows)), CSV, name)
    title = _("Devices") if wanted is Kind.ITEMS else _("Kits")
    return download(xlsx_bytes({title: (header, rows)}), XLSX_TYPE, name)


def _item_rows() -> list[list[Any]]:
    structures = registers.structure_names()
    return [[_item_cell(one, column.field, structures) for column in ITEMS] for one in
            registers.all_items(staff())]  # fmt: skip


def _item_cell(item: Item, field: str, structures: dict[int, str]) -> str:
    if field == "kit":
        return item.kit.code if item.kit else str(RESERVE)
    if field == "structure":
        return structures.get(item.structure_id or 0, "")
    return told(field, getattr(item, field))


def _kit_rows() -> list[list[Any]]:
    return [[_kit_cell(one, column.field) for column in KITS] for one in registers.all_kits(staff())]


def _kit_cell(kit: Kit, field: str) -> Any:
    value = getattr(kit, field)
    if field in {"structure", "home_venue"}:
        return value.name if value else ""
    return value if isinstance(value, int) else told(field, value)
