"""Kits are described, changed, shown on a photo and taken out of use; loans that are to come stand in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agenda.models import Resource, ResourceKind
from equipment.models import Approval, Borrowers, Condition, Destination, Kit, Maintenance
from equipment.queries import kits as lendables
from equipment.rules.codes import BadCode, CodeTaken
from equipment.rules.details import (
    KitDetails,
    KitKindMissing,
    KitStillWanted,
    Leaving,
    NameMissing,
    NoSuchPlace,
    OutOfLimits,
    UnitsMissing,
)
from equipment.rules.items import CertificateElsewhere, NewItem
from equipment.rules.keeping import ForKeepers
from equipment.rules.lending import Wish
from equipment.rules.photos import Photo
from equipment.rules.refusals import KitTaken, NoSuchKit, TooLongText
from equipment.service import items, kits, lending
from foundation.db import db, in_transaction, transaction
from foundation.scope import NotInYourStructure, OfTheTerritory
from foundation.security import Role
from tests.cast import NOW
from tests.equipment.given import done, kit, morning, reserved
from tests.equipment.shelves import act, acts, added, by, events, item, reread
from tests.mediation.planning import account_in
from tests.workshops.given import count

pytestmark = pytest.mark.usefixtures("stopped_clock")


def details(**changes) -> KitDetails:
    return KitDetails(**({"code": "MAL-01", "name": "Mallette bleue", "kind": "Tablettes"} | changes))


def created(cast, **changes) -> Kit:
    return act(kits.create, details(**changes), who=cast.ids["manager"])


def changed(cast, kit_id, **changes) -> Kit:
    return in_transaction(lambda: kits.change(kit_id, details(**changes), by(cast.ids["manager"])))


def retired(cast, kit_id, leaving=None, **more) -> Kit:
    return act(kits.retire, kit_id, leaving or Leaving(), who=more.pop("who", cast.ids["manager"]), **more)


def test_a_kit_is_there_to_be_reserved_once_it_is_described(cast):
    made = created(
        cast, structure_id=cast.ids["town"], home_venue_id=cast.ids["library"], name=" Mallette bleue ",
        rules="Charger avant de rendre\n\n  Compter les tablettes \n", borrowers=Borrowers.SCHOOLS,
        approval=Approval.MANAGER, unit_kind="tablette", minimum_units=8, turnaround_minutes=60,
    )  # fmt: skip
    kept = reread(made.id)
    assert (kept.name, kept.home_venue.name, kept.structure_id) == (
        "Mallette bleue", "Médiathèque du Port", cast.ids["town"],
    )  # fmt: skip
    assert kept.rules == "Charger avant de rendre\nCompter les tablettes"
    resource = db.session.get_one(Resource, kept.resource_id)
    assert (resource.kind, resource.label, resource.active) == (ResourceKind.KIT, "Mallette bleue", True)
    found = lendables.lendable(made.id)
    assert (found.borrowers, found.approval, found.goes_out) == (Borrowers.SCHOOLS, Approval.MANAGER, False)
    assert acts(f"kit:{made.id}") == ["kit.created"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"code": "mal é"}, BadCode),
        ({"code": "M" * 21}, BadCode),
        ({"code": ""}, BadCode),
        ({"name": " "}, NameMissing),
        ({"kind": ""}, KitKindMissing),
        ({"name": "x" * 121}, TooLongText),
        ({"rules": "x" * 1001}, TooLongText),
        ({"lead_hours": 2161}, OutOfLimits),
        ({"longest_loan_days": 0}, OutOfLimits),
        ({"turnaround_minutes": -1}, OutOfLimits),
        ({"flat_minutes": 10_081}, OutOfLimits),
        ({"minimum_units": 201, "unit_kind": "robot"}, OutOfLimits),
        ({"minimum_units": 4}, UnitsMissing),
        ({"home_venue_id": 999_999}, NoSuchPlace),
    ],
)
def test_what_nobody_could_reserve_is_refused(cast, changes, refusal):
    with pytest.raises(refusal):
        created(cast, **changes)
    assert (count(Kit), count(Resource)) == (0, 3)


def test_a_label_is_on_one_thing_only(cast):
    created(cast)
    added(cast, None, "TAB-01")
    for code in ("MAL-01", "TAB-01"):
        with pytest.raises(CodeTaken):
            created(cast, code=code)
    assert count(Kit) == 1


def test_only_managers_of_the_structure_write_about_it(cast):
    with pytest.raises(ForKeepers):
        act(kits.create, details(structure_id=cast.ids["town"]), who=cast.ids["mediator"])
    of_association = account_in(cast, "association", Role.MANAGER)
    for structure, refusal in ((None, OfTheTerritory), (cast.ids["town"], NotInYourStructure)):
        with pytest.raises(refusal):
            act(kits.create, details(structure_id=structure), who=of_association.id)
    assert act(kits.create, details(structure_id=cast.ids["association"]), who=of_association.id).id


def test_changed_words_are_those_of_the_calendar_too(cast):
    made = created(cast)
    changed(cast, made.id, name="Mallette verte", code="MAL-02", lead_hours=0, longest_loan_days=365)
    kept = reread(made.id)
    assert (kept.name, kept.code, kept.resource.label, kept.lead_hours) == (
        "Mallette verte", "MAL-02", "Mallette verte", 0,
    )  # fmt: skip
    assert acts(f"kit:{made.id}") == ["kit.created", "kit.changed"]


def test_its_devices_go_along_to_another_structure(cast):
    made = created(cast)
    added(cast, made.id)
    changed(cast, made.id, structure_id=cast.ids["association"])
    assert item("TAB-01").structure_id == cast.ids["association"]


def test_loans_that_are_reserved_stay_as_they_are_when_rules_change(cast):
    made = kit()
    loan = reserved(made.id, morning(), cast.ids["mediator"])
    was = loan.held_until
    changed(cast, made.id, code=made.code, turnaround_minutes=600)
    db.session.refresh(loan)
    assert loan.held_until == was


def test_another_structure_s_kit_is_not_there(cast):
    of_association = account_in(cast, "association", Role.MANAGER)
    made = created(cast, structure_id=cast.ids["town"])
    with pytest.raises(NoSuchKit):
        in_transaction(
            lambda: kits.change(made.id, details(structure_id=cast.ids["association"]), by(of_association.id))
        )
    for kit_id in (made.id, 999_999):
        with pytest.raises(NoSuchKit):
            retired(cast, kit_id, who=of_association.id)


def test_a_photo_comes_and_goes(cast):
    made = created(cast)
    manager = cast.ids["manager"]
    in_transaction(lambda: kits.set_photo(made.id, Photo(b"x", "image/jpeg"), " Ouverte ", by(manager)))
    kept = reread(made.id)
    assert (kept.photo, kept.photo_type, kept.photo_alt) == (b"x", "image/jpeg", "Ouverte")
    in_transaction(lambda: kits.set_photo(made.id, None, "Ouverte", by(manager)))
    kept = reread(made.id)
    assert (kept.photo, kept.photo_type, kept.photo_alt) == (None, "", "")
    assert acts(f"kit:{made.id}")[1:] == ["kit.photo_set", "kit.photo_removed"]
    with pytest.raises(ForKeepers):
        in_transaction(lambda: kits.set_photo(made.id, None, "", by(cast.ids["mediator"])))


def test_loans_and_upkeep_to_come_are_told_and_nothing_is_retired(cast):
    made = kit()
    later, sooner = (reserved(made.id, morning(weeks), cast.ids["mediator"]) for weeks in (2, 1))
    with transaction():
        whole = morning(3)
        db.session.add(
            Maintenance(
                kit_id=made.id, label="Mises à jour", starts_at=whole.start, ends_at=whole.end,
                planned_by_id=cast.ids["manager"],
            )
        )  # fmt: skip
    with pytest.raises(KitStillWanted) as refused:
        retired(cast, made.id)
    wanted = refused.value.alternatives
    assert [one.reservation.id for one in wanted if one.reservation] == [sooner.id, later.id]
    assert wanted[-1].upkeep.label == "Mises à jour"
    assert "3" in str(refused.value)
    assert reread(made.id).retired_at is None


def test_a_kit_that_is_out_is_not_retired_even_when_it_is_late(cast):
    made = kit()
    loan = reserved(made.id, morning(), cast.ids["mediator"])
    with transaction():
        db.session.get_one(type(loan), loan.id).state = "handed_over"
    with pytest.raises(KitStillWanted):
        retired(cast, made.id, now=NOW + timedelta(weeks=8))


def test_once_they_are_cancelled_its_devices_go_to_the_reserve_and_nobody_reserves_it(cast):
    made = kit(units=2)
    loan = reserved(made.id, morning(), cast.ids["mediator"])
    done(lending.cancel, loan.id, by=cast.ids["mediator"])
    retired(cast, made.id)
    kept = reread(made.id)
    assert (kept.retired_at, kept.resource.active, kept.items) == (NOW, False, [])
    assert events(f"{made.code}-0")[-1] == ("moved", made.code, "", "")
    with pytest.raises(NoSuchKit):
        reserved(made.id, morning(), cast.ids["mediator"], Wish())
    with pytest.raises(NoSuchKit):
        retired(cast, made.id)
    assert acts(f"kit:{made.id}") == ["kit.retired"]


def test_or_they_leave_with_it_and_it_is_told_where_they_went(cast):
    made = kit(units=2)
    act(items.retire, made.items[0].id, Destination.LOST, "", who=cast.ids["manager"])
    retired(cast, made.id, Leaving(Destination.RECYCLING, " BSD-2026-7 "))
    first, second = item(f"{made.code}-0"), item(f"{made.code}-1")
    assert (first.destination, first.certificate) == (Destination.LOST, "")
    assert (second.destination, second.certificate) == (Destination.RECYCLING, "BSD-2026-7")
    assert {one.condition for one in reread(made.id).items} == {Condition.RETIRED}


def test_a_certificate_belongs_to_recycling(cast):
    made = kit()
    with pytest.raises(CertificateElsewhere):
        retired(cast, made.id, Leaving(Destination.GIVEN_AWAY, "BSD-1"))
    assert reread(made.id).retired_at is None


def test_a_kit_out_of_use_is_changed_no_more(cast):
    made = kit(units=0)
    retired(cast, made.id)
    with pytest.raises(NoSuchKit):
        changed(cast, made.id)
    with pytest.raises(NoSuchKit):
        act(items.add, made.id, NewItem("TAB-01", "tablette"), who=cast.ids["manager"])


def test_of_a_kit_in_use_and_an_other_taken_then_others_are_offered_still(cast):
    first, gone = kit("A"), kit("B")
    reserved(first.id, morning(), cast.ids["mediator"])
    retired(cast, gone.id)
    third = kit("C")
    with pytest.raises(KitTaken) as refused:
        reserved(first.id, morning(), cast.ids["mediator"])
    assert [one.id for one in refused.value.alternatives] == [third.id]
