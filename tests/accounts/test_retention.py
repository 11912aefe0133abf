"""Who held an account is forgotten a year after it was closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts import queries, service
from accounts.rules.lifetimes import forgotten_before
from accounts.rules.scope import AccountForgotten
from agenda.models import Resource
from foundation import audit
from foundation.db import db, transaction
from tests.accounts.signing import try_to_sign_in
from tests.cast import NOW, sign_in

YEAR = timedelta(days=366)


def close(account) -> None:
    account_id = account.id
    with time_machine.travel(NOW, tick=False), transaction():
        service.close_account(account_id, None)


def tidy(now: datetime) -> None:
    with transaction():
        service.tidy(now)


@pytest.mark.parametrize(
    ("now", "limit"),
    [
        (datetime(2027, 3, 10, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2027, 2, 28, tzinfo=UTC)),
    ],
)
def test_a_year_by_the_calendar(now, limit):
    assert forgotten_before(now) == limit


def test_nothing_names_or_reaches_them_any_more(cast):
    close(cast.mediator)
    tidy(NOW + YEAR)
    gone = cast.mediator
    assert gone.name == f"Compte fermé {gone.id}"
    assert gone.email == f"closed-{gone.id}@account.invalid"
    assert (gone.phone, gone.password_hash, gone.last_signed_in_at) == (None, None, None)
    assert db.session.get(Resource, gone.resource_id, populate_existing=True).label == gone.name
    assert audit.history(f"account:{gone.id}")[0].action == "account.forgotten"


def test_not_before_the_year_is_over(cast):
    close(cast.mediator)
    tidy(NOW + timedelta(days=364))
    assert cast.mediator.name == "Salima Benali"


def test_not_those_whose_account_is_open(cast):
    tidy(NOW + 10 * YEAR)
    assert cast.mediator.name == "Salima Benali"


def test_not_those_who_came_back(cast):
    close(cast.mediator)
    with transaction():
        service.reopen_account(cast.mediator.id, None)
    tidy(NOW + YEAR)
    assert cast.mediator.name == "Salima Benali"
    assert cast.mediator.closed_at is None


def test_each_once(cast):
    close(cast.mediator)
    tidy(NOW + YEAR)
    tidy(NOW + 2 * YEAR)
    actions = [entry.action for entry in audit.history(f"account:{cast.mediator.id}")]
    assert actions.count("account.forgotten") == 1


def test_the_address_is_free_for_a_new_account(cast):
    email = cast.mediator.email
    close(cast.mediator)
    tidy(NOW + YEAR)
    with transaction():
        service.create_account(service.Details("Salima Benali", email, frozenset(cast.mediator.roles)), None)
    assert queries.by_email(email).id != cast.ids["mediator"]


def test_a_forgotten_account_is_not_opened_again(cast, client):
    close(cast.host)
    tidy(NOW + YEAR)
    with pytest.raises(AccountForgotten), transaction():
        service.reopen_account(cast.host.id, None)
    sign_in(client, cast.administrator)
    page = f"/equipe/comptes/{cast.host.id}"
    assert client.get(page).status_code == 200
    assert client.post(f"{page}/rouvrir").status_code == 409
    assert not cast.host.active


def test_nobody_signs_in_with_it(cast, client):
    close(cast.host)
    tidy(NOW + YEAR)
    assert try_to_sign_in(client, cast.host.email).status_code == 422
