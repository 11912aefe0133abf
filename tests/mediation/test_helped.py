"""On the page of an appointment that was kept one question stands for thirty days, answered without an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from activity.models import Helped, Satisfaction
from activity.service import satisfaction
from foundation.codes import free_code
from foundation.db import db, in_transaction, transaction
from foundation.errors import Conflict
from mediation.models import Appointment, Attendance
from mediation.service import answers
from places.models import Territory
from tests.activity.drafts import write
from tests.mediation.days import TEN, appointment, at, minutes, planned, together
from tests.mediation.residents import own

QUESTION = "Ce rendez-vous vous a-t-il aidé"
OVER = TEN + timedelta(hours=1)
KEPT = "votre réponse est notée"
SIGNED = "/mon-rendez-vous"
"""A page with a form, whose token the client then sends."""


@pytest.fixture
def seen(client, cast):
    """Address of the page of an appointment that was kept."""
    return planned_with_code(cast, Attendance.SEEN)


def planned_with_code(cast, attendance):
    return own(appointment(planned(cast, attendance=attendance, code=free_code(Appointment.code))))


def page(client, address, now=OVER, **more):
    with at(now):
        return client.get(address, **more).text


def press(client, address, answer, now=OVER):
    with at(now):
        client.get(SIGNED)
        sent = client.post(f"{address}/avis", data={"reponse": answer})
        assert (sent.status_code, sent.location) == (303, address)
        return client.get(address).text


def kept():
    db.session.rollback()
    return [(one.answer, one.told_by_id) for one in db.session.scalars(select(Satisfaction))]


def test_it_is_answered_changed_and_taken_back_and_never_shown(client, seen):
    before = page(client, seen)
    assert QUESTION in before
    assert KEPT not in before
    assert "Merci pour votre réponse" in press(client, seen, "fully")
    assert kept() == [(Helped.FULLY, None)]
    after = page(client, seen)
    assert KEPT in after
    assert [after.count(one) for one in ("Oui, tout à fait", "En partie", "Pas vraiment")] == [1, 1, 1]
    press(client, seen, "not_really", now=OVER + timedelta(days=29))
    assert kept() == [(Helped.NOT_REALLY, None)]
    assert "rien n’est gardé" in press(client, seen, "none")
    assert kept() == []


def test_after_thirty_days_it_is_gone_and_nothing_is_taken(client, seen):
    late = TEN + minutes(45) + timedelta(days=30)
    assert QUESTION not in page(client, seen, late)
    assert "plus de 30 jours" in press(client, seen, "fully", late)
    assert kept() == []


def test_what_no_button_sends_is_refused_with_words(client, seen):
    for sent in ("", "perfectly"):
        assert "Choisissez une des réponses" in press(client, seen, sent)
    assert kept() == []


@pytest.mark.parametrize("attendance", [one for one in Attendance if one is not Attendance.SEEN])
def test_of_what_was_not_kept_nothing_is_asked(client, cast, attendance):
    address = planned_with_code(cast, attendance)
    assert QUESTION not in page(client, address)
    assert "pas posée ici" in press(client, address, "fully")
    assert kept() == []


def test_where_the_town_switched_it_off_nothing_is_asked(client, cast, seen):
    with transaction():
        db.session.get_one(Territory, 1).asks_satisfaction = False
    assert QUESTION not in page(client, seen)
    assert "pas posée ici" in press(client, seen, "fully")
    assert kept() == []


def test_a_wrong_secret_answers_nothing(client, seen):
    wrong = seen.rsplit("/", 1)[0] + "/AAAAAAAA"
    with at(OVER):
        client.get(SIGNED)
        assert client.post(f"{wrong}/avis", data={"reponse": "fully"}).status_code == 404
    assert kept() == []


def test_it_is_asked_in_the_readers_language(client, seen):
    for language, words in (("en", "Did this appointment help you?"), ("ar", "هل ساعدك هذا الموعد؟")):
        assert words in page(client, seen, headers={"Accept-Language": language})


def test_two_presses_at_one_moment_leave_one_answer(app, cast):
    """The person's own and one that somebody heard: whoever comes second finds the first, or is told of it."""
    with at(OVER):
        id_ = planned(cast, attendance=Attendance.SEEN)
        record_id = write(cast, reference=f"appointment:{id_}", now=OVER).id
        actor, resident = cast.ids["mediator"], cast.ids["resident"]

        def own_press():
            in_transaction(lambda: answers.answer(id_, Helped.PARTLY, now=OVER))

        def heard():
            in_transaction(
                lambda: satisfaction.note_aloud(
                    record_id, resident, Helped.FULLY, now=OVER, actor=db.session.get_one(Account, actor)
                )
            )

        raised = together(app, [own_press, heard])
    refused = [one for one in raised if one is not None]
    assert all(isinstance(one, Conflict) for one in refused)
    assert len(kept()) == 1
