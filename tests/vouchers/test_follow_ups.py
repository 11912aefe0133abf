"""Three months after a device one question is asked, by the resident's channel or at the desk; one press answers."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine

from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Channel, Message, MessageState
from foundation.outbox.service import is_still_wanted
from foundation.security import Role
from people.models import ContactMeans, Person
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.mediation.planning import account_in
from tests.vouchers.counters import words
from tests.vouchers.given import TRAINING, act, campaign, card, fresh, handed, lesson, paid, partner, person
from vouchers.models import FollowUp, FollowUpAnswer, PartnerKind
from vouchers.queries import follow_ups as queries
from vouchers.rules.follow_ups import ANSWERS, NoSuchFollowUp, asked_about, due_on
from vouchers.service import follow_ups, undoing

LATER = NOW + timedelta(days=92)
"""Wednesday 10 June, three months later."""
LIST = "/equipe/cheques/appareils"
BY_TEXT = {"contact_means": ContactMeans.SMS, "phone": "+33639980077", "given_name": "Ada"}


@pytest.fixture
def bought(cast):
    """Buys a device for somebody; returns the payment."""
    shop, found = [], []

    def buy(at=NOW, **traits):
        shop.append(shop[0] if shop else partner(cast))
        found.append(found[0] if found else campaign(cast))
        voucher = handed(cast, found[0].id, card(cast, person(**(BY_TEXT | traits))).id)
        return paid(voucher.code, shop[0], now=at)

    return buy


@pytest.fixture
def later(app):
    with time_machine.travel(LATER, tick=False):
        yield


def asked(now=LATER) -> int:
    """What the job opened, in all of its steps."""
    count = 0
    while step := in_transaction(lambda: follow_ups.ask(now)):
        count += step
    return count


def messages() -> list[Message]:
    db.session.rollback()
    return db.session.query(Message).filter(Message.reference.startswith("follow_up:")).order_by(Message.id).all()


def only() -> FollowUp:
    db.session.rollback()
    return db.session.query(FollowUp).populate_existing().one()


def answer(said: FollowUpAnswer, **more):
    id_ = only().id
    return in_transaction(lambda: follow_ups.answer(id_, said, now=LATER, **more))


def own(one: FollowUp) -> str:
    return f"/appareil/{one.id}/{follow_ups.secret_of(one)}"


def test_three_months_are_those_of_the_calendar():
    assert due_on(date(2026, 11, 30)) == date(2027, 2, 28)
    assert asked_about(date(2026, 6, 10)) == (date(2025, 12, 10), date(2026, 3, 10))


def test_nobody_is_asked_a_day_too_early(bought):
    bought()
    assert asked(LATER - timedelta(days=1)) == 0
    assert asked() == 1


def test_they_are_asked_once_by_the_channel_that_they_chose(bought):
    bought()
    assert (asked(), asked(), asked(LATER + timedelta(days=1))) == (1, 0, 0)
    (message,) = messages()
    assert (message.channel, message.recipient) == (Channel.SMS, "+33639980077")
    assert own(only()) in message.body
    assert only().asked_at == LATER


@pytest.mark.parametrize(
    ("locale", "said"), [("fr", "sert-il encore"), ("en", "still used"), ("ar", "هل جهازكم ما زال مستعملا")]
)
def test_in_their_language(bought, locale, said):
    bought(contact_means=ContactMeans.EMAIL, email="ada@example.fr", locale=locale)
    asked()
    (message,) = messages()
    assert said in message.subject
    assert own(only()) in message.body


def test_whoever_gives_a_number_afterwards_is_written_to_then(bought):
    sale = bought(contact_means=ContactMeans.NONE, phone=None)
    asked()
    assert (only().asked_at, messages()) == (None, [])
    with transaction():
        holder = db.session.get_one(Person, fresh(type(sale), sale.id).voucher.person_id)
        holder.phone, holder.contact_means = "+33639980078", ContactMeans.SMS
    assert asked(LATER + timedelta(hours=1)) == 1
    assert asked(LATER + timedelta(hours=2)) == 0
    assert [one.recipient for one in messages()] == ["+33639980078"]
    assert only().asked_at == LATER + timedelta(hours=1)


def test_nobody_is_written_to_who_answered_meanwhile(bought):
    sale = bought(contact_means=ContactMeans.NONE, phone=None)
    asked()
    answer(FollowUpAnswer.USED)
    with transaction():
        holder = db.session.get_one(Person, fresh(type(sale), sale.id).voucher.person_id)
        holder.phone, holder.contact_means = "+33639980078", ContactMeans.SMS
    assert (asked(), messages()) == (0, [])


def test_of_a_message_that_was_not_delivered_the_desk_reads_so(client, cast, bought, later):
    bought()
    asked()
    with transaction():
        db.session.query(Message).filter(Message.reference.startswith("follow_up:")).one().state = MessageState.FAILED
    sign_in(client, cast.mediator)
    assert "Pas arrivé : à appeler" in words(client.get(LIST))


def test_who_has_no_telephone_is_not_said_to_be_called(client, cast, bought, later):
    bought(contact_means=ContactMeans.NONE, phone=None)
    asked()
    sign_in(client, cast.mediator)
    shown = words(client.get(LIST))
    assert "Non : à demander à l’accueil" in shown
    assert "à appeler" not in shown
    assert "Noter la réponse" in shown


def test_whoever_has_no_channel_is_asked_at_the_desk(bought):
    bought(contact_means=ContactMeans.NONE, phone=None)
    assert asked() == 1
    assert (messages(), only().asked_at) == ([], None)


def test_nobody_is_asked_about_training_or_a_sale_undone(cast, bought):
    sale = bought()
    act(undoing.undo, sale.id, "Rendu", by=cast.ids["manager"])
    units = handed(cast, campaign(cast, TRAINING).id)
    paid(units.code, partner(cast, PartnerKind.TRAINING, "town"), lesson())
    assert asked() == 0


def test_nobody_is_asked_about_a_device_of_long_ago(bought):
    bought()
    assert asked(NOW + timedelta(days=190)) == 0


def test_what_was_answered_at_the_desk_is_not_asked_any_more(bought):
    bought()
    asked()
    answer(FollowUpAnswer.USED)
    assert [one.state for one in messages()] == [MessageState.WITHDRAWN]


def test_a_message_about_a_sale_undone_meanwhile_does_not_leave(cast, bought):
    sale = bought()
    asked()
    assert is_still_wanted(messages()[0])
    act(undoing.undo, sale.id, "Rendu", by=cast.ids["manager"], now=LATER)
    assert not is_still_wanted(messages()[0])
    with pytest.raises(NoSuchFollowUp):
        answer(FollowUpAnswer.USED)


def test_answers_are_counted_and_no_answer_is_not_no(cast, bought):
    for _one in range(3):
        bought()
    asked()
    db.session.rollback()
    first, second, _third = [one.id for one in db.session.query(FollowUp).order_by(FollowUp.id)]
    in_transaction(lambda: follow_ups.answer(first, FollowUpAnswer.USED, now=LATER))
    in_transaction(lambda: follow_ups.answer(second, FollowUpAnswer.BROKEN, now=LATER))
    day = date(2026, 6, 10)
    counted = queries.answered(day, day)
    assert {key: count for key, count in counted.items() if count} == {
        FollowUpAnswer.USED: 1, FollowUpAnswer.BROKEN: 1, None: 1,
    }  # fmt: skip
    assert sum(queries.answered(day + timedelta(days=1), day + timedelta(days=9)).values()) == 0


@pytest.mark.parametrize("said", list(ANSWERS))
def test_one_press_answers_and_another_one_corrects(client, bought, later, said):
    bought()
    asked()
    address = own(only())
    assert client.get(address).get_data(as_text=True).count('name="answer"') == 4
    assert only().answer is None
    done = client.post(address, data={"answer": said.value})
    assert "Merci" in words(client.get(done.location))
    assert (only().answer, only().answered_at, only().answered_by_id) == (said, LATER, None)
    other = next(one for one in ANSWERS if one is not said)
    client.post(address, data={"answer": other.value})
    assert only().answer is other


def test_the_page_speaks_arabic(client, bought, later):
    bought()
    asked()
    page = client.get(f"{own(only())}?lang=ar", headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert 'dir="rtl"' in page
    assert "نعم، ما زال مستعملا" in page


@pytest.mark.parametrize("wrong", ["secret", "number"])
def test_a_wrong_link_opens_nothing(client, bought, later, wrong):
    bought()
    asked()
    one = only()
    secret = follow_ups.secret_of(one)
    address = f"/appareil/{one.id}/aaaaaaaaaa" if wrong == "secret" else f"/appareil/{one.id + 1}/{secret}"
    assert client.get(address).status_code == 404
    client.get(own(one))
    assert client.post(address, data={"answer": "used"}).status_code == 404
    assert only().answer is None


@pytest.mark.parametrize("value", ["", "yes", "USED"])
def test_what_is_no_answer_is_refused(client, bought, later, value):
    bought()
    asked()
    assert client.post(own(only()), data={"answer": value}).status_code == 400


def test_the_desk_asks_those_whom_no_message_reached_first(cast, client, bought, later):
    bought(family_name="Zola")
    bought(family_name="Abel", contact_means=ContactMeans.NONE)
    asked()
    sign_in(client, cast.mediator)
    said = words(client.get(LIST))
    assert said.index("Abel") < said.index("Zola")
    address = re.search(rf'action="({LIST}/\d+[^"]*)"', client.get(LIST).get_data(as_text=True)).group(1)
    client.post(address, data={"answer": "gone"})
    said = words(client.get(LIST))
    assert ("Abel" in said, "Zola" in said) == (False, True)
    db.session.rollback()
    told = db.session.query(FollowUp).filter(FollowUp.answer == FollowUpAnswer.GONE).one()
    assert told.answered_by_id == cast.ids["mediator"]


def test_one_resident_can_be_shown_alone(cast, client, bought, later):
    ids = [bought(family_name=name).voucher_id for name in ("Abel", "Zola")]
    asked()
    person_id = db.session.query(Person).filter(Person.family_name == "Zola").one().id
    sign_in(client, cast.mediator)
    said = words(client.get(LIST, query_string={"habitant": person_id}))
    assert (len(ids), "Abel" in said, "Zola" in said) == (2, False, True)


def test_the_page_of_a_resident_leads_to_the_question_while_it_is_open(cast, client, bought, later):
    bought(family_name="Zola")
    asked()
    person_id = db.session.query(Person).filter(Person.family_name == "Zola").one().id
    sign_in(client, cast.mediator)
    link = f"{LIST}?habitant={person_id}"
    assert link in client.get(f"/equipe/habitants/{person_id}").get_data(as_text=True)
    answer(FollowUpAnswer.USED)
    assert link not in client.get(f"/equipe/habitants/{person_id}").get_data(as_text=True)


def test_another_structure_asks_nobody_of_this_campaign(cast, client, later):
    found = campaign(cast, structure_id=cast.ids["town"])
    paid(handed(cast, found.id).code, partner(cast))
    asked()
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    assert "Personne n’est à interroger." in words(client.get(LIST))
    assert client.post(f"{LIST}/{only().id}", data={"answer": "used"}).status_code == 404


def test_a_longer_list_needs_no_more_statements(cast, client, bought, later):
    bought()
    asked()
    sign_in(client, cast.mediator)
    with statements() as few:
        client.get(LIST)
    for _one in range(3):
        bought()
    asked()
    with statements() as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_a_person_forgotten_is_asked_nothing(cast, bought):
    sale = bought()
    person_id = fresh(type(sale), sale.id).voucher.person_id
    with transaction():
        one = db.session.get_one(Person, person_id)
        one.phone, one.contact_means = None, ContactMeans.NONE
    asked()
    assert messages() == []
