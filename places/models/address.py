"""Addresses of the Base Adresse Nationale, when the town has loaded them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base

# Byte order on both databases, so that a prefix is a range of the index.
KEY_TYPE = String(200).with_variant(String(200, collation="C"), "postgresql")


class Address(Base):
    """One front door. `street_key` is the street's name, accent-blind, without number."""

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_street_key_house_number", "street_key", "house_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(60), unique=True, comment="identifier in the national file")
    label: Mapped[str] = mapped_column(String(250))
    street_key: Mapped[str] = mapped_column(KEY_TYPE)
    house_number: Mapped[int | None]
    suffix: Mapped[str] = mapped_column(String(20), default="", comment="bis, ter, A…")
    postcode: Mapped[str] = mapped_column(String(5))
    commune: Mapped[str] = mapped_column(String(120))
    insee_code: Mapped[str] = mapped_column(String(5), default="")
    latitude: Mapped[float]
    longitude: Mapped[float]
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
