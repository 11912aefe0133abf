"""The people of Valbriac: names of the many origins of a French town, telephones of the range kept for fiction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from foundation import codes
from people.models import ContactMeans, Gender, Residence, Status, TokenKind
from people.rules import names, numbers

HOW_MANY = 2400
WOMEN = (
    "Monique",
    "Jacqueline",
    "Françoise",
    "Nicole",
    "Danielle",
    "Chantal",
    "Martine",
    "Annie",
    "Ginette",
    "Yvette",
    "Odile",
    "Colette",
    "Huguette",
    "Simone",
    "Marie-Thérèse",
    "Brigitte",
    "Sylvie",
    "Nathalie",
    "Isabelle",
    "Valérie",
    "Sandrine",
    "Céline",
    "Aurélie",
    "Julie",
    "Manon",
    "Léa",
    "Chloé",
    "Inès",
    "Fatima",
    "Khadija",
    "Samira",
    "Nadia",
    "Aïcha",
    "Malika",
    "Leïla",
    "Aminata",
    "Fatoumata",
    "Mariama",
    "Maria",
    "Conceição",
    "Ana",
    "Lucia",
    "Ayşe",
    "Emine",
    "Thi Lan",
    "Olena",
    "Oksana",
    "Lucie",
    "Margaux",
    "Élodie",
    "Solène",
    "Gwenaëlle",
    "Maëlys",
    "Zohra",
)
MEN = (
    "Jean-Claude",
    "Michel",
    "Alain",
    "Gérard",
    "Bernard",
    "Daniel",
    "Jacques",
    "André",
    "Roger",
    "Marcel",
    "Yvon",
    "René",
    "Christian",
    "Patrick",
    "Philippe",
    "Thierry",
    "Pascal",
    "Laurent",
    "Stéphane",
    "Christophe",
    "Nicolas",
    "Julien",
    "Thomas",
    "Lucas",
    "Hugo",
    "Théo",
    "Ahmed",
    "Mohamed",
    "Rachid",
    "Karim",
    "Youssef",
    "Brahim",
    "Abdel",
    "Mamadou",
    "Ousmane",
    "Ibrahima",
    "José",
    "Manuel",
    "Antonio",
    "Mehmet",
    "Ali",
    "Van Minh",
    "Andriy",
    "Loïc",
    "Gaël",
    "Étienne",
    "Maxime",
    "Anthony",
    "Saïd",
    "Moussa",
)
FAMILIES = (
    "Delaunay", "Marchand", "Kerhervé", "Lefèvre", "Garnier", "Rousselet", "Bonnefoy", "Chauvin", "Perrault", "Vasseur",
    "Benali", "Haddad", "Cherif", "Mansouri", "Boukhalfa", "Ait Ahmed", "El Amrani", "Ben Salah", "Ziani", "Belkacem",
    "Diallo", "Traoré", "Coulibaly", "Sow", "Ndiaye", "Camara", "Keita", "Da Silva", "Ferreira", "Gonçalves", "Pereira",
    "Lopez", "Fernandez", "Moretti", "Ricci", "Yılmaz", "Demir", "Kaya", "Nguyen", "Tran", "Shevchenko", "Kovalenko",
    "Legrand", "Fontanel", "Mazaud", "Barrière", "Lavergne", "Peyrat", "Chabanne", "Deschamps", "Vialatte", "Montagnac",
    "Dubreuil", "Faucher", "Gaillard", "Roche", "Berthier", "Collin", "Maillard", "Prévost", "Le Goff", "Guégan",
    "d’Arcy", "de La Tour", "Saint-Yves", "Lemoine", "Hamelin", "Poirier", "Texier", "Brossard", "Gauthier", "Nicolaï",
    "Oudin", "Pasquier", "Quéméneur", "Rambaud", "Sabatier", "Tessier", "Valadier", "Weber", "Ziegler", "Zitouni",
)  # fmt: skip
KEENEST = 12.0
"""Nobody comes more often than so many times as often as those who come least."""
FROM_THE_START = 0.45
"""The share of people who came to be known in the year before the history begins; the others all along it."""
YEAR = timedelta(days=365)
AGES = ((12, 17, 3), (18, 24, 6), (25, 39, 17), (40, 59, 26), (60, 69, 22), (70, 79, 18), (80, 93, 8))
ARABIC_READERS = {"Benali", "Haddad", "Cherif", "Mansouri", "Boukhalfa", "El Amrani", "Ben Salah", "Ziani", "Zitouni"}
QUARTER_WEIGHTS = {"VB1": 11, "VB2": 9, "VB3": 12, "VB4": 21, "VB5": 17, "VB6": 14, "VB7": 3}


@dataclass(frozen=True)
class Resident:
    """What the activity needs to know of a person of the demonstration. Nobody comes before they arrive."""

    id: int
    birth_year: int | None
    gender: Gender
    status: Status
    residence: Residence
    neighbourhood_id: int | None
    phone: str | None
    locale: str
    keenness: float
    arrives: datetime


def _age(draw: Random) -> int:
    first, last, _weight = draw.choices(AGES, [weight for _first, _last, weight in AGES])[0]
    return draw.randint(first, last)


def _status(draw: Random, age: int) -> Status:
    if draw.random() < 0.12:
        return Status.NOT_COMMUNICATED
    if age < 20:
        return Status.SCHOOLING
    if age >= 63:
        return Status.RETIRED
    return draw.choices((Status.JOB_SEEKING, Status.WORKING, Status.NOT_COMMUNICATED), (38, 42, 20))[0]


def _home(draw: Random, quarter_ids: dict[str, int]) -> tuple[Residence, int | None]:
    chance = draw.random()
    if chance < 0.08:
        return Residence.UNKNOWN, None
    if chance < 0.15:
        return Residence.OUTSIDE, None
    code = draw.choices(list(QUARTER_WEIGHTS), list(QUARTER_WEIGHTS.values()))[0]
    return Residence.INSIDE, quarter_ids[code]


def people(draw: Random, quarter_ids: dict[str, int], today: date, now: datetime) -> Iterator[dict[str, Any]]:
    """Rows of the `person` table, ids from 1: mostly older than the town, more from its priority neighbourhoods."""
    used: set[str] = set()
    for number in range(1, HOW_MANY + 1):
        code = fresh_code(draw, used)
        gender = draw.choices((Gender.FEMININE, Gender.MASCULINE), (63, 37))[0]
        given = draw.choice(WOMEN if gender is Gender.FEMININE else MEN)
        family = draw.choice(FAMILIES)
        age = _age(draw)
        residence, neighbourhood_id = _home(draw, quarter_ids)
        phone = f"+33639{980000 + number:06}" if draw.random() < 0.86 else None
        first_met = now - timedelta(days=draw.randint(0, 700))
        yield {
            "id": number, "code": code, "given_name": given, "family_name": family,
            "search_key": names.search_key(given, family),
            "birth_year": today.year - age if draw.random() < 0.9 else None,
            "phone": phone, "email": None,
            "contact_means": ContactMeans.SMS if phone else ContactMeans.NONE,
            "locale": "ar" if family in ARABIC_READERS and draw.random() < 0.4 else "fr",
            "gender": gender if draw.random() < 0.95 else Gender.NOT_COMMUNICATED,
            "status": _status(draw, age), "residence": residence, "neighbourhood_id": neighbourhood_id,
            "created_by": None, "created_at": first_met, "last_contact_at": first_met,
        }  # fmt: skip


def fresh_code(draw: Random, used: set[str]) -> str:
    """A code that reads aloud and is not in `used`, to which it is added."""
    while (code := codes.new_code(draw.choice)) in used:
        continue
    used.add(code)
    return code


def tokens(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of the `person_token` table that make one person findable."""
    name = f"{row['given_name']} {row['family_name']}"
    found = [(TokenKind.NAME, token) for token in sorted(names.tokens(name))]
    found += [(TokenKind.SOUND, token) for token in sorted(names.sounds(name))]
    if row["phone"]:
        found += [(TokenKind.PHONE, token) for token in sorted(numbers.forward(row["phone"]))]
        found.append((TokenKind.PHONE_END, numbers.backward(row["phone"])))
    for kind, token in found:
        yield {"kind": kind, "token": token, "person_id": row["id"]}


def resident(row: dict[str, Any], draw: Random, begins: datetime, now: datetime) -> Resident:
    """The person as the activity draws them: a few come often, many came once."""
    knows = draw.random() < FROM_THE_START
    arrives = begins - draw.random() * YEAR if knows else begins + draw.random() * (now - begins)
    return Resident(
        row["id"], row["birth_year"], row["gender"], row["status"], row["residence"], row["neighbourhood_id"],
        row["phone"], row["locale"], min(KEENEST, draw.paretovariate(1.3)), arrives,
    )  # fmt: skip
