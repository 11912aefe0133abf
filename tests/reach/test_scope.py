"""Whose figures somebody may see, how that is said, and that asking for more gives nothing."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from foundation.security import Role
from reach.queries.naming import scope_said
from reach.rules.scope import TERRITORY, NoFigures, Scope, scope_of


def test_a_town_without_a_name_leaves_no_hole_in_the_sentence(app):
    with force_locale("fr"):
        assert TERRITORY.said("") == "Tout ce qui a été saisi, toutes structures confondues."


def test_a_manager_of_the_territory_sees_all_of_it(cast):
    assert scope_of(cast.manager) == TERRITORY
    assert scope_of(cast.administrator).whole


def test_a_mediator_sees_their_own_figures(cast):
    assert scope_of(cast.mediator) == Scope(mediator_id=cast.ids["mediator"])


def test_a_manager_of_a_structure_sees_that_one(cast):
    head = cast.manager
    head.structure_id = cast.ids["town"]
    assert scope_of(head) == Scope(structure_id=cast.ids["town"])


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_nobody_else_sees_figures(cast, role):
    with pytest.raises(NoFigures):
        scope_of(cast.account_of(role))


def test_each_scope_is_said(cast):
    with force_locale("en"):
        assert scope_said(TERRITORY) == "All that was recorded in Rives-sur-Aure, by all structures."
        assert scope_said(Scope(structure_id=cast.ids["town"])).startswith("Only what Ville de Rives-sur-Aure recorded")
        assert scope_said(Scope(mediator_id=cast.ids["mediator"])).startswith("Only what Salima Benali recorded")
