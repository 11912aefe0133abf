"""How pages of activity records are found: by their id, at the same cost however many lie in the period."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from foundation.db import db
from reach.queries import records
from reach.rules.scope import TERRITORY
from tests.counting import statements
from tests.reach.asking import MARCH, of

MILLIONS = {
    "ix_activity_record_mediator_id_started_at": "1000000 25000 1",
    "ix_activity_record_started_at": "1000000 1",
}


@pytest.fixture
def believed_full(cast):
    """SQLite believes that it counted a million records of forty mediators, until the test's transaction ends."""
    db.session.execute(text("ANALYZE"))
    insert = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('activity_record', :idx, :stat)")
    db.session.execute(insert, [{"idx": idx, "stat": stat} for idx, stat in MILLIONS.items()])
    db.session.execute(text("ANALYZE sqlite_master"))
    yield
    db.session.rollback()
    db.session.execute(text("ANALYZE sqlite_master"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_walks_along_the_ids_instead_of_sorting_the_period_for_each_page(believed_full):
    with statements() as sent:
        records.page(of(MARCH), TERRITORY, after=0, limit=2000)
    [sql] = [one for one in sent if "FROM activity_record" in one]
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (0,) * sql.count("?"))
    steps = [row[3] for row in plan]
    assert steps[0] == "SEARCH activity_record USING INTEGER PRIMARY KEY (rowid>?)"
    assert not [step for step in steps if "TEMP B-TREE" in step]
