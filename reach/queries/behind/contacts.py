"""Activity records and residents behind the figures of contacts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy import func, select

from accounts.models import Account
from activity.models import ActivityAspect, ActivityParticipant, ActivityRecord, Aspect
from foundation.db import db
from people.models import Person
from places.models import Venue
from reach.queries.behind.found import Found, Line, part
from reach.queries.contacts import kept
from reach.queries.narrowing import lies_in
from reach.rules.cube import NOBODY, Contacts, code_of
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.filters import Filters
from reach.rules.scope import Scope

Chosen = Callable[[Contacts], Contacts]


def everybody(contacts: Contacts) -> Contacts:
    return contacts


def with_heads(contacts: Contacts) -> Contacts:
    return contacts.where(contacts.heads > 0)


def newcomers(contacts: Contacts) -> Contacts:
    return contacts.where(contacts.is_new)


def known_before(contacts: Contacts) -> Contacts:
    return contacts.where((contacts.person != NOBODY) & ~contacts.is_new)


def without_home(contacts: Contacts) -> Contacts:
    """Those by name of whom nobody told where they lived that day."""
    unknown = contacts.codes[Dimension.NEIGHBOURHOOD] == code_of(Dimension.NEIGHBOURHOOD, UNKNOWN)
    return contacts.where((contacts.person != NOBODY) & unknown)


def records(filters: Filters, scope: Scope, number: int, which: Chosen = everybody) -> Found:
    """Records in which somebody took part whom the filters keep, the latest first.

    Numbers: people by name, heads, minutes.
    """
    contacts = which(kept(filters, scope))
    ids, first, place = np.unique(contacts.record, return_index=True, return_inverse=True)
    named = np.bincount(place, weights=contacts.person != NOBODY, minlength=ids.size)
    heads = np.bincount(place, weights=contacts.heads, minlength=ids.size)
    numbers = np.stack([named, heads, contacts.minutes[first]], axis=1).astype(int)
    of = dict(zip(ids.tolist(), numbers.tolist(), strict=True))
    return Found(_recorded(part(_latest_first(filters, of), number), of), len(of), numbers.sum(axis=0).tolist())


def heads(filters: Filters, scope: Scope, number: int) -> Found:
    """Records with heads that nobody named, the latest first. Numbers: heads."""
    found = records(filters, scope, number, with_heads)
    alone = [replace(line, numbers=line.numbers[1:2]) for line in found.lines]
    return replace(found, lines=alone, sums=found.sums[1:2])


def about(filters: Filters, scope: Scope, number: int, aspect: Aspect, value: str) -> Found:
    """Records that tell of a theme, a procedure or a referral, as `records` has them."""
    marked = select(ActivityAspect.record_id).join(ActivityRecord).where(
        ActivityAspect.aspect == aspect, ActivityAspect.value == value, lies_in(ActivityRecord.started_at, filters)
    )  # fmt: skip
    ids = np.array(db.session.scalars(marked).all(), dtype=np.int64)
    return records(filters, scope, number, lambda contacts: contacts.where(np.isin(contacts.record, ids)))


def _latest_first(filters: Filters, ids: Collection[int]) -> list[int]:
    """All records of the period are read in their order: cheaper than to name hundreds of thousands of them."""
    one = ActivityRecord
    query = select(one.id).where(lies_in(one.started_at, filters)).order_by(one.started_at.desc(), one.id.desc())
    return [id_ for id_ in db.session.scalars(query) if id_ in ids]


def _recorded(ids: Collection[int], numbers: dict[int, list[int]]) -> list[Line]:
    one = ActivityRecord
    query = (
        select(one.id, one.started_at, one.label, Account.name, Venue.name.label("venue"))
        .join(Account, Account.id == one.mediator_id)
        .outerjoin(Venue, Venue.id == one.venue_id)
        .where(one.id.in_(ids))
        .order_by(one.started_at.desc(), one.id.desc())
    )
    return [
        Line(id_, at, label, (mediator, venue or ""), numbers[id_])
        for id_, at, label, mediator, venue in db.session.execute(query)
    ]


def people(filters: Filters, scope: Scope, number: int, which: Chosen = everybody) -> Found:
    """Residents by name, each once, in the order of their names; those erased since stand first.

    Numbers: contacts. The day is that of the last one in the period, within the scope.
    """
    contacts = which(kept(filters, scope, (Dimension.NEIGHBOURHOOD,)))
    contacts = contacts.where(contacts.person != NOBODY)
    ids, times = np.unique(contacts.person, return_counts=True)
    of = dict(zip(ids.tolist(), times.tolist(), strict=True))
    in_order = select(Person.id).order_by(Person.search_key, Person.id)
    shown = part([id_ for id_ in db.session.scalars(in_order) if id_ in of], number)
    names = {one.id: one.name for one in db.session.scalars(select(Person).where(Person.id.in_(shown)))}
    last = _last_day(shown, np.unique(contacts.record[np.isin(contacts.person, shown)]).tolist())
    return Found([Line(id_, last[id_], names[id_], (), (of[id_],)) for id_ in shown], len(of), (int(times.sum()),))


def _last_day(people_ids: Collection[int], record_ids: Collection[int]) -> dict[int, datetime | None]:
    one = ActivityParticipant
    query = (
        select(one.person_id, func.max(one.started_at))
        .where(one.person_id.in_(people_ids), one.record_id.in_(record_ids))
        .group_by(one.person_id)
    )
    return {person_id: at for person_id, at in db.session.execute(query)}
