"""Whom to write to about a kit and its loans: borrowers, those who say yes, managers, the team of a workshop."""

from __future__ import annotations

from sqlalchemy import select

from accounts import queries as accounts
from accounts.models import Account
from agenda import queries as agenda
from equipment.models import Approval, Kit, Reservation, ReservationEvent, ReservationEventKind
from equipment.rules.kits import works_here
from foundation.db import db
from foundation.security import Role


def borrowers(reservation: Reservation) -> list[Account]:
    """Whoever asked, of the team of the act that took it; when colleagues reserved for a school or a home, its own."""
    if reservation.purpose_of:
        return team_of(reservation.purpose_of)
    asked_by = reservation.asked_by
    if reservation.school_id is None and reservation.care_home_id is None:
        return [asked_by] if asked_by is not None and asked_by.active else []
    if asked_by is not None and asked_by.active and not works_here(asked_by):
        return [asked_by]
    hosts = accounts.hosts_of(reservation.school_id, reservation.care_home_id)
    return [one for one in hosts if one.approves] or hosts


def team_of(reference: str) -> list[Account]:
    """The people who are held for an act of another room, e.g. the mediators of `session:5`, by name."""
    resource_ids = {hold.resource_id for hold in agenda.holds_of(reference)}
    query = select(Account).where(Account.resource_id.in_(resource_ids), Account.active)
    return list(db.session.scalars(query.options(accounts.WITH_ROLES).order_by(Account.name, Account.id)))


def answerers(reservation: Reservation, kit: Kit) -> list[Account]:
    """Who is asked to say yes: the head teachers of the school, or the managers of the kit."""
    if kit.approval is Approval.HEAD_TEACHER and reservation.school_id is not None:
        heads = [one for one in accounts.hosts_of(reservation.school_id, None) if one.approves]
        if heads:
            return heads
    return managers_of(kit.structure_id)


def managers_of(structure_id: int | None) -> list[Account]:
    """Those of a structure; those of the whole territory when it has none, or for what belongs to the territory."""
    managers = accounts.with_role(Role.MANAGER)
    own = [one for one in managers if one.structure_id == structure_id]
    return own or [one for one in managers if one.structure_id is None]


def dates_of(series: str) -> list[Reservation]:
    """All dates of a recurring wish, by start, whatever became of them."""
    query = select(Reservation).where(Reservation.series == series).order_by(Reservation.starts_at, Reservation.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def last_event(reservation_id: int, *kinds: ReservationEventKind) -> ReservationEvent | None:
    """The newest of these kinds of events of a reservation."""
    query = select(ReservationEvent).where(
        ReservationEvent.reservation_id == reservation_id, ReservationEvent.kind.in_(kinds)
    )
    return db.session.scalar(query.order_by(ReservationEvent.id.desc()).limit(1))
