"""Who borrows kits in Valbriac, with whom, and how often. One nursery school never did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Borrowers
from foundation.db import db
from places.models import CareHome, School


@dataclass(frozen=True)
class Borrower:
    """A school or a care home: the groups that hold the devices, how many people they are, who comes for the kit."""

    name: str
    weight: int
    groups: tuple[str, ...]
    people: tuple[int, int]
    signers: tuple[str, ...]


SCHOOLS = (
    Borrower(
        "École élémentaire Jacqueline-Auriol", 10, ("CP", "CE1", "CE2", "CM1", "CM2"), (20, 26),
        ("Sandrine Peyrat", "Hugo Marchal", "Lucie Ferrand"),
    ),
    Borrower("École primaire du Bac", 7, ("GS", "CE1", "CM1", "CM2"), (21, 27), ("Corinne Vasseur", "Paul Anglade")),
    Borrower("École élémentaire Bellevue", 6, ("CE1", "CE2", "CM2"), (17, 24), ("Nora Khelifi", "Élodie Grandjean")),
    Borrower("École primaire Saint-Roch", 4, ("CE2", "CM1", "CM2"), (22, 28), ("Benoît Lacombe",)),
    Borrower("Collège des Hauts-de-Vère", 3, ("6e B", "5e A", "4e C", "Club journal"), (14, 28), ("Anne Delcourt",)),
)  # fmt: skip
HOMES = (
    Borrower(
        "EHPAD Les Tilleuls", 4, ("Salon bleu", "Atelier du mardi", "Unité Jonquille"), (5, 9), ("Mireille Astier",)
    ),
    Borrower("EHPAD La Roseraie de Vère", 3, ("Salle à manger", "Petit groupe"), (5, 8), ("Christelle Pujol",)),
    Borrower("EHPAD Sainte-Odile", 2, ("Salon", "Atelier mémoire"), (4, 7), ("Jean-Marc Thévenin",)),
    Borrower("Résidence autonomie Les Marronniers", 1, ("Salle commune",), (6, 10), ("Sylvie Roche",)),
)
BY_KIND = {
    Borrowers.SCHOOLS: SCHOOLS,
    Borrowers.CARE_HOMES: HOMES,
    Borrowers.HOSTS: (*SCHOOLS, *HOMES[:2]),
}


@dataclass(frozen=True)
class Place:
    """A borrower with its row, and the account that reserves for it when it has one."""

    borrower: Borrower
    school_id: int | None
    care_home_id: int | None
    account: Account | None

    @property
    def is_school(self) -> bool:
        return self.school_id is not None


def places(accounts: Sequence[Account]) -> dict[str, Place]:
    """All borrowers by name."""
    schools = {name: id_ for id_, name in db.session.execute(select(School.id, School.name))}
    homes = {name: id_ for id_, name in db.session.execute(select(CareHome.id, CareHome.name))}
    hosts = {one.place.name: one for one in accounts if one.place is not None and not one.approves}
    return {
        one.name: Place(one, schools.get(one.name), homes.get(one.name), hosts.get(one.name))
        for one in (*SCHOOLS, *HOMES)
    }
