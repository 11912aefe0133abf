"""A message that failed is sent again on request, as long as it still makes sense."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation import audit, clock
from foundation.db import transaction
from foundation.outbox.models import MessageState
from tests.cast import sign_in
from tests.foundation.post import queue_message, read

PAGE = "/equipe/messages"


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


def _failed(key="one", **more):
    message_id = queue_message(key, **more)
    with transaction():
        message = read(message_id)
        message.state, message.attempts, message.last_error = MessageState.FAILED, 40, "SMTP 550"
    return message_id


def test_it_goes_back_into_the_queue_with_a_fresh_day_of_tries(manager, cast):
    message_id = _failed()
    assert "le serveur a répondu SMTP 550" in manager.get(f"{PAGE}/{message_id}").get_data(as_text=True)
    response = manager.post(f"{PAGE}/{message_id}/renvoyer")
    assert response.status_code == 303
    message = read(message_id)
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert message.not_before <= clock.now()
    entry = audit.history(f"message:{message_id}")[0]
    assert (entry.action, entry.actor_id) == ("message.queued_again", cast.ids["manager"])


def test_what_it_announces_has_begun(manager):
    message_id = _failed(expires_at=clock.now() - timedelta(minutes=1))
    assert manager.post(f"{PAGE}/{message_id}/renvoyer").status_code == 303
    assert "trop tard" in manager.get(f"{PAGE}/{message_id}").get_data(as_text=True)
    assert read(message_id).state is MessageState.FAILED


def test_only_what_failed(manager):
    assert manager.post(f"{PAGE}/{queue_message()}/renvoyer").status_code == 422


def test_all_of_them_at_once_but_those_that_are_too_late(manager):
    first, second = _failed("first"), _failed("second")
    late = _failed("late", expires_at=clock.now() - timedelta(minutes=1))
    manager.post(f"{PAGE}/renvoyer")
    assert "2 messages repartent" in manager.get(PAGE).get_data(as_text=True)
    states = [read(one).state for one in (first, second, late)]
    assert states == [MessageState.QUEUED, MessageState.QUEUED, MessageState.FAILED]


def test_without_its_token_nothing_happens(manager):
    message_id = _failed()
    assert manager.post(f"{PAGE}/{message_id}/renvoyer", forged=True).status_code == 400
    assert read(message_id).state is MessageState.FAILED
