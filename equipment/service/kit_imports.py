"""A file of kits into the register: each row by the verb of a page, the bad ones given back. It may be repeated."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from accounts.models import Account
from equipment.importing.columns import COLUMNS, Kind
from equipment.importing.rows import Facts, read_rows
from equipment.importing.telling import said
from equipment.models import Kit
from equipment.queries import registers
from equipment.rules.codes import CodeTaken
from equipment.rules.details import KitDetails
from equipment.rules.importing import KitGone, UnknownStructure, UnknownVenue
from equipment.rules.keeping import KEEPERS, ForKeepers, keeps
from equipment.service import kits
from foundation import audit
from foundation.errors import Refused
from places.clean.text import search_key
from places.importing.reading import Table
from places.importing.sheet_report import Report
from places.importing.sheet_rows import Wanted

FIELDS = tuple(KitDetails.__dataclass_fields__)


def import_kits(table: Table, actor: Account, *, now: datetime) -> Report:
    """Create or change kits by their codes. A cell that says nothing takes nothing away.

    Raises:
        ForKeepers, UnknownColumns
    """
    if not actor.has(*KEEPERS):
        raise ForKeepers
    report = Report(COLUMNS[Kind.KITS])
    wanted = read_rows(Kind.KITS, table, report)
    known = registers.kits_by_code([one.key for one in wanted])
    structures, places = registers.structures(), registers.places()
    for one in wanted:
        try:
            facts = _placed(one.facts, structures, places, actor)
            _keep(one, facts, known.get(one.key), report, actor, now)
        except Refused as refused:
            report.refuse(one.row, one.key, refused)
    audit.record("kits.imported", "import:kits", actor_id=actor.id, **report.counts)
    return report


def _placed(facts: Facts, structures: dict[str, int], places: dict[str, int | None], actor: Account) -> Facts:
    """What a row says, structures and places as their ids.

    Raises:
        UnknownStructure, UnknownVenue
    """
    said = {name: value for name, value in facts.items() if name in FIELDS}
    if "structure" in facts:
        said["structure_id"] = structures.get(search_key(facts["structure"]))
        if said["structure_id"] is None or not keeps(actor, said["structure_id"]):
            raise UnknownStructure
    if "home_venue" in facts:
        said["home_venue_id"] = places.get(search_key(facts["home_venue"]))
        if said["home_venue_id"] is None:
            raise UnknownVenue
    return said


def _keep(one: Wanted[Facts], facts: Facts, known: Kit | None, report: Report, actor: Account, now: datetime) -> None:
    """Raises: CodeTaken, KitGone, and as `equipment.service.kits.create`"""
    if known is None:
        blank: Facts = {"structure_id": actor.structure_id, "name": "", "kind": ""}
        kits.create(KitDetails(**blank | facts), actor, now=now)
        report.create(one.key)
        return
    if not keeps(actor, known.structure_id):
        raise CodeTaken(one.key)
    if known.retired_at is not None:
        raise KitGone
    before = KitDetails(**{name: getattr(known, name) for name in FIELDS})
    changed = {name: value for name, value in facts.items() if getattr(before, name) != value}
    if not changed:
        report.unchanged += 1
        return
    lines = said(Kind.KITS, before, changed, {})
    kits.change(known.id, KitDetails(**asdict(before) | changed), actor)
    report.change(one.row.line, one.key, lambda: lines)
