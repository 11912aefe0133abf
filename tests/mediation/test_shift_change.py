"""A presence is changed, ended or taken back: the past stays, and people who are booked are asked about first."""

from __future__ import annotations

from datetime import time

import pytest

from agenda.models import Opening
from agenda.rules.recurrence import Pattern
from foundation.db import db, transaction
from foundation.outbox.models import Message
from mediation.models import Appointment, Attendance, Shift
from tests.cast import sign_in
from tests.mediation.booking_wishes import booked, counts, local
from tests.mediation.planning import TUESDAY, carried, day, shift_form, shifts_of, town_manager

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/permanences"


def _as_is(cast, **changes):
    """The form of the cast's shift as the page shows it: weekdays from nine to five, in the blue room."""
    usual = shift_form(
        cast, weekdays=["0", "1", "2", "3", "4"], first_day=TUESDAY, starts="09:00", ends="17:00",
        channels=["venue", "home", "phone"], place=f"{cast.library.id}:{cast.room.id}",
        service_ids=[str(cast.first_steps.id), str(cast.paperwork.id), str(cast.at_home.id)],
    )  # fmt: skip
    return usual | changes


def _address(cast, act=""):
    return f"{LIST}/{cast.shift.id}{act}"


def _attendance(appointment_id):
    db.session.expire_all()
    return db.session.get(Appointment, appointment_id).attendance


def test_the_past_stays_as_it_was_offered(client, cast):
    sign_in(client, cast.mediator)
    assert client.post(_address(cast), data=_as_is(cast, starts="10:00")).status_code == 303
    old, new = shifts_of(cast.mediator.id)
    assert (old.opening.first_day, old.opening.last_day) == (day("2026-01-05"), day("2026-03-09"))
    assert (new.opening.first_day, new.opening.last_day, new.opening.starts.hour) == (day(TUESDAY), None, 10)
    assert (old.opening.starts.hour, new.room_id) == (9, cast.room.id)


def test_a_last_day_alone_makes_no_second_presence(client, cast):
    sign_in(client, cast.mediator)
    client.post(_address(cast), data=_as_is(cast, last_day="2026-06-30"))
    (only,) = shifts_of(cast.mediator.id)
    assert (only.opening.first_day, only.opening.last_day) == (day("2026-01-05"), day("2026-06-30"))


def test_one_that_has_not_begun_is_simply_rewritten(client, cast):
    sign_in(client, cast.mediator)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, starts="18:00", ends="20:00"))
    new = shifts_of(cast.mediator.id)[-1]
    sent = shift_form(cast, first_day="2026-03-24", starts="19:00", ends="20:00")
    client.post(f"{LIST}/{new.id}", data=sent)
    assert len(shifts_of(cast.mediator.id)) == 2
    changed = shifts_of(cast.mediator.id)[-1].opening
    assert (changed.first_day, changed.starts.hour) == (day("2026-03-24"), 19)


def test_nothing_changes_before_today(client, cast):
    sign_in(client, cast.mediator)
    response = client.post(_address(cast), data=_as_is(cast, first_day="2026-03-01", starts="10:00"))
    assert response.status_code == 422
    assert "Choisissez aujourd’hui ou un jour suivant" in response.get_data(as_text=True)
    assert len(shifts_of(cast.mediator.id)) == 1


def _beside(cast, pattern):
    """A presence from the time when two could overlap."""
    with transaction():
        opening = Opening(resource_id=cast.mediator.resource_id)
        pattern.write(opening)
        services = [cast.first_steps, cast.paperwork]
        db.session.add(
            Shift(opening=opening, account_id=cast.mediator.id, venue_id=cast.library.id, services=services,
                  channels=["venue"])
        )  # fmt: skip


class TestOverlap:
    def test_a_change_onto_another_presence_is_refused(self, client, cast):
        sign_in(client, cast.mediator)
        client.post(f"{LIST}/nouvelle", data=shift_form(cast))
        response = client.post(_address(cast), data=_as_is(cast, ends="19:00"))
        page = response.get_data(as_text=True)
        assert response.status_code == 422
        assert "Le mardi, de 18" in page
        assert cast.shift.opening.last_day is None
        assert len(shifts_of(cast.mediator.id)) == 2

    def test_one_that_stood_from_before_does_not_stand_in_the_way(self, client, cast):
        _beside(cast, Pattern.weekly([3], time(9), time(11), day(TUESDAY)))
        sign_in(client, cast.mediator)
        assert client.post(_address(cast), data=_as_is(cast, ends="16:00")).status_code == 303
        assert "Chevauche" in client.get(LIST).get_data(as_text=True)


