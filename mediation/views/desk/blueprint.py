"""The blueprint that the pages of this folder hang on, and what whoever is signed in may book."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from accounts.current import staff
from accounts.models import Account
from foundation.scope import NotInYourStructure
from mediation.models import Appointment, Audience, Origin, Service
from mediation.queries import appointments, offers, presences
from mediation.queries.desk import Filter
from mediation.rules.booking import AUDIENCES
from mediation.rules.desk import origin_for, sees_all, sees_outcome

bp = Blueprint("desk", __name__)


@dataclass(frozen=True)
class Reach:
    """What the person at hand may book, and with whom."""

    origin: Origin
    services: list[Service]
    mediators: list[Account]

    @property
    def freely(self) -> bool:
        """Colleagues may book at the last minute and far ahead."""
        return self.origin is Origin.DESK

    def service(self, service_id: int) -> Service:
        """Raises: NotInYourStructure when it may not be booked here."""
        found = next((one for one in self.services if one.id == service_id), None)
        if found is None:
            raise NotInYourStructure
        return found

    def filter(self, *, mediator_id: int | None = None, venue_id: int | None = None) -> Filter:
        """Raises: NotInYourStructure when the mediator is not one of theirs."""
        ids = [one.id for one in self.mediators]
        if mediator_id and mediator_id not in ids:
            raise NotInYourStructure
        return Filter(venue_id or None, None, [mediator_id] if mediator_id else ids, self.freely)


def reach() -> Reach:
    """Colleagues book for their structure; prescribers for all, what is open to them."""
    own = staff()
    origin = origin_for(own.roles)
    audiences: set[Audience] = AUDIENCES[origin]
    structure_id = own.structure_id if origin is Origin.DESK else None
    services = [one for one in offers.open_services(structure_id) if one.audience in audiences]
    return Reach(origin, services, presences.mediators(structure_id))


def seen(appointment_id: int) -> tuple[Appointment, bool]:
    """The appointment, and whether all of it may be seen: a prescriber sees the outcome of what they booked.

    Raises:
        NotInYourStructure
    """
    found, own = appointments.by_id(appointment_id), staff()
    if found is None or not sees_outcome(own, found):
        raise NotInYourStructure
    return found, sees_all(own, found)
