"""A prescriber sees whether the people they sent came, and nothing of what was done there."""

from __future__ import annotations

import pytest
import time_machine

from foundation.db import in_transaction
from foundation.security import Role
from mediation.models import Attendance, Origin
from mediation.service import attendance as marks
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.mediation.booking_wishes import booked, local
from tests.mediation.planning import account_in

LIST = "/equipe/mes-orientations"
EVENING = NOW.replace(day=12, hour=20)


def _sent(cast, hour, person="resident", **more):
    return booked(
        cast, actor_id=cast.prescriber.id, origin=Origin.PRESCRIBER, newcomer=None, person_id=cast.ids[person],
        starts_at=local(hour), remark="Remarque secrète", **more,
    ).id  # fmt: skip


def _words(client):
    response = client.get(LIST)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_tells_who_came_and_who_did_not(client, cast):
    with time_machine.travel(NOW, tick=False):
        came, missed, later = _sent(cast, 10), _sent(cast, 11, "neighbour"), _sent(cast, 14)
    with time_machine.travel(EVENING, tick=False):
        for appointment_id, outcome in ((came, Attendance.SEEN), (missed, Attendance.NOSHOW)):
            in_transaction(lambda id_=appointment_id, to=outcome: marks.mark(id_, to, now=EVENING, actor=cast.mediator))
        sign_in(client, cast.prescriber)
        page = _words(client)
        assert page.index("Pas encore noté") < page.index("N’était pas là") < page.index("Était là")
        assert "Était là" in client.get(f"/equipe/rendez-vous/{came}").get_data(as_text=True)
        assert str(later) in page
        assert "secrète" not in page
        assert "Salima" not in page


def test_what_others_booked_is_not_there(client, cast):
    with time_machine.travel(NOW, tick=False):
        booked(cast)
        sign_in(client, account_in(cast, "town", Role.PRESCRIBER))
        assert "Vous n’avez encore réservé pour personne." in _words(client)


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.MANAGER, Role.HOST])
def test_it_is_for_prescribers(client, cast, role):
    sign_in(client, cast.account_of(role))
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("page", ["0", "-3", "x", "99999999999"])
def test_a_page_that_does_not_exist_is_empty_or_the_first(client, cast, page):
    sign_in(client, cast.prescriber)
    assert client.get(f"{LIST}?page={page}").status_code == 200


def test_asks_as_often_whatever_was_booked(client, cast):
    with time_machine.travel(NOW, tick=False):
        sign_in(client, cast.prescriber)
        _words(client)
        with statements() as few:
            _words(client)
        for hour in (9, 10, 11):
            _sent(cast, hour)
        with statements() as many:
            _words(client)
        assert len(many) == len(few)
