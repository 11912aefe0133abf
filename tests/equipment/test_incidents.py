"""Incidents: reported, in repair, settled; what the device is follows, and nothing is written twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.journal import ACTS, NOUNS
from equipment.models import (
    Condition,
    Destination,
    Incident,
    IncidentEvent,
    IncidentState,
    Item,
    Kit,
    ReservationEvent,
    ReservationEventKind,
)
from equipment.queries.kits import lendable
from equipment.rules.items import ItemGone
from equipment.rules.keeping import ForKeepers
from equipment.rules.lending import Wish
from equipment.rules.refusals import NoSuchKit, NoSuchReservation, TooLongText
from equipment.rules.upkeep import (
    BadCost,
    ClosedMeanwhile,
    InRepairMeanwhile,
    KitStays,
    NoFault,
    NoSuchIncident,
    NoteMissing,
    NotInThisKit,
    OutcomeMissing,
    WhereToMissing,
)
from equipment.service import incidents, items
from foundation import audit
from foundation.db import db, transaction
from foundation.forbidden import Password
from tests.cast import NOW, TODAY
from tests.equipment.faults import act, condition_of, count, devices, looked_at, reported, steps
from tests.equipment.given import host_of_home, host_of_school, kit, morning, reserved
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
LATER = NOW + timedelta(days=3)


@pytest.fixture
def blue(cast):
    return kit(units=12, minimum_units=11)


@pytest.fixture
def tablet(blue):
    return devices(blue.id)[0]


@pytest.fixture
def cracked(cast, blue, tablet):
    """A tablet of which a mediator reported the screen."""
    return reported(blue.id, cast.ids["mediator"], item_id=tablet)


def test_a_report_lowers_what_the_kit_serves_at_once(cast, blue, tablet):
    made = reported(blue.id, cast.ids["mediator"], item_id=tablet)
    assert (made.state, made.condition, made.opened_by_id) == (
        IncidentState.OPEN, Condition.DAMAGED, cast.ids["mediator"],
    )  # fmt: skip
    assert condition_of(tablet) is Condition.DAMAGED
    assert looked_at(tablet) == [("working", "damaged")]
    assert steps(made.id) == [("open", "damaged", "Écran fendu.")]
    served = lendable(blue.id)
    assert (served.working, served.units, served.goes_out) == (11, 12, True)
    db.session.rollback()
    reported(blue.id, cast.ids["mediator"], Condition.MISSING, "Pas revenue.", item_id=devices(blue.id)[1])
    assert not lendable(blue.id).goes_out
    db.session.rollback()


def test_the_same_report_twice_is_one_report_of_one_step(cast, blue, tablet, cracked):
    again = reported(blue.id, cast.ids["mediator"], item_id=tablet)
    assert again.id == cracked.id
    assert steps(cracked.id) == [("open", "damaged", "Écran fendu.")]
    assert looked_at(tablet) == [("working", "damaged")]


def test_a_second_report_of_a_device_is_one_more_step(cast, blue, tablet, cracked):
    again = reported(blue.id, cast.ids["manager"], Condition.MISSING, "Elle n’est plus là.", item_id=tablet, now=LATER)
    assert again.id == cracked.id
    assert count(Incident) == 1
    assert reread(again).condition is Condition.DAMAGED
    assert steps(again.id) == [("open", "damaged", "Écran fendu."), ("open", "missing", "Elle n’est plus là.")]
    assert condition_of(tablet) is Condition.MISSING


def test_of_the_kit_as_a_whole_there_may_be_several_each_once(cast, blue):
    mediator = cast.ids["mediator"]
    wheel = [reported(blue.id, mediator, words="Roulette cassée.").id for _ in range(2)]
    zip_ = reported(blue.id, mediator, words="Fermeture bloquée.").id
    assert wheel[0] == wheel[1] != zip_
    assert lendable(blue.id).working == 12
    db.session.rollback()


@pytest.mark.parametrize("condition", [Condition.WORKING, Condition.RETIRED])
def test_what_is_no_fault_is_not_reported(cast, blue, tablet, condition):
    with pytest.raises(NoFault):
        reported(blue.id, cast.ids["mediator"], condition, item_id=tablet)
    assert (count(Incident), count(IncidentEvent)) == (0, 0)


def test_a_device_of_another_kit_or_gone_for_good_is_not_reported(cast, blue, tablet):
    other = devices(kit("Mallette rouge").id)[0]
    with pytest.raises(NotInThisKit):
        reported(blue.id, cast.ids["mediator"], item_id=other)
    act(items.retire, tablet, Destination.PARTS, "", by=cast.ids["manager"])
    with pytest.raises(ItemGone):
        reported(blue.id, cast.ids["mediator"], item_id=tablet)
    assert count(Incident) == 0


def test_words_too_long_or_not_to_be_kept_are_refused(cast, blue):
    with pytest.raises(TooLongText):
        reported(blue.id, cast.ids["mediator"], words="a" * 501)
    with pytest.raises(Password):
        reported(blue.id, cast.ids["mediator"], words="Le mot de passe : Tablette12!")
    assert count(Incident) == 0


def test_a_kit_that_left_for_good_or_never_was_has_no_incident(cast, blue):
    with pytest.raises(NoSuchKit):
        reported(blue.id + 1000, cast.ids["mediator"])
    with transaction():
        db.session.get_one(Kit, blue.id).retired_at = NOW
    with pytest.raises(NoSuchKit):
        reported(blue.id, cast.ids["mediator"])


def test_a_host_reports_on_the_kit_of_their_own_loan(cast, blue, tablet):
    host = host_of_school(cast)
    loan = reserved(blue.id, morning(), host.id)
    made = reported(blue.id, host.id, item_id=tablet, reservation_id=loan.id)
    assert (made.reservation_id, made.opened_by_id) == (loan.id, host.id)
    with pytest.raises(NoSuchKit):
        reported(blue.id, host.id, words="Autre chose.")
    with pytest.raises(NoSuchReservation):
        reported(kit("Mallette rouge").id, host.id, reservation_id=loan.id)
    elsewhere = host_of_home(cast)
    for reservation_id in (loan.id, loan.id + 1000):
        with pytest.raises(NoSuchReservation):
            reported(blue.id, elsewhere.id, words="Rien à voir.", reservation_id=reservation_id)


def test_another_structures_kit_does_not_exist_for_its_staff(cast):
    theirs = kit(structure_id=cast.ids["association"])
    with pytest.raises(NoSuchKit):
        reported(theirs.id, cast.ids["mediator"])
    made = reported(theirs.id, cast.ids["other_mediator"])
    for verb, more in (
        (incidents.begin_repair, ()), (incidents.add_note, ("Vu.",)), (incidents.close, ("Réparé.",)),
    ):  # fmt: skip
        ended = {"became": Condition.WORKING} if verb is incidents.close else {}
        with pytest.raises(NoSuchIncident):
            act(verb, made.id, *more, by=cast.ids["mediator"], **ended)
        with pytest.raises(NoSuchIncident):
            act(verb, made.id + 1000, *more, by=cast.ids["manager"], **ended)
    assert reread(made).state is IncidentState.OPEN


def test_repair_begins_once_whoever_presses_twice(cast, tablet, cracked):
    for _ in range(2):
        begun = act(
            incidents.begin_repair, cracked.id, by=cast.ids["mediator"], supplier="Répar’Ville", note="Déposée."
        )
    assert (begun.state, begun.supplier) == (IncidentState.IN_REPAIR, "Répar’Ville")
    assert steps(cracked.id)[1:] == [("in_repair", None, "Déposée.")]
    assert condition_of(tablet) is Condition.DAMAGED
    with pytest.raises(InRepairMeanwhile):
        act(incidents.begin_repair, cracked.id, by=cast.ids["manager"], supplier="Autre atelier")
    assert reread(cracked).supplier == "Répar’Ville"


def test_what_happens_meanwhile_is_appended_once(cast, cracked):
    act(incidents.begin_repair, cracked.id, by=cast.ids["mediator"])
    for _ in range(2):
        act(incidents.add_note, cracked.id, " Devis de 80 € reçu. ", by=cast.ids["mediator"])
    assert steps(cracked.id)[2:] == [("in_repair", None, "Devis de 80 € reçu.")]
    with pytest.raises(NoteMissing):
        act(incidents.add_note, cracked.id, "  ", by=cast.ids["mediator"])


def ended(cracked, by, **more):
    return act(incidents.close, cracked.id, "Écran changé.", by=by, **({"became": Condition.WORKING} | more))


def test_settled_it_works_again_and_says_what_it_cost(cast, blue, tablet, cracked):
    for _ in range(2):
        done = ended(cracked, cast.ids["mediator"], supplier="Répar’Ville", cost_cents=8050, now=LATER)
    assert (done.state, done.closed_at, done.cost_cents, done.supplier, done.outcome) == (
        IncidentState.CLOSED, LATER, 8050, "Répar’Ville", "Écran changé.",
    )  # fmt: skip
    assert steps(cracked.id)[1:] == [("closed", "working", "Écran changé.")]
    assert condition_of(tablet) is Condition.WORKING
    assert lendable(blue.id).whole
    db.session.rollback()


def test_settled_by_somebody_else_meanwhile_is_said_kindly_and_changes_nothing(cast, tablet, cracked):
    ended(cracked, cast.ids["mediator"])
    with pytest.raises(ClosedMeanwhile):
        ended(cracked, cast.ids["manager"], became=Condition.MISSING)
    for verb, more in ((incidents.begin_repair, ()), (incidents.add_note, ("Encore.",))):
        with pytest.raises(ClosedMeanwhile):
            act(verb, cracked.id, *more, by=cast.ids["manager"])
    assert condition_of(tablet) is Condition.WORKING
    assert len(steps(cracked.id)) == 2


def test_settled_it_may_be_damaged_still_and_a_new_report_is_a_new_incident(cast, blue, tablet, cracked):
    ended(cracked, cast.ids["mediator"], became=Condition.DAMAGED)
    assert condition_of(tablet) is Condition.DAMAGED
    again = reported(blue.id, cast.ids["mediator"], item_id=tablet, now=LATER)
    assert again.id != cracked.id


def test_settled_it_may_leave_for_good_and_says_where_to(cast, blue, tablet, cracked):
    manager = cast.ids["manager"]
    with pytest.raises(WhereToMissing):
        ended(cracked, manager, became=Condition.RETIRED)
    with pytest.raises(ForKeepers):
        ended(cracked, cast.ids["mediator"], became=Condition.RETIRED, destination=Destination.PARTS)
    assert reread(cracked).state is IncidentState.OPEN
    ended(cracked, manager, became=Condition.RETIRED, destination=Destination.RECYCLING, certificate="DEEE-7")
    gone = reread(db.session.get_one(Item, tablet))
    assert (gone.condition, gone.retired_on, gone.destination, gone.certificate) == (
        Condition.RETIRED, TODAY, Destination.RECYCLING, "DEEE-7",
    )  # fmt: skip
    assert (lendable(blue.id).units, lendable(blue.id).working) == (11, 11)
    db.session.rollback()


def test_what_left_for_good_before_its_incident_was_settled_stays_gone(cast, tablet, cracked):
    act(items.retire, tablet, Destination.LOST, "", by=cast.ids["manager"])
    ended(cracked, cast.ids["mediator"], became=Condition.RETIRED)
    assert reread(db.session.get_one(Item, tablet)).destination is Destination.LOST
    assert reread(cracked).state is IncidentState.CLOSED


def test_a_device_that_moved_meanwhile_works_again_in_its_new_kit(cast, blue, tablet, cracked):
    red = kit("Mallette rouge", units=0)
    act(items.move, tablet, red.id, by=cast.ids["manager"])
    with pytest.raises(NotInThisKit):
        reported(blue.id, cast.ids["mediator"], item_id=tablet, words="Encore.")
    ended(cracked, cast.ids["mediator"])
    assert lendable(red.id).working == 1
    db.session.rollback()


def test_an_end_says_how_and_within_bounds(cast, cracked):
    mediator = cast.ids["mediator"]
    with pytest.raises(OutcomeMissing):
        act(incidents.close, cracked.id, "  ", by=mediator, became=Condition.WORKING)
    for cents in (-1, 10_000_001):
        with pytest.raises(BadCost):
            ended(cracked, mediator, cost_cents=cents)
    assert steps(cracked.id) == [("open", "damaged", "Écran fendu.")]


def test_a_whole_kit_does_not_leave_by_an_incident(cast, blue):
    made = reported(blue.id, cast.ids["mediator"], words="Roulette cassée.")
    with pytest.raises(KitStays):
        ended(made, cast.ids["manager"], became=Condition.RETIRED, destination=Destination.PARTS)
    assert ended(made, cast.ids["manager"]).state is IncidentState.CLOSED


def test_the_journal_knows_each_act_in_words(cast, blue, tablet, cracked):
    mediator = cast.ids["mediator"]
    reported(blue.id, mediator, Condition.MISSING, "Pas revenue.", item_id=tablet)
    act(incidents.begin_repair, cracked.id, by=mediator)
    act(incidents.add_note, cracked.id, "Devis reçu.", by=mediator)
    ended(cracked, mediator)
    done = [one.action for one in reversed(audit.history(cracked.reference))]
    db.session.rollback()
    assert done == [
        "incident.opened", "incident.reported", "incident.repair_begun", "incident.recorded", "incident.closed",
    ]  # fmt: skip
    assert all(name.partition(".")[0] in NOUNS and name.partition(".")[2] in ACTS for name in done)


def test_whom_the_kit_no_longer_serves_is_told_at_once_unless_the_caller_does(cast, blue, tablet):
    host = host_of_school(cast)
    loan = reserved(blue.id, morning(), host.id, Wish(units_wanted=12))
    reported(blue.id, cast.ids["mediator"], item_id=tablet, warn=False)
    assert warned(loan) == []
    reported(blue.id, cast.ids["mediator"], item_id=devices(blue.id)[1])
    assert warned(loan) == [ReservationEventKind.WARNED]


def test_whoever_was_warned_is_told_when_the_device_works_again(cast, blue, tablet, cracked):
    host = host_of_school(cast)
    act(items.set_condition, tablet, Condition.WORKING, by=cast.ids["mediator"])
    loan = reserved(blue.id, morning(), host.id, Wish(units_wanted=12))
    reported(blue.id, cast.ids["mediator"], Condition.MISSING, "Pas revenue.", item_id=tablet)
    ended(cracked, cast.ids["mediator"])
    assert warned(loan) == [ReservationEventKind.WARNED, ReservationEventKind.REASSURED]


def warned(loan):
    """What the borrower was told of the kit."""
    about = (ReservationEventKind.WARNED, ReservationEventKind.REASSURED)
    query = select(ReservationEvent.kind).where(ReservationEvent.reservation_id == loan.id)
    found = list(db.session.scalars(query.where(ReservationEvent.kind.in_(about)).order_by(ReservationEvent.id)))
    db.session.rollback()
    return found
