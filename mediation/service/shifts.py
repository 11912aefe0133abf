"""A mediator's presences. What was offered in the past stays as it was; what is booked ahead is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from accounts import queries as accounts
from accounts.models import Account
from activity.models import Channel
from agenda import service as agenda
from agenda.models import Recurrence
from agenda.rules.recurrence import DAY, Pattern
from foundation import audit, clock
from foundation.db import db
from foundation.scope import NotInYourStructure, check_scope
from foundation.security import Role
from mediation.models import Service, Shift
from mediation.queries import offers, presences
from mediation.rules.overlaps import check_alone
from mediation.rules.shifts import (
    HasBegun,
    NotReceiving,
    ServiceNotOffered,
    ShiftDetails,
    check_change,
    check_ending,
    check_shift,
    has_begun,
    next_day,
)
from mediation.rules.stranding import Answer, Booked, Fate, Presence, left_without_presence, unanswered
from mediation.service import booking


def check_may_plan(actor: Account, account: Account) -> None:
    """Mediators plan their own time, managers and administrators that of their structure.

    Raises:
        NotInYourStructure
    """
    if actor.id == account.id:
        return
    if not actor.has(Role.MANAGER, Role.ADMINISTRATOR):
        raise NotInYourStructure
    check_scope(actor.structure_id, account.structure_id)


def planned(account_id: int, actor: Account) -> Account:
    """The mediator whose time `actor` plans.

    Raises:
        NotInYourStructure, NotReceiving
    """
    account = accounts.account(account_id)
    if account is None:
        raise NotInYourStructure
    check_may_plan(actor, account)
    if account.resource_id is None:
        raise NotReceiving
    return account


def create_shift(account_id: int, details: ShiftDetails, actor: Account) -> Shift:
    """Let a mediator receive. Bookings are not touched: more time strands nobody.

    The very same presence written again gives the one that is there: the button was pressed twice.

    Raises:
        NotInYourStructure, NotReceiving, ImpossiblePattern, NoService, ServiceNotOffered, NoWay, NoVenue
        OverlapsPresence: with the other one.
    """
    account = planned(account_id, actor)
    check_shift(details)
    agenda.lock([account.resource_id or 0])
    today = clock.today()
    if same := next((one for one in presences.shifts_of(account.id, today) if _is(one, details)), None):
        return same
    check_alone(details.pattern, presences.others(account.id, today), today)
    return _add(account, details, actor)


def change_shift(
    shift_id: int, details: ShiftDetails, actor: Account, *, now: datetime, answer: Answer | None = None
) -> Shift:
    """Change a presence from the first day of `details` on.

    One that has begun is ended the day before, and goes on as a new one: what was offered in the past stays.

    Args:
        answer: what becomes of booked appointments that the change leaves behind.

    Raises:
        WouldStrand: when there are some, and `answer` is missing or does not know them all.
        PastIsSettled, HasEnded, and the refusals of `create_shift`.
    """
    shift = _lock(shift_id, actor)
    check_shift(details)
    today, old, own = clock.today(), Pattern.of(shift.opening), presences.presence_of(shift)
    check_change(old, details.pattern, today)
    if _goes_on(shift, details, today):
        return _end(shift, details.pattern.last_day, actor, now, answer)
    check_alone(details.pattern, presences.others(shift.account_id, today, but=shift.id), today, was=old)
    if not has_begun(old, today):
        _settle(shift, [_planned(details)], actor, now, answer)
        return _rewrite(shift, details, actor)
    kept = _until(old, details.pattern.first_day - DAY)
    _settle(shift, [replace(own, pattern=kept), _planned(details)], actor, now, answer)
    agenda.change_opening(shift.opening_id, kept, strand=True, actor_id=actor.id)
    return _add(shift.account, details, actor)


def end_shift(shift_id: int, last_day: date, actor: Account, *, now: datetime, answer: Answer | None = None) -> Shift:
    """Let a presence take place on `last_day` for the last time.

    Raises:
        WouldStrand: as `change_shift`.
        PastIsSettled: when the day has passed.
        ImpossiblePattern: when it comes before the first day.
    """
    shift = _lock(shift_id, actor)
    check_ending(Pattern.of(shift.opening), last_day, clock.today())
    return _end(shift, last_day, actor, now, answer)


def delete_shift(shift_id: int, actor: Account, *, now: datetime, answer: Answer | None = None) -> None:
    """Take back a presence that has not begun.

    Raises:
        WouldStrand: as `change_shift`.
        HasBegun: end it instead.
    """
    shift = _lock(shift_id, actor)
    if has_begun(Pattern.of(shift.opening), clock.today()):
        raise HasBegun
    _settle(shift, [], actor, now, answer)
    opening_id = shift.opening_id
    db.session.delete(shift)
    db.session.flush()
    agenda.delete_opening(opening_id, strand=True, actor_id=actor.id)
    audit.record("shift.deleted", f"shift:{shift_id}", actor_id=actor.id)


def cancel_stranded(stranded: Sequence[Booked], answer: Answer | None, actor: Account, now: datetime) -> None:
    """Do what was answered about appointments left behind; cancelled ones are told so.

    Raises:
        WouldStrand: when nobody answered about one of them.
    """
    unanswered(stranded, answer)
    if answer is not None and answer.fate is Fate.CANCEL:
        for one in stranded:
            booking.cancel(one.id, now=now, actor_id=actor.id, by_resident=False)


def _settle(shift: Shift, after: Sequence[Presence], actor: Account, now: datetime, answer: Answer | None) -> None:
    """Compare the mediator's presences before and after `shift` becomes `after`."""
    before = presences.presences_ahead(shift.account_id, clock.today())
    others = [presence for id_, presence in before.items() if id_ != shift.id]
    stranded = left_without_presence(
        presences.booked_ahead(shift.account_id, now), list(before.values()), [*others, *after], clock.territory_zone()
    )
    cancel_stranded(stranded, answer, actor, now)


