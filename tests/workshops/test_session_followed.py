"""A session is moved or cancelled: everybody who was to come is told once, or is on the list of those to telephone."""

from __future__ import annotations

from datetime import timedelta
from unicodedata import combining, normalize

import pytest
import time_machine
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from foundation.outbox import service as outbox
from people.models import ContactMeans
from people.service import Details
from tests.cast import NOW
from tests.vouchers.given import amounts
from tests.workshops.changes import called_off, moved, remind, sent
from tests.workshops.enrolments import (
    FIRST,
    WEEK,
    adult,
    events,
    fill,
    group,
    kinds,
    messages,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from tests.workshops.paying import voucher_of
from workshops.models import Enrolment, Origin, SeatOffer
from workshops.service import following, registering, waiting

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BY_VOICE = Details(family_name="Le Bras", phone="+33255660011", contact_means=ContactMeans.PHONE_CALL)


@pytest.mark.parametrize("series", [True, False])
def test_units_that_come_back_with_a_session_are_told(cast, series):
    """Of a series that was paid as a whole, with its last date."""
    enrolment = Enrolment.CYCLE if series else Enrolment.SESSION
    programme = opened(cast, training_units=2, sessions=2, enrolment=enrolment)
    voucher = voucher_of(cast, "Numéro 1")
    made = registered(adult(programme, voucher_code=voucher.code))
    first, second = sessions_of(programme)
    called_off(first)
    back = "Vos 2 unites sont revenues sur votre cheque."
    assert (back in plain(messages(made)[-1].body)) is not series
    if series:
        called_off(second)
        assert back in plain(messages(made)[-1].body)
    assert amounts(voucher.id)[0] == 10_000


def plain(text: str) -> str:
    """Without accents, which not every text message has."""
    return "".join(sign for sign in normalize("NFD", text) if not combining(sign))


def test_of_a_session_that_is_cancelled_everybody_hears_once_and_is_free(cast):
    programme = opened(cast, capacity=2)
    made = fill(programme, 3)
    sent()
    (session,) = sessions_of(programme)
    assert called_off(session) == []
    assert [state(one) for one in made] == ["cancelled"] * 3
    assert [kinds(one) for one in made] == [["session_off"]] * 3
    assert events(made[0])[-1] == "revoked"
    assert made[0].events[-1].reason == "Salle inondée"


def test_what_was_not_sent_yet_of_it_never_leaves(cast):
    programme = opened(cast)
    (made,) = fill(programme, 1)
    called_off(sessions_of(programme)[0])
    assert kinds(made) == ["session_off"]


def test_of_a_series_one_date_falls_away_and_the_others_stay(cast):
    programme = opened(cast, sessions=3, capacity=1, enrolment=Enrolment.CYCLE)
    whole, waits = fill(programme, 2)
    sent()
    called_off(sessions_of(programme)[1])
    assert (state(whole), state(waits)) == ("registered", "waiting")
    (message,) = messages(whole)
    assert "annuler" in message.body
    assert kinds(waits) == []


def test_a_session_less_may_free_the_series_for_those_who_wait(cast):
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    tight = sessions_of(programme)[1]
    registered(adult(programme, 1, session_id=tight.id, origin=Origin.DESK))
    waits = registered(adult(programme, 2))
    called_off(tight)
    assert state(waits) == "offered"


def test_whom_no_message_reaches_is_on_the_list_to_telephone(cast):
    programme = opened(cast)
    silent = registered(adult(programme, newcomer=BY_VOICE))
    fill(programme, 1, first=2)
    (session,) = sessions_of(programme)
    assert [one.id for one in following.to_telephone(session)] == [silent.id]
    assert called_off(session) == [silent.id]
    (session,) = sessions_of(programme)
    assert [one.id for one in following.to_telephone(session)] == [silent.id]


def test_the_contact_of_a_group_is_written_to(cast):
    programme = opened(cast, capacity=20)
    class_ = registered(group(programme), actor_id=cast.ids["host"])
    assert called_off(sessions_of(programme)[0]) == []
    (message,) = messages(class_)
    assert (message.recipient, message.channel) == ("bruno@ecole.example", "email")
    assert "Bonjour," in message.body


def test_an_offer_of_a_session_that_is_cancelled_is_over(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    called_off(sessions_of(programme)[0])
    assert (state(first), kinds(first)) == ("cancelled", ["session_off"])
    assert db.session.scalar(select(SeatOffer.state)) == "withdrawn"
    with pytest.raises(waiting.OfferGone):
        in_transaction(lambda: waiting.accept(first.id, now=NOW))


def test_of_a_session_that_is_moved_everybody_hears_the_new_time_once(cast):
    programme = opened(cast, capacity=2)
    made = fill(programme, 3)
    sent()
    (session,) = sessions_of(programme)
    assert moved(session, FIRST + DAY) == []
    assert [kinds(one) for one in made] == [["moved"]] * 3
    assert "19 mars" in messages(made[0])[0].body
    assert taken(programme) == [(2, 0)]
    with transaction():
        (session,) = sessions_of(programme)
        following.session_moved(session, session.events[-1], now=NOW)
    assert [kinds(one) for one in made] == [["moved"]] * 3


def test_who_waits_for_a_whole_series_is_not_told_of_one_date(cast):
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    whole, waits = fill(programme, 2)
    sent()
    moved(sessions_of(programme)[1], FIRST + 3 * DAY)
    assert (kinds(whole), kinds(waits)) == (["moved"], [])


def test_an_offer_does_not_outlast_a_session_that_is_sooner(cast):
    programme = opened(cast, capacity=1, answer_hours=72)
    seated, _first = fill(programme, 2)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    moved(sessions_of(programme)[0], NOW + 10 * HOUR)
    assert db.session.scalar(select(SeatOffer.expires_at)) == NOW + 8 * HOUR


def test_a_message_is_asked_once_more_before_it_leaves_whether_it_is_true(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    (session,) = sessions_of(programme)
    moved(session, FIRST + DAY)
    old = next(message for message in messages(seated) if ":moved:" in message.key)
    assert outbox.is_still_wanted(old)
    moved(session, FIRST + 2 * DAY)
    assert not outbox.is_still_wanted(old)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    offer = next(message for message in messages(first) if ":offered:" in message.key)
    assert outbox.is_still_wanted(offer)
    in_transaction(lambda: waiting.accept(first.id, now=NOW))
    assert not outbox.is_still_wanted(offer)


def test_two_days_before_who_has_a_seat_is_reminded_once(cast):
    programme = opened(cast, capacity=1)
    seated, waits = fill(programme, 2)
    assert remind(FIRST - 2 * DAY - HOUR) == 0
    assert remind(FIRST - 2 * DAY) == 1
    assert remind(FIRST - 2 * DAY + HOUR) == 0
    assert (kinds(seated)[-1], kinds(waits)) == ("reminder", ["waiting"])


def test_who_has_just_registered_or_been_told_another_date_is_not_reminded(cast):
    programme = opened(cast, sessions=2)
    late = FIRST - DAY
    with time_machine.travel(late, tick=False):
        registered(adult(programme), now=late)
    assert remind(late + HOUR) == 0
    registered(adult(programme, 2))
    second = sessions_of(programme)[0]
    with time_machine.travel(late, tick=False):
        moved(second, FIRST + HOUR, now=late)
    assert remind(late + HOUR) == 0


def test_each_session_of_a_series_has_its_reminder(cast):
    programme = opened(cast, sessions=2, enrolment=Enrolment.CYCLE)
    (whole,) = fill(programme, 1)
    assert remind(FIRST - 2 * DAY) == 1
    assert remind(FIRST + WEEK - 2 * DAY) == 1
    assert kinds(whole).count("reminder") == 2
