"""What the database itself refuses about accounts, whichever code writes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from accounts.models import Account, AccountLink, AccountRole, FailedTry, LinkKind, StaffSession
from foundation.db import broken_constraint, db, transaction
from foundation.security import Role
from tests.cast import NOW


def account(**changed) -> Account:
    return Account(**{"email": "ada@rives.example", "name": "Ada", "created_at": NOW} | changed)


def link(cast, **changed) -> AccountLink:
    known = {"account_id": cast.mediator.id, "kind": LinkKind.RESET, "token_hash": "t", "created_at": NOW}
    return AccountLink(**known | {"expires_at": NOW + timedelta(hours=1)} | changed)


def session(cast, **changed) -> StaffSession:
    known = {"account_id": cast.mediator.id, "token_hash": "t", "created_at": NOW, "last_seen_at": NOW}
    return StaffSession(**known | {"user_agent": "Firefox"} | changed)


BROKEN = [
    (lambda cast: account(email="Ada@rives.example"), "ck_account_email_lower_case"),
    (lambda cast: account(name=""), "ck_account_name_given"),
    (lambda cast: link(cast, expires_at=NOW), "ck_account_link_expires_after_creation"),
    (lambda cast: FailedTry(key="k", failures=0, last_at=NOW), "ck_failed_try_failures_positive"),
]


@pytest.mark.parametrize(("row", "constraint"), BROKEN, ids=[name for _row, name in BROKEN])
def test_a_check_is_kept(cast, row, constraint):
    with pytest.raises(IntegrityError) as refused, transaction():
        db.session.add(row(cast))
    assert broken_constraint(refused.value) == constraint


@pytest.mark.parametrize("make", [link, session])
def test_a_token_opens_one_thing(cast, make):
    with pytest.raises(IntegrityError), transaction():
        db.session.add_all([make(cast), make(cast)])


def test_a_role_is_held_once(cast):
    with pytest.raises(IntegrityError), transaction():
        db.session.add(AccountRole(account_id=cast.mediator.id, role=Role.MEDIATOR))


def test_a_resource_is_one_persons(cast):
    with pytest.raises(IntegrityError), transaction():
        db.session.add(account(resource_id=cast.mediator.resource_id))


def test_a_role_that_does_not_exist_is_refused(cast):
    with pytest.raises(StatementError), transaction():
        db.session.add(AccountRole(account_id=cast.mediator.id, role="emperor"))


def test_nobody_belongs_to_a_structure_that_does_not_exist(cast):
    with pytest.raises(IntegrityError), transaction():
        db.session.add(account(structure_id=99_999))


def test_an_account_knows_its_roles(cast):
    assert cast.mediator.roles == {Role.MEDIATOR}
    assert cast.mediator.has(Role.MANAGER, Role.MEDIATOR)
    assert not cast.mediator.has(Role.MANAGER)
    assert not cast.mediator.has()
