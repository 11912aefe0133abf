"""A device leaves for good: where it went and its certificate stay, and its kit serves one less."""

from __future__ import annotations

import pytest

from equipment.models import Condition, Destination, Incident, IncidentState, Reservation
from equipment.queries import incidents as queries
from equipment.queries import kits as lendables
from equipment.rules.details import KitDetails
from equipment.rules.items import CertificateElsewhere, FaultKnown, ItemDetails, ItemGone, NewItem
from equipment.rules.keeping import ForKeepers, NoSuchItem
from equipment.rules.lending import Wish
from equipment.rules.refusals import TooLongText
from equipment.service import items, reshaping
from foundation.db import db, in_transaction
from foundation.security import Role
from tests.cast import TODAY
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.equipment.shelves import act, acts, added, by, events, item, reread
from tests.mediation.planning import account_in

pytestmark = pytest.mark.usefixtures("stopped_clock")


def incident_of(code: str) -> Incident:
    return queries.of_item(item(code).id)[0]


def test_it_stays_in_the_register_of_its_kit_and_counts_no_more(cast):
    case = kit(units=2)
    made = added(cast, case.id)
    act(items.retire, made.id, Destination.RECYCLING, " BSD-1 ", who=cast.ids["manager"], note="Batterie gonflée")
    kept = item("TAB-01")
    assert (kept.kit_id, kept.condition, kept.retired_on) == (case.id, Condition.RETIRED, TODAY)
    assert (kept.destination, kept.certificate) == (Destination.RECYCLING, "BSD-1")
    assert events("TAB-01")[-1] == ("retired", "working", "recycling", "Batterie gonflée")
    assert lendables.lendable(case.id).units == 2
    assert acts(f"item:{made.id}")[-1] == "item.retired"


def test_it_leaves_once(cast):
    made = added(cast)
    act(items.retire, made.id, Destination.PARTS, "", who=cast.ids["manager"])
    with pytest.raises(ItemGone):
        act(items.retire, made.id, Destination.LOST, "", who=cast.ids["manager"])
    assert item("TAB-01").destination is Destination.PARTS


def test_a_certificate_is_of_recycling_and_may_come_later(cast):
    made = added(cast)
    with pytest.raises(CertificateElsewhere):
        act(items.retire, made.id, Destination.LOST, "BSD-1", who=cast.ids["manager"])
    with pytest.raises(TooLongText):
        act(items.retire, made.id, Destination.RECYCLING, "x" * 61, who=cast.ids["manager"])
    act(items.retire, made.id, Destination.RECYCLING, "", who=cast.ids["manager"])
    in_transaction(lambda: items.certify(made.id, "BSD-9", by(cast.ids["manager"])))
    assert item("TAB-01").certificate == "BSD-9"
    other = added(cast, code="TAB-02")
    with pytest.raises(CertificateElsewhere):
        in_transaction(lambda: items.certify(other.id, "BSD-9", by(cast.ids["manager"])))


def test_a_mediator_and_another_structure_take_nothing_out(cast):
    made = added(cast, structure_id=cast.ids["town"])
    stranger = account_in(cast, "association", Role.MANAGER)
    for who, refusal in ((cast.ids["mediator"], ForKeepers), (stranger.id, NoSuchItem)):
        with pytest.raises(refusal):
            act(items.retire, made.id, Destination.LOST, "", who=who)
    assert item("TAB-01").condition is Condition.WORKING


def test_what_is_found_damaged_in_a_kit_opens_an_incident(cast):
    case = kit(units=0)
    made = added(cast, case.id)
    opened = act(reshaping.found, made.id, Condition.DAMAGED, who=cast.ids["mediator"], note="Écran fêlé")
    assert (opened.item_id, opened.kit_id, opened.description) == (made.id, case.id, "Écran fêlé")
    assert item("TAB-01").condition is Condition.DAMAGED
    assert lendables.lendable(case.id).working == 0


def test_in_reserve_it_is_only_noted(cast):
    made = added(cast)
    assert act(reshaping.found, made.id, Condition.DAMAGED, who=cast.ids["mediator"], note="Coque") is None
    assert item("TAB-01").condition is Condition.DAMAGED
    assert act(reshaping.found, made.id, Condition.WORKING, who=cast.ids["mediator"]) is None
    assert item("TAB-01").condition is Condition.WORKING


def test_what_an_incident_says_is_settled_there(cast):
    case = kit(units=0)
    made = added(cast, case.id)
    opened = act(reshaping.found, made.id, Condition.INCOMPLETE, who=cast.ids["mediator"])
    with pytest.raises(FaultKnown) as refused:
        act(reshaping.found, made.id, Condition.WORKING, who=cast.ids["mediator"])
    assert refused.value.alternatives == [opened.id]
    assert item("TAB-01").condition is Condition.INCOMPLETE


