"""Who comes and who waits, as the team reads it: by name, and in the order of the waiting list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from foundation.db import db
from foundation.outbox import queries as outbox
from workshops.models import Registration, RegistrationState, WorkshopSession
from workshops.queries import registrations


@dataclass(frozen=True)
class Lists:
    """Those who come (seats that wait for an answer too), those who wait, and whom no message reached."""

    coming: list[Registration]
    waiting: list[Registration]
    undelivered: set[str]

    @property
    def seats(self) -> int:
        return sum(one.seats for one in self.coming)


def of_session(session: WorkshopSession) -> Lists:
    """Of one session: for it alone, or for the whole series."""
    return _lists(registrations.of_session(session))


def of_series(programme_id: int) -> Lists:
    """Of those who are registered for a whole series."""
    return _lists([one for one in registrations.of_programme(programme_id) if one.session_id is None])


def _lists(found: Sequence[Registration]) -> Lists:
    waiting = [one for one in found if one.state is RegistrationState.WAITING]
    return Lists(
        sorted((one for one in found if one.state.takes_seats), key=_by_name),
        sorted(waiting, key=lambda one: (-one.priority, one.turn or 0, one.id)),
        outbox.undelivered([one.reference for one in found]),
    )


def _by_name(one: Registration) -> tuple[str, int]:
    return (one.person.search_key if one.person else one.group_label.casefold(), one.id)


def waiting_by_session(programme_id: int) -> Counter[int]:
    """How many registrations wait for each session of a programme."""
    query = select(Registration.session_id, func.count(Registration.id)).where(
        Registration.programme_id == programme_id,
        Registration.state == RegistrationState.WAITING,
        Registration.session_id.is_not(None),
    )
    return Counter({id_: count for id_, count in db.session.execute(query.group_by(Registration.session_id)) if id_})
