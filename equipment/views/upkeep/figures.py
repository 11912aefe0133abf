"""The figures of equipment: on a page, in a spreadsheet, on paper for the council."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound

from accounts.current import staff
from accounts.models import Account
from equipment.queries.figures import whole as queries
from equipment.queries.figures.scope import Scope
from equipment.rules.keeping import KEEPERS
from equipment.rules.spans import OWN, Span, named, offered, own, present
from equipment.views.upkeep.amounts import plain, written
from equipment.views.upkeep.blueprint import bp
from equipment.views.upkeep.figure_keys import keys, title_of
from equipment.views.upkeep.figure_paper import paper
from equipment.views.upkeep.figure_sheets import Sheet, sheets
from foundation import clock
from foundation.downloads import CSV, PDF, download
from foundation.errors import Refused
from foundation.fields import near_day, row_id
from foundation.i18n import _
from foundation.security import allow
from foundation.tables import XLSX_TYPE, csv_lines, xlsx_bytes
from foundation.web import draw
from places import queries as places

SHARED = "commun"


@dataclass(frozen=True)
class Wish:
    """What the address asks for. `fault` is what is wrong with it; then the school year at hand is shown."""

    span: Span
    scope: Scope
    structure: str
    fault: str = ""

    def address(self) -> dict[str, Any]:
        """The same in an address."""
        days = {"du": self.span.first.isoformat(), "au": self.span.last.isoformat()} if self.span.name == OWN else {}
        return {"periode": self.span.name, **days, "structure": self.structure or None}


@bp.get("/chiffres")
@allow(*KEEPERS)
def figures() -> Response:
    wish, today = _wish(), clock.today()
    found = _found(wish)
    return draw(
        "equipment/upkeep/figures.html", 422 if wish.fault else 200, wish=wish, figures=found, keys=keys(found),
        sheets=sheets(found), written=written, spans=offered(today), own=OWN, asked=request.args, shared=SHARED,
        zone=clock.territory_zone(), structures=[] if staff().structure_id else places.structures(),
    )  # fmt: skip


@bp.get("/chiffres.xlsx")
@allow(*KEEPERS)
def figures_workbook() -> Response:
    """A sheet for each table."""
    wish = _wish()
    found = _found(wish)
    key = [[one.label, plain(one.value, one.shape)] for one in keys(found)]
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]] = {_("Figures"): ([title_of(wish.span), ""], key)}
    for sheet in sheets(found):
        tables[sheet.title] = (_header(sheet), _rows(sheet))
    return download(xlsx_bytes(tables), XLSX_TYPE, f"materiel-{wish.span.first}-{wish.span.last}.xlsx")


@bp.get("/chiffres/<key>.csv")
@allow(*KEEPERS)
def figures_table(key: str) -> Response:
    """One of the tables."""
    wish = _wish()
    for sheet in sheets(_found(wish)):
        if sheet.key == key:
            content = "".join(csv_lines(_header(sheet), _rows(sheet)))
            return download(content, CSV, f"materiel-{key}-{wish.span.first}-{wish.span.last}.csv")
    raise NotFound


@bp.get("/chiffres.pdf")
@allow(*KEEPERS)
def figures_paper() -> Response:
    wish = _wish()
    found = _found(wish)
    return download(paper(wish.span, keys(found), sheets(found)), PDF,
                    f"materiel-{wish.span.first}-{wish.span.last}.pdf")  # fmt: skip


def _found(wish: Wish) -> queries.Figures:
    return queries.figures(wish.scope, wish.span, clock.territory_zone(), now=clock.now())


def _wish() -> Wish:
    scope, structure = _scope(staff(), request.args.get("structure", ""))
    name = request.args.get("periode") or (OWN if request.args.get("du") or request.args.get("au") else "")
    if name != OWN:
        return Wish(named(name) or present(clock.today()), scope, structure)
    try:
        return Wish(own(_day("du"), _day("au")), scope, structure)
    except ValueError:
        fault = _("Choose the first and the last day.")
    except Refused as refused:
        fault = str(refused)
    return Wish(present(clock.today()), scope, structure, fault)


def _day(name: str) -> date:
    """Raises: ValueError"""
    return near_day(request.args.get(name, ""))


def _scope(viewer: Account, asked: str) -> tuple[Scope, str]:
    """What the viewer may see of what is asked for; a structure's staff see its own."""
    if viewer.structure_id is not None:
        return Scope(everything=False, structure_id=viewer.structure_id), ""
    if asked == SHARED:
        return Scope(everything=False), SHARED
    try:
        chosen = row_id(asked)
    except ValueError:
        return Scope(), ""
    return Scope(everything=False, structure_id=chosen), str(chosen)


def _header(sheet: Sheet) -> list[str]:
    return [column.label for column in sheet.columns]


def _rows(sheet: Sheet) -> list[list[Any]]:
    return [
        [plain(value, column.shape) for value, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows
    ]
