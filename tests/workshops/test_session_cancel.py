"""A session is called off: once, with its reason, and its time is free again."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.forbidden import Password
from tests.cast import NOW
from tests.workshops.given import holds, planned, programme, reread, weekly
from workshops.models import SessionEventKind, SessionState, WorkshopSession
from workshops.rules.unplannable import NoSuchSession, NotPlanned
from workshops.service import changing


def cancel(session_id, reason="Médiatrice malade"):
    return in_transaction(lambda: changing.cancel(session_id, reason=reason, now=NOW, actor_id=None))


def test_its_time_is_free_again_and_the_others_stay(cast):
    first, second = planned(cast, programme(cast), weekly(2))
    cancel(first.id)
    assert reread(first).state is SessionState.CANCELLED
    assert {reference for reference, _id in holds()} == {second.reference}
    assert planned(cast, programme(cast), weekly(1))


def test_it_is_noted_once_however_often_it_is_pressed(cast):
    (session,) = planned(cast, programme(cast))
    cancel(session.id)
    cancel(session.id, reason="Autre")
    events = reread(session).events
    assert [one.kind for one in events] == [SessionEventKind.PLANNED, SessionEventKind.CANCELLED]
    assert (events[-1].reason, events[-1].from_start) == ("Médiatrice malade", session.starts_at)
    assert [one.action for one in audit.history(session.reference)] == ["session.cancelled"]


def test_one_that_took_place_is_not_called_off(cast):
    (session,) = planned(cast, programme(cast))
    with transaction():
        db.session.get_one(WorkshopSession, session.id).state = SessionState.HELD
    with pytest.raises(NotPlanned):
        cancel(session.id)


def test_a_reason_that_must_not_be_kept_is_refused(cast):
    (session,) = planned(cast, programme(cast))
    with pytest.raises(Password):
        cancel(session.id, reason="mot de passe : Azerty12")
    assert reread(session).state is SessionState.PLANNED
    assert len(holds()) == 2


def test_one_that_is_not_there_is_unknown(cast):
    with pytest.raises(NoSuchSession):
        cancel(4711)


def test_its_number_is_not_given_again(cast):
    found = programme(cast)
    (first,) = planned(cast, found)
    cancel(first.id)
    (second,) = planned(cast, found)
    assert (first.number, second.number) == (1, 2)
