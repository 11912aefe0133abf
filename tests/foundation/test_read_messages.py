"""Managers and administrators read the messages of their scope."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import db, transaction
from foundation.outbox import queries
from foundation.outbox.models import Channel, Message, MessageState
from foundation.security import Role
from tests.cast import sign_in
from tests.counting import statements
from tests.foundation.post import queue_message, read

PAGE = "/equipe/messages"


def _text(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.MANAGER, 200), (Role.ADMINISTRATOR, 200), (Role.MEDIATOR, 403), (Role.PRESCRIBER, 403), (Role.HOST, 403)],
)
def test_who_may_read_them(client, cast, role, status):
    message_id = queue_message()
    sign_in(client, cast.account_of(role))
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}/{message_id}").status_code == status


def test_a_visitor_is_asked_to_sign_in(client, cast):
    assert client.get(PAGE).status_code == 303


def test_the_list_says_what_to_whom_and_in_which_state(client, cast):
    queue_message("first", subject="Votre rendez-vous")
    queue_message("second", channel=Channel.SMS, subject="", body="RDV confirmé", recipient="+33639980021")
    page = _text(sign_in(client, cast.manager))
    for needed in ("Votre rendez-vous", "first@example.org", "RDV confirmé", "06 39 98 00 21", "En attente"):
        assert needed in page


def test_with_nothing_configured_it_says_that_nothing_leaves(client, cast):
    assert "Rien ne quitte cette machine" in _text(sign_in(client, cast.manager))


def test_a_message_is_read_whole(client, cast):
    message_id = queue_message(body="Bonjour,\nvoici tout.", locale="ar", calendar="BEGIN:VCALENDAR")
    page = _text(sign_in(client, cast.manager), f"{PAGE}/{message_id}")
    assert "Bonjour,<br>voici tout.<br>" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "fichier d’agenda" in page


def test_the_number_of_parts_of_a_text_message_is_shown(client, cast):
    message_id = queue_message(channel=Channel.SMS, subject="", body="م" * 100)
    assert "2 SMS" in _text(sign_in(client, cast.manager), f"{PAGE}/{message_id}")


def test_it_is_filtered_by_state_and_channel(client, cast):
    queue_message("waits")
    failed = queue_message("failed", channel=Channel.SMS)
    with transaction():
        read(failed).state = MessageState.FAILED
    sign_in(client, cast.manager)
    page = _text(client, f"{PAGE}?state=failed")
    assert "About failed" in page
    assert "About waits" not in page
    assert "About waits" not in _text(client, f"{PAGE}?channel=sms")
    assert "Aucun message ici" in _text(client, f"{PAGE}?state=sent")
    assert "About waits" in _text(client, f"{PAGE}?state=nonsense&before=x")
    assert "About waits" in _text(client, f"{PAGE}?before={9**400}")


def test_older_ones_are_on_the_next_page(client, cast, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    ids = [queue_message(f"m{number}") for number in range(3)]
    sign_in(client, cast.manager)
    first = _text(client)
    assert "About m0" not in first
    assert f"before={ids[1]}" in first
    assert "About m0" in _text(client, f"{PAGE}?before={ids[1]}")


def test_a_manager_of_a_structure_reads_only_its_messages(client, cast):
    with transaction():
        cast.manager.structure_id = cast.ids["town"]
    ours = queue_message("ours", structure_id=cast.ids["town"])
    theirs = queue_message("theirs", structure_id=cast.ids["association"])
    sign_in(client, cast.manager)
    page = _text(client)
    assert "About ours" in page
    assert "About theirs" not in page
    assert client.get(f"{PAGE}/{ours}").status_code == 200
    assert client.get(f"{PAGE}/{theirs}").status_code == 404
    assert client.post(f"{PAGE}/{theirs}/renvoyer").status_code == 404


def test_a_link_that_opens_an_account_is_for_administrators_only(client, cast):
    message_id = queue_message(confidential=True)
    sign_in(client, cast.manager)
    assert "About one" not in _text(client)
    assert client.get(f"{PAGE}/{message_id}").status_code == 404
    sign_in(client, cast.administrator)
    assert "About one" in _text(client)


def test_a_message_that_is_gone_is_said_to_be(client, cast):
    assert sign_in(client, cast.manager).get(f"{PAGE}/99").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_messages(client, cast):
    sign_in(client, cast.manager)
    queue_message("first")
    with statements() as few:
        _text(client)
    for number in range(20):
        queue_message(f"m{number}", not_before=None, expires_at=None)
    with statements() as many:
        _text(client)
    assert len(few) == len(many)


def test_when_it_leaves_later_it_says_when(client, cast, app):
    message_id = queue_message()
    with transaction():
        read(message_id).not_before += timedelta(days=1)
    assert ">part " in _text(sign_in(client, cast.manager))


def ended(state: MessageState, key: str, **more) -> None:
    """A message that is in `state`."""
    message_id = queue_message(key, **more)
    with transaction():
        read(message_id).state = state


def test_the_menu_tells_managers_what_failed_this_week_on_every_page(client, cast):
    ended(MessageState.FAILED, "gone", structure_id=cast.manager.structure_id)
    ended(MessageState.FAILED, "old", structure_id=cast.manager.structure_id)
    ended(MessageState.SENT, "sent", structure_id=cast.manager.structure_id)
    with transaction():
        db.session.query(Message).filter_by(key="old").one().not_before -= timedelta(days=8)
    assert "1 non remis" in _text(sign_in(client, cast.manager), "/equipe/calendriers")


def test_the_menu_is_quiet_when_all_was_delivered(client, cast):
    ended(MessageState.SENT, "sent", structure_id=cast.manager.structure_id)
    assert "non remis" not in _text(sign_in(client, cast.manager), "/equipe/calendriers")


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([MessageState.FAILED], False),
        ([MessageState.SENT, MessageState.FAILED], False),
        ([MessageState.FAILED, MessageState.SENT], True),
        ([MessageState.SENT, MessageState.QUEUED], True),
    ],
)
def test_the_last_message_that_was_tried_says_whether_somebody_knows(app, states, told):
    for number, state in enumerate(states):
        ended(state, f"m{number}", reference="appointment:1")
    assert ("appointment:1" in queries.undelivered(["appointment:1", "appointment:2"])) is not told
