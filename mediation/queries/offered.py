"""What residents may choose from: services, places with an opening, neighbourhoods to be near to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from foundation.db import db
from mediation.models import Audience, Origin, Service, Shift, ShiftService
from mediation.rules.booking import check_service
from places.models import Address, Level, Neighbourhood, Venue


def services_for_everyone() -> list[Service]:
    """The services that residents book themselves and somebody gives, in the order of the page."""
    given = exists().where(ShiftService.service_id == Service.id, ShiftService.shift_id == Shift.id)
    query = select(Service).where(Service.active, Service.audience == Audience.EVERYONE, given)
    return list(db.session.scalars(query.order_by(Service.position, Service.label, Service.id)))


def service_for_everyone(service_id: int | None) -> Service:
    """Raises: NotOffered."""
    return check_service(db.session.get(Service, service_id) if service_id else None, Origin.RESIDENT)


def venues(ids: Collection[int]) -> dict[int, Venue]:
    """Active venues by id, each with the name of its neighbourhood: polygons stay where they are."""
    named = joinedload(Venue.neighbourhood).load_only(Neighbourhood.name)
    query = select(Venue).options(named).where(Venue.id.in_(ids), Venue.active)
    return {venue.id: venue for venue in db.session.scalars(query)}


def public_venues() -> list[Venue]:
    """The active venues to which residents may be sent, by neighbourhood, then by name."""
    named = contains_eager(Venue.neighbourhood).load_only(Neighbourhood.name)
    query = select(Venue).outerjoin(Venue.neighbourhood).options(named).where(Venue.active, Venue.bookable)
    order = (Neighbourhood.name.is_(None), Neighbourhood.name, Venue.name, Venue.id)
    return list(db.session.scalars(query.order_by(*order)))


def neighbourhoods() -> list[Neighbourhood]:
    """The town's neighbourhoods by name, with a point inside each and no polygon; communes where none is drawn."""
    only = load_only(Neighbourhood.name, Neighbourhood.latitude, Neighbourhood.longitude)
    for level in (Level.QUARTIER, Level.COMMUNE):
        query = select(Neighbourhood).where(Neighbourhood.level == level).options(only)
        if found := list(db.session.scalars(query.order_by(Neighbourhood.name, Neighbourhood.id))):
            return found
    return []


def address(address_id: int) -> Address | None:
    """A door of the town's address file."""
    return db.session.get(Address, address_id)
