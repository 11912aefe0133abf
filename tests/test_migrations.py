"""The migrations and the models are one, on both databases, up and down."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, update

from foundation.db import Base, db, transaction
from tests.vouchers.given import campaign, card, fresh, handed, paid, partner
from vouchers.models import Card, Redemption


def _tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_migrations_make_what_the_models_declare(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_named_check_of_the_models_is_in_the_database(app):
    inspector = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        declared = {str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        present = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert declared == present, table.name


def test_migrations_go_down_to_nothing_and_up_again(app):
    before = _tables()
    db.session.remove()
    downgrade(revision="base")
    assert _tables() == set()
    upgrade()
    assert _tables() == before


def test_households_and_serial_numbers_of_before_are_compared_as_those_since(cast):
    ids = [card(cast, household=typed).id for typed in ("F004 - 1", "", "é.7")]
    voucher = handed(cast, campaign(cast).id)
    sold = paid(voucher.code, partner(cast)).id
    with transaction():
        db.session.execute(update(Redemption).where(Redemption.id == sold).values(serial="R58N-91XKQ2F"))
    db.session.remove()
    downgrade(revision="0017")
    upgrade()
    assert [fresh(Card, id_).household_key for id_ in ids] == ["f0041", "", "é7"]
    assert fresh(Redemption, sold).serial == "R58N91XKQ2F"
