"""The schools and care homes that somebody may belong to, as whoever opens accounts finds them: by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from foundation.db import db
from places.clean.text import search_key
from places.models import CareHome, School


@dataclass(frozen=True)
class HostPlace:
    """A school or a care home; `label` tells it from all others."""

    label: str
    school_id: int | None = None
    care_home_id: int | None = None


def host_places(school_id: int | None = None, care_home_id: int | None = None) -> list[HostPlace]:
    """All that are open, and those of the ids given although they are not, schools first, by name."""
    schools = select(School).where(or_(School.active, School.id == school_id)).order_by(School.name, School.id)
    homes = (
        select(CareHome).where(or_(CareHome.active, CareHome.id == care_home_id)).order_by(CareHome.name, CareHome.id)
    )
    found = [HostPlace(_label(one), school_id=one.id) for one in db.session.scalars(schools)]
    found += [HostPlace(_label(one), care_home_id=one.id) for one in db.session.scalars(homes)]
    twice = {label for label, count in Counter(one.label for one in found).items() if count > 1}
    return [_told_apart(one) if one.label in twice else one for one in found]


def matching(text: str, known: Sequence[HostPlace]) -> list[HostPlace]:
    """The one that is called exactly so, or else all whose label has each word of `text` in it."""
    wanted = search_key(text)
    exactly = [one for one in known if search_key(one.label) == wanted]
    words = wanted.split()
    return exactly or [one for one in known if words and all(word in search_key(one.label) for word in words)]


def _label(one: School | CareHome) -> str:
    return ", ".join(part for part in (one.name, one.address, one.commune) if part)


def _told_apart(one: HostPlace) -> HostPlace:
    return replace(one, label=f"{one.label} ({one.school_id or one.care_home_id})")
