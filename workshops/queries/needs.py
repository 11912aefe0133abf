"""What a session takes of the agenda: its team, its room, kits of some kinds; and whether they can be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import Account
from agenda import queries as agenda
from equipment.queries.shelf import Shelf, shelf
from foundation.db import db
from places.models import CareHome, Room, School, Venue
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.unplannable import Clash, NotAMediator, PlaceGone, UnknownKitKind


@dataclass(frozen=True)
class Needs:
    """Resources and names of the team and rooms of some sessions, by the ids of accounts and rooms.

    `shelf` are all kits of the kinds that they ask for: which of them they get is chosen once these are locked.
    """

    mediators: Mapping[int, int]
    rooms: Mapping[int, int]
    names: Mapping[int, str]
    shelf: Shelf

    def of(self, plan: SessionPlan) -> list[int]:
        """The resources that one session takes besides its kits, ascending."""
        room_id = plan.place.room_id
        room = [] if room_id is None else [self.rooms[room_id]]
        return sorted({*(self.mediators[id_] for id_ in plan.team), *room})

    @property
    def resource_ids(self) -> set[int]:
        return {*self.mediators.values(), *self.rooms.values(), *self.shelf.resource_ids}


def needs_of(
    plans: Iterable[SessionPlan],
    structure_id: int | None,
    *,
    staying: Place | None = None,
    wished: Collection[str] = (),
) -> Needs:
    """What the sessions take.

    Args:
        structure_id: whose kits they use, besides those of the whole territory.
        staying: a place that the session has already: it may stay there although it has been closed since.
        wished: kinds of kits that the session asks for already, in words that may never have been a kind.

    Raises:
        NotAMediator, PlaceGone, UnknownKitKind
    """
    wanted = list(plans)
    mediators = _mediators({id_ for plan in wanted for id_ in plan.team})
    rooms = _rooms([plan.place for plan in wanted], staying)
    there = shelf({kind for plan in wanted for kind in plan.kits}, structure_id)
    for kind in there.unknown:
        if kind not in wished:
            raise UnknownKitKind(kind, there.within)
    names = {resource_id: name for resource_id, name in (*mediators.values(), *rooms.values())}
    return Needs(
        mediators={id_: resource_id for id_, (resource_id, _name) in mediators.items()},
        rooms={id_: resource_id for id_, (resource_id, _name) in rooms.items()},
        names=names,
        shelf=there,
    )


def _mediators(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    known = select(Account.id, Account.resource_id, Account.name).where(
        Account.id.in_(ids), Account.active, Account.resource_id.is_not(None)
    )
    found = {id_: (resource_id or 0, name) for id_, resource_id, name in db.session.execute(known)}
    if len(found) < len(set(ids)):
        raise NotAMediator
    return found


def _rooms(places: Sequence[Place], staying: Place | None) -> dict[int, tuple[int, str]]:
    """The rooms of `places`, once all places are known to be open."""
    asked = {place for place in places if place != staying}
    for model, ids in (
        (Venue, {place.venue_id for place in asked}),
        (School, {place.school_id for place in asked}),
        (CareHome, {place.care_home_id for place in asked}),
    ):
        _check_open(model, ids - {None})
    known = {place.room_id: place.venue_id for place in places if place.room_id is not None}
    query = select(Room.id, Room.venue_id, Room.resource_id, Room.name, Room.active).where(Room.id.in_(known))
    rows = db.session.execute(query).all()
    kept = staying.room_id if staying else None
    fitting = [row for row in rows if row.venue_id == known[row.id] and (row.active or row.id == kept)]
    if len(fitting) < len(known):
        raise PlaceGone
    return {row.id: (row.resource_id, row.name) for row in fitting}


def _check_open(model: type[Venue] | type[School] | type[CareHome], ids: Collection[int | None]) -> None:
    query = select(model.id).where(model.id.in_(ids))
    if model is Venue:
        query = query.where(Venue.active)
    if ids and len(db.session.scalars(query).all()) < len(ids):
        raise PlaceGone


def clashes(plans: Sequence[SessionPlan], needs: Needs, *, ignoring: str | None = None) -> list[Clash]:
    """Who or what is not free for which session, and why, by start."""
    asked = [(plan.held, needs.of(plan)) for plan in plans]
    found = agenda.what_stands_in_the_way(asked, ignoring=ignoring)
    listed = [
        Clash(plan.period, needs.names[id_], reasons)
        for plan, busy in zip(plans, found, strict=True)
        for id_, reasons in busy.items()
    ]
    return sorted(listed, key=lambda clash: clash.period)
