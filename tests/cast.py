"""The small named cast of every test: one town, two structures, and a handful of people with plain names.

`NOW` is a Tuesday morning before the doors open: tests that depend on the day stop the clock there.
Members are read anew each time they are named, so that a test sees what the database holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, ClassVar

from flask.testing import FlaskClient

from accounts.hashing import hash_password, hash_token, new_token
from accounts.models import Account, AccountRole, StaffSession
from activity.models import Channel
from agenda.models import Opening, Recurrence, Resource, ResourceKind
from foundation import clock
from foundation.db import Base, db, transaction
from foundation.security import Role
from mediation.models import Audience, Service, Shift
from people.models import ContactMeans, Person, PersonToken, Residence, TokenKind
from people.rules import names, numbers
from places.models import (
    CareHome,
    Commune,
    Neighbourhood,
    Placement,
    Room,
    School,
    SchoolKind,
    Structure,
    StructureKind,
    Territory,
    Venue,
)

NOW = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
PASSWORD = "quatre lampes sur la place"
WEEKDAYS = 0b0011111


@dataclass
class Cast:
    """Who and what there is. Each member is a row: `cast.mediator.name`, `cast.library.id`."""

    MEMBERS: ClassVar[dict[str, type[Base]]] = {
        "territory": Territory,
        "harbour": Neighbourhood,
        "mills": Neighbourhood,
        "town": Structure,
        "association": Structure,
        "library": Venue,
        "workshop": Venue,
        "room": Room,
        "school": School,
        "care_home": CareHome,
        "mediator": Account,
        "other_mediator": Account,
        "prescriber": Account,
        "host": Account,
        "partner": Account,
        "manager": Account,
        "administrator": Account,
        "first_steps": Service,
        "paperwork": Service,
        "at_home": Service,
        "shift": Shift,
        "other_shift": Shift,
        "resident": Person,
        "neighbour": Person,
    }
    ids: dict[str, int]

    def __getattr__(self, name: str) -> Any:
        if name not in self.MEMBERS:
            raise AttributeError(name)
        return db.session.get(self.MEMBERS[name], self.ids[name], populate_existing=True)

    def account_of(self, role: Role) -> Account:
        """The member of the cast who holds `role`."""
        found: Account = getattr(self, role.value)
        return found


def make_cast() -> Cast:
    """Write the cast into the empty database at hand, and commit it."""
    rows: dict[str, Any] = {}
    with transaction():
        for scene in (_places, _staff, _offer, _residents):
            made = scene(rows)
            db.session.add_all(made.values())
            rows |= made
            db.session.flush()
        ids = {name: rows[name].id for name in Cast.MEMBERS}
    return Cast(ids)


def make_account(role: Role) -> Account:
    """Somebody alone in an empty database, as on the first day of a town."""
    with transaction():
        account = _account("Première Venue", role, None)
        db.session.add(account)
    return account


def open_session_of(account: Account) -> str:
    """The secret of an open session of `account`, as its cookie would hold it."""
    account_id, token, now = account.id, new_token(), clock.now()
    with transaction():
        db.session.add(
            StaffSession(
                account_id=account_id,
                token_hash=hash_token(token),
                created_at=now,
                last_seen_at=now,
                user_agent="tests",
            )
        )
    return token


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """Give the client the cookie of an open session of `account`, without the page and its password."""
    token = open_session_of(account)
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client


def _resource(kind: ResourceKind, label: str) -> int:
    resource = Resource(kind=kind, label=label)
    db.session.add(resource)
    db.session.flush()
    return resource.id


def _square(west: float, south: float) -> str:
    ring = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.02], [west, south + 0.02], [west, south]]
    return f'{{"type": "Polygon", "coordinates": [{ring}]}}'


def _neighbourhood(commune: Commune, code: str, name: str, west: float, **more: Any) -> Neighbourhood:
    return Neighbourhood(
        commune=commune,
        code=code,
        name=name,
        geometry=_square(west, 48.0),
        min_longitude=west,
        max_longitude=west + 0.02,
        min_latitude=48.0,
        max_latitude=48.02,
        longitude=west + 0.01,
        latitude=48.01,
        **more,
    )


def _places(_rows: dict[str, Any]) -> dict[str, Base]:
    commune = Commune(code="99001", name="Rives-sur-Aure", search_key="rives sur aure")
    harbour = _neighbourhood(commune, "Q1", "Le Port", -1.00, population=4200, population_year=2022)
    mills = _neighbourhood(
        commune, "Q2", "Les Moulins", -0.98, population=2600, population_year=2022,
        is_priority=True, priority_code="QN09999M",
    )  # fmt: skip
    town = Structure(name="Ville de Rives-sur-Aure", kind=StructureKind.TOWN_SERVICE)
    association = Structure(name="Les Clics solidaires", kind=StructureKind.ASSOCIATION)
    at = {"commune": commune.name, "postcode": "99100", "insee_code": "99001", "placement": Placement.INSIDE}
    library = Venue(
        external_id="cast-library", name="Médiathèque du Port", address="2 quai des Lampes", structure=town,
        neighbourhood=harbour, latitude=48.01, longitude=-0.99, wheelchair=True, phone="+33639980010",
        opening_hours="Mo-Fr 09:00-18:00", **at,
    )  # fmt: skip
    workshop = Venue(
        external_id="cast-workshop", name="Atelier des Moulins", address="14 rue du Bief", structure=association,
        neighbourhood=mills, latitude=48.01, longitude=-0.97, **at,
    )  # fmt: skip
    room = Room(venue=library, name="Salle bleue", seats=8, resource_id=_resource(ResourceKind.ROOM, "Salle bleue"))
    school = School(
        external_id="cast-school", name="École des Peupliers", address="5 rue des Peupliers", uai="0990001A",
        kind=SchoolKind.ELEMENTARY, pupils=180, neighbourhood=mills, latitude=48.012, longitude=-0.972, **at,
    )  # fmt: skip
    care_home = CareHome(
        external_id="cast-care-home", name="Résidence des Tilleuls", address="1 allée des Tilleuls", beds=60,
        neighbourhood=harbour, latitude=48.013, longitude=-0.993, **at,
    )  # fmt: skip
    return {
        "territory": Territory(id=1, name="Rives-sur-Aure", helpline="+33639980001", latitude=48.01, longitude=-0.98),
        "harbour": harbour,
        "mills": mills,
        "town": town,
        "association": association,
        "library": library,
        "workshop": workshop,
        "room": room,
        "school": school,
        "care_home": care_home,
    }


@cache
def _hash() -> str:
    """One slow hash for the whole cast and all tests."""
    return hash_password(PASSWORD)


def _account(name: str, role: Role, structure: Structure | None, **more: Any) -> Account:
    given = names.plain(name).split(maxsplit=1)[0]
    return Account(
        email=f"{given}@rives.example",
        name=name,
        password_hash=_hash(),
        structure_id=structure.id if structure else None,
        role_rows=[AccountRole(role=role)],
        created_at=NOW,
        **more,
    )


def _mediator(name: str, structure: Structure) -> Account:
    return _account(name, Role.MEDIATOR, structure, resource_id=_resource(ResourceKind.MEDIATOR, name))


def _staff(rows: dict[str, Any]) -> dict[str, Base]:
    town, association = rows["town"], rows["association"]
    return {
        "mediator": _mediator("Salima Benali", town),
        "other_mediator": _mediator("Yann Kerdoncuff", association),
        "prescriber": _account("Odile Marchand", Role.PRESCRIBER, town),
        "host": _account("Bruno Lacaze", Role.HOST, town, school_id=rows["school"].id),
        "partner": _account("Inès Robert", Role.PARTNER, association),
        "manager": _account("Claire Vasseur", Role.MANAGER, None),
        "administrator": _account("Paul Ndiaye", Role.ADMINISTRATOR, None),
    }


def _shift(account: Account, venue: Venue, services: list[Service], hours: tuple[int, int], **more: Any) -> Shift:
    opening = Opening(
        resource_id=account.resource_id,
        recurrence=Recurrence.WEEKLY,
        weekdays=WEEKDAYS,
        first_day=date(2026, 1, 5),
        starts=time(hours[0]),
        ends=time(hours[1]),
    )
    return Shift(opening=opening, account_id=account.id, venue_id=venue.id, services=services, **more)


def _offer(rows: dict[str, Any]) -> dict[str, Base]:
    first_steps = Service(
        label="Premiers pas avec mon ordinateur",
        description="Allumer, écrire, ranger, envoyer un message.",
        bring="Votre ordinateur, si vous en avez un",
        translations={"ar": {"label": "خطواتي الأولى مع الحاسوب"}, "en": {"label": "First steps with my computer"}},
        duration_minutes=60,
        buffer_after_minutes=10,
        themes=["device_start"],
        position=1,
    )
    paperwork = Service(
        label="Une démarche en ligne",
        description="Impôts, CAF, retraite, titre de séjour.",
        structure_id=rows["town"].id,
        duration_minutes=30,
        themes=["procedures"],
        position=2,
    )
    at_home = Service(
        label="Visite à domicile",
        structure_id=rows["town"].id,
        duration_minutes=60,
        buffer_before_minutes=20,
        buffer_after_minutes=20,
        audience=Audience.PRESCRIBERS,
        channels=[Channel.HOME.value, Channel.PHONE.value],
        position=3,
    )
    everything = [Channel.VENUE.value, Channel.PHONE.value, Channel.HOME.value]
    ours = [first_steps, paperwork, at_home]
    return {
        "first_steps": first_steps,
        "paperwork": paperwork,
        "at_home": at_home,
        "shift": _shift(rows["mediator"], rows["library"], ours, (9, 17), room_id=rows["room"].id, channels=everything),
        "other_shift": _shift(rows["other_mediator"], rows["workshop"], [first_steps], (14, 18)),
    }


def _person(code: str, given_name: str, family_name: str, **more: Any) -> Person:
    return Person(
        code=code,
        given_name=given_name,
        family_name=family_name,
        search_key=names.search_key(given_name, family_name),
        created_at=NOW,
        last_contact_at=NOW,
        **more,
    )


def _tokens(person: Person) -> list[PersonToken]:
    """What the search finds a person by, as `people` writes it."""
    found = [(TokenKind.NAME, token) for token in names.tokens(person.name)]
    found += [(TokenKind.SOUND, token) for token in names.sounds(person.name)]
    if person.phone:
        found += [(TokenKind.PHONE, token) for token in numbers.forward(person.phone)]
        found.append((TokenKind.PHONE_END, numbers.backward(person.phone)))
    return [PersonToken(kind=kind, token=token, person_id=person.id) for kind, token in set(found)]


def _residents(rows: dict[str, Any]) -> dict[str, Base]:
    resident = _person(
        "K7M2P9", "Jeanne", "Le Goff", birth_year=1951, phone="+33639980021", contact_means=ContactMeans.SMS,
        residence=Residence.INSIDE, neighbourhood_id=rows["harbour"].id,
    )  # fmt: skip
    neighbour = _person(
        "T4W9X9", "Farid", "Haddad", email="farid@example.org", contact_means=ContactMeans.EMAIL, locale="ar"
    )
    db.session.add_all([resident, neighbour])
    db.session.flush()
    db.session.add_all([*_tokens(resident), *_tokens(neighbour)])
    return {"resident": resident, "neighbour": neighbour}
