"""Structures, their venues as the national standard describes them, and the rooms that can be held."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.models import enum_type
from places.clean.text import search_key
from places.models.territory import Level, Neighbourhood, Placement

SEARCHED = 700
PARVIS = "parvis"
"""Source of what was typed here."""


class StructureKind(StrEnum):
    TOWN_SERVICE = "town_service"
    CCAS = "ccas"
    ASSOCIATION = "association"
    SOCIAL_CENTRE = "social_centre"
    LIBRARY = "library"
    FRANCE_SERVICES = "france_services"
    STATE_SERVICE = "state_service"
    COMPANY = "company"
    OTHER = "other"


class Structure(Base):
    """Who employs mediators or runs venues."""

    __tablename__ = "structure"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    siret: Mapped[str | None] = mapped_column(String(14), unique=True)
    kind: Mapped[StructureKind] = mapped_column(enum_type(StructureKind), default=StructureKind.OTHER)
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    active: Mapped[bool] = mapped_column(default=True)

    venues: Mapped[list[Venue]] = relationship(back_populates="structure", order_by="Venue.name")


class Venue(Base):
    """A place of digital mediation.

    Columns down to `booking_url` are those of the national standard 1.0.2 ("lieux de médiation numérique");
    lists hold its current labels. `opening_hours` is OSM text, or what was received when it could not be read.
    `wheelchair` and `lift` are None when nobody told.
    """

    __tablename__ = "venue"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(120), default=PARVIS)
    external_id: Mapped[str] = mapped_column(String(200))
    structure_id: Mapped[int | None] = mapped_column(ForeignKey("structure.id"), index=True)
    siret: Mapped[str] = mapped_column(String(14), default="", comment="`pivot` of the standard; empty: not known")
    name: Mapped[str] = mapped_column(String(250))
    search_key: Mapped[str] = mapped_column(String(SEARCHED), default="", comment="name and address, accent-blind")
    commune: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(5))
    insee_code: Mapped[str] = mapped_column(String(5), default="")
    address: Mapped[str] = mapped_column(String(250), default="")
    address_extra: Mapped[str] = mapped_column(String(250), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list, comment="`typologie`")
    phone: Mapped[str] = mapped_column(String(20), default="", comment="E.164")
    emails: Mapped[list[str]] = mapped_column(JSON, default=list)
    websites: Mapped[list[str]] = mapped_column(JSON, default=list)
    opening_hours: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(String(280), default="")
    details: Mapped[str] = mapped_column(Text, default="")
    itinerance: Mapped[list[str]] = mapped_column(JSON, default=list)
    parent_structure: Mapped[str] = mapped_column(String(250), default="")
    updated_on: Mapped[date | None]
    services: Mapped[list[str]] = mapped_column(JSON, default=list)
    audiences: Mapped[list[str]] = mapped_column(JSON, default=list)
    special_support: Mapped[list[str]] = mapped_column(JSON, default=list)
    fees: Mapped[list[str]] = mapped_column(JSON, default=list)
    programmes: Mapped[list[str]] = mapped_column(JSON, default=list)
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    other_labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    access_modes: Mapped[list[str]] = mapped_column(JSON, default=list)
    support_modes: Mapped[list[str]] = mapped_column(JSON, default=list)
    accessibility_url: Mapped[str] = mapped_column(String(500), default="")
    booking_url: Mapped[str] = mapped_column(String(500), default="")

    wheelchair: Mapped[bool | None]
    lift: Mapped[bool | None]
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, comment="ISO 639-1 codes spoken there")
    access_notes: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    bookable: Mapped[bool] = mapped_column(default=True, comment="residents may be sent there")
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    placement: Mapped[Placement] = mapped_column(enum_type(Placement), default=Placement.UNKNOWN)

    structure: Mapped[Structure | None] = relationship(back_populates="venues")
    neighbourhood: Mapped[Neighbourhood | None] = relationship()
    rooms: Mapped[list[Room]] = relationship(back_populates="venue", order_by="Room.id")
    memberships: Mapped[list[VenueNeighbourhood]] = relationship(cascade="all, delete-orphan")

    @property
    def whole_address(self) -> str:
        """`12 rue des Lilas, 44000 Nantes`."""
        town = f"{self.postcode} {self.commune}".strip()
        return ", ".join(part for part in (self.address, self.address_extra, town) if part)


@event.listens_for(Venue, "before_insert")
@event.listens_for(Venue, "before_update")
def _keep_searchable(_mapper: Any, _connection: Any, venue: Venue) -> None:
    """Whoever writes a venue, a search finds it by its name and its address."""
    venue.search_key = search_key(f"{venue.name} {venue.address or ''} {venue.commune}")[:SEARCHED]


class VenueNeighbourhood(Base):
    """The polygon of each level in which a venue lies."""

    __tablename__ = "venue_neighbourhood"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[Level] = mapped_column(enum_type(Level), primary_key=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id", ondelete="CASCADE"), index=True)


class Room(Base):
    """A part of a venue that one activity at a time can hold."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("venue_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[str] = mapped_column(String(120))
    seats: Mapped[int | None]
    access_notes: Mapped[str] = mapped_column(Text, default="")
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    active: Mapped[bool] = mapped_column(default=True)

    venue: Mapped[Venue] = relationship(back_populates="rooms")
