"""Two records of one resident become one, and can be parted again."""

from __future__ import annotations

from sqlalchemy import select, update

from foundation import audit, clock
from foundation.db import db
from people.models import Person, PersonMerge
from people.references import Reference, part_elsewhere, reference, references
from people.rules import merging as rules
from people.rules.details import NoSuchPerson
from people.service.records import index

CHUNK = 500
"""Rows moved by one statement; SQLite takes at most 32,766 parameters."""


def merge(kept_id: int, gone_id: int, actor_id: int | None) -> PersonMerge:
    """Join the record `gone_id` to `kept_id`: everything that pointed to it points to the kept one.

    The kept record takes over what it lacks. The other stays, hidden, with its own data, and its names, number
    and code lead to the kept one.

    Raises:
        NoSuchPerson, SamePerson, AlreadyMerged, AlreadyErased
    """
    kept, gone = _lock_both(kept_id, gone_id)
    rules.check_merge(kept, gone)
    moved = {one.name: ids for one in references() if (ids := _move(one, gone.id, kept.id))}
    filled = rules.fields_to_fill(kept, gone)
    rules.fill(kept, gone, filled)
    gone.merged_into_id = kept.id
    kept.last_contact_at = max(kept.last_contact_at, gone.last_contact_at)
    done = PersonMerge(kept_id=kept.id, gone_id=gone.id, moved=moved, filled=filled, at=clock.now(), by_id=actor_id)
    db.session.add(done)
    _refresh(kept, gone)
    audit.record("person.merged", f"person:{kept_id}", actor_id=actor_id, gone_id=gone_id, merge_id=done.id)
    return done


def undo_merge(merge_id: int, actor_id: int | None) -> PersonMerge:
    """Part the two records again: exactly the rows that were moved go back, if they still are where they went.

    Raises:
        NoSuchPerson, AlreadyUndone, LaterMergeFirst
    """
    done = db.session.get(PersonMerge, merge_id)
    if done is None:
        raise NoSuchPerson
    kept, gone = _lock_both(done.kept_id, done.gone_id)
    db.session.refresh(done, with_for_update=True)
    rules.check_undo(done)
    for name, ids in done.moved.items():
        _point(reference(name), ids, kept.id, gone.id)
    part_elsewhere(kept.id, gone.id)
    rules.empty(kept, gone, done.filled)
    gone.merged_into_id = None
    done.undone_at, done.undone_by_id = clock.now(), actor_id
    _refresh(kept, gone)
    audit.record("person.merge_undone", f"person:{done.kept_id}", actor_id=actor_id, merge_id=merge_id)
    return done


def _lock_both(kept_id: int, gone_id: int) -> tuple[Person, Person]:
    """Both records, locked in ascending id order, so that two merges never wait for each other."""
    wanted = sorted({kept_id, gone_id})
    locked = db.session.scalars(
        select(Person)
        .where(Person.id.in_(wanted))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = {person.id: person for person in locked}
    if kept_id not in known or gone_id not in known:
        raise NoSuchPerson
    return known[kept_id], known[gone_id]


def _move(one: Reference, source_id: int, target_id: int) -> list[int]:
    """Point the rows of one column from `source_id` to `target_id`; returns the ids of those moved.

    A row that would double one of the target (the same session, say) stays with the record it came with.
    """
    rows = select(one.key).where(one.column == source_id).order_by(one.key)
    if one.unique_with:
        theirs = one.table.alias()
        doubles = select(theirs.c[one.key.name]).where(
            theirs.c[one.column.name] == target_id,
            *(theirs.c[column.name] == column for column in one.unique_with),
        )
        rows = rows.where(~doubles.correlate(one.table).exists())
    ids = list(db.session.scalars(rows))
    _point(one, ids, source_id, target_id)
    return ids


def _point(one: Reference, ids: list[int], source_id: int, target_id: int) -> None:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        db.session.execute(
            update(one.table).where(one.key.in_(chunk), one.column == source_id).values({one.column.name: target_id})
        )


def _refresh(kept: Person, gone: Person) -> None:
    """Write what is pending, forget what was read before the rows moved, and make both findable anew."""
    db.session.flush()
    db.session.expire_all()
    index(kept)
    index(gone)
