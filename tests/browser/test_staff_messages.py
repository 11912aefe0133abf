"""A manager reads what would leave, and sends again what failed, in a browser."""

from __future__ import annotations

import pytest

from foundation.db import transaction
from foundation.outbox.models import MessageState
from mediation.service import notices
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.foundation.post import queue_message, read
from tests.mediation.appointments import make_appointment
from tests.mediation.days import TEN


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_would_leave_is_read_on_the_page(visit, cast, size):
    for person, hour in (("resident", 1), ("neighbour", 2)):
        with transaction():
            notices.tell_booked(make_appointment(cast, TEN.replace(day=17, hour=7 + hour), person=person, locale="ar"))
    page = visit("/equipe/messages", size=size, account=cast.manager)
    assert page.get_by_text("Rien ne quitte cette machine").is_visible()
    assert faults_of(page) + overflow_of(page) == []
    page.locator("tbody a").first.click()
    assert page.locator(".panel[dir=rtl]").is_visible()
    assert faults_of(page) + overflow_of(page) == []


def test_what_failed_is_sent_again(visit, cast):
    message_id = queue_message(subject="Votre rendez-vous")
    with transaction():
        message = read(message_id)
        message.state, message.last_error = MessageState.FAILED, "SMTP 550"
    page = visit("/equipe/messages?state=failed", account=cast.manager)
    assert page.get_by_text("le serveur a répondu SMTP 550").is_visible()
    page.get_by_role("button", name="Renvoyer", exact=True).click()
    assert page.get_by_text("Le message repart").is_visible()
    assert page.get_by_text("En attente").first.is_visible()
    assert faults_of(page) + overflow_of(page) == []
    assert read(message_id).state is MessageState.QUEUED
