"""Activity records: written once, corrected by their author for a while, with what changed kept in the audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from accounts.models import Account
from activity import queries
from activity.models import ActivityAspect, ActivityKind, ActivityParticipant, ActivityRecord, Aspect
from activity.rules.ages import age_band
from activity.rules.records import (
    AlreadyRecorded,
    Draft,
    NoPlace,
    NoSuchRecord,
    check,
    check_change,
    sorted_values,
    tidied,
)
from foundation import audit, clock
from foundation.db import db, explain_constraint
from foundation.errors import Conflict
from foundation.i18n import _l, wall_clock
from people import queries as people_queries
from people import service as people
from people.models import Person
from places.models import Venue


class WrittenMeanwhile(Conflict):
    """Two pages wrote one record at the same moment; the other one was first."""

    def __init__(self) -> None:
        super().__init__(_l("This record was written already: you will find it in the list."))


class ChangedMeanwhile(Conflict):
    """The record was saved from another page since this one was opened."""

    def __init__(self, who: str, when: str) -> None:
        super().__init__(
            _l(
                "This record was changed meanwhile by %(who)s, at %(when)s. Look at it in another window, then save "
                "again to put what is written here in its place.",
                who=who,
                when=when,
            )
        )


explain_constraint("uq_activity_record_reference", WrittenMeanwhile)
explain_constraint("uq_activity_record_request_key", WrittenMeanwhile)


def write(
    draft: Draft, *, now: datetime, actor: Account, structure_id: int | None, request_key: str | None = None
) -> ActivityRecord:
    """Write what was done. What it tells of is locked and looked at by the caller, who knows it.

    Args:
        structure_id: whose record it is: that of the appointment or programme, else of its author.
        request_key: made with the form; the same form sent twice gives the record that it wrote.

    Raises:
        AlreadyRecorded: with the id of the record that tells of the draft's reference. NoSuchPerson, and the refusals
        of `rules.records.check`.
    """
    draft = tidied(draft)
    _one_at_a_time(actor)
    if already := _written_with(request_key, actor):
        return already
    if draft.reference is not None and (there := queries.telling_of(draft.reference)) is not None:
        raise AlreadyRecorded(there)
    check(draft, now)
    record = ActivityRecord(
        mediator_id=actor.id,
        structure_id=structure_id,
        reference=draft.reference,
        request_key=request_key,
        created_at=now,
    )
    _write(record, draft, now)
    _set_participants(record, draft.person_ids)
    db.session.add(record)
    db.session.flush()
    _touch(record)
    audit.record("record.written", f"record:{record.id}", actor_id=actor.id, people=_took_part(record))
    return record


def edit(
    record_id: int, draft: Draft, *, now: datetime, actor: Account, as_of: datetime | None = None
) -> ActivityRecord:
    """Correct a record. Who was there already stays as they were counted; what changed goes into its history.

    What it tells of never changes, nor whose it is.

    Args:
        as_of: the `updated_at` of the record that the author looked at; None: whatever stands.

    Raises:
        ChangedMeanwhile: when another one stands, unless that says the same: the button was pressed twice.
        NoSuchRecord, NotTheAuthor, TooLateToChange, NoSuchPerson, and the refusals of `rules.records.check`.
    """
    draft = tidied(draft)
    record = locked(record_id, actor)
    check_change(record.mediator_id, record.created_at, actor.id, now)
    check(draft, now)
    before, year, stood = _facts(record), _day(record).year, record.updated_at
    _write(record, draft, now)
    if _day(record).year != year:
        _count_ages_anew(record)
    _set_participants(record, draft.person_ids)
    db.session.flush()
    _touch(record)
    if changed := _changes(before, _facts(record)):
        if as_of is not None and as_of != stood:
            raise ChangedMeanwhile(record.mediator.name, wall_clock(stood))
        audit.record("record.changed", f"record:{record.id}", actor_id=actor.id, changed=changed)
    return record


def withdraw(record_id: int, *, now: datetime, actor: Account) -> None:
    """Take back a record that should not have been written; what it tells of waits for one again.

    Raises:
        NoSuchRecord, NotTheAuthor, TooLateToChange
    """
    record = locked(record_id, actor)
    check_change(record.mediator_id, record.created_at, actor.id, now)
    audit.record(
        "record.withdrawn",
        f"record:{record.id}",
        actor_id=actor.id,
        reference=record.reference,
        people=_took_part(record),
    )
    db.session.delete(record)
    db.session.flush()


def _one_at_a_time(actor: Account) -> None:
    """Let the records of one mediator queue up, so that a double press finds what the first one wrote."""
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))


def _written_with(request_key: str | None, actor: Account) -> ActivityRecord | None:
    if request_key is None:
        return None
    return db.session.scalar(
        select(ActivityRecord).where(ActivityRecord.request_key == request_key, ActivityRecord.mediator_id == actor.id)
    )


def locked(record_id: int, actor: Account) -> ActivityRecord:
    """A record of the actor's structure, as it stands.

    Raises:
        NoSuchRecord
    """
    query = select(ActivityRecord).where(ActivityRecord.id == record_id).with_for_update(of=ActivityRecord)
    record = db.session.scalar(query.execution_options(populate_existing=True))
    if record is None or actor.structure_id not in {None, record.structure_id}:
        raise NoSuchRecord
    return record


def _people(person_ids: Iterable[int]) -> list[Person]:
    """The residents named, records that were merged replaced by the ones kept.

    Raises:
        NoSuchPerson
    """
    found = {person.id: person for person in (people_queries.current(id_) for id_ in sorted(person_ids))}
    if any(person.anonymised_at is not None for person in found.values()):
        raise people.NoSuchPerson
    return list(found.values())


def _write(record: ActivityRecord, draft: Draft, now: datetime) -> None:
    """All that the draft says but who was there. Label and neighbourhood are frozen here."""
    record.kind = draft.kind
    record.started_at, record.duration_minutes = draft.started_at, draft.duration_minutes
    record.channel, record.venue_id = draft.channel, draft.venue_id
    record.venue_neighbourhood_id = (
        _venue(draft.venue_id).neighbourhood_id if draft.venue_id else draft.neighbourhood_id
    )
    record.service_id, record.label = draft.service_id, draft.label
    record.autonomy, record.note = draft.autonomy, draft.note
    record.anonymous_count = draft.anonymous_count
    record.anonymous_feminine, record.anonymous_masculine = draft.anonymous_feminine, draft.anonymous_masculine
    record.updated_at = now
    _set_aspects(record, draft)


def _venue(venue_id: int) -> Venue:
    venue = db.session.get(Venue, venue_id)
    if venue is None:
        raise NoPlace
    return venue


def _set_aspects(record: ActivityRecord, draft: Draft) -> None:
    said = {
        Aspect.THEME: draft.themes,
        Aspect.PROCEDURE: draft.procedures,
        Aspect.EQUIPMENT: draft.equipment,
        Aspect.REFERRAL: draft.referrals,
    }
    wanted = {(aspect, value.value) for aspect, values in said.items() for value in values}
    kept = [row for row in record.aspects if (row.aspect, row.value) in wanted]
    new = wanted - {(row.aspect, row.value) for row in kept}
    record.aspects = kept + [ActivityAspect(aspect=aspect, value=value) for aspect, value in sorted(new)]
    followed = draft.referrals if draft.kind is ActivityKind.INDIVIDUAL else ()
    record.outcomes = [one for one in record.outcomes if one.referral in followed]


def _set_participants(record: ActivityRecord, person_ids: Iterable[int]) -> None:
    """Keep those who stay as they were counted, and freeze the newcomers as they are.

    Raises:
        NoSuchPerson
    """
    wanted, day = set(person_ids), _day(record)
    kept = [row for row in record.participants if row.person_id in wanted]
    newcomers = _people(wanted - {row.person_id for row in kept})
    known = queries.took_part_before([person.id for person in newcomers], record.started_at, but=record.id)
    record.participants = kept + [_frozen(person, day, person.id not in known) for person in newcomers]


def _count_ages_anew(record: ActivityRecord) -> None:
    """The day was corrected to one of another year, at which everybody has another age."""
    for row in record.participants:
        row.age_band = age_band(row.person.birth_year, _day(record))


def _frozen(person: Person, day: date, first_time: bool) -> ActivityParticipant:
    return ActivityParticipant(
        person_id=person.id,
        age_band=age_band(person.birth_year, day),
        gender=person.gender,
        status=person.status,
        residence=person.residence,
        neighbourhood_id=person.neighbourhood_id,
        first_time=first_time,
    )


def _day(record: ActivityRecord) -> date:
    return record.started_at.astimezone(clock.territory_zone()).date()


def _touch(record: ActivityRecord) -> None:
    for participant in record.participants:
        people.touch(participant.person_id, record.started_at)


def _took_part(record: ActivityRecord) -> int:
    return len(record.participants) + record.anonymous_count


def _facts(record: ActivityRecord) -> dict[str, Any]:
    """What the history of a record tells: all but the words of its note."""
    columns = (
        "kind", "duration_minutes", "channel", "venue_id", "service_id", "autonomy", "anonymous_count",
        "anonymous_feminine", "anonymous_masculine",
    )  # fmt: skip
    facts = {name: getattr(record, name) for name in columns}
    facts["started_at"] = record.started_at.isoformat()
    facts["person_ids"] = sorted(row.person_id for row in record.participants)
    for aspect in Aspect:
        facts[aspect.value] = sorted_values(row.value for row in record.aspects if row.aspect is aspect)
    facts["note"] = record.note
    return facts


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Name of each fact that differs → [before, after]; of the note only that it was changed."""
    differing = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    return {name: ["…", "…"] if name == "note" else pair for name, pair in differing.items()}