def test_another_structure_s_device_is_not_judged(cast):
    made = added(cast, structure_id=cast.ids["town"])
    with pytest.raises(NoSuchItem):
        act(reshaping.found, made.id, Condition.DAMAGED, who=account_in(cast, "association", Role.MEDIATOR).id)
    with pytest.raises(NoSuchItem):
        act(reshaping.found, 999_999, Condition.DAMAGED, who=cast.ids["mediator"])


def test_when_it_leaves_its_incident_is_settled(cast):
    case = kit(units=0)
    made = added(cast, case.id)
    act(reshaping.found, made.id, Condition.DAMAGED, who=cast.ids["mediator"], note="Écran fêlé")
    act(reshaping.retire, made.id, Destination.PARTS, "", who=cast.ids["manager"])
    closed = incident_of("TAB-01")
    assert (closed.state, closed.outcome) == (IncidentState.CLOSED, "Gardé pour les pièces")
    assert item("TAB-01").condition is Condition.RETIRED


def warnings_of(reservation_id: int) -> list[str]:
    """What was written down of warnings on a loan, in order."""
    db.session.rollback()
    loan = db.session.get_one(Reservation, reservation_id)
    return [one.kind.value for one in loan.events if one.kind.value in {"warned", "reassured"}]


@pytest.fixture
def wanted(cast):
    """(kit, loan) of a school that needs both devices of a kit next week."""
    host = host_of_school(cast)
    case = kit(units=0)
    for code in ("TAB-01", "TAB-02"):
        added(cast, case.id, code)
    return case.id, reserved(case.id, morning(), host.id, Wish(units_wanted=2)).id


def test_whoever_borrows_next_is_told_when_a_device_moves_away_and_when_it_is_back(cast, wanted):
    kit_id, loan_id = wanted
    act(reshaping.move, item("TAB-01").id, None, who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned"]
    act(reshaping.move, item("TAB-01").id, kit_id, who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned", "reassured"]


def test_and_when_one_leaves_for_good_until_another_one_comes(cast, wanted):
    kit_id, loan_id = wanted
    act(reshaping.retire, item("TAB-02").id, Destination.LOST, "", who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned"]
    act(reshaping.add, kit_id, [NewItem("TAB-03", "tablette")], who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned", "reassured"]


def test_and_when_the_kit_is_said_to_count_other_devices(cast, wanted):
    kit_id, loan_id = wanted
    case = reread(kit_id)
    details = KitDetails(case.code, case.name, case.kind, unit_kind="robot")
    act(reshaping.change_kit, kit_id, details, who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned"]


def test_and_when_a_device_was_something_else_all_along(cast, wanted):
    _kit_id, loan_id = wanted
    act(reshaping.change_item, item("TAB-01").id, ItemDetails("TAB-01", "chargeur"), who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned"]


def test_nobody_is_told_of_what_changes_nothing_for_them(cast, wanted):
    kit_id, loan_id = wanted
    act(items.measure_battery, item("TAB-01").id, 12, who=cast.ids["mediator"])
    act(reshaping.add, kit_id, [NewItem("CHG-01", "chargeur")], who=cast.ids["manager"])
    act(reshaping.retire, item("CHG-01").id, Destination.LOST, "", who=cast.ids["manager"])
    act(reshaping.found, item("TAB-01").id, Condition.WORKING, who=cast.ids["mediator"], note="Coque changée")
    assert warnings_of(loan_id) == []


def test_nor_of_what_is_refused(cast, wanted):
    _kit_id, loan_id = wanted
    with pytest.raises(CertificateElsewhere):
        act(reshaping.retire, item("TAB-01").id, Destination.LOST, "BSD-1", who=cast.ids["manager"])
    with pytest.raises(ForKeepers):
        act(reshaping.move, item("TAB-01").id, None, who=cast.ids["mediator"])
    assert warnings_of(loan_id) == []
    assert item("TAB-01").condition is Condition.WORKING


def test_two_kits_are_looked_at_when_a_device_goes_from_one_to_the_other(cast, wanted):
    kit_id, loan_id = wanted
    other = kit("B", units=1)
    host = host_of_school(cast)
    their_loan = reserved(other.id, morning(1), host.id, Wish(units_wanted=2)).id
    act(reshaping.move, item("TAB-01").id, other.id, who=cast.ids["manager"])
    assert warnings_of(loan_id) == ["warned"]
    assert reread(kit_id).items == [item("TAB-02")]
    assert "warned" not in warnings_of(their_loan)
