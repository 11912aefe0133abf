"""The vouchers of the demonstration: whose cards they are, what became of them, and what partners are owed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Account
from demo.staff import ALSO_SHOWN, DOMAIN
from demo.vouchers.afterwards import SEATS
from demo.vouchers.counters import COUNTERS, NIGHT, SCHOOL, SHOP
from demo.vouchers.holders import CARDS, CATEGORIES
from demo.vouchers.mishaps import SERIAL, TRIES
from demo.vouchers.plans import DEVICE, DONE, TRAINING
from foundation import clock
from foundation.db import db
from mediation.models import Appointment, Attendance
from people.models import Person
from places.hours.osm import parse
from tests.demo.town import NOW
from tests.vouchers.given import sums_hold
from vouchers.models import (
    Campaign,
    CampaignKind,
    CampaignState,
    Card,
    CardCategory,
    CardEvent,
    CardEventKind,
    CardState,
    FollowUp,
    FollowUpAnswer,
    HandedOver,
    MovementKind,
    Offer,
    Partner,
    PartnerBank,
    PartnerKind,
    Redemption,
    RefusedTry,
    Statement,
    StatementState,
    TownBank,
    Transfer,
    Voucher,
    VoucherBatch,
    VoucherMovement,
    VoucherState,
)
from vouchers.queries import signs
from vouchers.queries.counters import partner_of
from vouchers.queries.offers import on_show, shops_of
from vouchers.queries.statement_lines import is_stated, lines
from vouchers.queries.statements import is_own
from vouchers.queries.sums import sums
from vouchers.rules.banking import has_key
from vouchers.rules.codes import read_card_number, read_voucher_code
from vouchers.rules.statements import Month
from workshops.models import Registration, UnitsPromised

TODAY = NOW.date()


def account(name):
    return db.session.scalars(select(Account).where(Account.email == f"{name}@{DOMAIN}")).one()


def campaign(drive):
    return db.session.scalars(select(Campaign).where(Campaign.title == drive.title)).one()


def partner(key):
    till = next(one.till for one in COUNTERS if one.key == key)
    return partner_of(account(till).structure_id, TODAY)


def rows(model, *where):
    return list(db.session.scalars(select(model).where(*where).order_by(model.id)))


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def local(at):
    return at.astimezone(clock.territory_zone())


class TestCards:
    def test_four_hundred_people_of_the_town_had_one(self, valbriac):
        assert db.session.scalar(select(func.count(Card.person_id.distinct()))) == CARDS
        assert count(Card, Card.state == CardState.LIVE) > 350
        youngest = db.session.scalar(select(func.max(Person.birth_year)).join(Card, Card.person_id == Person.id))
        assert TODAY.year - youngest >= 18

    def test_nobody_has_two_that_count(self, valbriac):
        current = [one.person_id for one in rows(Card) if one.state.current]
        assert len(current) == len(set(current))

    def test_each_number_reads_aloud_and_is_another(self, valbriac):
        numbers = [one.number for one in rows(Card)]
        assert len({read_card_number(one) for one in numbers}) == len(numbers)

    def test_all_categories_are_there(self, valbriac):
        used = select(CardCategory.label).join(Card, Card.category_id == CardCategory.id).distinct()
        assert set(db.session.scalars(used)) == set(CATEGORIES)

    def test_some_households_have_several(self, valbriac):
        homes = Counter(one.household for one in rows(Card, Card.state == CardState.LIVE) if one.household)
        assert sum(several > 1 for several in homes.values()) > 40
        assert max(homes.values()) <= 4

    def test_they_are_suspended_lost_replaced_and_ended(self, valbriac):
        assert {one.state for one in rows(Card)} == set(CardState)
        replaced = {one.id for one in rows(Card, Card.state == CardState.REPLACED)}
        assert {one.replaces_id for one in rows(Card, Card.replaces_id.is_not(None))} == replaced

    def test_a_dead_card_has_no_vouchers_that_live(self, valbriac):
        """The balance followed."""
        dead = select(Card.id).where(Card.state == CardState.REPLACED)
        assert count(Voucher, Voucher.card_id.in_(dead)) == 0

    def test_the_file_gave_most_of_those_of_the_first_day_and_a_prescriber_the_others(self, valbriac):
        kinds = Counter(one.kind for one in rows(CardEvent))
        assert kinds[CardEventKind.IMPORTED] > 150
        assert kinds[CardEventKind.RENEWED] > 100
        given = rows(Card, Card.former_number == "", Card.replaces_id.is_(None))
        assert {one.proof_seen_by_id for one in given} == {account("nadia").id}

    def test_no_card_is_older_than_its_person_is_known(self, valbriac):
        early = select(func.count()).select_from(Card).join(Person, Person.id == Card.person_id)
        assert db.session.scalar(early.where(Card.created_at < Person.created_at)) == 0


class TestPartners:
    def test_four_refurbish_and_two_train(self, valbriac):
        kinds = Counter(one.kind for one in rows(Partner))
        assert kinds == {PartnerKind.REFURBISHER: 4, PartnerKind.TRAINING: 2}
        assert all(one.under_agreement(TODAY) for one in rows(Partner))

    def test_the_two_accounts_that_are_told_are_at_counters_of_both_kinds(self, valbriac):
        second = ALSO_SHOWN["partner (training)"].email.removesuffix(f"@{DOMAIN}")
        assert partner_of(account("didier").structure_id, TODAY).kind is PartnerKind.REFURBISHER
        assert partner_of(account(second).structure_id, TODAY).kind is PartnerKind.TRAINING

    def test_each_has_an_account_at_a_bank_that_does_not_exist(self, valbriac):
        ibans = [one.iban for one in (*db.session.scalars(select(PartnerBank)), *db.session.scalars(select(TownBank)))]
        assert len(set(ibans)) == len(COUNTERS) + 1
        assert all(has_key(one) and one[4:9] == "99999" for one in ibans)

    def test_residents_find_devices_of_all_refurbishers(self, valbriac):
        shown = on_show(TODAY, None, limit=50)
        assert {one.partner_id for one in shown} == {one.id for one in rows(Partner, Partner.kind == SHOP)}
        assert len(shown) == count(Offer) - 1, "one is sold out"

    def test_each_has_a_door_with_address_telephone_and_hours_where_nobody_books(self, valbriac):
        partners = rows(Partner)
        doors = shops_of([one.structure_id for one in partners])
        assert len(doors) == len(partners) == 6
        for door in (one for found in doors.values() for one in found):
            hours = parse(door.opening_hours)
            told = bool(door.address), door.phone[:3], bool(hours.openings), list(hours.unread), door.bookable
            assert told == (True, "+33", True, [], False), door.name


class TestCampaigns:
    def test_one_of_each_kind_runs_and_one_is_closed(self, valbriac):
        assert [campaign(one).state for one in (DEVICE, TRAINING, DONE)] == [
            CampaignState.OPEN, CampaignState.OPEN, CampaignState.CLOSED,
        ]  # fmt: skip
        assert {campaign(one).kind for one in (DEVICE, TRAINING)} == set(CampaignKind)
        assert all(campaign(one).starts_on < TODAY < campaign(one).ends_on for one in (DEVICE, TRAINING))

    def test_the_one_for_devices_ends_within_thirty_days_and_some_have_to_be_reminded(self, valbriac):
        assert campaign(DEVICE).ends_on - TODAY <= timedelta(days=30)
        assert sums(campaign(DEVICE).id).unused > 20

    def test_the_closed_one_keeps_what_it_came_to(self, valbriac):
        done = campaign(DONE)
        found = sums(done.id)
        assert done.report["spent_cents"] == found.spent_cents == done.spent_cents > 0
        assert done.report["issued"] == found.issued > 80
        assert (done.committed_cents, found.live) == (0, 0)
        assert sum(one["cents"] for one in done.report["partners"]) == done.spent_cents

    def test_series_ended_and_some_were_left_out(self, valbriac):
        assert all(one.made and one.ended_at and one.made + one.skipped == one.wanted for one in rows(VoucherBatch))
        assert any(one.skipped for one in rows(VoucherBatch))

    def test_no_household_had_two_devices_of_one_campaign(self, valbriac):
        counted = (
            select(Card.household)
            .join(Voucher, Voucher.card_id == Card.id)
            .where(
                Voucher.campaign_id == campaign(DEVICE).id, Card.household != "", Voucher.replaces_id.is_(None),
                Voucher.state.in_([one for one in VoucherState if one.live]),
            )
            .group_by(Card.household)
            .having(func.count() > 1)
        )  # fmt: skip
        assert db.session.scalars(counted).all() == []


class TestMoney:
    def test_every_voucher_campaign_and_ledger_adds_up(self, valbriac):
        sums_hold()

    def test_something_is_left_in_each_budget_that_runs(self, valbriac):
        assert all(campaign(one).left_cents > 100_000 for one in (DEVICE, TRAINING))

    def test_vouchers_are_in_all_states_and_all_kinds_of_movements_happened(self, valbriac):
        assert {one.state for one in rows(Voucher)} == set(VoucherState)
        assert {one.kind for one in rows(VoucherMovement)} == set(MovementKind)

    def test_nothing_happened_after_the_loading_nor_before_its_cause(self, valbriac):
        assert count(VoucherMovement, VoucherMovement.at > NOW) == 0
        assert count(Voucher, Voucher.handed_over_at < Voucher.issued_at) == 0
        assert count(Voucher, Voucher.first_used_at < Voucher.issued_at, Voucher.replaces_id.is_(None)) == 0
        assert count(Redemption, Redemption.undone_at < Redemption.at) == 0

    def test_codes_read_aloud(self, valbriac):
        codes = [one.code for one in rows(Voucher)]
        assert len({read_voucher_code(one) for one in codes}) == len(codes) > 300

    def test_they_are_handed_over_at_appointments_and_by_post(self, valbriac):
        met = (
            select(func.count())
            .select_from(Voucher)
            .join(
                Appointment,
                (Appointment.person_id == Voucher.person_id) & (Appointment.starts_at == Voucher.handed_over_at),
            )
            .where(Appointment.mediator_id == Voucher.handed_over_by_id, Appointment.attendance == Attendance.SEEN)
        )
        assert db.session.scalar(met) > 10
        assert count(Voucher, Voucher.handed_over_how == HandedOver.POSTED) > 20

    def test_each_partner_took_some_at_its_own_till(self, valbriac):
        tills = {partner(one.key).id: account(one.till).id for one in COUNTERS}
        taken = rows(Redemption, Redemption.partner_id.is_not(None))
        assert {(one.partner_id, one.by_id) for one in taken} == set(tills.items())

    def test_some_were_undone_by_the_partner_and_some_by_a_manager_later(self, valbriac):
        undone = rows(Redemption, Redemption.undone_at.is_not(None))
        same_day = [one for one in undone if local(one.undone_at).date() == local(one.at).date()]
        assert all(one.undone_by_id == one.by_id for one in same_day)
        assert {one.undone_by_id for one in undone if one not in same_day} == {account("helene").id}


class TestStatements:
    def test_all_months_that_are_over_are_stated(self, valbriac):
        this_month = Month.of(TODAY)
        owed = [one for one in rows(Redemption, Redemption.undone_at.is_(None)) if not is_stated(one)]
        assert all(Month.of(local(one.at).date()) == this_month for one in owed)

    def test_totals_are_those_of_their_lines(self, valbriac):
        for one in rows(Statement):
            cents = [line.cents for line in lines(one)]
            assert (one.total_cents, one.count) == (sum(cents), len(cents))

    def test_something_is_taken_back_on_a_later_one(self, valbriac):
        assert any(line.undone for one in rows(Statement) for line in lines(one))

    def test_last_month_is_at_all_steps_and_those_before_are_paid(self, valbriac):
        last = Month.of(TODAY).previous
        of_last = [one for one in rows(Statement) if (one.year, one.month) == (last.year, last.month)]
        before = [one for one in rows(Statement) if one not in of_last]
        assert {one.state for one in of_last} == {
            StatementState.ISSUED, StatementState.DISPUTED, StatementState.APPROVED,
        }  # fmt: skip
        assert {one.state for one in before} == {StatementState.PAID}
        assert any(one.disputed_reason for one in before), "one that was settled since"

    @pytest.mark.parametrize("state", [StatementState.ISSUED, StatementState.DISPUTED])
    def test_both_partners_that_sign_in_have_one_to_look_at(self, valbriac, state):
        name = {StatementState.ISSUED: "didier", StatementState.DISPUTED: "salima"}[state]
        (waits,) = rows(Statement, Statement.state == state)
        assert is_own(waits.partner, account(name))

    def test_files_pay_what_they_name_and_the_last_one_waits(self, valbriac):
        files = rows(Transfer)
        for one in files:
            paid = rows(Statement, Statement.transfer_id == one.id)
            assert sum(statement.total_cents for statement in paid) == one.total_cents
        assert [one.paid_on is None for one in files] == [False] * (len(files) - 1) + [True]

    def test_something_is_approved_that_no_file_pays_yet(self, valbriac):
        assert count(Statement, Statement.state == StatementState.APPROVED, Statement.transfer_id.is_(None)) == 1


class TestSigns:
    """A manager's page has something of each kind to look at, all of it at one counter and at one desk."""

    def test_one_till_refused_many_codes_in_an_evening(self, valbriac):
        ((found, where),) = signs.refusals(account("helene"), NOW)
        assert (where.id, found.count) == (partner(NIGHT).id, TRIES)

    def test_refused_tries_at_other_tills_are_few(self, valbriac):
        assert 0 < count(RefusedTry, RefusedTry.partner_id != partner(NIGHT).id) < TRIES

    def test_something_was_sold_at_night(self, valbriac):
        (found,) = signs.out_of_hours(account("helene"), NOW)
        assert found.partner_id == partner(NIGHT).id

    def test_one_device_was_sold_twice(self, valbriac):
        found = signs.same_serial(account("helene"))
        assert list(found) == [SERIAL]
        assert len({one.voucher_id for one in found[SERIAL]}) == 2

    def test_one_desk_issued_to_one_name_often(self, valbriac):
        (found,) = signs.same_name(account("helene"), NOW)
        assert found.actor.id == account("bruno").id
        assert len(found.voucher_ids) >= 4


