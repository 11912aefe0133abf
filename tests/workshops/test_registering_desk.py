"""The team registers somebody in two screens: found or new, a family; beyond the seats only when it says so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from foundation.db import db, in_transaction, transaction
from people import service as people
from people.models import Person
from tests.cast import NOW, sign_in
from tests.workshops.enrolments import events, family, fill, opened, registered, sessions_of, taken
from tests.workshops.pages import main_of
from workshops.models import Enrolment, Openness, Priority, Programme, ProgrammeAudience, ProgrammeState, Registration

pytestmark = pytest.mark.usefixtures("stopped_clock")
EMERGENCY = {"emergency_name": "Mamie Jo", "emergency_phone": "06 39 98 80 02"}


def page_of(programme):
    return f"/equipe/ateliers/{programme.id}/inscrire"


def who(client, programme, **typed):
    """The first screen; what it answers."""
    client.get(page_of(programme))
    data = {"do": "check", "session_id": str(sessions_of(programme)[0].id), **typed}
    return client.post(page_of(programme), data=data)


def carried(response):
    """What the second screen sends by itself."""
    page = response.get_data(as_text=True)
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in found]
    return {name.group(1): value.group(1) if value else "" for name, value in pairs if name.group(1) != "csrf_token"}


def send(client, programme, screen=None, **typed):
    """Both screens, one after the other."""
    first = {"family_name": "Le Bras", **(screen or {})}
    second = who(client, programme, **first)
    assert second.status_code == 200
    return client.post(f"{page_of(programme)}/confirmer", data={**carried(second), "same_as": "0", **typed})


def last():
    db.session.rollback()
    return db.session.query(Registration).order_by(Registration.id.desc()).first()


def test_the_team_registers_for_what_is_not_open_to_everyone(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, openness=Openness.STAFF)
    response = send(client, programme)
    made = last()
    assert response.location == f"/equipe/inscriptions/{made.id}"
    assert (made.state, made.origin, made.booked_by_id) == ("registered", "desk", cast.ids["mediator"])


def test_somebody_known_is_found_without_accents_and_registered_as_themselves(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    found = who(client, programme, q="LE GOFF jeanne", do="search")
    assert "Jeanne Le Goff" in main_of(found)
    send(client, programme, {"family_name": "", "person_id": str(cast.ids["resident"])})
    assert last().person_id == cast.ids["resident"]


def test_nobody_found_becomes_the_name_of_somebody_new(client, cast):
    sign_in(client, cast.mediator)
    page = who(client, opened(cast), q="Maëlle Kone", do="search").get_data(as_text=True)
    assert 'value="Maëlle"' in page
    assert 'value="Kone"' in page


def test_without_anybody_it_says_what_is_missing(client, cast):
    sign_in(client, cast.mediator)
    response = who(client, opened(cast))
    assert response.status_code == 422
    assert "Trouvez la personne" in main_of(response)


def test_somebody_who_looks_like_a_known_person_is_asked_about_first(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    second = who(client, programme, given_name="Jeane", family_name="Le Gof")
    assert "Est-ce l’une de ces personnes" in main_of(second)
    same = {**carried(second), "same_as": str(cast.ids["resident"])}
    client.post(f"{page_of(programme)}/confirmer", data=same)
    assert last().person_id == cast.ids["resident"]


def test_without_saying_so_who_comes_late_waits_and_with_it_has_a_seat_beyond(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, capacity=1)
    fill(programme, 1)
    assert "Il ne reste plus de place" in main_of(who(client, programme, family_name="Kone"))
    send(client, programme)
    assert (last().state, taken(programme)) == ("waiting", [(1, 0)])
    send(client, programme, {"family_name": "Kone"}, beyond="y")
    assert (last().state, taken(programme), last().over_capacity) == ("registered", [(2, 1)], True)
    assert events(last()) == ["registered", "overbooked"]


def test_children_are_added_one_by_one_and_what_was_typed_stays(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, capacity=4)
    second = who(client, programme, given_name="Karim", family_name="Moreau", phone="0639988001")
    child = {"children-0-given_name": "Lina", "children-0-birth_year": "2016"}
    more = client.post(
        f"{page_of(programme)}/confirmer", data={**carried(second), **child, "add": "1", "remark": "Vient à pied"}
    )
    page = more.get_data(as_text=True)
    assert "children-1-given_name" in page
    assert 'value="Lina"' in page
    assert "Vient à pied" in page
    both = {**child, "children-1-given_name": "Noé", "children-1-birth_year": "2017", **EMERGENCY}
    client.post(f"{page_of(programme)}/confirmer", data={**carried(more), "same_as": "0", **both})
    made = last()
    assert [one.person.name for one in made.participants] == ["Lina Moreau", "Noé Moreau"]
    assert made.seats == 2


def test_children_who_came_before_are_ticked_and_their_contact_is_kept_unseen(client, cast):
    sign_in(client, cast.mediator)
    before = registered(family(opened(cast, capacity=5, audience=ProgrammeAudience.CHILDREN), "Lina", "Noé"))
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN, capacity=4)
    second = who(client, programme, person_id=str(before.person_id))
    assert "Lina Moreau (2016)" in main_of(second)
    assert "Mamie" not in second.get_data(as_text=True)
    lina = before.participants[0].person_id
    client.post(f"{page_of(programme)}/confirmer", data={**carried(second), "known": [str(lina)]})
    (one,) = last().participants
    assert (one.person_id, one.sheet.emergency_name, one.sheet.collectors) == (lina, "Mamie Jo", "Mamie Jo\nTonton Max")


def test_a_child_without_a_contact_is_refused_and_everything_typed_stays(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    child = {"children-0-given_name": "Lina", "children-0-birth_year": "2016", "remark": "Vient à pied"}
    response = send(client, programme, **child)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    for typed in ("Lina", "2016", "Vient à pied", "Le Bras"):
        assert typed in page
    assert last() is None


def test_outside_the_ages_the_team_is_asked_once_and_may_go_on(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, age_min=60)
    asked = send(client, programme, {"birth_year": "2000"})
    assert asked.status_code == 422
    assert "Hors des âges prévus pour cet atelier : Le Bras." in main_of(asked)
    again = client.post(f"{page_of(programme)}/confirmer", data={**carried(asked), "same_as": "0", "ages_known": "y"})
    assert again.status_code == 303
    assert last().state == "registered"


def test_after_the_end_of_registration_the_team_is_told_and_may_go_on(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, registration_closes_at=NOW - timedelta(days=1))
    assert "closes depuis le" in main_of(client.get(page_of(programme)))
    assert send(client, programme).status_code == 303
    early = opened(cast, registration_opens_at=NOW + timedelta(days=1))
    assert "ouvrent le" in main_of(client.get(page_of(early)))


def test_of_a_programme_that_is_closed_or_over_the_page_says_so(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    with transaction():
        db.session.get_one(Programme, programme.id).state = ProgrammeState.CLOSED
    assert "Ce cycle est clos" in main_of(client.get(page_of(programme)))
    assert "Aucune séance n’est à venir" in main_of(client.get(page_of(opened(cast, sessions=0))))


def test_the_neighbourhood_is_asked_of_somebody_new_when_it_decides(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, capacity=1, priorities=[Priority.PRIORITY_NEIGHBOURHOOD])
    fill(programme, 1)
    send(client, programme, neighbourhood_id=str(cast.ids["mills"]))
    assert (last().state, last().priority_for) == ("waiting", ["priority_neighbourhood"])


def test_a_second_press_registers_once(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    second = who(client, programme, family_name="Le Bras")
    answers = [client.post(f"{page_of(programme)}/confirmer", data=carried(second)) for _press in range(2)]
    assert answers[0].location == answers[1].location
    assert taken(programme) == [(1, 0)]


def test_one_may_go_back_and_nothing_is_lost(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    second = who(client, programme, given_name="Maëlle", family_name="Kone", phone="0639988001")
    back = client.post(page_of(programme), data={**carried(second), "remark": "Gauchère", "do": "back"})
    page = back.get_data(as_text=True)
    for typed in ("Maëlle", "Kone", "Gauchère"):
        assert f'value="{typed}"' in page


def test_a_whole_series_is_registered_for_without_choosing_a_date(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, sessions=3, enrolment=Enrolment.CYCLE)
    send(client, programme)
    assert (last().session_id, taken(programme)) == (None, [(1, 0)] * 3)


@pytest.mark.parametrize(
    "typed",
    [{"session_id": "abc"}, {"session_id": "999999"}, {"phone": "12"}, {"email": "x"}, {"birth_year": "12"}],
)
def test_what_can_not_be_is_refused_on_the_first_screen(client, cast, typed):
    sign_in(client, cast.mediator)
    assert who(client, opened(cast), family_name="Kone", **typed).status_code == 422


@pytest.mark.parametrize(
    "typed",
    [{"session_id": "999999"}, {"phone": "12"}, {"person_id": "999999"}, {"remark": "2 51 05 75 116 001 89"}],
)
def test_what_can_not_be_is_refused_on_the_second(client, cast, typed):
    sign_in(client, cast.mediator)
    assert send(client, opened(cast), **typed).status_code in {404, 409, 422}
    assert last() is None


def test_somebody_who_was_forgotten_is_not_registered(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    in_transaction(lambda: people.erase(cast.ids["resident"], actor_id=1))
    assert send(client, programme, person_id=str(cast.ids["resident"])).status_code == 404
    assert last() is None


def test_the_same_person_twice_is_refused_and_the_page_stays(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast)
    one = {"person_id": str(cast.ids["resident"])}
    send(client, programme, one)
    again = send(client, programme, one)
    assert again.status_code == 409
    assert "a déjà une inscription" in main_of(again)


def test_another_structure_does_not_see_the_page(client, cast):
    sign_in(client, cast.other_mediator)
    programme = opened(cast)
    for path in ("", "/confirmer"):
        assert client.post(page_of(programme) + path).status_code == 404
    assert client.get(page_of(programme)).status_code == 404
    assert client.get("/equipe/ateliers/987654/inscrire").status_code == 404


def test_a_newcomer_is_written_down_with_what_was_typed(client, cast):
    sign_in(client, cast.mediator)
    send(client, opened(cast), {"given_name": "Maëlle", "phone": "06 39 98 80 01", "birth_year": "1990"}, locale="en")
    person = db.session.get_one(Person, last().person_id)
    assert (person.given_name, person.phone, person.birth_year) == ("Maëlle", "+33639988001", 1990)
    assert last().locale == "en"
