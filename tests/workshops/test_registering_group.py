"""A group is a head-count and a contact: registered all together, or waiting all together; nobody's name is written."""

from __future__ import annotations

import pytest

from tests.cast import sign_in
from tests.workshops.enrolments import opened, sessions_of, taken
from tests.workshops.pages import main_of
from tests.workshops.test_registering_desk import last
from workshops.models import Enrolment

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page_of(programme):
    return f"/equipe/ateliers/{programme.id}/inscrire-un-groupe"


def send(client, cast, programme, **changes):
    client.get(page_of(programme))
    usual = {
        "session_id": str(sessions_of(programme)[0].id), "group_label": "CM1", "head_count": "12",
        "place": f"school:{cast.ids['school']}", "contact_name": "Bruno Lacaze", "phone": "06 39 98 80 03",
        "email": "", "remark": "", "request_key": "k1",
    }  # fmt: skip
    return client.post(page_of(programme), data=usual | changes)


@pytest.fixture
def desk(client, cast):
    return sign_in(client, cast.mediator)


def test_a_class_takes_its_seats(desk, cast):
    programme = opened(cast, capacity=20)
    assert send(desk, cast, programme).status_code == 303
    made = last()
    assert (made.kind, made.seats, made.school_id, made.origin) == ("group", 12, cast.ids["school"], "desk")
    assert (made.contact_name, made.contact_phone, made.person_id) == ("Bruno Lacaze", "+33639988003", None)


def test_a_home_does_too_and_so_does_a_club_of_its_own(desk, cast):
    programme = opened(cast, capacity=30)
    send(desk, cast, programme, place=f"home:{cast.ids['care_home']}")
    assert last().care_home_id == cast.ids["care_home"]
    send(desk, cast, programme, place="", request_key="k2")
    assert (last().care_home_id, last().school_id) == (None, None)


def test_for_the_series_of_a_home_it_is_chosen_already(desk, cast):
    programme = opened(cast, care_home_id=cast.ids["care_home"], enrolment=Enrolment.CYCLE)
    page = desk.get(page_of(programme)).get_data(as_text=True)
    assert (
        f'selected value="home:{cast.ids["care_home"]}"' in page
        or f'value="home:{cast.ids["care_home"]}" selected' in page
    )


def test_too_many_wait_together_or_sit_beyond_when_it_is_said(desk, cast):
    programme = opened(cast, capacity=14)
    send(desk, cast, programme)
    send(desk, cast, programme, request_key="k2")
    assert (last().state, taken(programme)) == ("waiting", [(12, 0)])
    send(desk, cast, programme, request_key="k3", beyond="y")
    assert (last().state, taken(programme)) == ("registered", [(24, 10)])


def test_a_second_press_registers_once(desk, cast):
    programme = opened(cast, capacity=30)
    send(desk, cast, programme)
    send(desk, cast, programme)
    assert taken(programme) == [(12, 0)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"group_label": ""}, "Écrivez le nom du groupe."),
        ({"head_count": ""}, "Écrivez combien de personnes viennent."),
        ({"head_count": "201"}, "200"),
        ({"head_count": "21"}, "20 places"),
        ({"phone": "12"}, "dix chiffres"),
        ({"place": "school:987"}, "proposées"),
        ({"session_id": "987"}, "proposées"),
        ({"remark": "mdp = Azerty12"}, "mot de passe"),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_stays(desk, cast, changes, sentence):
    response = send(desk, cast, opened(cast, capacity=20), **changes)
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert "Bruno Lacaze" in response.get_data(as_text=True)
    assert last() is None


def test_another_structure_registers_none(client, cast):
    sign_in(client, cast.other_mediator)
    programme = opened(cast, capacity=20)
    assert client.get(page_of(programme)).status_code == 404
    assert client.post(page_of(programme)).status_code == 404


def test_where_only_vouchers_pay_each_is_registered_by_name(desk, cast):
    programme = opened(cast, capacity=20, training_units=2)
    asked = desk.get(page_of(programme))
    assert asked.status_code == 422
    assert "inscrivez chaque personne par son nom" in asked.get_data(as_text=True)
    refused = send(desk, cast, programme)
    assert refused.status_code == 422
    assert "inscrivez chaque personne par son nom" in main_of(refused)
    assert taken(programme) == [(0, 0)]
    assert "inscrire-un-groupe" not in desk.get(f"/equipe/ateliers/{programme.id}/inscrire").get_data(as_text=True)


def test_a_price_that_is_settled_otherwise_lets_a_group_in(desk, cast):
    programme = opened(cast, capacity=20, training_units=2, price_cents=500)
    assert send(desk, cast, programme).status_code == 303
    assert "Paiement à voir avec le groupe" in main_of(desk.get(f"/equipe/inscriptions/{last().id}"))
