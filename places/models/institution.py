"""Schools and care homes: places that ask for workshops and kits."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from foundation.db import Base
from foundation.models import enum_type
from places.models.territory import Neighbourhood, Placement
from places.models.venue import PARVIS


class SchoolKind(StrEnum):
    NURSERY = "nursery"
    ELEMENTARY = "elementary"
    PRIMARY = "primary"
    MIDDLE = "middle"
    HIGH = "high"
    OTHER = "other"


class CareHomeKind(StrEnum):
    EHPAD = "ehpad"
    SENIOR_RESIDENCE = "senior_residence"
    DAY_CENTRE = "day_centre"
    OTHER = "other"


class Located:
    """Where it stands, in which neighbourhood, and how to reach it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(120), default=PARVIS)
    external_id: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(250))
    address: Mapped[str] = mapped_column(String(250), default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    commune: Mapped[str] = mapped_column(String(120), default="")
    insee_code: Mapped[str] = mapped_column(String(5), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    phone: Mapped[str] = mapped_column(String(20), default="", comment="E.164")
    email: Mapped[str] = mapped_column(String(254), default="")
    siret: Mapped[str] = mapped_column(String(14), default="")
    access_notes: Mapped[str] = mapped_column(String(1000), default="")
    active: Mapped[bool] = mapped_column(default=True)
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    placement: Mapped[Placement] = mapped_column(enum_type(Placement), default=Placement.UNKNOWN)

    @declared_attr
    def neighbourhood(self) -> Mapped[Neighbourhood | None]:
        return relationship(Neighbourhood)


class School(Located, Base):
    """A school; `uai` is its national number. `pupils` is None when the source does not tell."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    uai: Mapped[str | None] = mapped_column(String(8), unique=True)
    kind: Mapped[SchoolKind] = mapped_column(enum_type(SchoolKind), default=SchoolKind.OTHER)
    is_public: Mapped[bool | None]
    priority_education: Mapped[str] = mapped_column(String(10), default="", comment="REP, REP+ or empty")
    pupils: Mapped[int | None]


class CareHome(Located, Base):
    """A home for older people; `finess` is its national number. `beds` is None when the source does not tell."""

    __tablename__ = "care_home"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    finess: Mapped[str | None] = mapped_column(String(9), unique=True)
    kind: Mapped[CareHomeKind] = mapped_column(enum_type(CareHomeKind), default=CareHomeKind.EHPAD)
    beds: Mapped[int | None]
