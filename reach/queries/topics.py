"""What contacts were about: themes, procedures, equipment, referrals; and how much help people needed.

What came of a referral to somebody else is told by `reach.queries.followed`, what came of the people whom prescribers
sent here by `reach.queries.appointments`.
"""

from __future__ import annotations

from sqlalchemy import case as when
from sqlalchemy import func, select

from activity.models import ActivityAspect, ActivityRecord, Aspect, Equipment, Procedure, Referral, Theme
from foundation import clock
from reach.queries.packed import Found, Part, bits, fetched, line, parted, place_in, wide
from reach.queries.reading import ASPECTS, NEED, RECORDS, Asked, parts_of, read_of, within
from reach.rules import about
from reach.rules.about import FIRST, KINDS, Topics
from reach.rules.autonomy import Autonomies, ways
from reach.rules.cube import NOBODY, Contacts, Numbers
from reach.rules.dimensions import chosen
from reach.rules.filters import Filters
from reach.rules.read import found_in, rows
from reach.rules.scope import Scope


def topics(filters: Filters, scope: Scope) -> Topics:
    """Of the contacts of the period, by the start of their record, in one statement. Who somebody was is frozen.

    The contacts are those that `reach.queries.contacts` counts, read and kept in the same way.
    """
    wanted = chosen(filters)
    asked = Asked(filters.span, clock.territory_zone(), scope, filters.side, frozenset(wanted), needs=True)
    found = fetched(*parts_of(asked), _aspects(asked))
    read = read_of(found)
    kept = rows(read, filters.side, wanted).kept(wanted)
    contacts = about.contacts_of(kept, read.records.id.size)
    record, code = parted(found[ASPECTS, 0][0])
    place, known = found_in(read.records.id, record)
    of_values = about.told_of(contacts, place, code[known])
    return Topics(
        total=about.told(contacts),
        themes=about.values(of_values, Aspect.THEME, Theme),
        procedures=about.values(of_values, Aspect.PROCEDURE, Procedure),
        equipment=about.values(of_values, Aspect.EQUIPMENT, Equipment),
        referrals=about.values(of_values, Aspect.REFERRAL, Referral),
        autonomy=_ways(found, read.records.id, kept),
    )


def _ways(found: Found, ids: Numbers, kept: Contacts) -> Autonomies:
    first, *_columns, at = found[RECORDS, 0]
    _ids, beside = parted(first)
    named = kept.person != NOBODY
    record = kept.record[named]
    return ways(kept.person[named], bits(beside, *NEED)[record], at[record], ids[record])


def _aspects(asked: Asked) -> Part:
    """A row for each value that a record tells; one that no enumeration has is left out.

    Records follow each other in time, more or less: those of all ids between the first and the last one of the period
    are read in one go, at half of what it takes to look up each record, and others of these ids are left out later.
    """
    one = ActivityAspect
    code = when(
        {aspect.value: place_in(kind, one.value, FIRST[aspect]) for aspect, kind in KINDS.items()}, value=one.aspect
    )
    first, last = (
        select(bound(ActivityRecord.id)).where(*within(asked)).scalar_subquery() for bound in (func.min, func.max)
    )
    return line(ASPECTS, wide(one.record_id, code)).where(one.record_id >= first, one.record_id <= last)
