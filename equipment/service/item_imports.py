"""A file of devices into the register: the good rows are kept, the bad ones given back. It may be repeated."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from accounts.models import Account
from agenda import service as agenda
from equipment.importing import items as rows
from equipment.importing.columns import COLUMNS, Kind
from equipment.importing.items import Outcome
from equipment.importing.register import Register
from equipment.importing.rows import Facts, read_rows
from equipment.importing.telling import said
from equipment.models import Item, ItemEvent, ItemEventKind
from equipment.queries import registers
from equipment.queries.handing import out_among
from equipment.rules.codes import plain_code
from equipment.rules.items import rewritten
from equipment.rules.keeping import KEEPERS, ForKeepers
from equipment.service import incidents, warnings
from foundation import audit, clock
from foundation.db import db, table_of
from foundation.errors import Refused
from foundation.i18n import _
from places.importing.reading import Table
from places.importing.sheet_report import Report
from places.importing.sheet_rows import Wanted

_CHANGED = ("kind", "label", "serial_number", "purchase", "bought_on", "price_cents", "funder", "kit_id",
            "structure_id", "battery_percent")  # fmt: skip
_UPDATE = (
    update(table_of(Item))
    .where(table_of(Item).c.id == bindparam("item_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)


def import_items(table: Table, actor: Account, *, now: datetime) -> Report:
    """Create or change devices by their codes, all that can be in few statements.

    How a device is stays what was last seen of it: a file is older than an incident.

    Raises:
        ForKeepers, UnknownColumns
    """
    if not actor.has(*KEEPERS):
        raise ForKeepers
    report = Report(COLUMNS[Kind.ITEMS])
    wanted = read_rows(Kind.ITEMS, table, report)
    today = now.astimezone(clock.territory_zone()).date()
    register = Register(registers.shelves(), registers.structures(), actor, today)
    _lock_kits(wanted, register)
    known = registers.devices([one.key for one in wanted], locked=True)
    register = replace(register, out=out_among([row.id for row in known.values()]))
    kept: list[tuple[Wanted[Facts], Outcome]] = []
    for one in wanted:
        try:
            kept.append((one, _outcome(one, known.get(one.key), register, report)))
        except Refused as refused:
            report.refuse(one.row, one.key, refused)
    _write(kept, known, actor, now)
    _report_faults(kept, known, actor, now)
    for kit_id in sorted({kit_id for _one, outcome in kept for kit_id in outcome.kits}):
        warnings.kit_changed(kit_id, now=now)
    audit.record("items.imported", "import:items", actor_id=actor.id, **report.counts)
    return report


def _report_faults(
    kept: list[tuple[Wanted[Facts], Outcome]], known: Container[str], actor: Account, now: datetime
) -> None:  # fmt: skip
    """What is wrong with a new device of a kit is an incident, as when somebody had looked at it."""
    values = [outcome.values for one, outcome in kept if one.key not in known]
    faulty = [one for one in values if one["kit_id"] and not one["condition"].serves and one["retired_on"] is None]
    ids, words = registers.ids_of([one["code"] for one in faulty]), _("Told by an imported file.")
    for one in faulty:
        incidents.open_incident(
            one["kit_id"], one["condition"], words, actor, now=now, item_id=ids[one["code"]], warn=False
        )  # fmt: skip


def _lock_kits(wanted: Iterable[Wanted[Facts]], register: Register) -> None:
    """The resources of the kits that devices leave or come to, in order, before the rows of the devices."""
    told = {plain_code(one.facts["kit"]) for one in wanted if "kit" in one.facts}
    left = {row.kit_id for row in registers.devices([one.key for one in wanted]).values()}
    shelves = register.shelves.items()
    agenda.lock({shelf.resource_id for code, shelf in shelves if code in told or shelf.id in left})


def _outcome(one: Wanted[Facts], known: Any, register: Register, report: Report) -> Outcome:
    """Raises: as `equipment.importing.items`"""
    if known is None:
        outcome = rows.new(one.facts, register)
        report.create(one.key)
        return outcome
    outcome = rows.changed(one.facts, known, register)
    report.noted["left"] += outcome.left
    if outcome.values:
        report.change(one.row.line, one.key, lambda: said(Kind.ITEMS, known, outcome.values, register.named))
    else:
        report.unchanged += 1
    return outcome


def _write(kept: list[tuple[Wanted[Facts], Outcome]], known: dict[str, Any], actor: Account, now: datetime) -> None:
    """What is new, what changes, and what happened to each."""
    new = [outcome.values for one, outcome in kept if one.key not in known]
    if new:
        db.session.execute(insert(table_of(Item)), new)
    changed = [
        {"item_id": known[one.key].id}
        | {f"new_{name}": outcome.values.get(name, getattr(known[one.key], name)) for name in _CHANGED}
        for one, outcome in kept
        if one.key in known and outcome.values
    ]
    if changed:
        db.session.execute(_UPDATE, changed)
    ids = registers.ids_of([values["code"] for values in new]) | {code: row.id for code, row in known.items()}
    events = [
        {"item_id": ids[one.key], "kind": kind, "at": now, "actor_id": actor.id, "was": was, "became": became}
        | {"note": ""}
        for one, outcome in kept
        for kind, was, became in outcome.events
    ]
    events += [
        {"item_id": ids[one.key], "kind": ItemEventKind.CHANGED, "at": now, "actor_id": actor.id, "was": was}
        | {"became": became, "note": name}
        for one, outcome in kept
        if one.key in known
        for name, was, became in rewritten(known[one.key], outcome.values)
    ]
    if events:
        db.session.execute(insert(table_of(ItemEvent)), events)
    db.session.expire_all()
