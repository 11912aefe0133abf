"""A session takes place elsewhere, or is moved to and fro: everybody is told each time, or is listed to telephone."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.db import db, in_transaction
from foundation.outbox import service as outbox
from foundation.outbox.sms import counted
from people.models import ContactMeans
from people.service import Details
from tests.cast import NOW
from tests.workshops.enrolments import adult, kinds, messages, registered
from tests.workshops.given import hours, published, reread
from tests.workshops.pages import as_mediator, main_of
from workshops.models import (
    Enrolment,
    ProgrammeAudience,
    ProgrammeKind,
    Registration,
    SessionEventKind,
    WorkshopSession,
)
from workshops.rules.planning import Place
from workshops.service import changing
from workshops.service.changing import Arrangement

pytestmark = pytest.mark.usefixtures("stopped_clock")
BY_VOICE = Details(family_name="Le Bras", phone="+33255660011", contact_means=ContactMeans.PHONE_CALL)
BY_MAIL = Details(given_name="Farid", family_name="Haddad", email="farid@example.org")


def course(cast, **changes):
    adults = {"kind": ProgrammeKind.ADULT_COURSE, "audience": ProgrammeAudience.ADULTS, "age_min": None}
    found, (session,) = published(cast, enrolment=Enrolment.SESSION, age_max=None, **adults, **changes)
    return found, session


def elsewhere(cast, session, place=None, **more):
    wanted = Arrangement(place or Place(cast.ids["workshop"]), [cast.ids["mediator"]])
    in_transaction(lambda: changing.change(session.id, wanted, now=NOW, actor_id=None, **more))


def untold(registration):
    db.session.rollback()
    return db.session.get_one(Registration, registration.id, populate_existing=True).to_tell_since


def test_who_is_registered_is_told_of_the_new_place(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    elsewhere(cast, session, reason="Salle inondée")
    assert kinds(registration)[-1] == "relocated"
    body = messages(registration)[-1].body
    assert "Atelier des Moulins" in body
    assert "18 mars" in body
    assert "16h00" in body
    event = reread(session).events[-1]
    assert (event.kind, event.reason) == (SessionEventKind.RELOCATED, "Salle inondée")


def test_the_letter_has_the_new_address_and_nothing_of_other_dates(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id, newcomer=BY_MAIL))
    elsewhere(cast, session)
    message = messages(registration)[-1]
    assert message.subject == "Autre lieu\u00a0: Club Scratch"
    assert "14 rue du Bief" in message.body
    assert "Médiathèque" not in message.body


def test_another_room_of_the_same_house_is_no_news(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    elsewhere(cast, session, Place(cast.ids["library"]))
    assert kinds(registration) == ["registered"]
    assert reread(session).events[-1].kind is SessionEventKind.CHANGED


def test_a_school_is_another_place(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    elsewhere(cast, session, Place(school_id=cast.ids["school"]))
    assert "Peupliers" in messages(registration)[-1].body


def test_there_and_back_is_told_each_time_and_only_the_last_leaves(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    for place in (cast.ids["workshop"], cast.ids["library"], cast.ids["workshop"]):
        elsewhere(cast, session, Place(place))
    told = [one for one in messages(registration) if ":relocated:" in one.key]
    assert len(told) == 3
    assert [outbox.is_still_wanted(one) for one in told] == [False, False, True]


def test_a_session_moved_to_and_fro_is_told_each_time(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    silent = registered(adult(found, session_id=session.id, newcomer=BY_VOICE))
    for day in (20, 18, 20):
        in_transaction(lambda day=day: changing.move(session.id, hours(date(2026, 3, day)), now=NOW, actor_id=None))
    told = [one for one in messages(registration) if ":moved:" in one.key]
    assert len(told) == 3
    assert [outbox.is_still_wanted(one) for one in told] == [False, False, True]
    assert "20 mars" in told[-1].body
    assert untold(silent) == NOW


def test_a_new_place_after_a_new_time_tells_both_in_one(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    in_transaction(lambda: changing.move(session.id, hours(date(2026, 3, 20)), now=NOW, actor_id=None))
    elsewhere(cast, session)
    moved, relocated = messages(registration)[-2:]
    assert not outbox.is_still_wanted(moved)
    assert outbox.is_still_wanted(relocated)
    assert "20 mars" in relocated.body


def test_of_a_session_that_is_called_off_meanwhile_no_place_is_told(cast):
    found, session = course(cast)
    registration = registered(adult(found, session_id=session.id))
    elsewhere(cast, session)
    message = messages(registration)[-1]
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    assert not outbox.is_still_wanted(message)


def test_whom_no_message_reaches_is_listed_to_telephone(cast):
    found, session = course(cast)
    silent = registered(adult(found, session_id=session.id, newcomer=BY_VOICE))
    other = registered(adult(found, 2, session_id=session.id))
    elsewhere(cast, session)
    assert (untold(silent), untold(other)) == (NOW, None)


@pytest.mark.parametrize(("locale", "most"), [("fr", 1), ("en", 1), ("ar", 2)])
def test_the_text_message_fits_and_names_the_place(cast, locale, most):
    found, session = course(cast, title="Fabriquer son premier jeu vidéo, du dessin des personnages à la musique")
    registration = registered(adult(found, session_id=session.id, locale=locale))
    elsewhere(cast, session)
    body = messages(registration)[-1].body
    assert counted(body).segments <= most
    assert "Atelier" in body


def test_the_page_says_that_people_are_told(client, cast):
    found, session = course(cast)
    registered(adult(found, session_id=session.id))
    as_mediator(cast, client)
    address = f"/equipe/ateliers/seances/{session.id}"
    client.get(f"{address}/modifier")
    sent = {"team": [str(cast.ids["mediator"])], "place": f"lieu:{cast.ids['workshop']}", "title": "", "reason": ""}
    client.post(f"{address}/modifier", data=sent)
    assert reread(session).venue_id == cast.ids["workshop"]
    assert "nouveau lieu" in main_of(client.get(address))


def test_a_session_nobody_registered_for_changes_in_silence(cast):
    _found, session = course(cast)
    elsewhere(cast, session)
    assert db.session.get_one(WorkshopSession, session.id).venue_id == cast.ids["workshop"]
