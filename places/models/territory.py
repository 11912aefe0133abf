"""The territory served, its communes, and the polygons people live in."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.models import enum_type


class TerritoryKind(StrEnum):
    TOWN = "town"
    INTERCOMMUNALITY = "intercommunality"


class SchoolZone(StrEnum):
    """Zone of the French school holidays."""

    A = "A"
    B = "B"
    C = "C"


class Level(StrEnum):
    """What a polygon is. A point lies in at most one polygon of each level that is loaded."""

    COMMUNE = "commune"
    QUARTIER = "quartier"
    IRIS = "iris"
    QPV = "qpv"


class Placement(StrEnum):
    """Where a point lies against the neighbourhoods. Unknown is a value, and never read as outside."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Territory(Base):
    """The one town or intercommunality that this deployment serves."""

    __tablename__ = "territory"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[TerritoryKind] = mapped_column(enum_type(TerritoryKind), default=TerritoryKind.TOWN)
    helpline: Mapped[str] = mapped_column(String(20), default="", comment="E.164; empty: none")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(500), default="")
    school_zone: Mapped[SchoolZone] = mapped_column(enum_type(SchoolZone), default=SchoolZone.B)
    alsace_moselle: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["fr", "en", "ar"])
    accent_colour: Mapped[str] = mapped_column(String(7), default="", comment="#rrggbb on light; empty: the house's")
    accent_colour_dark: Mapped[str] = mapped_column(String(7), default="", comment="#rrggbb on dark")
    latitude: Mapped[float | None] = mapped_column(comment="where a map or a nearest-first list starts")
    longitude: Mapped[float | None]
    asks_satisfaction: Mapped[bool] = mapped_column(
        default=True, server_default=true(), comment="residents' pages ask whether it helped"
    )


class Commune(Base):
    """A commune, by its INSEE code."""

    __tablename__ = "commune"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    search_key: Mapped[str] = mapped_column(String(120), index=True, comment="name, accent-blind")


class Neighbourhood(Base):
    """A polygon that people live in: a neighbourhood of the town, an IRIS, a priority neighbourhood, or a commune.

    `geometry` is a valid GeoJSON Polygon or MultiPolygon in WGS84, longitude first. `repaired` says that the
    polygon received was invalid. `population` is None when nobody told, never zero. The polygon of a real one is a
    hundred times as long as its name: it is read where it is asked for.
    """

    __tablename__ = "neighbourhood"
    __table_args__ = (
        Index(
            "uq_neighbourhood_commune_id_level_code",
            "commune_id",
            "level",
            "code",
            unique=True,
            sqlite_where=text("commune_id IS NOT NULL"),
            postgresql_where=text("commune_id IS NOT NULL"),
        ),
        Index(
            "uq_neighbourhood_level_code",
            "level",
            "code",
            unique=True,
            sqlite_where=text("commune_id IS NULL"),
            postgresql_where=text("commune_id IS NULL"),
        ),
        CheckConstraint("population >= 0", name="population_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("commune.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    level: Mapped[Level] = mapped_column(enum_type(Level), default=Level.QUARTIER)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    is_priority: Mapped[bool] = mapped_column(default=False)
    priority_code: Mapped[str | None] = mapped_column(String(20), comment="official QPV code")
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    geometry: Mapped[str | None] = mapped_column(Text, deferred=True)
    repaired: Mapped[bool] = mapped_column(default=False)
    min_latitude: Mapped[float | None]
    max_latitude: Mapped[float | None]
    min_longitude: Mapped[float | None]
    max_longitude: Mapped[float | None]
    latitude: Mapped[float | None] = mapped_column(comment="a point inside, for distances")
    longitude: Mapped[float | None]

    commune: Mapped[Commune | None] = relationship()
    parent: Mapped[Neighbourhood | None] = relationship(remote_side="Neighbourhood.id")