def test_training_is_paid_by_the_hour_and_devices_with_their_serial_number(valbriac):
    schools = {one.id for one in rows(Partner, Partner.kind == SCHOOL)}
    for one in rows(Redemption, Redemption.partner_id.is_not(None)):
        assert (one.partner_id in schools) == (one.units > 0) == (one.serial == "")


def test_seats_of_the_training_are_paid_with_units_of_their_holders(valbriac):
    rows = db.session.execute(
        select(Redemption, Registration)
        .join(UnitsPromised, UnitsPromised.voucher_id == Redemption.voucher_id)
        .join(Registration, Registration.id == UnitsPromised.registration_id)
        .where(Redemption.partner_id.is_(None), Redemption.undone_at.is_(None))
    ).all()
    assert len(rows) == SEATS
    for payment, registration in rows:
        assert payment.act == registration.reference
        assert payment.voucher.person_id == registration.person_id
        assert payment.units == 2


def test_devices_were_asked_about_and_some_are_still_to_be_called(valbriac):
    asked = db.session.scalars(select(FollowUp).where(FollowUp.asked_at.is_not(None))).all()
    counted = Counter(one.answer for one in db.session.scalars(select(FollowUp)))
    assert set(counted) == {*FollowUpAnswer, None}
    assert counted[FollowUpAnswer.USED] > sum(counted.values()) / 3
    assert len(asked) < sum(counted.values())
    assert {one.answered_by_id is None for one in asked if one.answer} == {True, False}
    for one in db.session.scalars(select(FollowUp)):
        assert one.answered_at is None or one.due_on <= one.answered_at.date() <= TODAY
