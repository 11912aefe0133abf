"""Somebody telephoned what had changed to whom no message reaches."""

from __future__ import annotations

from datetime import datetime

from foundation import audit
from foundation.db import db
from workshops.models import Registration, RegistrationEventKind
from workshops.rules.refusals import NoSuchRegistration
from workshops.service.noting import note


def told(registration_id: int, *, now: datetime, actor_id: int) -> Registration:
    """They know: off the list. Saying so again changes nothing.

    Raises:
        NoSuchRegistration
    """
    registration = db.session.get(Registration, registration_id, with_for_update=True, populate_existing=True)
    if registration is None:
        raise NoSuchRegistration
    if registration.to_tell_since is None:
        return registration
    registration.to_tell_since = None
    note(registration, RegistrationEventKind.TOLD, now, actor_id)
    audit.record("registration.told", registration.reference, actor_id=actor_id)
    db.session.flush()
    return registration
