"""When a mediator receives: a new presence, readable in the list, refused when it overlaps another."""

from __future__ import annotations

import pytest

from agenda.models import Recurrence
from foundation.clock import territory_zone
from foundation.period import whole_day
from foundation.security import Role
from mediation.queries.slots import find_slots
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.mediation.planning import (
    TUESDAY,
    account_in,
    day,
    shift_form,
    shifts_of,
    town_manager,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/permanences"


def _new(cast, who="mediator"):
    return f"{LIST}/nouvelle?mediateur={cast.ids[who]}"


def _last(cast, who="mediator"):
    return shifts_of(cast.ids[who])[-1]


def test_a_mediator_receives_on_tuesdays(client, cast):
    sign_in(client, cast.mediator)
    response = client.post(
        f"{LIST}/nouvelle", data=shift_form(cast, last_day="2026-06-30", starts="18:00", ends="20:00")
    )
    assert response.status_code == 303
    shift = _last(cast)
    assert (shift.account_id, shift.venue_id, shift.room_id) == (cast.mediator.id, cast.library.id, None)
    assert shift.opening.resource_id == cast.mediator.resource_id
    page = client.get(LIST).get_data(as_text=True)
    assert "Le mardi, de 18\u202fh\u202f00 à 20\u202fh\u202f00" in page
    assert "à partir du mardi 17 mars 2026, jusqu’au mardi 30 juin 2026" in page
    assert "Médiathèque du Port" in page
    assert "Une démarche en ligne" in page


def test_it_can_be_booked_at_once(client, cast):
    sign_in(client, cast.mediator)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, starts="18:00", ends="19:00"))
    slots = find_slots(cast.paperwork, whole_day(day("2026-03-17"), territory_zone()), now=NOW)
    assert {slot.starts_at.hour for slot in slots if slot.shift_id == _last(cast).id} == {17}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"weekdays": ["0", "3"], "every": 2}, "Une semaine sur deux, le lundi et le jeudi"),
        ({"weekdays": ["0", "1", "2", "3", "4"]}, "Du lundi au vendredi"),
        ({"weekdays": [], "first_day": "2026-03-18"}, "Le mercredi"),
        ({"recurrence": "once", "last_day": "2026-05-01"}, "Mardi 17 mars 2026, de 20"),
        ({"recurrence": "monthly_weekday"}, "Le troisième mardi de chaque mois"),
        ({"recurrence": "monthly_day", "every": 3}, "Le 17, tous les 3 mois"),
    ],
)
def test_each_rhythm_reads_as_a_sentence(client, cast, sent, sentence):
    sign_in(client, cast.mediator)
    hours = {"starts": "20:00", "ends": "21:00"}
    assert client.post(f"{LIST}/nouvelle", data=shift_form(cast, **hours) | sent).status_code == 303
    assert sentence in client.get(LIST).get_data(as_text=True)


def test_once_is_one_day_whatever_the_last_day_says(client, cast):
    sign_in(client, cast.mediator)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, recurrence="once", last_day="2026-05-01"))
    opening = _last(cast).opening
    assert (opening.recurrence, opening.last_day) == (Recurrence.ONCE, day("2026-03-17"))


def test_in_a_room_each_appointment_takes_the_room(client, cast):
    sign_in(client, cast.mediator)
    place = f"{cast.library.id}:{cast.room.id}"
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, place=place))
    assert (_last(cast).venue_id, _last(cast).room_id) == (cast.library.id, cast.room.id)


def test_by_telephone_no_place_is_needed(client, cast):
    sign_in(client, cast.mediator)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, place="", channels=["phone"]))
    assert (_last(cast).venue_id, _last(cast).channels) == (None, ["phone"])


def test_pressing_twice_makes_one(client, cast):
    sign_in(client, cast.mediator)
    for _press in range(2):
        assert client.post(f"{LIST}/nouvelle", data=shift_form(cast)).status_code == 303
    assert len(shifts_of(cast.mediator.id)) == 2


