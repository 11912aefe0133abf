"""A session is moved or called off through the verbs: who is registered hears of it, whom none reaches is listed."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.db import in_transaction
from people.models import ContactMeans
from people.service import Details
from tests.cast import NOW
from tests.workshops.enrolments import adult, fill, kinds, opened, registered, sessions_of, state, taken
from tests.workshops.given import hours, planned, programme, published, reread
from tests.workshops.pages import as_mediator, main_of
from workshops.models import Enrolment, ProgrammeAudience, ProgrammeKind
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")
BY_VOICE = Details(family_name="Le Bras", phone="+33255660011", contact_means=ContactMeans.PHONE_CALL)


def course(cast):
    """A published programme of the town for adults, with one session that the verbs planned."""
    adults = {"kind": ProgrammeKind.ADULT_COURSE, "audience": ProgrammeAudience.ADULTS, "age_min": None}
    return published(cast, enrolment=Enrolment.SESSION, age_max=None, **adults)


def by_voice(found, session):
    return registered(adult(found, session_id=session.id, newcomer=BY_VOICE))


def test_who_is_registered_is_told_of_the_new_time(cast):
    found, (session,) = course(cast)
    registration = registered(adult(found, session_id=session.id))
    in_transaction(lambda: changing.move(session.id, hours(date(2026, 3, 20)), now=NOW, actor_id=None))
    assert "moved" in kinds(registration)


def test_who_is_registered_is_told_once_that_it_is_off(cast):
    found, (session,) = course(cast)
    registration = registered(adult(found, session_id=session.id))
    for _press in range(2):
        in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    assert kinds(registration).count("session_off") == 1
    assert state(registration) == "cancelled"


def test_more_seats_are_offered_to_those_who_wait(cast):
    found = opened(cast, capacity=1)
    fill(found, 1)
    waiting = fill(found, 1, first=2)[0]
    assert state(waiting) == "waiting"
    (session,) = sessions_of(found)
    in_transaction(lambda: changing.change_capacity(session.id, 2, now=NOW, actor_id=None))
    assert state(waiting) == "offered"
    assert taken(found)[0][0] == 2


def test_whom_no_message_reaches_is_listed_before_and_after(client, cast):
    found, (session,) = course(cast)
    by_voice(found, session)
    registered(adult(found, number=2, session_id=session.id))
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}"
    assert "À appeler" not in main_of(client.get(address))
    for ending in ("/annuler", "/deplacer"):
        assert "il faudra les appeler" in main_of(client.get(address + ending))
    assert "Si le lieu change" in main_of(client.get(f"{address}/modifier"))
    client.post(f"{address}/annuler", data={"reason": "Salle inondée"})
    said = main_of(client.get(address))
    assert "Appelez-les." in said
    assert "Le Bras · 02 55 66 00 11" in said
    assert said.count("02 55 66 00 11") == 1


def test_after_a_move_they_are_listed_too(client, cast):
    found, (session,) = course(cast)
    by_voice(found, session)
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}"
    client.post(f"{address}/deplacer", data={"day": "2026-03-20", "starts": "16:00", "ends": "18:00", "reason": ""})
    assert "Appelez-les." in main_of(client.get(address))


def test_a_session_nobody_registered_for_lists_nobody(client, cast):
    (session,) = planned(cast, programme(cast))
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    as_mediator(cast, client)
    assert "À appeler" not in main_of(client.get(f"/equipe/ateliers/seances/{reread(session).id}"))
