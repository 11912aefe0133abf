"""A resident registers on four pages, without account and without JavaScript; finds it again, answers, cancels."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.workshops.enrolments import FIRST, fill, opened, sessions_of, state, taken
from workshops.models import Enrolment, Openness, Priority, ProgrammeAudience, Registration, WorkshopSession
from workshops.service import registering, waiting
from workshops.service.links import secret_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
ALIX = {"given_name": "Alix", "family_name": "Martin", "phone": "06 39 98 00 77"}
CHILD = {
    "children-0-given_name": "Lina", "children-0-family_name": "Martin", "children-0-birth_year": "2016",
    "children-0-may_leave_alone": "y", "emergency_name": "Mamie Jo", "emergency_phone": "0639980078",
}  # fmt: skip


def page(response):
    return response.get_data(as_text=True)


def start(programme):
    return f"/ateliers/{programme.id}/inscription"


def who(client, programme, **typed):
    """The first page, sent; where it leads."""
    data = {**ALIX, **typed}
    if programme.enrolment is Enrolment.SESSION:
        data.setdefault("session_id", str(sessions_of(programme)[0].id))
    client.get(start(programme))
    return client.post(start(programme), data=data)


def through(client, programme, **typed):
    """All pages; the last one."""
    checked = client.get(who(client, programme, **typed).location)
    action = re.search(r'action="([^"]+confirmer[^"]*)"', page(checked)).group(1).replace("&amp;", "&")
    done = client.post(action)
    assert done.status_code == 303, page(done)
    return client.get(done.location)


def last():
    db.session.rollback()
    return db.session.query(Registration).order_by(Registration.id.desc()).first()


def own(registration, rest=""):
    return f"/mon-inscription/{registration.code}/{secret_of(registration)}{rest}"


def test_an_adult_registers_in_two_steps_and_gets_a_code(client, cast):
    programme = opened(cast)
    shown = page(client.get(start(programme)))
    assert "Atelier photo" in shown
    done = page(through(client, programme))
    assert "Votre inscription est confirmée" in done
    made = last()
    assert (made.state, made.person.name, made.person.phone) == ("registered", "Alix Martin", "+33639980077")
    assert f"{made.code[:3]} {made.code[3:]}" in done
    assert taken(programme) == [(1, 0)]


def test_the_date_that_was_chosen_on_the_page_of_the_workshop_is_chosen(client, cast):
    programme = opened(cast, sessions=2)
    second = sessions_of(programme)[1].id
    assert f'selected value="{second}"' in page(client.get(f"{start(programme)}?seance={second}"))
    through(client, programme, session_id=str(second))
    assert taken(programme) == [(0, 0), (1, 0)]


def test_a_guardian_adds_one_child_after_another_without_javascript(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, enrolment=Enrolment.CYCLE, sessions=2)
    first = page(client.get(start(programme)))
    assert "children-0-given_name" in first
    more = client.post(start(programme), data={**ALIX, **CHILD, "add": "1"})
    assert more.status_code == 200
    assert "children-1-given_name" in page(more)
    assert 'value="Lina"' in page(more)
    second = {
        "children-1-given_name": "Noé", "children-1-family_name": "Martin", "children-1-birth_year": "2017",
    }  # fmt: skip
    done = page(through(client, programme, **CHILD, **second))
    assert "Noé Martin" in done
    made = last()
    assert (made.kind, made.seats) == ("family", 2)
    lina, noe = made.participants
    assert (lina.sheet.may_leave_alone, noe.sheet.may_leave_alone) == (True, False)
    assert lina.sheet.emergency_phone == "+33639980078"
    assert taken(programme) == [(2, 0), (2, 0)]


def test_for_families_the_form_begins_with_a_child_and_the_adult_comes_too(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.FAMILIES, capacity=4)
    shown = page(client.get(start(programme)))
    assert "children-0-given_name" in shown
    assert re.search(r'<input checked id="comes_too"', shown)
    assert "Un adulte vient avec un ou plusieurs enfants" in shown
    through(client, programme, **CHILD, comes_too="y")
    assert (last().kind, last().seats) == ("family", 2)


def test_a_family_without_a_child_is_asked_to_write_it(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.FAMILIES)
    refused = who(client, programme, **{"children-0-given_name": "", "comes_too": "y"})
    assert refused.status_code == 422
    assert "Un adulte vient ici avec des enfants" in page(refused)
    assert last() is None


def test_for_everybody_children_are_registered_if_there_are_any(client, cast):
    programme = opened(cast, capacity=4)
    alone = page(client.get(start(programme)))
    assert "J’inscris un enfant" in alone
    assert "children-0-given_name" not in alone
    session_id = str(sessions_of(programme)[0].id)
    more = page(client.post(start(programme), data={**ALIX, "session_id": session_id, "add": "1"}))
    assert "children-0-given_name" in more


def test_no_health_note_is_asked_for_the_guardian_is_asked_to_tell_the_team(client, cast):
    shown = page(client.get(start(opened(cast, audience=ProgrammeAudience.CHILDREN))))
    assert "dites-le à l’équipe" in shown


def test_for_children_a_form_without_a_child_is_refused(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    response = who(client, programme, **{"children-0-given_name": ""})
    assert response.status_code == 422
    assert "écrivez le nom de chaque enfant" in page(response)


def test_a_family_of_more_than_six_children_is_told_so_and_nobody_is_left_out_in_silence(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, capacity=20)
    many = {f"children-{n}-{field}": value for n in range(7) for field, value in
            (("given_name", f"Lina {n}"), ("family_name", "Martin"), ("birth_year", "2016"))}  # fmt: skip
    response = who(client, programme, **{**CHILD, **many})
    assert response.status_code == 422
    assert "Inscrivez au plus 6 enfants" in page(response)
    assert taken(programme) == [(0, 0)]


def test_what_is_for_adults_asks_for_no_child(client, cast):
    assert "children" not in page(client.get(start(opened(cast, audience=ProgrammeAudience.ADULTS))))


def test_what_concerns_ages_and_neighbourhoods_is_asked_only_where_it_counts(client, cast):
    plain = page(client.get(start(opened(cast))))
    assert "birth_year" not in plain
    assert "neighbourhood_id" not in plain
    programme = opened(cast, age_min=60, priorities=[Priority.NEIGHBOURHOOD], neighbourhood_ids=[cast.ids["harbour"]])
    asked = page(client.get(start(programme)))
    assert "birth_year" in asked
    assert "neighbourhood_id" in asked


def test_who_is_clearly_too_young_is_told_so_with_the_ages_beside_the_year(client, cast):
    programme = opened(cast, age_min=60)
    refused = who(client, programme, birth_year="2012")
    assert refused.status_code == 422
    assert 'href="#birth_year">Cet atelier est pour les personnes à partir de 60 ans' in page(refused)
    assert 'value="me"' not in page(refused)
    assert 'value="Martin"' in page(refused)


@pytest.mark.parametrize(("year", "why"), [("2023", "8 à 12 ans"), ("2090", "entre 1906 et 2026")])
def test_a_child_that_can_not_come_is_told_of_beside_its_year(client, cast, year, why):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, age_min=8, age_max=12)
    sister = {"children-1-given_name": "Ana", "children-1-birth_year": year}
    refused = who(client, programme, **CHILD, **sister)
    assert refused.status_code == 422
    beside = re.search(r'<p class="fault" id="children-1-birth_year-fault">.*?</p>', page(refused), re.DOTALL)
    assert beside
    assert why in beside[0]
    assert 'id="children-0-birth_year-fault"' not in page(refused)
    assert '<li><a href="#children-1-birth_year">' in page(refused)


def test_all_that_is_missing_of_a_family_is_told_at_once_each_at_its_field(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    nothing = page(who(client, programme, family_name="", given_name="", **{"children-0-given_name": " "}))
    told = ["family_name", "children-0-given_name", "children-0-birth_year", "emergency_name", "emergency_phone"]
    assert re.findall(r'<li><a href="#([^"]+)">', nothing) == told
    assert "Il y a 5 problèmes" in nothing
    assert "écrivez le nom de chaque enfant qui vient" in nothing
    sister = {"children-1-school_level": "CE2"}
    assert re.findall(r'<li><a href="#([^"]+)">', page(who(client, programme, **CHILD, **sister))) == [
        "children-1-given_name", "children-1-birth_year",
    ]  # fmt: skip
    empty = {"children-1-given_name": "", "children-1-image_consent": "y"}
    assert who(client, programme, **CHILD, **empty).status_code == 303


def test_a_child_that_nobody_wrote_down_is_nobody_where_adults_come_alone(client, cast):
    alone = who(client, opened(cast), **{"children-0-given_name": "", "children-0-may_leave_alone": "y"})
    assert alone.status_code == 303


def test_a_year_too_long_for_any_column_is_refused_beside_its_child(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, age_min=8, age_max=12)
    answer = who(client, programme, **{**CHILD, "children-0-birth_year": "9" * 400})
    assert answer.status_code == 422
    assert 'id="children-0-birth_year-fault"' in page(answer)
    assert last() is None


def test_a_child_has_the_family_name_of_the_adult_unless_another_is_written(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, capacity=4)
    sister = {"children-1-given_name": "Ana", "children-1-family_name": "Kone", "children-1-birth_year": "2016"}
    through(client, programme, **{**CHILD, "children-0-family_name": ""}, **sister)
    assert sorted(one.person.name for one in last().participants) == ["Ana Kone", "Lina Martin"]


def test_a_guardian_checks_all_that_the_team_will_read(client, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    told = {"collectors": "Tante Bea\nOncle Max", "remark": "Lina <b>parle</b> peu"}
    checked = page(client.get(who(client, programme, **CHILD, **told).location))
    assert "Peut repartir sans adulte" in checked
    assert "Pas d’accord donné" in checked
    assert "Tante Bea · Oncle Max" in checked
    assert "Lina &lt;b&gt;parle&lt;/b&gt; peu" in checked


def test_dates_say_what_they_are_about_and_which_are_full(client, cast):
    programme = opened(cast, sessions=2)
    first, second = sessions_of(programme)
    with transaction():
        db.session.get_one(WorkshopSession, first.id).title = "Le grand quiz"
        db.session.get_one(WorkshopSession, second.id).taken = 2
    shown = page(client.get(start(programme)))
    assert "· 2 places restantes · Le grand quiz</option>" in shown
    assert "· Complet : liste d’attente</option>" in shown


def test_a_family_of_three_for_two_seats_is_told_all_or_none_before_it_presses(client, cast):
    programme = opened(cast, capacity=3, audience=ProgrammeAudience.CHILDREN)
    db.session.rollback()
    taken_by = opened(cast)
    assert taken_by.id != programme.id
    seat = {**ALIX, **CHILD, "session_id": str(sessions_of(programme)[0].id)}
    through(client, programme, **seat)
    others = {
        f"children-{n}-{name}": value
        for n, given in enumerate(("Ana", "Bo", "Cy"))
        for name, value in (("given_name", given), ("family_name", "Kone"), ("birth_year", "2016"))
    }
    another = {"family_name": "Kone", "phone": "0639980079", "emergency_name": "Jo", "emergency_phone": "0639980078"}
    checked = page(client.get(who(client, programme, **another, **others).location))
    assert "Il ne reste que 2 places, et il vous en faut 3." in checked
    assert "Vous restez ensemble" in checked
    done = page(through(client, programme, **another, **others))
    assert "Vous êtes sur la liste d’attente" in done
    assert taken(programme) == [(1, 0)]


def test_a_second_press_leads_to_the_first_registration(client, cast):
    programme = opened(cast)
    checked = client.get(who(client, programme).location)
    action = re.search(r'action="([^"]+confirmer[^"]*)"', page(checked)).group(1).replace("&amp;", "&")
    first = client.post(action)
    second = client.post(action)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location.split("?")[0] == second.location.split("?")[0]
    assert taken(programme) == [(1, 0)]


def test_the_same_person_twice_is_told_kindly_and_what_was_typed_is_kept(client, cast):
    programme = opened(cast)
    checked = client.get(who(client, programme).location)
    action = re.search(r'action="([^"]+confirmer[^"]*)"', page(checked)).group(1).replace("&amp;", "&")
    through(client, programme)
    response = client.post(action)
    assert response.status_code == 409
    assert "a déjà une inscription" in page(response)
    assert 'value="Martin"' in page(response)


def test_answers_of_another_browser_open_nothing(app, client, cast):
    programme = opened(cast)
    location = who(client, programme).location
    stranger = app.test_client()
    stranger.get(start(programme))
    assert stranger.get(location).status_code == 303
    late = stranger.post(location.replace("verifier", "confirmer"))
    assert late.location.endswith(start(programme))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"openness": Openness.PRESCRIBERS}, 404),
        ({"enrolment": Enrolment.DROP_IN}, 422),
        ({"sessions": 0}, 409),
        ({"registration_opens_at": NOW + timedelta(days=1)}, 422),
        ({"registration_closes_at": NOW}, 422),
    ],
)
def test_what_is_not_open_says_so(client, cast, changes, status):
    assert client.get(start(opened(cast, **changes))).status_code == status


def test_there_is_no_page_of_a_programme_that_does_not_exist(client, cast):
    assert client.get("/ateliers/987654/inscription").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"family_name": ""},
        {"family_name": " \u00a0 "},
        {"phone": "12"},
        {"email": "x"},
        {"session_id": "abc"},
        {"session_id": "999999999999"},
        {"given_name": "x" * 81},
        {"remark": "2 51 05 75 116 001 89"},
        {"children-0-given_name": "Lina"},
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_written(client, cast, typed):
    programme = opened(cast)
    assert who(client, programme, **typed).status_code == 422
    assert last() is None


def offered(cast):
    """Somebody who waited, for whom a seat is kept."""
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    return first


def test_who_is_asked_says_yes_on_the_page_of_the_link(client, cast):
    made = offered(cast)
    landed = client.get(f"/i/{made.code}/{secret_of(made)}")
    assert (landed.status_code, landed.location) == (303, own(made))
    assert "avant" in page(client.get(own(made)))
    assert client.post(own(made, "/oui")).status_code == 303
    assert state(made) == "registered"


def test_who_says_no_may_come_back_to_the_list(client, cast):
    made = offered(cast)
    client.get(own(made))
    client.post(own(made, "/non"))
    assert state(made) == "lapsed"
    assert "revenir" in page(client.get(own(made)))
    client.post(own(made, "/revenir"))
    assert state(made) == "offered"


def test_a_yes_that_comes_too_late_is_told_so(client, cast):
    made = offered(cast)
    client.get(own(made))
    in_transaction(lambda: waiting.decline(made.id, now=NOW))
    response = client.post(own(made, "/oui"))
    assert response.status_code == 409
    assert "n’est plus gardée" in page(response)


def test_the_place_on_the_list_is_shown(client, cast):
    _seated, _first, second = fill(opened(cast, capacity=1), 3)
    assert "numéro 2" in page(client.get(own(second)))


def test_a_registration_is_cancelled_after_a_question(client, cast):
    programme = opened(cast)
    (made,) = fill(programme, 1)
    assert "Annuler l’inscription" in page(client.get(own(made, "/annuler")))
    assert client.post(own(made, "/annuler")).status_code == 303
    assert "annulée" in page(client.get(own(made)))
    assert taken(programme) == [(0, 0)]


def test_who_waits_is_asked_before_leaving_the_list(client, cast):
    _seated, waits = fill(opened(cast, capacity=1), 2)
    assert "Quitter la liste d’attente ?" in page(client.get(own(waits, "/annuler")))
    gone = page(client.post(own(waits, "/annuler"), follow_redirects=True))
    assert "Cette inscription est annulée" in gone
    assert "Gardez-le" not in gone


def test_what_has_begun_is_not_cancelled_here(client, cast, monkeypatch):
    (made,) = fill(opened(cast, first=NOW + timedelta(minutes=1)), 1)
    client.get(own(made, "/annuler"))
    monkeypatch.setattr("foundation.clock.now", lambda: FIRST)
    response = client.post(own(made, "/annuler"))
    assert response.status_code == 409
    assert state(made) == "registered"


def test_it_is_found_with_its_code_and_the_telephone_number(client, cast):
    (made,) = fill(opened(cast), 1)
    assert client.get("/mon-inscription").status_code == 200
    found = client.post("/mon-inscription", data={"code": made.code.lower(), "proof": "06 39 98 00 01"})
    assert found.location == own(made)


def test_another_language_is_chosen_on_a_form_that_was_refused_without_leaving_it(client, cast):
    programme = opened(cast)
    refused = page(who(client, programme, family_name=""))
    assert f'href="/langue/ar?next={start(programme)}"' in refused
    assert page(client.get(f"/langue/ar?next={start(programme)}", follow_redirects=True)).count('action="/ateliers')
    _seated, waits = fill(opened(cast, capacity=1), 2)
    nowhere = page(client.post(own(waits, "/oui")))
    assert 'href="/langue/ar?next=/"' in nowhere


def test_who_looks_among_appointments_finds_the_way_to_registrations_and_back(client, cast):
    assert cast
    assert 'href="/mon-inscription"' in page(client.get("/mon-rendez-vous"))
    assert 'href="/mon-rendez-vous"' in re.split("<main", page(client.get("/mon-inscription")))[1]


@pytest.mark.parametrize("proof", ["0612345678", "Numéro 1"])
def test_without_the_right_number_it_is_not(client, cast, proof):
    (made,) = fill(opened(cast), 1)
    client.get("/mon-inscription")
    response = client.post("/mon-inscription", data={"code": made.code, "proof": proof})
    assert response.status_code == 422
    assert "n’existe pas" in page(response)
    assert client.post("/mon-inscription", data={}).status_code == 422


def test_a_wrong_secret_opens_nothing(client, cast):
    (made,) = fill(opened(cast), 1)
    for path in ("", "/annuler"):
        assert client.get(f"/mon-inscription/{made.code}/aaaaaaaaaa{path}").status_code == 404
    assert client.post(f"/mon-inscription/{made.code}/aaaaaaaaaa/oui").status_code == 404


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_pages_are_read_in_other_languages(client, cast, locale):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    client.get(f"/langue/{locale}?next=/")
    shown = client.get(start(programme))
    assert f'lang="{locale}"' in page(shown)
    assert "Inscription" not in page(shown)
    assert len(shown.data) < 30_000
