"""What residents are told of a registration, in their language, by their channel, in one text message."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message
from foundation.outbox.sms import counted
from people import service as people
from people.models import ContactMeans, Person
from people.service import Details
from places.models import Territory, Venue
from tests.cast import NOW
from tests.workshops.changes import called_off, moved, remind
from tests.workshops.enrolments import (
    FIRST,
    adult,
    family,
    fill,
    kinds,
    messages,
    opened,
    registered,
    sessions_of,
    state,
)
from workshops.models import Enrolment
from workshops.service import links, registering

pytestmark = pytest.mark.usefixtures("stopped_clock")
LONG = "Fabriquer son premier jeu vidéo, du dessin des personnages jusqu’à la musique, en six après-midi"
DAY = timedelta(days=1)


def by_mail(**more):
    return {"newcomer": Details(given_name="Farid", family_name="Haddad", email="farid@example.org"), **more}


def test_a_text_message_confirms_with_day_place_and_link(cast):
    made = registered(adult(opened(cast)))
    (message,) = messages(made)
    assert message.channel == "sms"
    assert message.key == f"registration:{made.id}:registered"
    assert "Atelier photo" in message.body
    assert "18 mars" in message.body
    assert "16h00" in message.body
    assert links.path_to(made) in message.body
    assert message.structure_id == cast.ids["town"]


def test_an_email_says_what_when_where_for_whom_and_what_to_bring(cast):
    programme = opened(cast, sessions=2, enrolment=Enrolment.CYCLE, capacity=3, material="Une clé USB\nUn goûter")
    guardian = Details(given_name="Karim", family_name="Moreau", email="karim@example.org")
    (message,) = messages(registered(family(programme, "Lina", "Noé", newcomer=guardian)))
    assert message.subject == "Inscription confirmée\u00a0: Atelier photo"
    for words in ("Bonjour Karim,", "mercredi 18 mars", "mercredi 25 mars", "Médiathèque du Port", "2 quai des Lampes"):
        assert words in message.body
    assert "Lina, Noé" in message.body
    assert "- Une clé USB" in message.body
    assert message.not_before == NOW


def test_a_long_series_is_not_listed_whole(cast):
    programme = opened(cast, sessions=11, enrolment=Enrolment.CYCLE)
    (message,) = messages(registered(adult(programme, **by_mail())))
    assert "et 3 autres dates" in message.body


def test_who_waits_is_told_the_place_on_the_list(cast):
    programme = opened(cast, capacity=1)
    fill(programme, 2)
    (message,) = messages(registered(adult(programme, **by_mail())))
    assert "au rang 2" in message.body
    assert "Vous ne venez que si vous dites oui." in message.body


def test_who_is_asked_is_told_until_when(cast):
    programme = opened(cast, capacity=1)
    (seated,) = fill(programme, 1)
    asked = registered(adult(programme, **by_mail()))
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    (message,) = messages(asked)
    assert message.key.startswith(f"registration:{asked.id}:offered:")
    assert "avant jeudi 12 mars" in message.body
    assert message.expires_at == NOW + 2 * DAY
    assert kinds(asked) == ["offered"], "that they wait is not news any more"


@pytest.mark.parametrize(
    ("by_resident", "words"), [(True, "Comme vous l’avez demandé"), (False, "nous devons annuler votre inscription")]
)
def test_a_cancellation_says_whose_decision_it_was(cast, by_resident, words):
    made = registered(adult(opened(cast), **by_mail()))
    in_transaction(lambda: registering.cancel(made.id, now=NOW, by_resident=by_resident, actor_id=1))
    (message,) = messages(made)
    assert words in message.body
    assert "http://parvis.test/ateliers" in message.body


def test_what_is_over_is_told_nobody(cast):
    made = registered(adult(opened(cast)))
    with time_machine.travel(FIRST + DAY, tick=False):
        in_transaction(lambda: registering.cancel(made.id, now=FIRST + DAY, by_resident=False, actor_id=1))
    assert messages(made) == []


def test_a_text_message_in_place_of_whoever_is_called_says_for_whom(cast):
    with transaction():
        person = db.session.get_one(Person, cast.ids["resident"])
        person.phone, person.contact_means = None, ContactMeans.NONE
        people.add_companion(person.id, "Maud", "+33639980044", "child", None)
    made = registered(adult(opened(cast), newcomer=None, person_id=cast.ids["resident"]))
    (message,) = messages(made)
    assert message.recipient == "+33639980044"
    assert message.body.startswith("Pour Jeanne")


@pytest.mark.parametrize(("locale", "most"), [("fr", 1), ("en", 1), ("ar", 2)])
def test_every_text_message_fits_however_long_the_names(cast, locale, most):
    with transaction():
        db.session.get_one(Venue, cast.ids["library"]).name = "Médiathèque intercommunale Simone-de-Beauvoir, annexe"
        db.session.get_one(Territory, 1).helpline = "+33639980001"
    programme = opened(cast, capacity=1, title=LONG, sessions=2)
    first, second = (registered(adult(programme, number, locale=locale)) for number in (1, 2))
    other = sessions_of(programme)[1]
    third, fourth = (registered(adult(programme, number, locale=locale, session_id=other.id)) for number in (3, 4))
    moved(other, FIRST + 8 * DAY)
    remind(FIRST - 2 * DAY)
    in_transaction(lambda: registering.cancel(first.id, now=NOW, by_resident=True))
    in_transaction(lambda: registering.cancel(third.id, now=NOW, by_resident=False, actor_id=1))
    called_off(sessions_of(programme)[0])
    every = [one for made in (first, second, third, fourth) for one in messages(made, waiting=False)]
    assert {one.key.split(":")[2] for one in every} >= {
        "registered", "waiting", "offered", "moved", "reminder", "cancelled", "session_off",
    }  # fmt: skip
    assert {one.locale for one in every} == {locale}
    too_long = [(one.key, one.body) for one in every if counted(one.body).segments > most]
    assert not too_long


def test_of_a_series_a_moved_date_is_named_with_the_new_one_and_the_place(cast):
    programme = opened(cast, sessions=2, enrolment=Enrolment.CYCLE, title="L’ordinateur sans peur")
    made = registered(adult(programme))
    moved(sessions_of(programme)[0], FIRST + 9 * DAY - timedelta(hours=6, minutes=30))
    body = messages(made)[-1].body
    assert body == (
        "L'ordinateur sans peur : la séance du mer. 18 mars est déplacée au ven. 27 mars à 9h30, Médiathèque du Port. "
        f"{links.link_to(made)}"
    )
    assert counted(body).segments == 1


def test_on_the_same_day_the_hour_it_was_is_named_too(cast):
    programme = opened(cast)
    made = registered(adult(programme))
    moved(sessions_of(programme)[0], FIRST + timedelta(hours=1))
    assert "du mer. 18 mars à 16h00 est déplacée au mer. 18 mars à 17h00, " in messages(made)[-1].body


def test_what_the_link_is_for_is_left_out_before_a_name_is_cut(cast):
    with transaction():
        db.session.get_one(Venue, cast.ids["library"]).name = "Médiathèque des Tanneurs, annexe"
    programme = opened(cast, title="Week-end connecté\u00a0: ateliers en famille")
    made = registered(adult(programme))
    (message,) = messages(made)
    assert message.body == (
        "Inscription confirmée : Week-end connecté : ateliers en famille, mer. 18 mars à 16h00, "
        f"Médiathèque des Tanneurs, annexe. {links.link_to(made)}"
    )


def test_who_waits_for_one_date_reads_which(cast):
    programme = opened(cast, capacity=1, sessions=2)
    fill(programme, 1)
    (message,) = messages(registered(adult(programme, 2)))
    assert "Atelier photo, mer. 18 mars à 16h00 : rang 1" in message.body


def test_who_waits_for_a_series_reads_no_date(cast):
    programme = opened(cast, capacity=1, sessions=2, enrolment=Enrolment.CYCLE)
    fill(programme, 1)
    (message,) = messages(registered(adult(programme, 2)))
    assert message.body.startswith("Atelier photo : rang 1")


def test_whose_date_is_off_reads_another_date_where_there_is_one(cast):
    programme = opened(cast, sessions=2)
    first, last = (registered(adult(programme, number)) for number in (1, 2))
    called_off(sessions_of(programme)[0])
    assert f"Une autre date : {links.link_to(first)}" in messages(first)[0].body
    other = registered(adult(programme, 3, session_id=sessions_of(programme)[1].id))
    called_off(sessions_of(programme)[1])
    assert "D'autres ateliers : http://parvis.test/ateliers" in messages(other)[0].body
    assert state(last) == "cancelled"


def test_in_arabic_it_is_written_in_arabic(cast):
    programme = opened(cast, translations={"ar": {"title": "ورشة التصوير"}})
    (message,) = messages(registered(adult(programme, locale="ar")))
    assert "ورشة التصوير" in message.body


def test_whoever_is_forgotten_is_forgotten_in_the_messages_too(cast):
    made = registered(adult(opened(cast)))
    in_transaction(lambda: people.erase(made.person_id, actor_id=cast.ids["administrator"]))
    assert messages(made, waiting=False) == []
    assert db.session.query(Message).count() == 0


def test_a_secret_opens_one_registration_only(cast):
    programme = opened(cast)
    first, second = fill(programme, 2)
    assert links.is_secret_of(first, links.secret_of(first))
    assert not links.is_secret_of(second, links.secret_of(first))
    assert links.link_to(first) == f"http://parvis.test/i/{first.code}/{links.secret_of(first)}"
