"""Residents answer on the page of their own registration: what they like, when they are asked, in their language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from foundation.db import in_transaction
from tests.cast import NOW
from tests.workshops.enrolments import FIRST, WEEK, adult, family, group, registered
from tests.workshops.given import count
from tests.workshops.learning import AFTER, BEFORE, TEXTS, answered, by, children, club, wording
from tests.workshops.pages import main_of
from workshops.models import SkillAnswer
from workshops.queries import skills as queries
from workshops.service import questions, registering
from workshops.service.links import secret_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
LAST = FIRST + 2 * WEEK
LIGHTEST, FEWEST = 30_000, 350


def own(registration, rest="/mes-competences"):
    return f"/mon-inscription/{registration.code}/{secret_of(registration)}{rest}"


def send(client, address, data):
    """Post what a page that was just opened sends."""
    client.get("/mon-inscription")
    return client.post(address, data=data)


def alone(cast, *texts):
    """A course that asks, and one adult of it."""
    programme, asked = club(cast, *texts)
    registration = registered(adult(programme))
    return programme, asked, registration, registration.participants[0]


def test_the_registration_leads_to_the_questions(client, cast):
    _programme, _asked, registration, _who = alone(cast)
    page = client.get(own(registration, "")).get_data(as_text=True)
    assert f'href="{own(registration)}"' in page
    said = main_of(client.get(own(registration)))
    assert "Avant l’atelier · Ce n’est pas un examen." in said
    for text in (*TEXTS, "Pas du tout", "Avec de l’aide", "Avec un peu d’aide", "Sans aide"):
        assert text in said


def test_answers_are_kept_changed_and_taken_back(client, cast):
    programme, (first, second, _third), registration, who = alone(cast)
    address = own(registration)
    sent = {"moment": "before", f"q{first.id}": "2", f"q{second.id}": "0"}
    assert send(client, address, sent).location.endswith(own(registration, ""))
    assert queries.answers_of(who.person_id, programme.id) == {(first.id, BEFORE): 2}
    page = client.get(address).get_data(as_text=True)
    assert re.search(rf'<input checked[^>]*name="q{first.id}"[^>]*value="2"', page)
    send(client, address, sent | {f"q{first.id}": "0", f"q{second.id}": "4"})
    assert queries.answers_of(who.person_id, programme.id) == {(second.id, BEFORE): 4}


def test_nothing_has_to_be_answered(client, cast):
    _programme, _asked, registration, _who = alone(cast)
    assert send(client, own(registration), {"moment": "before"}).status_code == 303
    assert count(SkillAnswer) == 0


@pytest.mark.parametrize("value", ["5", "-1", "x"])
def test_what_is_no_answer_is_refused(client, cast, value):
    _programme, (first, *_others), registration, _who = alone(cast)
    response = send(client, own(registration), {"moment": "before", f"q{first.id}": value})
    assert response.status_code == 422
    assert count(SkillAnswer) == 0


def test_a_guardian_chooses_the_child_and_goes_on_to_the_next(client, cast):
    programme, (first, *_others) = club(cast)
    registration, (lina, noe) = children(programme)
    said = main_of(client.get(own(registration)))
    assert "Qui répond ?" in said
    assert "Lina" in said
    address = f"{own(registration)}?qui={noe.id}"
    assert "Ce que Noé sait faire" in main_of(client.get(address))
    response = send(client, address, {"moment": "before", f"q{first.id}": "3"})
    assert response.location.endswith("/mes-competences")
    assert queries.answers_of(noe.person_id, programme.id) == {(first.id, BEFORE): 3}
    assert queries.answers_of(lina.person_id, programme.id) == {}


def test_another_family_is_not_reached(client, cast):
    programme, (first, *_others) = club(cast)
    registration, _children = children(programme)
    other = registered(family(programme, "Mia"))
    stranger = other.participants[0]
    address = f"{own(registration)}?qui={stranger.id}"
    assert "Qui répond ?" in main_of(client.get(address))
    send(client, address, {"moment": "before", f"q{first.id}": "3"})
    assert count(SkillAnswer) == 0
    assert client.get(own(registration).replace(secret_of(registration), "a" * 10)).status_code == 404


def test_at_the_end_the_same_is_asked_again(client, cast):
    programme, (first, *_others), registration, who = alone(cast)
    answered(programme, BEFORE, who, 1)
    with time_machine.travel(LAST, tick=False):
        assert "Après l’atelier" in main_of(client.get(own(registration)))
        send(client, own(registration), {"moment": "after", f"q{first.id}": "4"})
    assert queries.answers_of(who.person_id, programme.id) == {(first.id, BEFORE): 1, (first.id, AFTER): 4}


def test_in_between_answers_are_shown_and_none_is_taken(client, cast):
    programme, (first, *_others), registration, who = alone(cast)
    answered(programme, BEFORE, who, 2)
    with time_machine.travel(FIRST + WEEK, tick=False):
        said = main_of(client.get(own(registration)))
        assert "Il n’y a pas de question en ce moment." in said
        assert f"{TEXTS[0]} Avec de l’aide –" in said
        response = send(client, own(registration), {"moment": "before", f"q{first.id}": "4"})
        assert response.status_code == 409
    assert queries.answers_of(who.person_id, programme.id) == {(first.id, BEFORE): 2}


def test_a_page_left_open_from_before_does_not_answer_for_after(client, cast):
    _programme, (first, *_others), registration, _who = alone(cast)
    with time_machine.travel(LAST, tick=False):
        response = send(client, own(registration), {"moment": "before", f"q{first.id}": "4"})
        assert response.status_code == 409
    assert count(SkillAnswer) == 0


def test_who_joins_late_is_asked_before_their_own_first_session(client, cast):
    programme, _asked = club(cast)
    with time_machine.travel(FIRST + timedelta(days=1), tick=False):
        registration = registered(adult(programme), now=FIRST + timedelta(days=1))
        assert "Avant l’atelier" in main_of(client.get(own(registration)))


def test_groups_waiting_people_and_programmes_that_ask_nothing_have_no_page(client, cast):
    programme, _asked = club(cast)
    classroom = registered(group(programme, 4))
    assert client.get(own(classroom)).status_code == 404
    assert "/mes-competences" not in client.get(own(classroom, "")).get_data(as_text=True)
    full = registered(family(programme, *[f"Enfant {number}" for number in range(6)]))
    waiting = registered(family(programme, "Ana", "Bo", "Cléo"))
    assert client.get(own(waiting)).status_code == 404
    in_transaction(lambda: registering.cancel(full.id, now=NOW, by_resident=True))
    assert client.get(own(full)).status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_asked_in_the_readers_language_and_the_page_is_light(client, cast, language):
    programme, _asked = club(cast, *"abcd")
    by(cast, questions.add, programme.id, wording("Ouvrir", translations={"en": "Open it", "ar": "افتح"}))
    registration = registered(adult(programme))
    client.get(f"/langue/{language}")
    response = client.get(own(registration))
    page = response.get_data(as_text=True)
    assert {"en": "Open it", "ar": "افتح"}[language] in page
    assert {"en": "With a little help", "ar": "بمساعدة قليلة"}[language] in page
    assert len(response.data) < LIGHTEST
    assert len(re.findall(r"<[a-z]", page)) < FEWEST
