"""Who sees which structure, and what can not be done to accounts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.models import Account
from accounts.queries import in_scope
from accounts.rules.scope import (
    LastAdministrator,
    NoRole,
    NotInYourStructure,
    OwnAccount,
    check_administrator_left,
    check_closing,
    check_roles,
    check_scope,
    may_see_structure,
)
from foundation.security import Role

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


@dataclass
class Somebody:
    id: int = 1
    structure_id: int | None = None
    roles: frozenset[Role] = ADMINISTRATOR
    active: bool = True


@pytest.mark.parametrize(
    ("theirs", "structure", "seen"),
    [(None, None, True), (None, 7, True), (7, 7, True), (7, 8, False), (7, None, False)],
)
def test_staff_see_their_structure_and_the_territory_sees_all(theirs, structure, seen):
    account = Somebody(structure_id=theirs)
    assert may_see_structure(account, structure) is seen
    if not seen:
        with pytest.raises(NotInYourStructure):
            check_scope(account, structure)


def test_lists_are_kept_to_the_structure():
    assert "structure_id = 7" in str(in_scope(Account.structure_id, 7).compile(compile_kwargs={"literal_binds": True}))
    assert "structure_id" not in str(in_scope(Account.structure_id, None))


def test_an_account_needs_a_role():
    with pytest.raises(NoRole):
        check_roles(frozenset())


def test_nobody_closes_their_own_account():
    with pytest.raises(OwnAccount):
        check_closing(1, Somebody(id=1))
    check_closing(2, Somebody(id=1))
    check_closing(None, Somebody(id=1))


@pytest.mark.parametrize(
    ("others", "becomes", "refused"),
    [
        (0, {"roles": frozenset({Role.MANAGER})}, True),
        (0, {"structure_id": 7}, True),
        (0, {"active": False}, True),
        (0, {"roles": ADMINISTRATOR | {Role.MEDIATOR}}, False),
        (1, {"active": False}, False),
    ],
)
def test_somebody_administers_the_territory(others, becomes, refused):
    to_be = {"roles": ADMINISTRATOR, "structure_id": None, "active": True} | becomes
    if refused:
        with pytest.raises(LastAdministrator):
            check_administrator_left(others, Somebody(), **to_be)
    else:
        check_administrator_left(others, Somebody(), **to_be)


def test_who_never_administered_the_territory_may_go():
    check_administrator_left(0, Somebody(structure_id=7), ADMINISTRATOR, 7, active=False)