class TestStranded:
    """Somebody is booked on Thursday at ten; the mediator wants to begin at eleven."""

    @pytest.fixture(autouse=True)
    def _somebody_is_booked(self, stopped_clock, client, cast):
        self.appointment_id = booked(cast).id
        self.later_id = booked(cast, starts_at=local(14), newcomer=None, person_id=cast.resident.id).id
        sign_in(client, cast.mediator)

    def _ask(self, client, cast, **changes):
        response = client.post(_address(cast), data=_as_is(cast, **({"starts": "11:00"} | changes)))
        return response, response.get_data(as_text=True)

    def test_says_which_and_writes_nothing(self, client, cast):
        before = counts()
        response, page = self._ask(client, cast)
        assert response.status_code == 409
        assert "Ali Ben Salah" in page
        assert "Jeanne Le Goff" not in page
        assert "Rien n’a encore été changé." in page
        assert len(shifts_of(cast.mediator.id)) == 1
        assert counts() == before

    def test_keeping_them_changes_the_presence_alone(self, client, cast):
        _response, page = self._ask(client, cast)
        assert client.post(_address(cast), data=carried(page) | {"fate": "keep"}).status_code == 303
        assert _attendance(self.appointment_id) is Attendance.EXPECTED
        assert shifts_of(cast.mediator.id)[-1].opening.starts.hour == 11

    def test_cancelling_them_tells_the_people(self, client, cast):
        _response, page = self._ask(client, cast)
        client.post(_address(cast), data=carried(page) | {"fate": "cancel"})
        assert _attendance(self.appointment_id) is Attendance.REVOKED
        assert _attendance(self.later_id) is Attendance.EXPECTED
        told = db.session.query(Message).filter_by(reference=f"appointment:{self.appointment_id}").all()
        assert any("annul" in message.body for message in told)

    def test_going_back_keeps_what_was_typed(self, client, cast):
        _response, page = self._ask(client, cast)
        response = client.post(_address(cast), data=carried(page) | {"back": "1"})
        assert response.status_code == 200
        assert 'value="11:00"' in response.get_data(as_text=True)
        assert len(shifts_of(cast.mediator.id)) == 1

    def test_who_booked_meanwhile_is_asked_about_anew(self, client, cast):
        _response, page = self._ask(client, cast)
        newer_id = booked(cast, starts_at=local(9), newcomer=None, person_id=cast.neighbour.id).id
        response = client.post(_address(cast), data=carried(page) | {"fate": "cancel"})
        assert response.status_code == 409
        assert "Farid Haddad" in response.get_data(as_text=True)
        assert _attendance(self.appointment_id) is _attendance(newer_id) is Attendance.EXPECTED
        assert len(shifts_of(cast.mediator.id)) == 1

    @pytest.mark.parametrize("fate", ["", "burn", "KEEP"])
    def test_another_answer_is_no_answer(self, client, cast, fate):
        _response, page = self._ask(client, cast)
        assert client.post(_address(cast), data=carried(page) | {"fate": fate}).status_code == 409

    def test_another_place_strands_everybody(self, client, cast):
        _response, page = self._ask(client, cast, starts="09:00", place=str(cast.workshop.id))
        assert "Ali Ben Salah" in page
        assert "Jeanne Le Goff" in page

    def test_a_service_less_strands_those_booked_for_it(self, client, cast):
        _response, page = self._ask(client, cast, starts="09:00", service_ids=[str(cast.first_steps.id)])
        assert "Ali Ben Salah" in page

    def test_another_room_strands_nobody(self, client, cast):
        response, _page = self._ask(client, cast, starts="09:00", place=str(cast.library.id))
        assert response.status_code == 303

    def test_a_second_presence_that_covers_them_strands_nobody(self, client, cast):
        _beside(cast, Pattern.weekly([3], time(9), time(11), day(TUESDAY)))
        response, _page = self._ask(client, cast)
        assert response.status_code == 303

    def test_ending_before_them_asks_too(self, client, cast):
        response = client.post(_address(cast, "/terminer"), data={"last_day": "2026-03-11"})
        page = response.get_data(as_text=True)
        assert response.status_code == 409
        assert "Jeanne Le Goff" in page
        client.post(_address(cast, "/terminer"), data=carried(page) | {"fate": "cancel"})
        assert shifts_of(cast.mediator.id)[0].opening.last_day == day("2026-03-11")
        assert _attendance(self.later_id) is Attendance.REVOKED


def test_ending_it_on_a_day(client, cast):
    sign_in(client, cast.mediator)
    assert client.post(_address(cast, "/terminer"), data={"last_day": "2026-03-31"}).status_code == 303
    assert shifts_of(cast.mediator.id)[0].opening.last_day == day("2026-03-31")


@pytest.mark.parametrize(("last_day", "status"), [("", 422), ("2026-02-01", 422), ("x", 422), ("2026-03-09", 303)])
def test_it_is_not_ended_in_the_past(client, cast, last_day, status):
    sign_in(client, cast.mediator)
    assert client.post(_address(cast, "/terminer"), data={"last_day": last_day}).status_code == status


def test_one_that_has_begun_is_not_deleted(client, cast):
    sign_in(client, cast.mediator)
    response = client.post(_address(cast, "/supprimer"))
    assert response.status_code == 422
    assert "mettez-y fin plutôt" in response.get_data(as_text=True)
    assert len(shifts_of(cast.mediator.id)) == 1


def test_one_that_has_not_begun_is_deleted(client, cast):
    sign_in(client, cast.mediator)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, starts="18:00", ends="20:00"))
    new_id = shifts_of(cast.mediator.id)[-1].id
    assert client.post(f"{LIST}/{new_id}/supprimer").status_code == 303
    assert [one.id for one in shifts_of(cast.mediator.id)] == [cast.shift.id]


def test_another_structures_presence_does_not_exist(client, cast):
    town_manager(cast, client)
    address = f"{LIST}/{cast.other_shift.id}"
    assert client.get(address).status_code == 404
    assert client.post(address, data=shift_form(cast)).status_code == 404
    assert client.post(f"{address}/terminer", data={"last_day": "2026-03-31"}).status_code == 404
    assert client.post(f"{address}/supprimer").status_code == 404
    assert cast.other_shift.opening.last_day is None
