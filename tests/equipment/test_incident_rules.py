"""What may be said of an incident, by whom, and what may still be done with it: rules without a database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from equipment.models import Condition, IncidentState
from equipment.rules.items import ItemGone
from equipment.rules.refusals import NoSuchKit, NoSuchReservation, TooLongText
from equipment.rules.upkeep import (
    FAULTS,
    LONGEST,
    MOST_CENTS,
    BadCost,
    ClosedMeanwhile,
    KitStays,
    NoFault,
    NoSuchIncident,
    NotInThisKit,
    WhereToMissing,
    check_cost,
    check_end,
    check_may_report,
    check_report,
    check_seen,
    check_unsettled,
    check_words,
)
from foundation.forbidden import CardNumber, Password
from foundation.security import Role

TOWN, ASSOCIATION = 1, 2


def somebody(*roles: Role, structure_id: int | None = None, school_id: int | None = None) -> Any:
    """An account as rules look at it."""
    held = set(roles)
    return SimpleNamespace(
        has=lambda *wanted: bool(held.intersection(wanted)), structure_id=structure_id, school_id=school_id,
        care_home_id=None,
    )  # fmt: skip


def a_kit(structure_id: int | None = None) -> Any:
    return SimpleNamespace(id=1, structure_id=structure_id)


def a_loan(kit_id: int = 1, school_id: int | None = 7) -> Any:
    return SimpleNamespace(kit_id=kit_id, school_id=school_id, care_home_id=None)


def a_device(condition: Condition = Condition.WORKING, kit_id: int | None = 1) -> Any:
    return SimpleNamespace(condition=condition, kit_id=kit_id)


def an_incident(item: Any = None) -> Any:
    return SimpleNamespace(item=item)


# Words


@pytest.mark.parametrize("field", sorted(LONGEST))
def test_a_text_as_long_as_its_column_passes_and_a_longer_one_does_not(field):
    check_words(**{field: "a" * LONGEST[field]})
    check_words(**{field: f"  {'a' * LONGEST[field]}  "})
    with pytest.raises(TooLongText) as refused:
        check_words(**{field: "a" * (LONGEST[field] + 1)})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "refusal"), [("mdp=Tablette12!", Password), ("Carte 4111 1111 1111 1111", CardNumber)]
)  # fmt: skip
def test_what_must_not_be_kept_is_refused_in_each_field(text, refusal):
    for field in LONGEST:
        with pytest.raises(refusal) as refused:
            check_words(**{field: text})
        assert refused.value.field == field


def test_several_texts_are_looked_at_together():
    check_words(outcome="Écran changé.", supplier="Répar’Ville")
    with pytest.raises(TooLongText) as refused:
        check_words(outcome="Écran changé.", supplier="a" * 200)
    assert refused.value.field == "supplier"


# Who reports, who sees


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    ("own", "of_kit", "may"),
    [(None, TOWN, True), (None, None, True), (TOWN, TOWN, True), (TOWN, None, True), (TOWN, ASSOCIATION, False)],
)
def test_the_team_reports_on_kits_within_reach_and_sees_their_incidents(role, own, of_kit, may):
    actor, kit = somebody(role, structure_id=own), a_kit(of_kit)
    if may:
        check_may_report(actor, kit, None)
        check_seen(actor, kit)
        return
    with pytest.raises(NoSuchKit):
        check_may_report(actor, kit, None)
    with pytest.raises(NoSuchIncident):
        check_seen(actor, kit)


@pytest.mark.parametrize("role", [Role.HOST, Role.PRESCRIBER, Role.PARTNER])
def test_others_see_no_incident_and_report_on_no_kit_by_itself(role):
    with pytest.raises(NoSuchKit):
        check_may_report(somebody(role), a_kit(), None)
    with pytest.raises(NoSuchIncident):
        check_seen(somebody(role), a_kit())


def test_a_host_reports_on_the_loan_of_their_school_alone():
    host = somebody(Role.HOST, school_id=7)
    check_may_report(host, a_kit(), a_loan())
    for loan in (a_loan(school_id=8), a_loan(school_id=None), a_loan(kit_id=2)):
        with pytest.raises(NoSuchReservation):
            check_may_report(host, a_kit(), loan)
    with pytest.raises(NoSuchReservation):
        check_may_report(somebody(Role.HOST), a_kit(), a_loan(school_id=None))


def test_the_team_reports_on_a_loan_of_a_kit_within_reach():
    check_may_report(somebody(Role.MEDIATOR, structure_id=TOWN), a_kit(TOWN), a_loan())
    with pytest.raises(NoSuchReservation):
        check_may_report(somebody(Role.MEDIATOR, structure_id=TOWN), a_kit(ASSOCIATION), a_loan())


# What is reported


@pytest.mark.parametrize("condition", list(Condition))
def test_damaged_incomplete_and_missing_are_faults(condition):
    for item in (None, a_device()):
        if condition in FAULTS:
            check_report(condition, item, 1)
        else:
            with pytest.raises(NoFault) as refused:
                check_report(condition, item, 1)
            assert refused.value.field == "condition"


def test_a_device_is_reported_in_the_kit_in_which_it_is_and_while_it_is_there():
    check_report(Condition.MISSING, a_device(Condition.DAMAGED), 1)
    for kit_id in (2, None):
        with pytest.raises(NotInThisKit) as refused:
            check_report(Condition.MISSING, a_device(kit_id=kit_id), 1)
        assert refused.value.field == "item"
    with pytest.raises(ItemGone):
        check_report(Condition.MISSING, a_device(Condition.RETIRED), 1)


# What may still be done


@pytest.mark.parametrize("state", list(IncidentState))
def test_what_is_settled_is_not_changed_any_more(state):
    if state is IncidentState.CLOSED:
        with pytest.raises(ClosedMeanwhile) as refused:
            check_unsettled(state)
        assert refused.value.status == 409
    else:
        check_unsettled(state)


@pytest.mark.parametrize(("cents", "passes"), [(None, True), (0, True), (MOST_CENTS, True), (-1, False)])
def test_a_cost_is_not_known_or_within_bounds(cents, passes):
    if passes:
        check_cost(cents)
    else:
        with pytest.raises(BadCost):
            check_cost(cents)
    with pytest.raises(BadCost):
        check_cost(MOST_CENTS + 1)


@pytest.mark.parametrize("became", [one for one in Condition if one is not Condition.RETIRED])
@pytest.mark.parametrize("item", [None, a_device(), a_device(Condition.RETIRED)])
def test_any_end_but_leaving_for_good_needs_nothing_more(became, item):
    check_end(cast(Any, an_incident(item)), became, goes_somewhere=False)


def test_what_leaves_for_good_goes_somewhere_unless_it_is_gone_already():
    with pytest.raises(WhereToMissing) as refused:
        check_end(an_incident(a_device()), Condition.RETIRED, goes_somewhere=False)
    assert refused.value.field == "destination"
    check_end(an_incident(a_device()), Condition.RETIRED, goes_somewhere=True)
    check_end(an_incident(a_device(Condition.RETIRED)), Condition.RETIRED, goes_somewhere=False)


@pytest.mark.parametrize("goes_somewhere", [True, False])
def test_a_whole_kit_does_not_leave_so(goes_somewhere):
    with pytest.raises(KitStays) as refused:
        check_end(an_incident(), Condition.RETIRED, goes_somewhere=goes_somewhere)
    assert refused.value.field == "became"
