"""The people of a registration: who answers for it, who sits there, and what the team must know of the children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from foundation.db import append
from foundation.errors import Refused
from people import queries as people_queries
from people import service as people
from people.models import Person
from people.service import Traits
from vouchers.queries.bearers import bearer
from workshops.models import ChildSheet, Participant, Registration
from workshops.queries import children
from workshops.rules.enrolling import Child, Emergency, Enrolling
from workshops.rules.paying import Named


def answers_for_it(wish: Enrolling, contact_at: datetime, actor_id: int | None) -> Person | None:
    """The adult, or the guardian; None of a group. It counts as a contact until `contact_at`.

    Whoever pays with a voucher of their own is the resident whom it names, with or without a telephone.

    Raises:
        NoSuchPerson, and the refusals of `people.create`
    """
    if wish.group is not None:
        return None
    if wish.newcomer is not None:
        holder = _holder_called(wish, _named(wish.newcomer))
        if holder is None:
            return people.recognise_or_create(wish.newcomer, actor_id, contact_at=contact_at)
        people.touch(holder.id, contact_at)
        return _reachable(holder, wish.newcomer, actor_id)
    if wish.person_id is None:
        raise people.NoSuchPerson
    person = people_queries.current(wish.person_id)
    if person.anonymised_at is not None:
        raise people.NoSuchPerson
    people.touch(person.id, contact_at)
    return person


def known_already(wish: Enrolling) -> list[int]:
    """The ids of those with a seat whose records are known before anything is written."""
    new = wish.newcomer
    if new is None:
        return []
    traits = Traits(new.given_name, new.family_name, new.birth_year, new.phone)
    adult = _holder_called(wish, _named(new)) or people_queries.recognised(traits, new.email)
    found = [_child_of(wish, child, adult.id if adult else None) for child in wish.children]
    own = [adult] if wish.comes_too or not wish.children else []
    return [one.id for one in [*own, *found] if one is not None]


def _holder_called(wish: Enrolling, name: Named) -> Person | None:
    """Whom the voucher names that is to pay, if it is somebody of this name."""
    if not wish.voucher_code:
        return None
    try:
        found = bearer(wish.voucher_code)
    except Refused:  # Said where it is paid, beside the code.
        return None
    holder = Named(found.person_id, found.given_name, found.family_name, found.birth_year)
    return people_queries.current(found.person_id) if holder.is_one_with(name) else None


def _named(one: people.Details | Child) -> Named:
    return Named(None, one.given_name, one.family_name, one.birth_year)


def _reachable(holder: Person, typed: people.Details, actor_id: int | None) -> Person:
    """The record, with the telephone or address that was typed when it had neither: a freed seat is told there."""
    if holder.phone or holder.email or not (typed.phone or typed.email):
        return holder
    known = people.Details(**{one.name: getattr(holder, one.name) for one in fields(people.Details)})
    details = replace(known, phone=typed.phone, email=typed.email, contact_means=typed.contact_means)
    return people.edit(holder.id, details, actor_id)


@dataclass(frozen=True)
class Sitter:
    """Somebody with a seat; of a child, also what the team must know."""

    person: Person
    child: Child | None = None


def who_sits(wish: Enrolling, adult: Person, contact_at: datetime, actor_id: int | None) -> list[Sitter]:
    """Everybody with a seat; a child that the same guardian registered before is the same child."""
    grown = [Sitter(adult)] if wish.comes_too or not wish.children else []
    return grown + [_sitting(child, wish, adult, contact_at, actor_id) for child in wish.children]


def _sitting(child: Child, wish: Enrolling, guardian: Person, contact_at: datetime, actor_id: int | None) -> Sitter:
    person = _child_of(wish, child, guardian.id)
    if person is None:
        return Sitter(people.create(_described(child, guardian), actor_id, contact_at=contact_at), child)
    people.touch(person.id, contact_at)
    return Sitter(person, child)


def write_down(registration: Registration, sitters: Sequence[Sitter], emergency: Emergency | None) -> None:
    """Append those who sit there to a registration that has just been written."""
    seats = [append(Participant(registration_id=registration.id, person_id=one.person.id)) for one in sitters]
    for seat, one in zip(seats, sitters, strict=True):
        if one.child is not None:
            append(_sheet(seat.id, one.child, emergency))
    set_committed_value(registration, "participants", seats)


def _child_of(wish: Enrolling, child: Child, guardian_id: int | None) -> Person | None:
    """Who this child is: whom the voucher names, or a child that the same guardian registered before."""
    holder = _holder_called(wish, _named(child))
    if holder is not None or guardian_id is None:
        return holder
    return children.known_child(guardian_id, child.given_name, child.family_name, child.birth_year)


def _described(child: Child, guardian: Person) -> people.Details:
    """A child lives where the guardian lives, as far as is known; messages go to the guardian."""
    return people.Details(
        given_name=child.given_name,
        family_name=child.family_name,
        birth_year=child.birth_year,
        locale=guardian.locale,
        residence=guardian.residence,
        neighbourhood_id=guardian.neighbourhood_id,
    )


def _sheet(participant_id: int, child: Child, emergency: Emergency | None) -> ChildSheet:
    return ChildSheet(
        participant_id=participant_id,
        school_level=child.school_level.strip(),
        emergency_name=" ".join(emergency.name.split()) if emergency else "",
        emergency_phone=emergency.phone if emergency else "",
        collectors=emergency.collectors.strip() if emergency else "",
        may_leave_alone=child.may_leave_alone,
        image_consent=child.image_consent,
    )
