"""What waits for somebody: counted in one statement, told where there is some of it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, literal, select

from accounts.models import Account
from foundation.alerts import Alert, Count, alerts
from foundation.db import db
from foundation.security import Role
from tests.cast import sign_in
from tests.counting import statements


def counting(*numbers: int) -> Count:
    return Count(lambda: [select(literal(number)) for number in numbers], lambda number: f"{number} in all")


def test_all_is_counted_in_one_statement_and_what_is_nought_is_left_out(app):
    everybody = Count(lambda: [select(func.count(Account.id))], str)
    with statements() as sent:
        told = alerts({"sums": counting(2, 3), "noughts": counting(0, 0), "nothing": counting(), "rows": everybody})
    assert told == {"sums": Alert(5, "5 in all")}
    assert len([one for one in sent if not one.startswith("BEGIN")]) == 1
    db.session.rollback()


def test_nothing_to_count_asks_nothing(app):
    with statements() as sent:
        assert alerts({}) == alerts({"nothing": counting()}) == {}
    assert sent == []


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR, Role.HOST])
def test_every_page_of_staff_asks_who_it_is_which_town_and_what_waits(client, cast, role):
    """Whatever a page is about comes on top of these three."""
    sign_in(client, cast.account_of(role))
    client.get("/nowhere")
    with statements() as sent:
        client.get("/nowhere")
    asked = [one for one in sent if not one.startswith("BEGIN")]
    assert ["staff_session" in asked[0], "territory" in asked[1]] == [True, True]
    assert len(asked) <= 3
