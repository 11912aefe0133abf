"""The pages on which the team lends kits open for it, and for nobody else; the tabs lead through all of them."""

from __future__ import annotations

import pytest

from foundation.security import Role
from tests.cast import sign_in

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_the_team_finds_equipment_in_its_menu(client, cast, role):
    page = sign_in(client, cast.account_of(role)).get("/equipe/materiel")
    assert page.status_code == 200
    assert 'href="/equipe/materiel"' in page.text
