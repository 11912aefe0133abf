"""The photo of a kit, which no other page reads."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from equipment.models import Kit
from foundation.db import db


@dataclass(frozen=True)
class Shown:
    """A photo, and whose the kit is."""

    content: bytes
    media_type: str
    structure_id: int | None


def photo_of(kit_id: int) -> Shown | None:
    """None without a kit or without a photo."""
    query = select(Kit.photo, Kit.photo_type, Kit.structure_id).where(Kit.id == kit_id)
    row = db.session.execute(query).first()
    return Shown(row[0], row[1], row[2]) if row and row[0] else None
