"""The demonstration town: whole, believable, the same for the same day, and never mixed with a real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from accounts.hashing import verify_password
from accounts.models import Account
from activity.models import ActivityKind, ActivityParticipant, ActivityRecord, Channel
from activity.queries import is_untold
from agenda.models import Hold
from demo.load import NotEmpty, load
from demo.staff import PASSWORD, SHOWN
from equipment.models import Handover, Incident, Item, Reservation
from foundation.db import db, transaction
from foundation.security import Role
from mediation.models import Appointment, Attendance
from people.models import Person, PersonToken
from places.models import CareHome, Level, Neighbourhood, School, Structure, Venue
from reach.queries.homes import homes
from reach.queries.population import inhabited
from tests.databases import application
from tests.demo.town import NOW
from vouchers.models import Card, Partner, Statement, Voucher, VoucherMovement
from workshops.models import Registration, SessionPresence, SkillAnswer, WorkshopSession


def count(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_the_town_is_as_large_as_it_should_be(valbriac):
    assert count(Neighbourhood, Neighbourhood.level == Level.QUARTIER) == 7
    assert count(Neighbourhood, Neighbourhood.is_priority) == 2
    assert (count(Venue), count(School), count(CareHome), count(Structure)) == (15, 6, 4, 9)
    mediators = [one for one in db.session.scalars(select(Account)) if one.has(Role.MEDIATOR)]
    assert len(mediators) == 12
    partners = set(db.session.scalars(select(Partner.structure_id)))
    assert {one.structure_id for one in mediators} | partners == set(db.session.scalars(select(Structure.id)))


def test_inhabitants_are_counted_in_the_iris_of_their_neighbourhood(valbriac):
    for one in homes(inhabited()):
        assert one.weighted
        assert sum(home.weight for home in one.homes) == one.population


def test_two_whole_years_lie_behind_and_some_weeks_are_booked_ahead(valbriac):
    first, last = db.session.execute(select(func.min(Appointment.starts_at), func.max(Appointment.starts_at))).one()
    assert datetime(2024, 1, 1, tzinfo=UTC) < first < datetime(2024, 1, 4, tzinfo=UTC)
    assert 20 < (last - NOW).days <= 29
    assert valbriac["appointments"] > 8000
    assert valbriac["records"] > 6000


def test_the_ledger_equals_the_appointments(valbriac):
    holding = [one for one in Attendance if one.holds_time]
    booked = set(db.session.scalars(select(Appointment.id).where(Appointment.attendance.in_(holding))))
    references = db.session.scalars(select(Hold.reference).where(Hold.reference.like("appointment:%")).distinct())
    held = {int(reference.split(":")[1]) for reference in references}
    assert held == booked


def test_nobody_is_seen_in_the_future_and_a_record_follows_somebody_seen(valbriac):
    assert count(Appointment, Appointment.attendance != Attendance.EXPECTED, Appointment.starts_at > NOW) == 0
    unseen = select(Appointment.reference).where(Appointment.attendance != Attendance.SEEN)
    assert count(ActivityRecord, ActivityRecord.reference.in_(unseen)) == 0


def test_some_records_are_left_to_write(valbriac):
    to_write = count(Appointment, Appointment.attendance == Attendance.SEEN, is_untold(Appointment.reference))
    assert 0 < to_write < 60


def test_nobody_leads_a_group_and_receives_at_once(valbriac):
    """Groups without an appointment hold no time: the drawing must keep them apart."""
    length = ActivityRecord.duration_minutes
    rows = db.session.execute(
        select(ActivityRecord.mediator_id, ActivityRecord.started_at, length)
        .where(ActivityRecord.kind.in_((ActivityKind.GROUP, ActivityKind.INDIVIDUAL)))
        .order_by(ActivityRecord.mediator_id, ActivityRecord.started_at)
    )
    for (who, start, minutes), (after, then, _length) in pairwise(rows):
        assert who != after or start + timedelta(minutes=minutes) <= then


def test_nobody_booked_or_came_before_they_were_known(valbriac):
    booked = select(Person.id).join(Appointment, Appointment.person_id == Person.id)
    assert db.session.scalars(booked.where(Appointment.created_at < Person.created_at)).all() == []
    came = (
        select(Person.id)
        .join(ActivityParticipant, ActivityParticipant.person_id == Person.id)
        .join(ActivityRecord, ActivityRecord.id == ActivityParticipant.record_id)
        .where(ActivityRecord.kind == ActivityKind.INDIVIDUAL)
    )
    assert db.session.scalars(came.where(ActivityRecord.started_at < Person.created_at)).all() == []


def test_the_year_before_knows_each_of_the_first_residents_once(valbriac):
    """Without it everybody would come for the first time in the first year."""
    began = datetime(2023, 12, 31, 23, tzinfo=UTC)
    rows = (
        select(func.count(), func.count(ActivityParticipant.person_id.distinct()))
        .select_from(ActivityParticipant)
        .join(ActivityRecord, ActivityRecord.id == ActivityParticipant.record_id)
    )
    visits, people = db.session.execute(rows.where(ActivityRecord.started_at < began)).one()
    assert visits == people
    assert 900 < people < 1300
    assert count(Appointment, Appointment.starts_at < began) == 0


def test_who_is_telephoned_needs_no_place(valbriac):
    by_phone = Appointment.channel == Channel.PHONE
    assert 300 < count(Appointment, by_phone) < 900
    assert count(Appointment, by_phone, Appointment.venue_id.is_not(None) | Appointment.room_id.is_not(None)) == 0


def test_everybody_can_be_found(valbriac):
    assert db.session.scalar(select(func.count(PersonToken.person_id.distinct()))) == count(Person)


@pytest.mark.parametrize("role", list(Role))
def test_one_account_of_each_role_opens_with_the_password_that_is_told(valbriac, role):
    account = db.session.scalars(select(Account).where(Account.email == SHOWN[role].email)).one()
    assert account.has(role)
    assert verify_password(account.password_hash, PASSWORD)


def test_new_rows_get_ids_of_their_own(valbriac):
    """PostgreSQL's sequences must have followed the ids that were given."""
    known = db.session.scalar(select(func.max(Person.id)))
    person = Person(
        code="ZZZZZZ", given_name="Ana", family_name="", search_key="ana", created_at=NOW, last_contact_at=NOW
    )
    db.session.add(person)
    db.session.flush()
    number = person.id
    db.session.rollback()
    assert number == known + 1