def _goes_on(shift: Shift, details: ShiftDetails, today: date) -> bool:
    """Whether a presence that has begun is to go on just so, but for its last day."""
    old, new = Pattern.of(shift.opening), details.pattern
    same_days = replace(new, first_day=old.first_day, last_day=old.last_day) == old
    same_start = has_begun(old, today) and new.first_day == next_day(old, today)
    return same_days and same_start and _is(shift, replace(details, pattern=old))


def _is(shift: Shift, details: ShiftDetails) -> bool:
    """Whether a presence is just what `details` say."""
    return _planned(details) == presences.presence_of(shift) and details.room_id == shift.room_id


def _end(shift: Shift, last_day: date | None, actor: Account, now: datetime, answer: Answer | None) -> Shift:
    ended = replace(Pattern.of(shift.opening), last_day=last_day)
    _settle(shift, [replace(presences.presence_of(shift), pattern=ended)], actor, now, answer)
    agenda.change_opening(shift.opening_id, ended, strand=True, actor_id=actor.id)
    audit.record("shift.ended", f"shift:{shift.id}", actor_id=actor.id, last_day=str(last_day or ""))
    return shift


def _lock(shift_id: int, actor: Account) -> Shift:
    """The presence, with its mediator's time locked, so that nobody books while it changes."""
    shift = presences.shift(shift_id)
    if shift is None:
        raise NotInYourStructure
    check_may_plan(actor, shift.account)
    agenda.lock([shift.opening.resource_id])
    return shift


def _until(pattern: Pattern, last_day: date) -> Pattern:
    """The pattern, ended on `last_day` unless it ends before."""
    if pattern.recurrence == Recurrence.ONCE or (pattern.last_day is not None and pattern.last_day <= last_day):
        return pattern
    return replace(pattern, last_day=last_day)


def _planned(details: ShiftDetails) -> Presence:
    channels = frozenset(channel.value for channel in details.channels)
    return Presence(details.pattern, details.venue_id, channels, frozenset(details.service_ids))


def _add(account: Account, details: ShiftDetails, actor: Account) -> Shift:
    services = _services(account, details)
    opening = agenda.add_opening(account.resource_id or 0, details.pattern, actor_id=actor.id)
    shift = Shift(opening_id=opening.id, account_id=account.id)
    _write(shift, details, services)
    db.session.add(shift)
    db.session.flush()
    audit.record("shift.created", f"shift:{shift.id}", actor_id=actor.id)
    return shift


def _rewrite(shift: Shift, details: ShiftDetails, actor: Account) -> Shift:
    agenda.change_opening(shift.opening_id, details.pattern, strand=True, actor_id=actor.id)
    _write(shift, details, _services(shift.account, details))
    db.session.flush()
    audit.record("shift.changed", f"shift:{shift.id}", actor_id=actor.id)
    return shift


def _write(shift: Shift, details: ShiftDetails, services: list[Service]) -> None:
    shift.venue_id, shift.room_id = details.venue_id, details.room_id
    shift.channels = [channel.value for channel in Channel if channel in details.channels]
    shift.services = services


def _services(account: Account, details: ShiftDetails) -> list[Service]:
    """The services chosen; those of another structure are refused.

    A service that is no longer offered may stay on a presence that had it.
    """
    wanted = set(details.service_ids)
    found = [row.service for row in offers.service_rows(account.structure_id) if row.service.id in wanted]
    if len(found) < len(wanted):
        raise ServiceNotOffered
    return found
