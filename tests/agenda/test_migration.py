"""The rule against overlap comes and goes with the tables."""

from __future__ import annotations

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from agenda.models import ResourceKind
from agenda.service import AlreadyHeld, add_resource, hold
from foundation.db import db, in_transaction
from tests.agenda.conftest import span

TABLES = {"resource", "opening", "absence", "busy_feed", "hold", "calendar_day"}


def test_down_and_up_again_with_the_rule(app):
    db.session.remove()
    downgrade(revision="0001")
    assert not TABLES & set(inspect(db.engine).get_table_names())
    upgrade()
    assert set(inspect(db.engine).get_table_names()) >= TABLES
    ines = in_transaction(lambda: add_resource(ResourceKind.MEDIATOR, "Inès").id)
    in_transaction(lambda: hold([ines], span("09:00", "10:00"), "Rendez-vous", "appointment:1"))
    with pytest.raises(AlreadyHeld):
        in_transaction(lambda: hold([ines], span("09:30", "10:30"), "Rendez-vous", "appointment:2"))


def test_downgrading_leaves_no_trigger_behind(app):
    db.session.remove()
    downgrade(revision="0001")
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")) == 0
    upgrade()
