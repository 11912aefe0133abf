"""Thirty days before the end: who is written to, once; who has to be called; and what expires by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
import time_machine

import jobs
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Channel, Message, MessageState
from foundation.outbox.service import is_still_wanted
from people.models import ContactMeans, Person
from tests.cast import NOW, sign_in
from tests.vouchers.given import (
    DEVICE,
    LAST,
    TRAINING,
    act,
    amounts,
    campaign,
    card,
    fresh,
    handed,
    issued,
    paid,
    partner,
    person,
    sums_hold,
)
from vouchers.models import Campaign, Voucher, VoucherState
from vouchers.rules.reminding import is_ending
from vouchers.service import ending, reminding

SOON = datetime.combine(LAST - timedelta(days=30), time(9), NOW.tzinfo)
ANOTHER = {"contact_means": ContactMeans.SMS, "phone": "+33639980077"}


@pytest.fixture
def at_work():
    """It is the morning of the cast."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def reminded(now=SOON):
    """What the job queued, in all of its steps."""
    count = 0
    while step := in_transaction(lambda: reminding.queue_reminders(now)):
        count += step
    return count


def messages():
    db.session.rollback()
    return db.session.query(Message).order_by(Message.id).all()


def reachable(**more):
    return person(**({"contact_means": ContactMeans.EMAIL, "email": "ada@ville.example"} | more))


@pytest.mark.parametrize(("days", "near"), [(31, False), (30, True), (1, True), (0, True), (-1, False)])
def test_thirty_days_are_near(days, near):
    assert is_ending(LAST, LAST - timedelta(days=days)) is near


def test_whoever_has_something_left_is_written_to_once(cast, at_work):
    made = campaign(cast)
    handed(cast, made.id, card(cast, reachable()).id)
    assert reminded(SOON - timedelta(days=1)) == 0
    assert reminded() == 1
    assert reminded(SOON + timedelta(hours=1)) == 0
    (message,) = messages()
    words = message.body.replace("\xa0", " ").replace("\u202f", " ")
    assert (message.channel, message.recipient) == (Channel.EMAIL, "ada@ville.example")
    assert "100,00 €" in words
    assert "30 juin" in words
    assert "/ma-carte" in words


def test_by_text_message_it_fits_into_one(cast, at_work):
    made = campaign(cast, TRAINING)
    handed(cast, made.id, card(cast, person(**ANOTHER)).id)
    assert reminded() == 1
    (message,) = messages()
    assert message.channel is Channel.SMS
    assert "10 unit" in message.body
    assert len(message.body) <= 160


@pytest.mark.parametrize("locale", ["fr", "en", "ar"])
@pytest.mark.parametrize("waits", [False, True])
def test_no_full_stop_stands_twice_and_whoever_fetches_one_reads_whom_to_call(cast, at_work, waits, locale):
    give = issued if waits else handed
    give(cast, campaign(cast, TRAINING).id, card(cast, person(**{**ANOTHER, "locale": locale})).id)
    reminded()
    (message,) = messages()
    assert ".." not in message.body
    assert ("06 39 98 00 01" in message.body) is waits


def test_one_that_waits_says_so_and_in_arabic_too(cast, at_work):
    made = campaign(cast)
    issued(cast, made.id, card(cast, reachable(locale="ar")).id)
    reminded()
    (message,) = messages()
    assert message.locale == "ar"
    assert "قسيمة" in message.body


def test_used_up_cancelled_and_anonymous_ones_are_left_alone(cast, at_work):
    shop = partner(cast)
    made = campaign(cast)
    spent, cancelled = (handed(cast, made.id, card(cast, reachable()).id) for _ in range(2))
    paid(spent.code, shop)
    act(ending.cancel, cancelled.id, "Départ", by=cast.ids["manager"])
    handed(cast, made.id)
    assert reminded() == 0


