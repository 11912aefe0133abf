"""The kits of the demonstration: what is on the shelf, two school years of loans, and how all stands today."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Account
from agenda.models import Hold, Resource, ResourceKind
from demo.equipment.shelf import SHELF
from demo.staff import ALSO_SHOWN, DOMAIN
from equipment.models import (
    Condition,
    Destination,
    Direction,
    Handover,
    HandoverLine,
    Incident,
    IncidentState,
    Item,
    ItemEvent,
    ItemEventKind,
    Kit,
    Maintenance,
    Purchase,
    Reservation,
    ReservationEvent,
    ReservationEventKind,
    ReservationState,
    StockLine,
    StockTaking,
    Supply,
)
from equipment.queries.kits import alternatives, lendables, lendables_for
from equipment.queries.lending import of_place, to_approve
from equipment.queries.warned import warned
from equipment.service import lateness, warnings
from foundation.db import db
from places.models import School
from tests.demo.town import NOW
from tests.equipment.given import by_rights, ledger


def account(name):
    return db.session.scalars(select(Account).where(Account.email == f"{name}@{DOMAIN}")).one()


def kits():
    return {kit.code: kit for kit in lendables()}


def loans(*where):
    return list(db.session.scalars(select(Reservation).where(*where).order_by(Reservation.starts_at, Reservation.id)))


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_nine_kits_of_two_structures_and_of_everybody(valbriac):
    rows = list(db.session.scalars(select(Kit)))
    assert len(rows) == len(SHELF) == 9
    assert len({kit.structure_id for kit in rows}) == 3
    assert None in {kit.structure_id for kit in rows}
    assert all(kit.home_venue_id and kit.rules and kit.created_at < NOW for kit in rows)
    assert {kit.approval.value for kit in rows} == {"none", "head_teacher", "manager"}


def test_each_unit_is_known_by_its_label_its_number_and_its_purchase(valbriac):
    items = list(db.session.scalars(select(Item)))
    assert len({one.code for one in items}) == len({one.serial_number for one in items}) == len(items) > 90
    assert all(one.bought_on < NOW.date() for one in items)
    assert {one.purchase for one in items} == {Purchase.NEW, Purchase.REFURBISHED, Purchase.GIVEN}
    assert all(one.funder for one in items if one.purchase is not Purchase.GIVEN)
    assert all(35 <= one.battery_percent <= 100 for one in items if one.battery_percent is not None)
    added = select(ItemEvent.item_id).where(ItemEvent.kind == ItemEventKind.ADDED)
    assert set(db.session.scalars(added)) == {one.id for one in items}


def test_as_many_units_are_there_as_their_kit_promises(valbriac):
    assert {kit.code: kit.units for kit in lendables()} == {case.code: case.count for case in SHELF}


def test_what_is_used_up_is_counted_and_something_is_short(valbriac):
    short = count(Supply, Supply.count < Supply.minimum)
    assert 0 < short < count(Supply)


def test_retired_units_went_somewhere_and_recycling_has_its_certificate(valbriac):
    gone = list(db.session.scalars(select(Item).where(Item.condition == Condition.RETIRED)))
    assert {one.destination for one in gone} == set(Destination)
    assert all(bool(one.certificate) == (one.destination is Destination.RECYCLING) for one in gone)
    assert all(one.bought_on < one.retired_on < NOW.date() for one in gone)


def test_no_unit_went_along_before_it_came_or_after_it_left(valbriac):
    rows = db.session.execute(
        select(Item.bought_on, Item.retired_on, Handover.at)
        .join(HandoverLine, HandoverLine.item_id == Item.id)
        .join(Handover, Handover.id == HandoverLine.handover_id)
        .where(Handover.direction == Direction.OUT)
    ).all()
    assert len(rows) > 3000
    assert all(bought <= at.date() and (gone is None or at.date() <= gone) for bought, gone, at in rows)


def test_no_unit_is_out_twice_at_once(valbriac):
    out, back = {}, {}
    rows = db.session.execute(
        select(Handover.reservation_id, HandoverLine.item_id, Handover.direction, Handover.at).join(
            HandoverLine, HandoverLine.handover_id == Handover.id
        )
    )
    for reservation_id, item_id, direction, at in rows:
        (out if direction is Direction.OUT else back)[reservation_id, item_id] = at
    assert back.keys() <= out.keys()
    away = {}
    for (reservation_id, item_id), at in sorted(out.items(), key=lambda row: row[1]):
        assert away.get(item_id, at) <= at
        away[item_id] = back.get((reservation_id, item_id), NOW)


def test_more_than_two_school_years_lie_behind(valbriac):
    past = loans(Reservation.state == ReservationState.RETURNED)
    assert 900 < len(past) < 1400
    assert (NOW - past[0].starts_at).days > 700
    months = Counter(one.starts_at.month for one in past if one.school_id is not None)
    assert months[8] == 0
    assert months[11] > 40
    assert all(one.ends_at < NOW for one in past)
    assert valbriac["loans of kits"] == count(Reservation)


def test_the_ledger_equals_the_loans_and_the_upkeep(valbriac):
    assert ledger() == by_rights() != set()


def test_all_schools_borrowed_but_one(valbriac):
    borrowed = select(Reservation.school_id).where(Reservation.school_id.is_not(None))
    never = db.session.scalars(select(School.name).where(School.id.not_in(borrowed)))
    assert list(never) == ["École maternelle des Charmes"]


def test_what_is_told_of_use_is_plausible_and_some_never_told(valbriac):
    past = loans(Reservation.state == ReservationState.RETURNED)
    untold = [one for one in past if one.minutes_in_use is None]
    assert 0.03 < len(untold) / len(past) < 0.35
    assert all(30 <= one.minutes_in_use <= 1000 for one in past if one not in untold)
    assert all(one.head_count <= 143 for one in past)


def test_the_workshops_took_kits_along(valbriac):
    mine = loans(Reservation.purpose_of.like("session:%"))
    assert {one.kit.kind for one in mine} >= {"Tablettes", "Ordinateurs portables", "Robots à programmer"}
    assert any(one.starts_at > NOW for one in mine)
    over = [one for one in mine if one.ends_at < NOW and one.state is not ReservationState.CANCELLED]
    assert over
    assert {one.state for one in over} == {ReservationState.RETURNED}
    assert sum(one.head_count > 0 for one in over) > len(over) / 2


def test_each_loan_that_is_over_has_its_papers(valbriac):
    rows = db.session.execute(select(Handover.reservation_id, Handover.direction, Handover.signed_name))
    papers = {}
    for reservation_id, direction, name in rows:
        assert name
        papers.setdefault(reservation_id, []).append(direction)
    for one in loans(Reservation.state == ReservationState.RETURNED):
        assert papers[one.id].count(Direction.OUT) == 1
        assert papers[one.id].count(Direction.BACK) in {1, 2}
    assert any(directions.count(Direction.BACK) == 2 for directions in papers.values())


def test_some_came_back_late_and_some_flat(valbriac):
    late = db.session.scalar(
        select(func.count(Reservation.id.distinct()))
        .join(Handover, Handover.reservation_id == Reservation.id)
        .where(Handover.direction == Direction.BACK, Handover.at > Reservation.ends_at)
    )
    assert 20 < late < 120
    assert 10 < count(Handover, Handover.came_back_flat) < 100


def test_incidents_of_the_past_are_settled_and_cost_what_they_cost(valbriac):
    closed = list(db.session.scalars(select(Incident).where(Incident.state == IncidentState.CLOSED)))
    assert 30 < len(closed) < 110
    assert all(one.opened_at < one.closed_at < NOW and one.outcome for one in closed)
    repaired = [one for one in closed if one.supplier]
    assert repaired
    assert all(one.cost_cents and 800 <= one.cost_cents <= 9500 for one in repaired)
    assert all([step.state for step in one.events][-1] is IncidentState.CLOSED for one in closed)


def test_what_was_broken_stayed_at_home_until_it_was_repaired(valbriac):
    rows = db.session.execute(
        select(Incident.id)
        .join(HandoverLine, HandoverLine.item_id == Incident.item_id)
        .join(Handover, Handover.id == HandoverLine.handover_id)
        .where(
            Handover.direction == Direction.OUT,
            Handover.at > Incident.opened_at,
            (Handover.at < Incident.closed_at) | Incident.closed_at.is_(None),
        )
    ).all()
    assert rows == []


def test_stock_was_taken_before_each_summer(valbriac):
    takings = list(db.session.scalars(select(StockTaking)))
    assert {one.begun_at.date() for one in takings} == {date(2025, 6, 24), date(2026, 6, 24)}
    assert all(one.closed_at and len(one.lines) > 5 for one in takings)
    assert 0 < count(StockLine, StockLine.found == Condition.MISSING) < 12


def test_upkeep_was_done_and_one_is_planned(valbriac):
    assert count(Maintenance, Maintenance.ends_at < NOW) > 9
    assert count(Maintenance, Maintenance.starts_at > NOW) == 1


def test_one_kit_lacks_one_tablet_and_still_goes_out(valbriac):
    ada = kits()["TAB1"]
    assert (ada.working, ada.units, ada.goes_out, ada.whole) == (11, 12, True, False)
    (incident,) = db.session.scalars(
        select(Incident).where(Incident.kit_id == ada.id, Incident.state != IncidentState.CLOSED)
    )
    assert (incident.state, incident.supplier != "") == (IncidentState.IN_REPAIR, True)


def test_one_kit_is_blocked_and_who_comes_next_was_warned(valbriac):
    headsets = kits()["VR01"]
    assert (headsets.working, headsets.minimum_units, headsets.goes_out) == (3, 4, False)
    (row,) = warned(lendables_for(account("camille")), NOW)
    assert row.kit.code == "VR01"
    assert row.reservation.asked_by.email == f"sandrine@{DOMAIN}"
    assert row.told_at is not None
    assert not row.to_call
    others = alternatives(row.reservation.asked_by, headsets, row.reservation.period, units=4)
    assert others


def test_one_loan_is_late_today(valbriac):
    late = loans(Reservation.state == ReservationState.HANDED_OVER, Reservation.ends_at < NOW - timedelta(minutes=15))
    assert [(one.kit.code, one.ends_at.date()) for one in late] == [("ROB1", NOW.date())]
    assert late[0].contact_phone
    assert late[0].held_until > NOW
    kinds = select(ReservationEvent.kind).where(ReservationEvent.reservation_id == late[0].id)
    assert ReservationEventKind.LATE in set(db.session.scalars(kinds))


def test_two_wait_for_an_answer_one_of_the_head_teacher_one_of_a_manager(valbriac):
    (for_head,) = to_approve(account("veronique"), NOW)
    assert for_head.asked_by.email == f"sandrine@{DOMAIN}"
    for_manager = to_approve(account("helene"), NOW)
    assert {one.asked_by.email for one in for_manager} == {f"sandrine@{DOMAIN}", f"mireille@{DOMAIN}"}
    assert count(Reservation, Reservation.state == ReservationState.REQUESTED) == 2


def test_the_teacher_has_a_kit_now_and_others_to_come(valbriac):
    sandrine = account("sandrine")
    mine = of_place(sandrine.school_id, None, since=NOW)
    assert [one.kit.code for one in mine if one.state is ReservationState.HANDED_OVER] == ["TAB2"]
    weekly = [one for one in mine if one.series]
    assert len(weekly) == 4
    assert len({one.series for one in weekly}) == 1
    assert {one.starts_at.weekday() for one in weekly} == {weekly[0].starts_at.weekday()}


def test_the_care_home_has_loans_to_come(valbriac):
    mireille = account("mireille")
    mine = [one for one in of_place(None, mireille.care_home_id, since=NOW) if one.asked_by_id == mireille.id]
    states = Counter(one.state for one in mine if one.starts_at > NOW)
    assert states[ReservationState.APPROVED] >= 2
    assert states[ReservationState.REQUESTED] == 1


def test_somebody_at_the_desk_hands_a_kit_over_and_takes_one_back_today(valbriac):
    out = loans(Reservation.state == ReservationState.APPROVED)
    today = [one for one in out if one.starts_at.date() == NOW.date()]
    assert "TAB1" in [one.kit.code for one in today]
    due = [one for one in loans(Reservation.state == ReservationState.HANDED_OVER) if one.ends_at > NOW]
    assert {"PHO1", "TAB3"} <= {one.kit.code for one in due if one.ends_at.date() == NOW.date()}


def test_the_jobs_find_nothing_more_to_say_of_it(valbriac):
    assert lateness.tell_late(NOW) == 0
    before = count(ReservationEvent)
    warnings.warn_due(NOW)
    assert count(ReservationEvent) == before
    db.session.rollback()


@pytest.mark.parametrize("worker", ALSO_SHOWN.values(), ids=list(ALSO_SHOWN))
def test_the_further_accounts_that_are_printed_are_there(valbriac, worker):
    found = account(worker.email.partition("@")[0])
    assert found.approves == worker.approves
    assert (found.place.name if found.place else "") == worker.place


def test_kits_are_resources_of_their_kind(valbriac):
    ids = select(Resource.id).where(Resource.kind == ResourceKind.KIT)
    assert count(Hold, Hold.resource_id.in_(ids)) > 350
