"""Looking after venues and their rooms."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from agenda import service as agenda
from agenda.models import ResourceKind
from foundation import audit
from foundation.db import db, explain_constraint
from foundation.errors import Conflict, Unknown
from foundation.i18n import _l, local
from places import queries
from places.clean.commune import clean_commune
from places.hours.read import read_hours
from places.models import PARVIS, Room, Venue
from places.rules import Actor, check_scope, checked_point, checked_postcode
from places.service.communes import Communes
from places.service.placing import place
from places.standing import SomethingStands, standing_at

LABEL_LENGTH = 120


class RoomNameTakenError(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This place has a room of that name already."), "name")


explain_constraint("uq_room_venue_id_name", RoomNameTakenError)


@dataclass(frozen=True)
class VenueDetails:
    """What a manager writes of a venue. Lists hold labels of the national standard.

    Attributes:
        latitude, longitude: as they were typed; both empty when not known.
        opening_hours: OSM text, or French hours that are turned into it, or a sentence for people.
        wheelchair, lift: None when nobody knows.
        languages: ISO 639-1 codes.
    """

    name: str
    commune: str
    postcode: str
    address: str = ""
    address_extra: str = ""
    structure_id: int | None = None
    latitude: str = ""
    longitude: str = ""
    phone: str = ""
    emails: list[str] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    opening_hours: str = ""
    summary: str = ""
    details: str = ""
    services: list[str] = field(default_factory=list)
    support_modes: list[str] = field(default_factory=list)
    access_modes: list[str] = field(default_factory=list)
    fees: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    special_support: list[str] = field(default_factory=list)
    wheelchair: bool | None = None
    lift: bool | None = None
    languages: list[str] = field(default_factory=list)
    access_notes: str = ""
    bookable: bool = True
    active: bool = True


def add_venue(details: VenueDetails, actor: Actor, today: date) -> Venue:
    """A new venue, placed in its neighbourhood.

    Raises:
        NotYoursError, BadPostcodeError, BadPointError: as the rules say.
    """
    venue = Venue(source=PARVIS, external_id=secrets.token_hex(8), memberships=[])
    _write(venue, details, actor, today)
    db.session.add(venue)
    db.session.flush()
    audit.record("venue.added", f"venue:{venue.id}", actor_id=actor.id)
    return venue


def change_venue(venue_id: int, details: VenueDetails, actor: Actor, now: datetime, *, strand: bool = False) -> Venue:
    """Write over a venue; its rooms are called after it in the calendars.

    Raises:
        Unknown: when there is none.
        SomethingStands: with what is to come there, when it is to be closed, unless `strand`.
        NotYoursError, BadPostcodeError, BadPointError: as the rules say.
    """
    venue = _locked_venue(venue_id)
    check_scope(actor, venue.structure_id)
    closes = venue.active and not details.active
    if closes and not strand and (standing := standing_at(venue.id, now)):
        raise SomethingStands(standing)
    renamed = venue.name != details.name
    _write(venue, details, actor, local(now).date())
    db.session.flush()
    if renamed:
        for room in venue.rooms:
            agenda.change_resource(room.resource_id, label=_label(venue, room.name))
    audit.record("venue.changed", f"venue:{venue.id}", actor_id=actor.id)
    return venue


def _locked_venue(venue_id: int) -> Venue:
    query = select(Venue).options(selectinload(Venue.rooms), selectinload(Venue.memberships))
    venue = db.session.scalar(query.where(Venue.id == venue_id).with_for_update())
    if venue is None:
        raise Unknown(_l("This place is not in the list any more."))
    return venue


def _write(venue: Venue, details: VenueDetails, actor: Actor, today: date) -> None:
    check_scope(actor, details.structure_id)
    point = checked_point(details.latitude, details.longitude)
    values = asdict(details) | {
        "postcode": checked_postcode(details.postcode),
        "commune": clean_commune(details.commune),
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "opening_hours": read_hours(details.opening_hours)[0],
        "insee_code": "",
        "updated_on": today,
    }
    Communes().complete(values)
    for column, value in values.items():
        setattr(venue, column, value)
    place(venue, queries.atlas())


@dataclass(frozen=True)
class RoomDetails:
    name: str
    seats: int | None = None
    access_notes: str = ""


def add_room(venue_id: int, details: RoomDetails, actor: Actor) -> Room:
    """A new room, which the agenda can hold.

    Raises:
        Unknown: when there is no such venue.
        RoomNameTakenError: when the venue has a room of that name.
    """
    venue = _locked_venue(venue_id)
    check_scope(actor, venue.structure_id)
    if any(room.name == details.name for room in venue.rooms):
        raise RoomNameTakenError
    resource = agenda.add_resource(ResourceKind.ROOM, _label(venue, details.name))
    room = Room(venue_id=venue.id, resource_id=resource.id, active=True, **asdict(details))
    db.session.add(room)
    db.session.flush()
    audit.record("room.added", f"room:{room.id}", actor_id=actor.id, venue_id=venue.id)
    return room


def change_room(room_id: int, details: RoomDetails, actor: Actor) -> Room:
    """Rename a room, or change what is said of it.

    Raises:
        Unknown: when there is no such room.
        RoomNameTakenError: when the venue has another room of that name.
    """
    room, venue = _locked_room(room_id, actor)
    if any(other.name == details.name for other in venue.rooms if other.id != room.id):
        raise RoomNameTakenError
    for column, value in asdict(details).items():
        setattr(room, column, value)
    agenda.change_resource(room.resource_id, label=_label(venue, details.name))
    audit.record("room.changed", f"room:{room.id}", actor_id=actor.id)
    return room


def close_room(room_id: int, actor: Actor, *, strand: bool = False) -> Room:
    """No longer offered. What is booked there stands.

    Raises:
        Unknown: when there is no such room.
        WouldStrand: with what is booked there, unless `strand`.
    """
    room, _venue = _locked_room(room_id, actor)
    agenda.change_resource(room.resource_id, active=False, strand=strand, actor_id=actor.id)
    room.active = False
    audit.record("room.closed", f"room:{room.id}", actor_id=actor.id)
    return room


def reopen_room(room_id: int, actor: Actor) -> Room:
    """Offered again.

    Raises:
        Unknown: when there is no such room.
    """
    room, _venue = _locked_room(room_id, actor)
    agenda.change_resource(room.resource_id, active=True, actor_id=actor.id)
    room.active = True
    audit.record("room.reopened", f"room:{room.id}", actor_id=actor.id)
    return room


def _locked_room(room_id: int, actor: Actor) -> tuple[Room, Venue]:
    room = db.session.get(Room, room_id)
    if room is None:
        raise Unknown(_l("This room is not in the list any more."))
    venue = _locked_venue(room.venue_id)
    check_scope(actor, venue.structure_id)
    return room, venue


def _label(venue: Venue, room_name: str) -> str:
    return f"{room_name}, {venue.name}"[:LABEL_LENGTH]
