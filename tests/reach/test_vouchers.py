"""Vouchers: what happened in the period, each promise once; euros, people, devices; whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from activity.models import AgeBand
from foundation.db import db, in_transaction, transaction
from people import service as people
from people.models import Gender, Person, Residence
from reach.queries.vouchers import Given, vouchers
from reach.rules import periods
from reach.rules.filters import Priority
from reach.rules.scope import Scope
from tests.cast import NOW
from tests.counting import statements
from tests.reach.asking import MARCH, PLACE, asked, of
from tests.vouchers.given import (
    AFTER,
    TRAINING,
    act,
    campaign,
    card,
    handed,
    issued,
    lesson,
    paid,
    partner,
    person,
)
from vouchers.models import CampaignKind, DeviceKind, FollowUpAnswer, HandedOver, PartnerKind
from vouchers.queries import follow_ups as their_follow_ups
from vouchers.rules.eligibility import Claim
from vouchers.rules.states import Device
from vouchers.service import cards, ending, follow_ups, issuing, undoing

DEVICE_KIND, TRAINING_KIND = CampaignKind.DEVICE, CampaignKind.TRAINING
APRIL, JULY = periods.month(2026, 4), periods.month(2026, 7)
IN_APRIL = NOW + timedelta(days=30)


def given(kind=DEVICE_KIND, scope=Scope(), **chosen):  # noqa: B008
    return asked(vouchers, scope, **chosen).by[kind]


def test_a_voucher_is_issued_handed_over_used_and_used_up(cast):
    made = handed(cast, campaign(cast).id)
    assert given() == Given(issued=1, handed_over=1, holders=1)
    paid(made.code, partner(cast), now=IN_APRIL)
    assert given() == Given(issued=1, handed_over=1, holders=1)
    assert given(span=APRIL) == Given(first_used=1, used_up=1, cents=10_000, beneficiaries=1)
    assert given(TRAINING_KIND, span=APRIL) == Given()


def test_without_vouchers_all_is_nothing(cast):
    found = asked(vouchers)
    assert (found.total, set(found.by.values()), found.units) == (Given(), {Given()}, 0)
    assert (set(found.devices.values()), set(found.still_used.values())) == ({0}, {0})


def test_a_training_voucher_is_first_used_once_and_used_up_with_its_last_unit(cast):
    made, till = handed(cast, campaign(cast, TRAINING).id), partner(cast, PartnerKind.TRAINING)
    paid(made.code, till, lesson(4))
    paid(made.code, till, lesson(6), now=IN_APRIL)
    march, april = asked(vouchers), asked(vouchers, span=APRIL)
    assert march.by[TRAINING_KIND] == Given(1, 1, 1, 0, 0, 4_000, 1, 1)
    assert april.by[TRAINING_KIND] == Given(used_up=1, cents=6_000, beneficiaries=1)
    assert (march.units, april.units, march.devices[DeviceKind.COMPUTER]) == (4, 6, 0)


def test_what_was_undone_was_not_spent(cast):
    made = handed(cast, campaign(cast).id)
    sale = paid(made.code, partner(cast))
    in_transaction(lambda: undoing.undo(sale.id, "Erreur.", None, now=NOW))
    found = asked(vouchers)
    assert found.by[DEVICE_KIND] == Given(issued=1, handed_over=1, holders=1)
    assert found.devices[DeviceKind.COMPUTER] == 0


def test_devices_are_counted_by_kind(cast):
    open_, till = campaign(cast).id, partner(cast)
    for number, kind in enumerate((DeviceKind.PHONE, DeviceKind.PHONE, DeviceKind.TABLET)):
        paid(handed(cast, open_).code, till, Device(15_000, kind, f"SN {number}"))
    found = asked(vouchers)
    assert found.devices == {DeviceKind.COMPUTER: 0, DeviceKind.TABLET: 1, DeviceKind.PHONE: 2}
    assert (found.total.cents, found.total.beneficiaries) == (30_000, 3)


def test_a_lost_voucher_and_the_one_that_replaces_it_are_one_however_often_it_is_lost(cast):
    manager = cast.ids["manager"]
    made = handed(cast, campaign(cast, TRAINING).id)
    till = partner(cast, PartnerKind.TRAINING)
    paid(made.code, till, lesson(2))
    for _time in range(2):
        made = act(ending.replace, made.id, "Perdu.", by=manager, now=IN_APRIL)
    act(issuing.hand_over, made.id, HandedOver.IN_PERSON, by=manager, now=IN_APRIL)
    paid(made.code, till, lesson(8), now=IN_APRIL)
    assert given(TRAINING_KIND) == Given(1, 1, 1, 0, 0, 2_000, 1, 1)
    assert given(TRAINING_KIND, span=APRIL) == Given(used_up=1, cents=8_000, holders=1, beneficiaries=1)


def test_a_voucher_that_was_lost_before_it_was_handed_over_is_handed_over_once(cast):
    made = issued(cast, campaign(cast).id, card(cast).id)
    again = act(ending.replace, made.id, "Perdu.", by=cast.ids["manager"])
    act(issuing.hand_over, again.id, HandedOver.POSTED, by=cast.ids["manager"])
    assert given() == Given(issued=1, handed_over=1, holders=1)


def test_what_was_not_used_in_time_expires_and_what_was_cancelled_does_not(cast):
    open_ = campaign(cast).id
    handed(cast, open_)
    off = handed(cast, open_)
    act(ending.cancel, off.id, "Déménagement.", by=cast.ids["manager"])
    in_transaction(lambda: ending.expire(now=AFTER))
    assert (given().expired, given(span=JULY).expired) == (0, 1)


def test_somebody_with_one_of_each_kind_is_one_person(cast):
    own = card(cast).id
    device, training = campaign(cast).id, campaign(cast, TRAINING).id
    paid(handed(cast, device, own).code, partner(cast))
    paid(handed(cast, training, own).code, partner(cast, PartnerKind.TRAINING, "town"), lesson())
    found = asked(vouchers)
    assert [one.beneficiaries for one in (*found.by.values(), found.total)] == [1, 1, 1]
    assert (found.total.issued, found.total.holders, found.total.cents) == (2, 1, 11_000)


def test_two_records_of_one_person_are_one_beneficiary(cast):
    open_, till, both = campaign(cast).id, partner(cast), [person(), person()]
    for number, one in enumerate(both):
        own = card(cast, one).id
        paid(handed(cast, open_, own).code, till, Device(15_000, DeviceKind.TABLET, f"SN {number}"))
    act(cards.end, own, "En double.", by=cast.ids["manager"])
    assert asked(vouchers).total.beneficiaries == 2
    with transaction():
        people.merge(*both, None)
    assert (asked(vouchers).total.beneficiaries, asked(vouchers).total.cents) == (1, 20_000)


def test_after_three_months_no_answer_is_not_no(cast):
    open_, till = campaign(cast).id, partner(cast)
    for number in range(3):
        paid(handed(cast, open_).code, till, Device(15_000, DeviceKind.TABLET, f"SN {number}"))
    undone = paid(handed(cast, open_).code, till, Device(15_000, DeviceKind.TABLET, "SN 9"))
    later = datetime(2026, 6, 11, 9, tzinfo=UTC)
    assert in_transaction(lambda: follow_ups.ask(later)) == 4
    in_transaction(lambda: follow_ups.answer(1, FollowUpAnswer.USED, now=later))
    in_transaction(lambda: follow_ups.answer(2, FollowUpAnswer.GONE, now=later))
    in_transaction(lambda: undoing.undo(undone.id, "Erreur.", None, now=later))
    june = periods.month(2026, 6)
    found = asked(vouchers, span=june).still_used
    assert (found[FollowUpAnswer.USED], found[FollowUpAnswer.GONE], found[None]) == (1, 1, 1)
    assert found == their_follow_ups.answered(june.first, june.last)
    assert set(asked(vouchers).still_used.values()) == {0}


def two_of_each(cast):
    """One of the town's campaign by Salima, for somebody of the harbour; one of the territory's, by a manager."""
    with transaction():
        db.session.get_one(Person, cast.ids["resident"]).birth_year = 1951
    towns = campaign(cast, structure_id=cast.ids["town"]).id
    handed(cast, towns, card(cast, cast.ids["resident"]).id)
    shared = campaign(cast, TRAINING).id
    manager = cast.ids["manager"]
    own = card(cast, person(residence=Residence.OUTSIDE)).id
    made = act(issuing.issue, shared, own, Claim(), by=manager)
    act(issuing.hand_over, made.id, HandedOver.IN_PERSON, by=manager)


def count(scope=Scope(), **chosen):  # noqa: B008
    return asked(vouchers, scope, **chosen).total.handed_over


def test_a_scope_shows_its_own_and_no_filter_widens_it(cast):
    two_of_each(cast)
    town, association = (Scope(structure_id=cast.ids[name]) for name in ("town", "association"))
    assert (count(), count(town), count(association)) == (2, 1, 0)
    assert [count(Scope(mediator_id=cast.ids[name])) for name in ("mediator", "other_mediator", "manager")] == [1, 0, 1]
    assert count(town, mediator_id=cast.ids["manager"]) == 0


def test_age_and_home_are_those_of_the_day_it_was_issued(cast):
    two_of_each(cast)
    with transaction():
        resident = db.session.get_one(Person, cast.ids["resident"])
        resident.neighbourhood_id, resident.birth_year = cast.ids["mills"], 2000
    assert [count(neighbourhood_id=cast.ids[name]) for name in ("harbour", "mills")] == [1, 0]
    assert [count(age_band=one) for one in (AgeBand.FROM_70, AgeBand.FROM_25_TO_39)] == [1, 0]
    assert [count(priority=one) for one in Priority] == [0, 2, 0]


def test_what_can_not_be_obeyed_is_told(cast):
    two_of_each(cast)
    found = asked(vouchers, gender=Gender.FEMININE, venue_id=cast.ids["library"])
    assert (found.total.handed_over, found.unapplied) == (2, {"gender", "venue_id"})
    at_place = asked(vouchers, side=PLACE, neighbourhood_id=cast.ids["mills"])
    assert (at_place.total.handed_over, at_place.unapplied) == (2, {"neighbourhood_id"})


def test_it_is_one_statement_however_many_there_are(cast):
    two_of_each(cast)
    with statements() as sent:
        vouchers(of(MARCH), Scope())
    assert sum(not one.startswith("BEGIN") for one in sent) == 1
