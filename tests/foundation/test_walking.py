"""What SQLite is kept from searching by an index, PostgreSQL is not: it has statistics of the bare column only."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite

from foundation.db import db
from foundation.walking import beside_index
from workshops.models import Programme, ProgrammeState
from workshops.queries.public import SHOWN


@pytest.mark.parametrize(
    ("dialect", "compared"),
    [(sqlite.dialect(), "WHERE +programme.state = ?"), (postgresql.dialect(), "WHERE programme.state = %(")],
)
def test_each_database_is_asked_in_its_words(dialect, compared):
    query = select(Programme.id).where(beside_index(Programme.state) == ProgrammeState.PUBLISHED)
    assert compared in str(query.compile(dialect=dialect))


def test_the_public_agenda_compares_the_bare_column_on_postgresql():
    """Wrapped in an expression it was guessed to match one programme, and 3,000 sessions were read and sorted."""
    shown = str(SHOWN.compile(dialect=postgresql.dialect()))
    assert "programme.state = " in shown
    assert "(programme.state" not in shown


@pytest.mark.parametrize(("column", "searched"), [(Programme.state, True), (beside_index(Programme.state), False)])
def test_the_state_is_found_the_same_but_sqlite_does_not_search_by_it(app, column, searched):
    query = select(Programme.id).where(column == ProgrammeState.PUBLISHED)
    assert list(db.session.scalars(query)) == []
    if db.engine.dialect.name == "sqlite":
        statement = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()
        assert ("SEARCH programme" in str(plan)) is searched
