"""What the pages of programmes share: who may open them, and whether the person at hand may change something."""

from __future__ import annotations

from flask import Blueprint

from accounts.current import staff
from agenda.words import why
from equipment.queries.shelf import kinds_within, shelf
from equipment.rules.kits import kind_key
from foundation import clock
from foundation.i18n import _, wall_clock
from foundation.period import Period
from foundation.scope import check_may_change
from foundation.security import Role
from places import queries as places
from workshops.forms.sessions import Choosable, place_text
from workshops.models import Programme, WorkshopSession
from workshops.queries import programmes as queries
from workshops.queries import sessions as session_queries
from workshops.rules.kits import USUAL_KITS
from workshops.rules.planning import Place, is_at_night
from workshops.rules.unplannable import Clash

bp = Blueprint("programmes", __name__)
WORKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)


def may_change(programme: Programme) -> bool:
    own = staff().structure_id
    return own is None or programme.structure_id == own


def to_change(programme_id: int) -> Programme:
    """A programme that the person at hand may change.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = queries.programme_seen(programme_id, staff())
    check_may_change(staff().structure_id, programme.structure_id)
    return programme


def session_to_change(session_id: int) -> WorkshopSession:
    """A session of a programme that the person at hand may change.

    Raises:
        NoSuchSession, NotInYourStructure, OfTheTerritory
    """
    session = session_queries.session_seen(session_id, staff())
    check_may_change(staff().structure_id, session.programme.structure_id)
    return session


def choosable(programme: Programme, session: WorkshopSession | None = None) -> Choosable:
    """The mediators and places that the person at hand may choose, and the kits that the programme gets."""
    own = staff()
    mediators = [
        (one.id, one.name if own.structure_id or not one.structure else f"{one.name} – {one.structure.name}")
        for one in session_queries.team_to_choose(own, session)
    ]
    found: list[tuple[str, str]] = []
    rooms = places.rooms()
    for venue in [one for one in places.venues() if one.active]:
        found.append((place_text(Place(venue.id)), venue.name))
        own_rooms = (room for room in rooms if room.venue_id == venue.id)
        found += [(place_text(Place(venue.id, room.id)), f"{venue.name} · {room.name}") for room in own_rooms]
    schools, homes = places.school_names(), places.care_home_names()
    found += [(place_text(Place(school_id=one.id)), _("School: %(name)s", name=one.name)) for one in schools]
    found += [(place_text(Place(care_home_id=one.id)), _("Care home: %(name)s", name=one.name)) for one in homes]
    return Choosable(mediators, _with_own(found, session), _kits(programme.structure_id))


def _kits(structure_id: int | None) -> list[str]:
    """The kinds of kits that a programme of this structure can hold.

    While the register has none for it: what was asked for before, then what is usual, but for kinds that only others
    have.
    """
    if there := kinds_within(structure_id):
        return there
    words = [*session_queries.kits_asked_for(staff()), *map(str, USUAL_KITS)]
    theirs = shelf(words, structure_id).kits
    spelt = {kind_key(one): one for one in reversed(words)}
    return [one for one in words if spelt[kind_key(one)] == one and kind_key(one) not in theirs]


def _with_own(found: list[tuple[str, str]], session: WorkshopSession | None) -> list[tuple[str, str]]:
    """`found`, and where the session is when that has been closed since."""
    if session is None:
        return found
    here = place_text(Place(session.venue_id, session.room_id, session.school_id, session.care_home_id))
    return found if here in {value for value, _name in found} else [*found, (here, where(session))]


def where(session: WorkshopSession) -> str:
    """The place of a session in a few words."""
    place = session.venue or session.school or session.care_home
    return " · ".join([*([place.name] if place else []), *([session.room.name] if session.room else [])])


def said_of(clash: Clash) -> str:
    """Who or what is not free, and why."""
    said = [str(clash.note)] if clash.note else []
    return _("%(what)s: %(more)s", what=clash.label, more=" ".join([*said, *map(why, clash.reasons)]))


def night_words(period: Period) -> str:
    """That it begins or ends when few people are up, mostly a slip of the pen; else it is empty."""
    if not is_at_night(period, clock.territory_zone()):
        return ""
    return _("Early or late: from %(start)s to %(end)s", start=wall_clock(period.start), end=wall_clock(period.end))