def picture() -> list[tuple]:
    rows = (
        select(Appointment.code, Appointment.starts_at, Appointment.person_id, Appointment.attendance),
        select(Registration.code, Registration.created_at, Registration.person_id, Registration.state),
        select(WorkshopSession.starts_at, WorkshopSession.taken, WorkshopSession.state, WorkshopSession.title),
        select(SessionPresence.session_id, SessionPresence.participant_id, SessionPresence.presence),
        select(Person.code, Person.created_at, Person.last_contact_at, Person.birth_year),
        select(SkillAnswer.participant_id, SkillAnswer.moment, SkillAnswer.value),
        select(Item.code, Item.serial_number, Item.condition, Item.funder),
        select(Reservation.code, Reservation.starts_at, Reservation.held_until, Reservation.state, Reservation.series),
        select(Handover.reservation_id, Handover.at, Handover.signed_name, Handover.came_back_flat),
        select(Incident.item_id, Incident.opened_at, Incident.closed_at, Incident.cost_cents),
        select(Card.number, Card.person_id, Card.state, Card.valid_until, Card.household),
        select(Voucher.code, Voucher.person_id, Voucher.state, Voucher.left_cents, Voucher.handed_over_at),
        select(VoucherMovement.voucher_id, VoucherMovement.kind, VoucherMovement.at, VoucherMovement.amount_cents),
        select(Statement.partner_id, Statement.number, Statement.state, Statement.total_cents, Statement.paid_on),
    )
    return [tuple(row) for query in rows for row in db.session.execute(query.order_by(*query.selected_columns))]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_same_day_makes_the_same_town(valbriac, town):
    """Loaded twice, once on each engine."""
    before = picture()
    with application(f"sqlite:///{town.file}").app_context():
        assert picture() == before
        db.session.remove()
        db.engine.dispose()


def test_a_database_in_use_is_left_alone(valbriac):
    with pytest.raises(NotEmpty), transaction():
        load(NOW)
    assert count(Neighbourhood, Neighbourhood.level == Level.QUARTIER) == 7
