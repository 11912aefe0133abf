"""The people of a registration: who answers for it, who sits there, and what the team must know of the children."""

from __future__ import annotations

from datetime import datetime

from foundation.db import db
from people import queries as people_queries
from people import service as people
from people.models import Person
from workshops.models import ChildSheet, Participant
from workshops.queries import children
from workshops.rules.enrolling import Child, Emergency, Enrolling


def answers_for_it(wish: Enrolling, contact_at: datetime, actor_id: int | None) -> Person | None:
    """The adult, or the guardian; None of a group. It counts as a contact until `contact_at`.

    Raises:
        NoSuchPerson, and the refusals of `people.create`
    """
    if wish.group is not None:
        return None
    if wish.newcomer is not None:
        return people.recognise_or_create(wish.newcomer, actor_id, contact_at=contact_at)
    if wish.person_id is None:
        raise people.NoSuchPerson
    person = people_queries.current(wish.person_id)
    if person.anonymised_at is not None:
        raise people.NoSuchPerson
    people.touch(person.id, contact_at)
    return person


def who_sits(wish: Enrolling, adult: Person, contact_at: datetime, actor_id: int | None) -> list[Participant]:
    """Everybody with a seat; a child that the same guardian registered before is the same child."""
    grown = [Participant(person=adult)] if wish.comes_too or not wish.children else []
    return grown + [_seated(child, wish.emergency, adult, contact_at, actor_id) for child in wish.children]


def _seated(
    child: Child, emergency: Emergency | None, guardian: Person, contact_at: datetime, actor_id: int | None
) -> Participant:
    person = children.known_child(guardian.id, child.given_name, child.family_name, child.birth_year)
    if person is None:
        person = people.create(_described(child, guardian), actor_id, contact_at=contact_at)
    else:
        people.touch(person.id, contact_at)
    with db.session.no_autoflush:
        return Participant(person=person, sheet=_sheet(child, emergency))


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


def _sheet(child: Child, emergency: Emergency | None) -> ChildSheet:
    return ChildSheet(
        school_level=child.school_level.strip(),
        emergency_name=" ".join(emergency.name.split()) if emergency else "",
        emergency_phone=emergency.phone if emergency else "",
        collectors=emergency.collectors.strip() if emergency else "",
        may_leave_alone=child.may_leave_alone,
        image_consent=child.image_consent,
    )
