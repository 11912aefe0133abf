"""Handing a kit over: with what was ticked, once, in its time, and only when enough of it works."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Account
from equipment.models import Approval, Condition, Handover, Incident, Item, Kit, Reservation, ReservationState
from equipment.queries import handing as queries
from equipment.queries import lending as lending_queries
from equipment.rules.refusals import KitIncomplete, LoanTooLong, NoSuchKit, NoSuchReservation, TooLongText
from equipment.rules.unhandable import (
    HandedOverMeanwhile,
    HandedTwice,
    LoanOver,
    NotApprovedYet,
    NotFreeBefore,
    NothingTicked,
    NotLentAnyMore,
    NotOfThisKit,
    NotSigned,
    OutElsewhere,
    TooEarly,
)
from equipment.service import lending
from foundation import audit
from foundation.db import db, transaction
from foundation.forbidden import SocialSecurityNumber
from foundation.period import Period
from tests.equipment.given import by_rights, done, host_of_school, kit, ledger, morning, reserved
from tests.equipment.handed import (
    DUE,
    START,
    WORKING,
    all_of,
    back,
    condition_of,
    items_of,
    kinds,
    lent,
    lines,
    loan,
    out,
)
from tests.workshops.given import count, planned, programme, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")


def test_it_goes_out_with_what_was_ticked_and_stays_held(cast):
    made = loan(cast, rules="Rendre chargée.\nUn appareil par élève.")
    first, second, _third = items_of(made)
    held = ledger()
    gone = out(cast, made, conditions={first: WORKING, second: WORKING}, signed_name=" Bruno Lacaze ", note="Sacoche")
    assert reread(made).state is ReservationState.HANDED_OVER
    assert lines(gone) == [(first, WORKING), (second, WORKING)]
    assert (gone.signed_name, gone.note, gone.by_id) == ("Bruno Lacaze", "Sacoche", cast.ids["mediator"])
    assert (gone.rules_agreed, gone.due_at) == ("Rendre chargée.\nUn appareil par élève.", DUE)
    assert queries.outstanding([made.id]) == {made.id: {first: WORKING, second: WORKING}}
    assert ledger() == held == by_rights()
    assert kinds(made)[-1] == "handed_over"
    assert audit.history(made.reference)[0].action == "reservation.handed_over"


def test_the_same_page_twice_hands_over_once_and_another_phone_is_told(cast):
    made = loan(cast)
    once, twice = out(cast, made), out(cast, made)
    assert once.id == twice.id
    with pytest.raises(HandedOverMeanwhile):
        out(cast, made, key="other phone", by="manager")
    assert count(Handover) == 1
    assert kinds(made).count("handed_over") == 1


def test_the_page_of_one_loan_does_not_hand_over_another(cast):
    made = lent(cast)
    other = reserved(kit("Mallette rouge").id, morning(), cast.ids["mediator"])
    with pytest.raises(HandedTwice):
        out(cast, other, key=f"out {made.id}")
    with pytest.raises(HandedTwice):
        back(cast, made, key=f"out {made.id}")
    assert reread(other).state is ReservationState.APPROVED


@pytest.mark.parametrize("name", ["", "   "])
def test_without_a_name_nothing_goes_out(cast, name):
    made = loan(cast)
    with pytest.raises(NotSigned):
        out(cast, made, signed_name=name)
    assert (reread(made).state, count(Handover)) == (ReservationState.APPROVED, 0)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"signed_name": "B" * 121}, TooLongText),
        ({"note": "n" * 301}, TooLongText),
        ({"note": "1 85 05 78 006 084 91"}, SocialSecurityNumber),
    ],
)
def test_what_must_not_be_kept_is_not_written(cast, more, refusal):
    with pytest.raises(refusal):
        out(cast, loan(cast), **more)
    assert count(Handover) == 0


def test_before_the_yes_it_stays_here_and_after_a_no_too(cast):
    made = loan(cast, approval=Approval.MANAGER)
    with pytest.raises(NotApprovedYet):
        out(cast, made)
    done(lending.refuse, made.id, "Elle part en réparation.", by=cast.ids["manager"])
    with pytest.raises(NotLentAnyMore):
        out(cast, made)
    assert ledger() == by_rights() == set()


def test_when_the_loan_is_over_it_does_not_go_out_any_more(cast):
    made = loan(cast)
    with pytest.raises(LoanOver):
        out(cast, made, now=DUE)
    assert out(cast, made, now=DUE - timedelta(minutes=1)).reservation_id == made.id


def test_a_quarter_of_an_hour_early_nothing_is_asked_and_nothing_moves(cast):
    made = loan(cast)
    held = ledger()
    out(cast, made, now=START - timedelta(minutes=15))
    assert (ledger(), reread(made).starts_at) == (held, START)


def test_earlier_one_is_asked_and_the_loan_begins_then(cast):
    made, early = loan(cast), START - timedelta(hours=16)
    with pytest.raises(TooEarly) as refused:
        out(cast, made, now=early)
    assert refused.value.field == "early"
    out(cast, made, now=early, early=True)
    assert (reread(made).starts_at, reread(made).ends_at) == (early, DUE)
    assert ledger() == by_rights()
    assert {start for _reference, _resource, start, _end in ledger()} == {early}


def test_it_does_not_go_early_to_one_while_another_has_it(cast):
    made = loan(cast)
    before = Period(START - timedelta(hours=5), START - timedelta(hours=3))
    reserved(made.kit_id, before, cast.ids["manager"], lending.Wish(care_home_id=cast.ids["care_home"]))
    with pytest.raises(NotFreeBefore) as refused:
        out(cast, made, now=START - timedelta(hours=4), early=True)
    assert cast.care_home.name in str(refused.value)
    assert reread(made).state is ReservationState.APPROVED
    assert ledger() == by_rights()


def test_early_it_is_not_lent_longer_than_the_kit_may_be(cast):
    made = loan(cast, longest_loan_days=1)
    with pytest.raises(LoanTooLong):
        out(cast, made, now=START - timedelta(days=2), early=True)


def test_under_its_minimum_it_stays_here_and_others_are_offered(cast):
    made = loan(cast, minimum_units=3)
    other = kit("Mallette rouge", units=4)
    first, *rest = items_of(made)
    with pytest.raises(KitIncomplete) as refused:
        out(cast, made, conditions=dict.fromkeys(rest, WORKING), staying={first: Condition.DAMAGED})
    assert [one.id for one in refused.value.alternatives] == [other.id]
    assert (reread(made).state, condition_of(first), count(Incident)) == (ReservationState.APPROVED, WORKING, 0)


def test_a_few_of_a_whole_kit_may_go_when_it_is_meant(cast):
    made = loan(cast, minimum_units=3)
    first = items_of(made)[0]
    assert lines(out(cast, made, conditions={first: WORKING}, few=True)) == [(first, WORKING)]


def test_a_kit_that_has_left_for_good_is_not_handed_over(cast):
    made = loan(cast)
    with transaction():
        db.session.get_one(Kit, made.kit_id).retired_at = START
    with pytest.raises(NoSuchKit):
        out(cast, made)


def test_nothing_ticked_is_refused_unless_the_kit_has_no_devices(cast):
    made = loan(cast)
    with pytest.raises(NothingTicked):
        out(cast, made, conditions={})
    bare = reserved(kit("Tapis", units=0).id, morning(), cast.ids["mediator"])
    assert lines(out(cast, bare)) == []


def test_devices_of_other_kits_and_missing_ones_do_not_go_along(cast):
    made, other = loan(cast), loan(cast, name="Mallette rouge")
    with pytest.raises(NotOfThisKit):
        out(cast, made, conditions={items_of(other)[0]: WORKING})
    with pytest.raises(NotOfThisKit):
        out(cast, made, conditions=all_of(made, _0=Condition.MISSING))
    with pytest.raises(NotOfThisKit):
        out(cast, made, conditions={4711: WORKING})


def test_what_is_seen_broken_stays_and_becomes_an_incident(cast):
    made = loan(cast)
    first, *rest = items_of(made)
    out(cast, made, conditions=dict.fromkeys(rest, WORKING), staying={first: Condition.DAMAGED}, note="Écran fendu.")
    assert condition_of(first) is Condition.DAMAGED
    (incident,) = db.session.query(Incident).all()
    assert (incident.item_id, incident.reservation_id, incident.description) == (first, made.id, "Écran fendu.")


def test_what_was_thought_broken_and_works_goes_and_its_condition_is_put_right(cast):
    made = loan(cast, broken=1)
    first = items_of(made)[0]
    assert condition_of(first) is Condition.DAMAGED
    out(cast, made)
    assert condition_of(first) is WORKING


def test_what_the_loan_before_has_not_brought_back_can_not_go(cast):
    made = lent(cast)
    first, *rest = items_of(made)
    back(cast, made, conditions=dict.fromkeys(rest, WORKING))
    after = reserved(made.kit_id, morning(1), cast.ids["manager"])
    with pytest.raises(OutElsewhere):
        out(cast, after, now=morning(1).start, key="next")
    out(cast, after, now=morning(1).start, key="next", conditions=dict.fromkeys(rest, WORKING))
    assert queries.out_of_kit(made.kit_id) == {made.id: {first: WORKING}, after.id: dict.fromkeys(rest, WORKING)}


def test_a_kit_that_is_out_does_not_count_for_the_next(cast):
    made = lent(cast, minimum_units=2)
    after = reserved(made.kit_id, morning(1), cast.ids["manager"])
    with transaction():
        db.session.add(Item(code="NEUF", kind="tablette", kit_id=made.kit_id))
    with pytest.raises(KitIncomplete):
        out(cast, after, now=morning(1).start, key="next", conditions={items_of(after)[-1]: WORKING})


def test_the_mediator_takes_along_what_a_workshop_holds(cast):
    blue = kit()
    (session,) = planned(cast, programme(cast), [morning()], kits={"Tablettes": 1})
    (taken,) = db.session.query(Reservation).all()
    db.session.rollback()
    out(cast, taken)
    assert (reread(taken).state, taken.purpose_of, taken.kit_id) == (
        ReservationState.HANDED_OVER, session.reference, blue.id,
    )  # fmt: skip
    back(cast, taken)
    assert reread(taken).state is ReservationState.RETURNED
    assert ledger() == by_rights()


def test_hosts_and_other_structures_hand_nothing_over(cast):
    made = loan(cast, structure_id=cast.ids["association"])
    for who in ("host", "mediator"):
        with pytest.raises(NoSuchReservation):
            out(cast, made, by=who)
    out(cast, made, by="other_mediator")
    for who in ("host", "mediator"):
        with pytest.raises(NoSuchReservation):
            back(cast, made, by=who)


def test_a_device_that_is_scanned_finds_its_loan(cast):
    made = loan(cast)
    host_of_school(cast)

    def scanned(now):
        item = db.session.get_one(Item, items_of(made)[0])
        found = queries.open_loan_of(item, now)
        return found and found.id

    assert (scanned(START - timedelta(hours=13)), scanned(START - timedelta(hours=12))) == (None, made.id)
    out(cast, made)
    assert scanned(DUE + timedelta(days=3)) == made.id
    back(cast, made, now=DUE + timedelta(days=3))
    assert scanned(DUE + timedelta(days=3)) is None
    assert queries.open_loan_of(Item(code="X", kind="tablette"), START) is None


def test_a_hand_over_is_seen_by_staff_within_reach_and_by_its_borrower(cast):
    made = loan(cast, structure_id=cast.ids["association"])
    gone = out(cast, made, by="other_mediator").id
    db.session.rollback()
    for who in ("host", "other_mediator", "manager"):
        viewer = db.session.get_one(Account, cast.ids[who])
        assert queries.handover_seen(gone, viewer).id == gone
    with pytest.raises(NoSuchReservation):
        queries.handover_seen(gone, cast.mediator)
    with pytest.raises(NoSuchReservation):
        queries.handover_seen(4711, cast.manager)
    host_of_school(cast, school_id=None)
    with pytest.raises(NoSuchReservation):
        queries.handover_seen(gone, cast.host)
    assert lending_queries.by_code(made.code).id == made.id
