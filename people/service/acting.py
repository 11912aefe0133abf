"""Who acts for a resident, and what the resident agreed to."""

from __future__ import annotations

from foundation import audit, clock
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _l
from people.models import Companion, ConsentTopic, PersonConsent, Relation
from people.rules.details import NoSuchPerson
from people.service.records import index, lock


class CompanionNameless(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the name of this person."), "name")


def add_companion(person_id: int, name: str, phone: str | None, relation: Relation, actor_id: int | None) -> Companion:
    """Note somebody who acts for a resident; their number finds the resident too.

    Args:
        phone: E.164, or None.

    Raises:
        CompanionNameless, NoSuchPerson, AlreadyMerged, AlreadyErased
    """
    person = lock(person_id)
    if not name.strip():
        raise CompanionNameless
    companion = Companion(
        person_id=person.id, name=" ".join(name.split()), phone=phone, relation=relation, created_at=clock.now()
    )
    db.session.add(companion)
    db.session.flush()
    index(person)
    audit.record("companion.added", f"person:{person.id}", actor_id=actor_id, companion_id=companion.id)
    return companion


def remove_companion(person_id: int, companion_id: int, actor_id: int | None) -> None:
    """Somebody acts for the resident no more; their data go at once.

    Raises:
        NoSuchPerson: also when the companion is not this resident's.
    """
    person = lock(person_id)
    companion = db.session.get(Companion, companion_id)
    if companion is None or companion.person_id != person.id:
        raise NoSuchPerson
    db.session.delete(companion)
    db.session.flush()
    index(person)
    audit.record("companion.removed", f"person:{person.id}", actor_id=actor_id, companion_id=companion_id)


def record_consent(person_id: int, topic: ConsentTopic, *, granted: bool, actor_id: int | None) -> PersonConsent:
    """Append what a resident said after they were told about `topic`.

    Args:
        actor_id: the account that told them; None when they read it themselves.

    Raises:
        NoSuchPerson, AlreadyMerged, AlreadyErased
    """
    person = lock(person_id)
    consent = PersonConsent(person_id=person.id, topic=topic, granted=granted, at=clock.now(), told_by=actor_id)
    db.session.add(consent)
    db.session.flush()
    audit.record("consent.recorded", f"person:{person.id}", actor_id=actor_id, topic=topic.value, granted=granted)
    return consent