@pytest.mark.parametrize("changes", [{}, {"channels": ["phone"]}, {"recurrence": "once"}])
def test_nobody_receives_in_two_places_at_once(client, cast, changes):
    sign_in(client, cast.mediator)
    sent = shift_form(cast, starts="16:00", ends="18:00", place=str(cast.workshop.id)) | changes
    response = client.post(f"{LIST}/nouvelle", data=sent)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "Elle chevauche une autre permanence de la même personne" in page
    assert "mardi 17 mars 2026" in page
    assert "Du lundi au vendredi, de 9" in page
    assert "(Médiathèque du Port)" in page
    assert 'value="16:00"' in page
    assert len(shifts_of(cast.mediator.id)) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_day": ""}, "Choisissez le premier jour."),
        ({"starts": ""}, "Écrivez l’heure de début."),
        ({"starts": "21:00"}, "La fin vient avant le début."),
        ({"last_day": "2026-03-01"}, "Le dernier jour vient avant le premier."),
        ({"every": 60}, "Écrivez un nombre entre 1 et 52."),
        ({"service_ids": []}, "Choisissez au moins un motif."),
        ({"channels": []}, "Choisissez au moins une façon de recevoir"),
        ({"place": ""}, "Choisissez le lieu où les personnes sont reçues."),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(client, cast, changes, sentence):
    sign_in(client, cast.mediator)
    response = client.post(f"{LIST}/nouvelle", data=shift_form(cast, ends="20:15") | changes)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert sentence in page
    assert 'value="20:15"' in page
    assert len(shifts_of(cast.mediator.id)) == 1


def test_a_manager_plans_for_the_structure_and_for_no_other(client, cast):
    town_manager(cast, client)
    assert client.post(_new(cast), data=shift_form(cast)).status_code == 303
    assert client.get(_new(cast, "other_mediator")).status_code == 404
    assert client.post(_new(cast, "other_mediator"), data=shift_form(cast)).status_code == 404
    assert len(shifts_of(cast.other_mediator.id)) == 1
    assert "Yann Kerdoncuff" not in client.get(LIST).get_data(as_text=True)


def test_a_mediator_plans_nobody_elses_time(client, cast):
    sign_in(client, account_in(cast, "town", Role.MEDIATOR))
    assert client.get(_new(cast)).status_code == 404
    assert client.post(_new(cast), data=shift_form(cast)).status_code == 404
    assert client.get(f"{LIST}/{cast.shift.id}").status_code == 404


def test_only_services_of_the_structure_are_offered(client, cast):
    sign_in(client, cast.other_mediator)
    sent = shift_form(cast, place=str(cast.workshop.id))
    assert "Une démarche en ligne" not in client.get(f"{LIST}/nouvelle").get_data(as_text=True)
    assert client.post(f"{LIST}/nouvelle", data=sent).status_code == 422
    assert len(shifts_of(cast.other_mediator.id)) == 1


def test_a_prescriber_plans_nothing(client, cast):
    sign_in(client, cast.prescriber)
    assert client.get(LIST).status_code == 403


def test_the_list_asks_as_often_whatever_there_is(client, cast):
    sign_in(client, cast.mediator)
    client.get(LIST)
    with statements() as few:
        client.get(LIST)
    for hour in range(18, 22):
        client.post(f"{LIST}/nouvelle", data=shift_form(cast, starts=f"{hour}:00", ends=f"{hour}:30"))
    client.get(LIST)
    with statements() as many:
        page = client.get(LIST).get_data(as_text=True)
    assert page.count("Le mardi") >= 4
    assert len(many) == len(few)


def test_what_has_ended_leaves_the_list(client, cast):
    sign_in(client, cast.mediator)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, recurrence="once", first_day="2026-03-09"))
    assert "lundi 9 mars" not in client.get(LIST).get_data(as_text=True)
    client.post(f"{LIST}/nouvelle", data=shift_form(cast, recurrence="once", first_day=TUESDAY))
    assert "ardi 10 mars" in client.get(LIST).get_data(as_text=True)
