"""A mediator's absences: days or hours in which nobody can book with them, although they usually receive."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from agenda.models import Absence
from agenda.rules.recurrence import Pattern, check
from foundation import clock
from foundation.scope import NotInYourStructure
from mediation.queries import presences
from mediation.rules.stranding import Answer, met_by_absence
from mediation.service.shifts import cancel_stranded, check_may_plan, planned


def add_absence(
    account_id: int, pattern: Pattern, label: str, actor: Account, *, now: datetime, answer: Answer | None = None
) -> Absence:
    """Keep a mediator away. The very same absence written again gives the one that is there.

    Args:
        label: what colleagues are told; no reason that concerns private life.
        answer: what becomes of booked appointments in that time.

    Raises:
        WouldStrand: when there are some, and `answer` is missing or does not know them all.
        NotInYourStructure, NotReceiving, ImpossiblePattern
    """
    account = planned(account_id, actor)
    check(pattern, one_day=False)
    agenda.lock([account.resource_id or 0])
    if same := presences.same_absence(account.resource_id, pattern, label.strip()):
        return same
    _settle(account, [], pattern, actor, now, answer)
    return agenda.add_absence(account.resource_id, pattern, label.strip(), strand=True, actor_id=actor.id)


def change_absence(
    absence_id: int, pattern: Pattern, label: str, actor: Account, *, now: datetime, answer: Answer | None = None
) -> Absence:
    """Give an absence other days, hours or words.

    Raises: as `add_absence`; only what the old absence did not meet is asked about.
    """
    absence, account = absence_of(absence_id, actor)
    check(pattern, one_day=False)
    _settle(account, [Pattern.of(absence)], pattern, actor, now, answer)
    return agenda.change_absence(absence.id, pattern, label.strip(), strand=True, actor_id=actor.id)


def delete_absence(absence_id: int, actor: Account) -> None:
    """The mediator is there after all.

    Raises:
        NotInYourStructure
    """
    absence, _account = absence_of(absence_id, actor)
    agenda.delete_absence(absence.id, actor_id=actor.id)


def absence_of(absence_id: int, actor: Account) -> tuple[Absence, Account]:
    """An absence that was written here, and whose it is.

    Raises:
        NotInYourStructure: when there is none, or `actor` does not plan that mediator's time.
    """
    absence = presences.own_absence(absence_id)
    account = presences.mediator_of(absence.resource_id) if absence and absence.resource_id else None
    if absence is None or account is None:
        raise NotInYourStructure
    check_may_plan(actor, account)
    return absence, account


def _settle(
    account: Account, before: list[Pattern], after: Pattern, actor: Account, now: datetime, answer: Answer | None
) -> None:
    agenda.lock([account.resource_id or 0])
    booked = presences.booked_ahead(account.id, now)
    cancel_stranded(met_by_absence(booked, before, [after], clock.territory_zone()), answer, actor, now)
