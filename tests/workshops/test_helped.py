"""On the page of a registration one question stands about the session attended last, for thirty days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from activity.models import Helped, Satisfaction
from foundation.db import db, transaction
from places.models import Territory
from tests.moments import at
from tests.workshops.days import OVER, led, pressed
from tests.workshops.enrolments import FIRST, WEEK, adult, family, group, registered, sessions_of
from workshops.models import Enrolment, Presence
from workshops.queries.answerable import last_attended
from workshops.service.links import secret_of

QUESTION, KEPT = "vous a-t-elle aidé", "votre réponse est notée"
DAY = timedelta(days=1)


def own(registration):
    return f"/mon-inscription/{registration.code}/{secret_of(registration)}"


def came(cast, registration, presence=Presence.PRESENT, session=0, only=None):
    """Everybody of a registration, or so many of them, was in a session of its programme, or was not."""
    found = sessions_of(registration.programme)[session].id
    for one in registration.participants[:only]:
        pressed(cast, found, one.id, presence, now=FIRST + session * WEEK)
    return found


def attending(cast, wish=adult, **changes):
    programme = led(cast, **changes)
    return registered(wish(programme))


def page(client, registration, now=OVER):
    with at(now):
        return client.get(own(registration)).text


def press(client, registration, session_id, answer="fully", now=OVER):
    with at(now):
        client.get("/mon-inscription")
        sent = client.post(f"{own(registration)}/avis", data={"reponse": answer, "seance": session_id})
        assert sent.status_code == 303
        return client.get(own(registration)).text


def kept():
    db.session.rollback()
    rows = db.session.scalars(select(Satisfaction).order_by(Satisfaction.reference, Satisfaction.person_id))
    return [(one.reference, one.answer, one.told_by_id) for one in rows]


def test_whoever_was_there_answers_changes_and_takes_back(client, cast):
    registration = attending(cast)
    assert QUESTION not in page(client, registration)
    session_id = came(cast, registration)
    assert QUESTION in page(client, registration)
    assert "Merci pour votre réponse" in press(client, registration, session_id)
    assert KEPT in page(client, registration)
    press(client, registration, session_id, "partly", OVER + 29 * DAY)
    assert kept() == [(f"session:{session_id}", Helped.PARTLY, None)]
    assert "rien n’est gardé" in press(client, registration, session_id, "none")
    assert kept() == []


def test_of_a_series_the_last_session_attended_is_asked_about(client, cast):
    registration = attending(cast, sessions=3, enrolment=Enrolment.CYCLE)
    first = came(cast, registration)
    came(cast, registration, Presence.ABSENT, 2)
    second = came(cast, registration, session=1)
    with at(OVER + 2 * WEEK):
        assert last_attended(registration, OVER + 2 * WEEK).session.id == second
    press(client, registration, second, now=OVER + 2 * WEEK)
    press(client, registration, first, "not_really", now=OVER + 2 * WEEK)
    assert kept() == [(f"session:{first}", Helped.NOT_REALLY, None), (f"session:{second}", Helped.FULLY, None)]


def test_a_guardian_answers_for_each_child_who_was_there(client, cast):
    registration = attending(cast, family)
    session_id = came(cast, registration, only=2)
    assert "a-t-elle aidé les enfants que vous avez inscrits" in page(client, registration)
    press(client, registration, session_id)
    assert kept() == [(f"session:{session_id}", Helped.FULLY, None)] * 2


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.ABSENT_EXCUSED, None])
def test_whoever_was_not_there_is_not_asked(client, cast, presence):
    registration = attending(cast)
    session_id = came(cast, registration, presence)
    assert QUESTION not in page(client, registration)
    assert "pas posée ici" in press(client, registration, session_id)
    assert kept() == []


def test_a_group_is_never_asked(client, cast):
    registration = attending(cast, group, capacity=20)
    session_id = sessions_of(registration.programme)[0].id
    assert QUESTION not in page(client, registration)
    assert "pas posée ici" in press(client, registration, session_id)


def test_too_late_elsewhere_or_switched_off_nothing_is_taken(client, cast):
    registration, other = attending(cast), attending(cast)
    session_id, elsewhere = came(cast, registration), came(cast, other)
    late = OVER + 31 * DAY
    assert QUESTION not in page(client, registration, late)
    assert "plus de 30 jours" in press(client, registration, session_id, now=late)
    for wrong in (elsewhere, 4711, "x"):
        assert "pas posée ici" in press(client, registration, wrong)
    assert "Choisissez une des réponses" in press(client, registration, session_id, "perfectly")
    with transaction():
        db.session.get_one(Territory, 1).asks_satisfaction = False
    assert QUESTION not in page(client, registration)
    assert "pas posée ici" in press(client, registration, session_id)
    assert kept() == []
