"""Who has a solidarity card in Valbriac: adults of the town, more of them in its priority neighbourhoods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from demo.geography import QUARTERS
from demo.people import HOW_MANY
from demo.vouchers.scene import Scene
from foundation.db import db
from people.models import Person, Residence, Status

CARDS = 400
ADULT, LARGEST = 18, 4
BY_STATUS = {
    Status.RETIRED: "Retraite modeste",
    Status.JOB_SEEKING: "Demande d’emploi",
    Status.SCHOOLING: "Études avec bourse",
}
BENEFIT, FAMILY = "RSA", "Quotient familial sous 700 €"
CATEGORIES = (BENEFIT, *BY_STATUS.values(), FAMILY)


@dataclass(frozen=True)
class Candidate:
    """Somebody who gets a card; `household` is the key of the CCAS for those who live together."""

    person_id: int
    met_on: date
    category: str
    household: str


def candidates(scene: Scene) -> list[Candidate]:
    """All of them, those who were known first at the head."""
    priority = {scene.stage.ground.quarters[one.code] for one in QUARTERS if one.priority_code}
    drawn = sorted(
        _adults(scene.today.year - ADULT),
        key=lambda one: -(scene.chance.random() ** (0.4 if one.neighbourhood_id in priority else 1)),
    )[:CARDS]
    homes = _households(drawn)
    zone = scene.stage.almanac.zone
    found = [
        Candidate(one.id, _day(one.created_at, zone), _category(scene, one.status), homes[one.id])
        for one in sorted(drawn, key=lambda one: one.id)
    ]
    return sorted(found, key=lambda one: (one.met_on, one.person_id))


def _adults(born_until: int) -> Sequence[Person]:
    query = select(Person).where(
        Person.id <= HOW_MANY, Person.merged_into_id.is_(None), Person.anonymised_at.is_(None),
        Person.birth_year <= born_until, Person.residence == Residence.INSIDE,
    )  # fmt: skip
    return db.session.scalars(query.order_by(Person.id)).all()


def _households(drawn: Sequence[Person]) -> dict[int, str]:
    """People of one name in one neighbourhood live together, four at most."""
    families = defaultdict(list)
    for one in sorted(drawn, key=lambda one: one.id):
        families[one.family_name, one.neighbourhood_id].append(one.id)
    homes = {}
    for number, ids in enumerate(families.values(), 1):
        for place, id_ in enumerate(ids):
            homes[id_] = f"F{number:03}-{place // LARGEST + 1}"
    return homes


def _category(scene: Scene, status: Status) -> str:
    if scene.chance.random() < 0.3:
        return scene.chance.choice((BENEFIT, FAMILY))
    return BY_STATUS.get(status, FAMILY)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
