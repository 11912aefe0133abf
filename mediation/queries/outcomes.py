"""What became of appointments: their history for colleagues, the bare outcome for whoever booked them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from foundation.db import db
from mediation.models import Appointment, AppointmentEvent, Attendance
from people.models import Person
from places.models import Venue

A_PAGE = 50


@dataclass(frozen=True)
class Happened:
    """One thing that happened, and who did it; `actor` is empty for the resident."""

    event: AppointmentEvent
    actor: str


def events_of(appointment_id: int) -> list[Happened]:
    """The history of an appointment, oldest first."""
    rows = db.session.execute(
        select(AppointmentEvent, Account.name)
        .outerjoin(Account, Account.id == AppointmentEvent.actor_id)
        .where(AppointmentEvent.appointment_id == appointment_id)
        .order_by(AppointmentEvent.id)
    )
    return [Happened(event, name or "") for event, name in rows]


@dataclass(frozen=True)
class Outcome:
    """What a prescriber sees of an appointment that they booked: nothing that was said or written there."""

    id: int
    starts_at: datetime
    attendance: Attendance
    service: str
    venue: str
    given_name: str
    family_name: str

    @property
    def person(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def booked_by(account_id: int, *, skip: int = 0) -> list[Outcome]:
    """A page of the appointments that an account booked, the last first, and one more if there is another page."""
    rows = db.session.execute(
        select(
            Appointment.id, Appointment.starts_at, Appointment.attendance, Appointment.service_label, Venue.name,
            Person.given_name, Person.family_name,
        )
        .join(Person, Person.id == Appointment.person_id)
        .outerjoin(Venue, Venue.id == Appointment.venue_id)
        .where(Appointment.booked_by_id == account_id)
        .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
        .offset(skip)
        .limit(A_PAGE + 1)
    )  # fmt: skip
    return [
        Outcome(id_, at, attendance, label, venue or "", *name) for id_, at, attendance, label, venue, *name in rows
    ]
