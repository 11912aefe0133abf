"""Writing into a record the neighbourhoods in which it lies."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from foundation.db import db
from places import queries
from places.geometry import Atlas
from places.models import Address, CareHome, School, Venue, VenueNeighbourhood

Placed = Venue | School | CareHome


def place(record: Placed, atlas: Atlas) -> bool:
    """Place one record; whether the neighbourhood that it was known in changed, which a new one had none to."""
    spot = atlas.locate(record.latitude, record.longitude)
    known_in = (record.neighbourhood_id, record.placement)
    moved = record.id is not None and known_in != (spot.neighbourhood_id, spot.placement)
    record.neighbourhood_id, record.placement = spot.neighbourhood_id, spot.placement
    if isinstance(record, Venue):
        known = {one.level: one for one in record.memberships}
        for level in known.keys() - spot.neighbourhoods.keys():
            record.memberships.remove(known[level])
        for level, neighbourhood_id in spot.neighbourhoods.items():
            if level not in known:
                record.memberships.append(VenueNeighbourhood(level=level, neighbourhood_id=neighbourhood_id))
            elif known[level].neighbourhood_id != neighbourhood_id:
                known[level].neighbourhood_id = neighbourhood_id
    return moved


def place_everything() -> int:
    """Place every record again, after polygons changed; how many venues, schools and care homes moved."""
    atlas = queries.atlas()
    records: list[Placed] = [
        *db.session.scalars(select(Venue).options(selectinload(Venue.memberships)).order_by(Venue.id)),
        *db.session.scalars(select(School).order_by(School.id)),
        *db.session.scalars(select(CareHome).order_by(CareHome.id)),
    ]
    moved = sum([place(record, atlas) for record in records])
    db.session.flush()
    _place_addresses(atlas)
    return moved


def _place_addresses(atlas: Atlas) -> None:
    """A town has a hundred thousand doors: only those that changed are written, and none becomes an object."""
    columns = (Address.id, Address.latitude, Address.longitude, Address.neighbourhood_id)
    changed = [
        {"id": one_id, "neighbourhood_id": found}
        for one_id, latitude, longitude, known in db.session.execute(select(*columns))
        if (found := atlas.locate(latitude, longitude).neighbourhood_id) != known
    ]
    if changed:
        db.session.execute(update(Address), changed)
