"""The blueprint of the pages on which registrations are made and looked after for others, and who may see which."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from accounts.current import staff
from foundation import clock
from foundation.db import db
from foundation.scope import NotInYourStructure
from workshops.models import Enrolment, Origin, Programme, Registration, WorkshopSession
from workshops.queries import programmes, registrations
from workshops.rules.desk import origin_for
from workshops.rules.enrolling import Enrolling
from workshops.rules.refusals import NothingToCome
from workshops.rules.registration import check_programme

bp = Blueprint("enrolments", __name__)


@dataclass(frozen=True)
class Reach:
    """What the person at hand may register somebody for."""

    programme: Programme
    dates: list[WorkshopSession]
    origin: Origin

    @property
    def colleague(self) -> bool:
        """Colleagues decide freely; a prescriber as the programme allows."""
        return self.origin is Origin.DESK

    def wanted(self, session_id: int | None) -> list[WorkshopSession]:
        """The session chosen, or all of a series."""
        return [one for one in self.dates if session_id in {None, one.id}]


def reach(programme_id: int) -> Reach:
    """The programme and its dates to come: of their structure for colleagues, open to them for prescribers.

    Raises:
        NotInYourStructure, NothingToCome, and for prescribers the refusals of `check_programme`
    """
    own, now = staff(), clock.now()
    origin = origin_for(own.roles)
    dates = registrations.to_come(programme_id, now)
    if origin is Origin.DESK:
        return Reach(programmes.programme_seen(programme_id, own), dates, origin)
    found = db.session.get(Programme, programme_id)
    one = dates[0].id if dates and found and found.enrolment is not Enrolment.CYCLE else None
    if found is not None and not dates:
        raise NothingToCome
    return Reach(check_programme(found, Enrolling(programme_id, origin, one), now), dates, origin)


def seen(registration_id: int) -> tuple[Registration, bool]:
    """The registration, and whether all of it may be seen: a prescriber sees what became of those they registered.

    Raises:
        NotInYourStructure
    """
    found, own = db.session.get(Registration, registration_id), staff()
    if found is None:
        raise NotInYourStructure
    if origin_for(own.roles) is Origin.DESK:
        programmes.programme_seen(found.programme_id, own)
        return found, True
    if found.booked_by_id != own.id:
        raise NotInYourStructure
    return found, False


def seen_whole(registration_id: int) -> Registration:
    """Raises: NotInYourStructure, also for a prescriber's own."""
    found, whole = seen(registration_id)
    if not whole:
        raise NotInYourStructure
    return found
