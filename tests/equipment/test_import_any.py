"""Any file of devices: every row is accounted for, none stops another, and a second time changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from accounts.models import Account
from equipment.models import Item, ItemEvent, Kit
from equipment.rules.codes import CodeTaken
from equipment.service.item_imports import import_items
from foundation.db import db, in_transaction
from places.importing.reading import read_table
from places.importing.sheet_report import Report
from places.transfer.rehearsal import rehearse
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.given import kit
from tests.equipment.registers import items_file

pytestmark = pytest.mark.usefixtures("stopped_clock")
HEADER = "code;type;mallette;état;prix;acheté le;batterie;sorti le;destination"
CELLS = (
    st.sampled_from(["T-1", "t-2", "T-3", "T 4", "MAL-1", "é", "", "T-5"]),
    st.sampled_from(["tablette", "robot", "", "=1+1"]),
    st.sampled_from(["MAL-1", "mal-2", "GONE", "réserve", ""]),
    st.sampled_from(["Fonctionne", "damaged", "retired", "bof", ""]),
    st.sampled_from(["249,90", "cher", "-1", ""]),
    st.sampled_from(["2024-02-28", "31/02/2024", "2031-01-01", ""]),
    st.sampled_from(["80", "800", "x", ""]),
    st.sampled_from(["2025-01-01", "2031-01-01", "hier", ""]),
    st.sampled_from(["recycling", "Perdu", ""]),
)
ROWS = st.lists(st.tuples(*CELLS).map(";".join), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_row_is_accounted_for_and_a_second_time_changes_nothing(app, cast, rows):
    """What one file wrote is there when the next comes, as in a town."""
    for code, changes in (("MAL-1", {}), ("MAL-2", {}), ("GONE", {"retired_at": NOW})):
        if db.session.scalar(select(Kit.id).where(Kit.code == code)) is None:
            kit(code=code, units=1, **changes)
    full = [row for row in rows if row.strip(";")]
    if not full:
        return
    text = "\n".join([HEADER, *full]) + "\n"
    first = items_file(text, cast.ids["manager"])
    counted = first.created + first.updated + first.unchanged + first.noted["repeated"] + len(first.rows)
    assert counted == len(full)
    again = items_file(text, cast.ids["manager"])
    assert (again.created, again.updated) == (0, 0)
    assert [one.line for one, _raw in again.rows] == [one.line for one, _raw in first.rows]
    check_register()


def check_register() -> None:
    """Each device came once, is where its past says, and is whose its kit is."""
    rows = list(db.session.scalars(select(Item)))
    for item in rows:
        told = [event for event in item.events if event.kind.value in {"added", "moved"}]
        if told:
            assert [event.kind.value for event in told].count("added") == 1
            assert told[-1].became == (item.kit.code if item.kit else "")
        if item.kit:
            assert item.structure_id == item.kit.structure_id
    db.session.rollback()


class TestTogether:
    FILE = "code;type\n" + "\n".join(f"T-{number};tablette" for number in range(40)) + "\n"

    def test_two_who_import_the_same_file_at_once_write_it_once(self, app, cast):
        both, table, who = Barrier(2), read_table(self.FILE.encode()), cast.ids["manager"]

        def run(_worker: int) -> Report | CodeTaken:
            with app.app_context():
                both.wait()
                try:
                    return in_transaction(lambda: import_items(table, db.session.get_one(Account, who), now=NOW))
                except CodeTaken as refused:
                    return refused
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(run, range(2)))
        assert sum(one.created for one in outcomes if isinstance(one, Report)) == 40
        assert db.session.scalar(select(func.count(Item.id))) == 40
        assert db.session.scalar(select(func.count(ItemEvent.id))) == 40

    def test_a_rehearsal_counts_the_same_and_leaves_nothing(self, app, cast):
        table, who = read_table(self.FILE.encode()), cast.ids["manager"]
        report = rehearse(lambda: import_items(table, db.session.get_one(Account, who), now=NOW))
        assert report.created == 40
        assert db.session.scalar(select(func.count(Item.id))) == 0
        assert items_file(self.FILE, who).counts == report.counts

    def test_a_file_that_names_a_kit_locks_it_before_its_devices(self, app, cast):
        """A loan that is reserved meanwhile waits: it counts the devices afterwards."""
        kit(code="MAL-1", units=2)
        with statements() as sent:
            items_file("code;type;mallette\nT-1;tablette;MAL-1\n", cast.ids["manager"])
        locks = [number for number, one in enumerate(sent) if "FROM resource" in one and "ORDER BY resource.id" in one]
        written = [number for number, one in enumerate(sent) if one.startswith("INSERT INTO item ")]
        assert min(locks) < min(written)
