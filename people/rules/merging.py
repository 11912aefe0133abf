"""Which two records may become one, what the kept one takes over, and when a merge can be undone."""

from __future__ import annotations

from typing import Any

from foundation.errors import Conflict, Refused
from foundation.i18n import _l
from people.models import ContactMeans, Gender, Person, PersonMerge, Residence, Status
from people.rules.details import AlreadyErased, AlreadyMerged

EMPTY: dict[str, Any] = {
    "given_name": "",
    "family_name": "",
    "birth_year": None,
    "phone": None,
    "email": None,
    "contact_means": ContactMeans.NONE,
    "gender": Gender.NOT_COMMUNICATED,
    "status": Status.NOT_COMMUNICATED,
    "residence": Residence.UNKNOWN,
}
"""Fields that the kept record takes over from the other one when it has nothing, and what nothing is."""
TOGETHER = {"residence": "neighbourhood_id"}


class SamePerson(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose two different records."))


class AlreadyUndone(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This merge was already undone."))


class LaterMergeFirst(Conflict):
    """The kept record was itself merged since."""

    def __init__(self) -> None:
        super().__init__(_l("The kept record was merged again since. Undo that merge first."))


def check_merge(kept: Person, gone: Person) -> None:
    """Refuse to merge a record with itself, or one that was merged or erased already.

    Raises:
        SamePerson, AlreadyMerged, AlreadyErased
    """
    if kept.id == gone.id:
        raise SamePerson
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise AlreadyMerged
    if kept.anonymised_at is not None or gone.anonymised_at is not None:
        raise AlreadyErased


def fields_to_fill(kept: Person, gone: Person) -> list[str]:
    """Fields that `kept` lacks and `gone` has."""
    return [
        field
        for field, empty in EMPTY.items()
        if getattr(kept, field) == empty and getattr(gone, field) != empty and _reachable(field, kept, gone)
    ]


def _reachable(field: str, kept: Person, gone: Person) -> bool:
    """A means of contact is taken over only with the number or address that it needs."""
    if field != "contact_means":
        return True
    needed = "email" if gone.contact_means is ContactMeans.EMAIL else "phone"
    return getattr(kept, needed) is None or getattr(kept, needed) == getattr(gone, needed)


def fill(kept: Person, gone: Person, fields: list[str]) -> None:
    """Give `kept` the `fields` of `gone`."""
    for field in fields:
        setattr(kept, field, getattr(gone, field))
        if field in TOGETHER:
            setattr(kept, TOGETHER[field], getattr(gone, TOGETHER[field]))


def empty(kept: Person, gone: Person, fields: list[str]) -> None:
    """Take back from `kept` those `fields` that still are what `gone` gave; what was changed since stays."""
    for field in fields:
        parts = [field, TOGETHER[field]] if field in TOGETHER else [field]
        changed = any(getattr(kept, part) != getattr(gone, part) for part in parts)
        if changed or _would_leave_nameless(kept, field):
            continue
        setattr(kept, field, EMPTY[field])
        if field in TOGETHER:
            setattr(kept, TOGETHER[field], None)
    if (kept.contact_means in {ContactMeans.SMS, ContactMeans.PHONE_CALL} and not kept.phone) or (
        kept.contact_means is ContactMeans.EMAIL and not kept.email
    ):
        kept.contact_means = ContactMeans.NONE


def _would_leave_nameless(kept: Person, field: str) -> bool:
    other = {"given_name": kept.family_name, "family_name": kept.given_name}
    return field in other and not other[field]


def check_undo(merge: PersonMerge) -> None:
    """Refuse to undo twice, or before a later merge of the kept record is undone.

    Raises:
        AlreadyUndone, LaterMergeFirst
    """
    if merge.undone_at is not None:
        raise AlreadyUndone
    if merge.gone.merged_into_id != merge.kept_id or merge.kept.merged_into_id is not None:
        raise LaterMergeFirst
