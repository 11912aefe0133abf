"""Who works in Valbriac, and when and where each mediator receives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from foundation.security import Role
from people.rules.names import plain

PASSWORD = "parvis-a-valbriac"  # noqa: S105  Printed by `make run`: this town is for trying things out.
DOMAIN = "valbriac.example"

MORNING = (time(9), time(12))
LATE_MORNING = (time(10), time(12, 30))
AFTERNOON = (time(14), time(17))
LATE_AFTERNOON = (time(14), time(18))
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)


@dataclass(frozen=True)
class Hours:
    """A weekly presence: day (0 is Monday), wall times, venue (none: visits at home) and room, every n weeks."""

    weekday: int
    span: tuple[time, time]
    site: str | None
    room: int = 0
    every: int = 1


@dataclass(frozen=True)
class Worker:
    """One account: name, structure, roles, hours when a mediator, and the school or care home of a host.

    A head teacher `approves` what their school reserves.
    """

    name: str
    house: str | None
    roles: tuple[Role, ...]
    hours: tuple[Hours, ...] = ()
    services: tuple[str, ...] = ()
    place: str = ""
    approves: bool = False

    @property
    def email(self) -> str:
        return f"{plain(self.name.split()[0])}@{DOMAIN}"


ALL = ("procedures", "phone", "computer", "mail", "health", "work", "start")
BEGINNERS = ("phone", "computer", "mail", "start")
SOCIAL = ("procedures", "health", "start", "home")
MEDIATOR = (Role.MEDIATOR,)

MEDIATORS = (
    Worker("Camille Fontanel", "town", MEDIATOR, (
        Hours(MONDAY, MORNING, "mairie"), Hours(TUESDAY, LATE_AFTERNOON, "mediatheque"),
        Hours(THURSDAY, MORNING, "mairie"), Hours(FRIDAY, LATE_MORNING, "mediatheque"),
    ), ALL),
    Worker("Yanis Cherif", "town", MEDIATOR, (
        Hours(MONDAY, AFTERNOON, "croixverte"), Hours(WEDNESDAY, MORNING, "croixverte"),
        Hours(THURSDAY, LATE_AFTERNOON, "croixverte"), Hours(FRIDAY, MORNING, "mairie", 1),
    ), ALL),
    Worker("Solène Quéméneur", "town", MEDIATOR, (
        Hours(TUESDAY, LATE_MORNING, "mediatheque", 1), Hours(WEDNESDAY, LATE_AFTERNOON, "mediatheque"),
        Hours(SATURDAY, LATE_MORNING, "mediatheque", 0, 2), Hours(THURSDAY, AFTERNOON, "mediatheque", 1),
    ), BEGINNERS),
    Worker("Bruno Vialatte", "town", MEDIATOR, (
        Hours(TUESDAY, AFTERNOON, "hauts"), Hours(WEDNESDAY, LATE_MORNING, "hauts"),
        Hours(THURSDAY, (time(14), time(17)), "hauts", 0, 2), Hours(FRIDAY, AFTERNOON, "mairie", 1),
    ), ALL),
    Worker("Awa Diallo", "town", MEDIATOR, (
        Hours(MONDAY, MORNING, "mairie", 1), Hours(TUESDAY, MORNING, "croixverte"),
        Hours(WEDNESDAY, AFTERNOON, "mairie"), Hours(FRIDAY, LATE_AFTERNOON, "croixverte"),
    ), ("procedures", "health", "work", "start")),
    Worker("Inès Moretti", "declic", MEDIATOR, (
        Hours(MONDAY, LATE_AFTERNOON, "gare", 1), Hours(TUESDAY, MORNING, "gare", 1),
        Hours(THURSDAY, MORNING, "bellevue", 1), Hours(FRIDAY, MORNING, "gare", 1),
    ), ALL),
    Worker("Thomas Legrand", "declic", MEDIATOR, (
        Hours(MONDAY, MORNING, "gare", 2), Hours(WEDNESDAY, LATE_AFTERNOON, "gare", 2),
        Hours(SATURDAY, LATE_MORNING, "gare", 2), Hours(THURSDAY, LATE_AFTERNOON, "gare", 2),
    ), ("computer", "mail", "work", "start")),
    Worker("Leïla Mansouri", "declic", MEDIATOR, (
        Hours(MONDAY, AFTERNOON, "bellevue", 1), Hours(TUESDAY, LATE_AFTERNOON, "bellevue"),
        Hours(WEDNESDAY, MORNING, "bellevue", 1), Hours(FRIDAY, AFTERNOON, "bellevue"),
    ), ALL),
    Worker("Gaël Texier", "declic", MEDIATOR, (
        Hours(TUESDAY, LATE_MORNING, "associations"), Hours(WEDNESDAY, AFTERNOON, "associations"),
        Hours(FRIDAY, LATE_AFTERNOON, "gare", 2),
    ), BEGINNERS),
    Worker("Marianne Poirier", "ccas", MEDIATOR, (
        Hours(MONDAY, AFTERNOON, "ccas"), Hours(TUESDAY, MORNING, "ccas"), Hours(THURSDAY, AFTERNOON, "ccas"),
    ), SOCIAL),
    Worker("Karim Ziani", "ccas", MEDIATOR, (
        Hours(MONDAY, MORNING, "ccas", 1), Hours(WEDNESDAY, MORNING, "ccas", 1), Hours(FRIDAY, MORNING, "ccas"),
        Hours(THURSDAY, MORNING, "ccas", 1),
    ), SOCIAL),
    Worker("Odile Sabatier", "ccas", MEDIATOR, (
        Hours(TUESDAY, AFTERNOON, "residence"), Hours(THURSDAY, AFTERNOON, "residence"),
        Hours(WEDNESDAY, MORNING, "ccas"), Hours(FRIDAY, AFTERNOON, None),
    ), ("phone", "procedures", "health", "mail", "home")),
)  # fmt: skip

OTHERS = (
    Worker("Hélène Rousselet", None, (Role.MANAGER,)),
    Worker("Patrick Lavergne", "declic", (Role.MANAGER,)),
    Worker("Nadia Belkacem", "ccas", (Role.PRESCRIBER,)),
    Worker("Julien Maillard", "town", (Role.PRESCRIBER,)),
    Worker("Sandrine Peyrat", None, (Role.HOST,), place="École élémentaire Jacqueline-Auriol"),
    Worker("Didier Chabanne", "reemploi", (Role.PARTNER,)),
    Worker("Élise Berthier", None, (Role.ADMINISTRATOR,)),
    Worker("Mireille Astier", None, (Role.HOST,), place="EHPAD Les Tilleuls"),
    Worker("Véronique Lasserre", None, (Role.HOST,), place="École élémentaire Jacqueline-Auriol", approves=True),
    Worker("Salima Haddad", "passerelles", (Role.PARTNER,)),
    Worker("Fabrice Oudin", "clics", (Role.PARTNER,)),
    Worker("Corinne Vasseur", "recyclerie", (Role.PARTNER,)),
    Worker("Gilles Pasquier", "phenix", (Role.PARTNER,)),
    Worker("Nora Khelifi", "etape", (Role.PARTNER,)),
)

SHOWN = {
    Role.MEDIATOR: MEDIATORS[0],
    Role.PRESCRIBER: OTHERS[2],
    Role.HOST: OTHERS[4],
    Role.PARTNER: OTHERS[5],
    Role.MANAGER: OTHERS[0],
    Role.ADMINISTRATOR: OTHERS[6],
}
"""The account that the start page names for each role."""
ALSO_SHOWN = {"host (head teacher)": OTHERS[8], "host (care home)": OTHERS[7], "partner (training)": OTHERS[9]}
"""Further accounts that are worth a look."""