def test_who_is_given_more_time_is_told_of_the_new_end(cast, at_work):
    made = campaign(cast)
    voucher = handed(cast, made.id, card(cast, reachable()).id)
    reminded()
    until = LAST + timedelta(days=60)
    act(ending.extend, voucher.id, until, "Hospitalisation", by=cast.ids["manager"], now=SOON)
    assert reminded(SOON + timedelta(days=1)) == 0
    assert reminded(SOON + timedelta(days=60)) == 1


def test_a_message_that_is_not_true_any_more_does_not_leave(cast, at_work):
    shop = partner(cast)
    made = campaign(cast)
    voucher = handed(cast, made.id, card(cast, reachable()).id)
    reminded()
    assert is_still_wanted(messages()[0])
    paid(voucher.code, shop)
    assert not is_still_wanted(messages()[0])


def test_many_are_written_to_in_several_steps(cast, at_work, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 2)
    made = campaign(cast)
    for _ in range(5):
        handed(cast, made.id, card(cast, reachable()).id)
    assert in_transaction(lambda: reminding.queue_reminders(SOON)) == 2
    assert reminded() == 3


def test_the_page_lists_who_has_to_be_called_with_their_number(client, cast, at_work):
    made = campaign(cast)
    by_voice = person(phone="+33639980055", contact_means=ContactMeans.PHONE_CALL, given_name="Odile")
    handed(cast, made.id, card(cast, by_voice).id)
    handed(cast, made.id, card(cast, reachable(given_name="Maël")).id)
    at_work.move_to(SOON)
    there = sign_in(client, cast.manager)
    reminded()
    page = there.get(f"/equipe/campagnes/{made.id}/a-rappeler")
    assert "06 39 98 00 55" in page.text.replace("\xa0", " ").replace("\u202f", " ")
    assert "Maël" not in page.text
    told = there.get(f"/equipe/campagnes/{made.id}/a-rappeler?vue=prevenus")
    assert "Maël" in told.text
    assert "Odile" not in told.text
    assert "1 personne est à prévenir." in there.get(f"/equipe/campagnes/{made.id}").text


def test_whom_the_message_did_not_reach_is_called(client, cast, at_work):
    made = campaign(cast)
    handed(cast, made.id, card(cast, reachable(given_name="Maël")).id)
    at_work.move_to(SOON)
    reminded()
    with transaction():
        db.session.query(Message).update({"state": MessageState.FAILED})
    there = sign_in(client, cast.manager)
    assert "Maël" in there.get(f"/equipe/campagnes/{made.id}/a-rappeler").text
    assert reminded() == 0


def test_the_job_reminds(cast, at_work):
    made = campaign(cast)
    handed(cast, made.id, card(cast, reachable()).id)
    at_work.move_to(SOON)
    jobs.perform(jobs.JOBS["remind-of-vouchers"])
    assert len(messages()) == 1


def test_the_job_lets_expire_after_the_tolerance_and_gives_back(cast, at_work):
    made = campaign(cast, replace(DEVICE, tolerance_days=10))
    voucher = handed(cast, made.id)
    job = jobs.JOBS["expire-vouchers"]
    at_work.move_to(NOW.replace(month=7, day=10))
    jobs.perform(job, again=True)
    assert fresh(Voucher, voucher.id).state is VoucherState.HANDED_OVER
    at_work.move_to(NOW.replace(month=7, day=11))
    jobs.perform(job, again=True)
    assert amounts(voucher.id) == (0, 0, 0, 10_000)
    assert fresh(Campaign, made.id).left_cents == DEVICE.budget_cents
    sums_hold()


def test_somebody_erased_is_not_written_to(cast, at_work):
    made = campaign(cast)
    voucher = handed(cast, made.id, card(cast, reachable()).id)
    with transaction():
        row = db.session.get_one(Person, voucher.person_id)
        row.contact_means = ContactMeans.NONE
    assert reminded() == 0
