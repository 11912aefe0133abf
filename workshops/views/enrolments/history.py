"""What workshops tell on the page of a resident: what they registered for, and whether they came."""

from __future__ import annotations

from flask import url_for

from accounts.models import Account
from activity import queries as records
from people.history import HistoryItem, history_providers
from workshops.queries import registrations, sending
from workshops.queries.sending import Outcome
from workshops.rules.desk import WORKERS
from workshops.rules.labels import REGISTRATION_STATES
from workshops.views.enrolments.words import came_words


def history(person_id: int, viewer: Account) -> list[HistoryItem]:
    """Registrations of all structures, as themselves, as a child or as a guardian; only the viewer's own are opened.

    A session of which a record tells is one line, that of the record.
    """
    if not viewer.has(*WORKERS):
        return []
    told = records.told_of(person_id)
    found = [
        one for one in registrations.of_person(person_id) if one.session is None or one.session.reference not in told
    ]
    return [_item(one, viewer) for one in sending.outcomes(found)]


def _item(outcome: Outcome, viewer: Account) -> HistoryItem:
    registration = outcome.registration
    own = viewer.structure_id is None or registration.programme.structure_id in {None, viewer.structure_id}
    return HistoryItem(
        at=registration.session.starts_at if registration.session else registration.created_at,
        what=registration.programme.title,
        state=came_words(outcome) or str(REGISTRATION_STATES[registration.state]),
        url=url_for("enrolments.show", registration_id=registration.id) if own else None,
    )


history_providers.append(history)
