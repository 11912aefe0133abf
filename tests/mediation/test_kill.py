"""The web process dies in the middle of bookings: what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import http.client
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from activity.models import Channel
from agenda.models import Hold
from foundation import clock
from foundation.db import db
from foundation.period import Period
from mediation.models import Appointment
from mediation.queries.slots import find_slots
from mediation.views.booking.blueprint import stamp
from tests.mediation.served import Browser, Server, served

pytestmark = pytest.mark.long
RESIDENTS = 4
BEFORE_THE_END = 12
AFTER = 3


@pytest.fixture
def choices(cast):
    """Free times of the weeks to come, each wanted by one resident."""
    now = clock.now()
    window = Period(now, now + timedelta(days=30))
    free = find_slots(cast.paperwork, window, now=now, venue_id=cast.library.id, channel=Channel.VENUE)
    db.session.rollback()
    place = {"motif": cast.ids["paperwork"], "ou": cast.ids["library"]}
    return [place | {"debut": stamp(slot.starts_at)} for slot in free[:160]]


def _book_until_it_dies(server: Server, choices: list[dict], acknowledged: list[str], enough: threading.Event) -> None:
    for number, choice in enumerate(choices):
        try:
            answer = Browser(server.port).book(choice, f"Resident {number}")
        except (OSError, http.client.HTTPException):
            return
        if answer.status == 303:
            acknowledged.append(answer.location.split("/")[2])
        if len(acknowledged) >= BEFORE_THE_END:
            enough.set()


def _load(server: Server, choices: list[dict]) -> tuple[list[str], list[threading.Thread]]:
    acknowledged: list[str] = []
    enough = threading.Event()
    threads = [
        threading.Thread(
            target=_book_until_it_dies, args=(server, choices[rank::RESIDENTS], acknowledged, enough), daemon=True
        )
        for rank in range(RESIDENTS)
    ]
    for thread in threads:
        thread.start()
    assert enough.wait(60), "too few bookings were acknowledged"
    return acknowledged, threads


def _check_whole(acknowledged: list[str]) -> None:
    db.session.rollback()
    appointments = db.session.scalars(select(Appointment)).all()
    assert set(acknowledged) <= {one.code for one in appointments}
    assert len(acknowledged) == len(set(acknowledged))
    resources = {one.reference: (one.mediator.resource_id, one.room.resource_id) for one in appointments}
    held: dict[str, list[int]] = {}
    for hold in db.session.scalars(select(Hold).order_by(Hold.resource_id)):
        held.setdefault(hold.reference, []).append(hold.resource_id)
    assert held == {reference: sorted(both) for reference, both in resources.items()}
    assert all(len(one.events) == 1 for one in appointments)


def test_what_was_acknowledged_survives_a_kill(app, database, choices):
    with served(database.url) as server:
        acknowledged, threads = _load(server, choices)
        server.kill()
        for thread in threads:
            thread.join(60)
    _check_whole(acknowledged)
    with served(database.url) as again:
        left = [choice for choice in choices[-AFTER:]]
        for number, choice in enumerate(left):
            assert Browser(again.port).book(choice, f"After {number}").status == 303
    db.session.rollback()
    assert len(db.session.scalars(select(Appointment)).all()) >= len(acknowledged) + AFTER
