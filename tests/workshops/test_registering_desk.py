"""The desk registers somebody on its own page, and goes beyond the seats only when it says so."""

from __future__ import annotations

import pytest

from foundation.db import db
from tests.cast import sign_in
from tests.workshops.enrolments import fill, opened, sessions_of, taken
from workshops.models import Openness, ProgrammeAudience, Registration

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page_of(programme):
    return f"/equipe/ateliers/{programme.id}/inscrire"


def send(client, programme, **typed):
    client.get(page_of(programme))
    data = {"family_name": "Le Bras", "session_id": str(sessions_of(programme)[0].id), **typed}
    return client.post(page_of(programme), data=data)


def last():
    db.session.rollback()
    return db.session.query(Registration).order_by(Registration.id.desc()).first()


def test_the_desk_registers_for_what_is_not_open_to_everyone(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, openness=Openness.STAFF)
    assert send(client, programme).status_code == 303
    made = last()
    assert (made.state, made.origin, made.booked_by_id) == ("registered", "desk", cast.ids["mediator"])


def test_without_saying_so_who_comes_late_waits_and_with_it_has_a_seat_beyond(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, capacity=1)
    fill(programme, 1)
    send(client, programme)
    assert (last().state, taken(programme)) == ("waiting", [(1, 0)])
    send(client, programme, family_name="Kone", beyond="y")
    assert (last().state, taken(programme)) == ("registered", [(2, 1)])


def test_the_desk_adds_children_one_by_one(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    response = send(client, programme, add="1")
    assert "children-0-given_name" in response.get_data(as_text=True)
    assert send(client, programme).status_code == 422
    assert last() is None


def test_another_structure_does_not_see_the_page(client, cast):
    sign_in(client, cast.other_mediator)
    assert client.get(page_of(opened(cast))).status_code == 404
    assert client.get("/equipe/ateliers/987654/inscrire").status_code == 404


def test_a_form_without_a_name_is_refused(client, cast):
    sign_in(client, cast.mediator)
    assert send(client, opened(cast), family_name="").status_code == 422
