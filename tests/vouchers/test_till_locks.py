"""A till and an undo at the same partner never wait for each other in a ring."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from foundation.db import db, transaction
from tests.cast import NOW
from tests.vouchers.given import partner
from vouchers.service import tills
from vouchers.service.partners import stated_until
from vouchers.service.tills import Till


def test_a_till_does_not_wait_for_an_undo_that_has_its_campaign(app, cast):
    """The undo reads until when the partner was stated, and keeps that; the till must get the campaign after it."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: nothing can wait in a ring")
    shop = partner(cast)
    with db.engine.begin() as undoing:
        undoing.execute(text("SELECT stated_until FROM partner WHERE id = :id FOR KEY SHARE"), {"id": shop})
        with transaction():
            db.session.execute(text("SET LOCAL lock_timeout = '2s'"))
            tills.look("2222222222", Till(shop, "192.0.2.1"), now=NOW)


def test_an_undo_does_not_wait_for_a_till(app, cast):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: nothing can wait in a ring")
    shop = partner(cast)
    with db.engine.begin() as selling:
        selling.execute(tills._LOCKED, {"id": shop})
        with transaction():
            db.session.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert stated_until(shop) is None
