"""Who sees kits and devices, and who writes the register: by role and by structure."""

from __future__ import annotations

import pytest

from accounts.models import Account, AccountRole
from equipment.rules.keeping import (
    ForKeepers,
    NoSuchItem,
    check_keeps,
    check_sees_item,
    check_sees_kit,
    keeps,
    sees,
)
from equipment.rules.refusals import NoSuchKit
from foundation.scope import NotInYourStructure, OfTheTerritory
from foundation.security import Role

TOWN, ASSOCIATION, TERRITORY = 1, 2, None
TEAM = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
OTHERS = (Role.PRESCRIBER, Role.HOST, Role.PARTNER)


def somebody(role: Role, structure_id: int | None) -> Account:
    return Account(name="Claire", structure_id=structure_id, role_rows=[AccountRole(role=role)])


@pytest.mark.parametrize("role", TEAM)
@pytest.mark.parametrize(
    ("own", "owner", "seen"),
    [
        (TOWN, TOWN, True),
        (TOWN, ASSOCIATION, False),
        (TOWN, TERRITORY, True),
        (TERRITORY, TOWN, True),
        (TERRITORY, TERRITORY, True),
    ],
)
def test_the_team_sees_its_own_and_what_the_territory_shares(role, own, owner, seen):
    account = somebody(role, own)
    assert sees(account, owner) is seen
    for check, refusal in ((check_sees_kit, NoSuchKit), (check_sees_item, NoSuchItem)):
        if seen:
            check(account, owner)
        else:
            with pytest.raises(refusal):
                check(account, owner)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("owner", [TOWN, TERRITORY])
def test_nobody_else_sees_the_register(role, owner):
    account = somebody(role, TOWN)
    assert not sees(account, owner)
    assert not keeps(account, owner)
    with pytest.raises(NoSuchKit):
        check_sees_kit(account, owner)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    ("own", "owner", "refusal"),
    [
        (TOWN, TOWN, None),
        (TOWN, ASSOCIATION, NotInYourStructure),
        (TOWN, TERRITORY, OfTheTerritory),
        (TERRITORY, TOWN, None),
        (TERRITORY, TERRITORY, None),
    ],
)
def test_managers_write_about_what_they_decide(role, own, owner, refusal):
    account = somebody(role, own)
    assert keeps(account, owner) is (refusal is None)
    if refusal is None:
        check_keeps(account, owner)
    else:
        with pytest.raises(refusal):
            check_keeps(account, owner)


@pytest.mark.parametrize("role", [Role.MEDIATOR, *OTHERS])
def test_all_others_do_not(role):
    account = somebody(role, TERRITORY)
    assert not keeps(account, TERRITORY)
    with pytest.raises(ForKeepers):
        check_keeps(account, TERRITORY)
