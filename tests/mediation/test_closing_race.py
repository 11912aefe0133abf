"""Somebody books at a place, or with somebody, that is being closed at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from agenda import service as agenda
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from mediation.models import Appointment
from mediation.rules.booking import SlotTaken
from mediation.service import booking as verbs
from places import service as places
from places.rules import Actor
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, booked, counts, local, wish
from tests.mediation.residents import action, to_check

KEEPER = Actor(None)
CLOSED = places.VenueDetails(name="Library", commune="Rives-sur-Aure", postcode="99100", active=False)
OPEN = places.VenueDetails(name="Library", commune="Rives-sur-Aure", postcode="99100")
ROUNDS = [local(hour, minute, day) for day in (12, 13) for hour in (9, 10, 11) for minute in (0, 30)]


def together(app: Any, *acts: Callable[[], Any]) -> list[str]:
    """What became of each act, all begun at once: `done`, or the name of its refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        with app.app_context():
            start.wait(60)
            try:
                in_transaction(act)
            except Refused as refused:
                return type(refused).__name__
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_place_is_never_closed_over_an_appointment_that_nobody_was_told_of(app, cast):
    library_id, resident_id = cast.ids["library"], cast.ids["resident"]
    db.session.remove()
    for start in ROUNDS:
        wanted = wish(cast, starts_at=start, newcomer=None, person_id=resident_id)
        outcome = together(
            app,
            lambda wanted=wanted: verbs.book(wanted, now=NOW),
            lambda: places.change_venue(library_id, CLOSED, KEEPER, NOW),
        )
        assert outcome in (["done", "SomethingStands"], ["SlotTaken", "done"])
        with transaction():
            for one in db.session.query(Appointment):
                verbs.cancel(one.id, now=NOW, by_resident=True)
            places.change_venue(library_id, OPEN, KEEPER, NOW)


@pytest.mark.usefixtures("stopped_clock")
class TestClosedBetweenTwoPages:
    @pytest.fixture(params=["place", "mediator"])
    def close(self, request, cast) -> Callable[[], None]:
        """Whatever is closed, it happens after the page that asks to check was shown."""

        def act() -> None:
            with transaction():
                if request.param == "place":
                    places.change_venue(cast.ids["library"], CLOSED, KEEPER, NOW)
                else:
                    agenda.change_resource(cast.mediator.resource_id, active=False)

        return act

    def test_the_resident_is_shown_other_times_or_other_places(self, client, cast, close):
        check = to_check(client, cast)
        before = counts()
        close()
        refused = client.post(action(check, "/rendez-vous/confirmer"))
        assert refused.status_code == 409
        assert "Rien de ce que vous avez écrit n’est perdu" in refused.text
        assert "/rendez-vous/lieu?" in refused.text
        assert counts() | {"audit_entry": 0} == before | {"audit_entry": 0}


def test_who_moves_to_a_resting_mediator_is_offered_what_is_left(cast):
    appointment_id = booked(cast).id
    with transaction():
        agenda.change_resource(cast.mediator.resource_id, active=False)
    with pytest.raises(SlotTaken):
        in_transaction(lambda: verbs.move(appointment_id, local(11), now=NOW))
    db.session.rollback()
    assert db.session.get_one(Appointment, appointment_id).starts_at == TEN


def test_a_place_that_does_not_exist_is_not_open(cast):
    assert places.keep_open(cast.ids["library"])
    assert not places.keep_open(2**31 - 1)
