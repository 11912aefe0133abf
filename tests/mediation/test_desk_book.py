"""Two screens book for somebody: the person is found or created, the time chosen, all of it checked once."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from activity.models import Channel
from foundation.db import db
from foundation.security import Role
from mediation.models import Appointment, Origin
from mediation.rules.desk import Wish
from people.models import Person
from tests.cast import sign_in
from tests.counting import statements
from tests.mediation.booking_wishes import TEN, booked, counts, held, local
from tests.mediation.planning import account_in, carried, town_manager, value_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
NEW = "/equipe/rendez-vous/nouveau"
CONFIRM = "/equipe/rendez-vous/confirmer"


def _wish(cast, **changes):
    usual = {
        "service_id": cast.paperwork.id, "starts_at": TEN, "mediator_id": cast.mediator.id, "channel": Channel.VENUE,
        "venue_id": cast.library.id,
    }  # fmt: skip
    return Wish(**(usual | changes)).key


def _first(cast, **changes):
    """What the first screen sends."""
    usual = {
        "service_id": cast.paperwork.id, "venue_id": 0, "mediator_id": 0, "first_day": "", "q": "", "asked": "",
        "given_name": "", "family_name": "", "phone": "", "email": "", "do": "check",
    }  # fmt: skip
    return usual | changes


def _appointments():
    return list(db.session.scalars(select(Appointment).order_by(Appointment.id)))


def _check(client, cast, **changes):
    """The second screen."""
    response = client.post(NEW, data=_first(cast, **({"slot": _wish(cast)} | changes)))
    assert response.status_code == 200
    return response.get_data(as_text=True)


def _confirm(client, page, **changes):
    return client.post(CONFIRM, data=carried(page) | {"companions": 0, "locale": "fr", "same_as": 0} | changes)


def test_two_screens_and_it_is_booked(client, cast):
    sign_in(client, cast.mediator)
    assert "Une démarche en ligne" in client.get(NEW).get_data(as_text=True)
    page = _check(client, cast, person_id=cast.resident.id)
    assert "Jeanne Le Goff" in page
    assert "jeudi 12 mars à 10\u202fh\u202f00" in page
    assert "Médiathèque du Port" in page
    response = _confirm(client, page, companions=2, remark="Sa retraite", locale="en")
    (appointment,) = _appointments()
    assert response.headers["Location"].endswith(f"/equipe/rendez-vous/{appointment.id}")
    assert (appointment.person_id, appointment.starts_at) == (cast.resident.id, TEN)
    assert (appointment.origin, appointment.booked_by_id) == (Origin.DESK, cast.mediator.id)
    assert (appointment.companions, appointment.remark, appointment.locale) == (2, "Sa retraite", "en")
    assert len(held(appointment)) == 2


def test_somebody_new_is_created_on_the_way(client, cast):
    sign_in(client, cast.mediator)
    page = _check(client, cast, given_name="Odette", family_name="Roche", phone="06 39 98 00 33")
    assert "Odette Roche" in page
    _confirm(client, page)
    person = db.session.scalar(select(Person).where(Person.family_name == "Roche"))
    assert (person.given_name, person.phone, person.created_by) == ("Odette", "+33639980033", cast.mediator.id)
    assert _appointments()[0].person_id == person.id


def test_a_near_double_is_shown_before_creating(client, cast):
    sign_in(client, cast.mediator)
    page = _check(client, cast, given_name="Jeanne", family_name="Le Gof")
    assert "Est-ce l’une de ces personnes" in page
    assert "Jeanne Le Goff" in page
    _confirm(client, page, same_as=cast.resident.id)
    assert _appointments()[0].person_id == cast.resident.id
    assert db.session.scalar(select(Person).where(Person.family_name == "Le Gof")) is None


@pytest.mark.parametrize("query", ["le goff", "LE GÔFF jeanne", "06 39 98 00 21", "K7M2P9"])
def test_people_are_found_by_name_telephone_or_code(client, cast, query):
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=_first(cast, q=query, do="search")).get_data(as_text=True)
    assert "1 personne trouvée" in page
    chosen = re.search(rf'name="person_id" value="{cast.resident.id}" checked', page)
    assert chosen, "the only one found is chosen"


def test_who_is_not_found_is_named_as_typed(client, cast):
    sign_in(client, cast.mediator)
    page = client.post(NEW, data=_first(cast, q="Odette Roche", do="search")).get_data(as_text=True)
    assert (value_of(page, "given_name"), value_of(page, "family_name")) == ("Odette", "Roche")
    page = client.post(NEW, data=_first(cast, q="06 39 98 00 44", do="search")).get_data(as_text=True)
    assert value_of(page, "phone") == "06 39 98 00 44"


def test_enter_goes_on_as_soon_as_it_can(client, cast):
    """The first button of the form is the search: it is what Enter presses."""
    sign_in(client, cast.mediator)
    sent = _first(cast, q="goff", asked="goff", person_id=cast.resident.id, slot=_wish(cast), do="search")
    assert "Vérifier le rendez-vous" in client.post(NEW, data=sent).get_data(as_text=True)
    page = client.post(NEW, data=sent | {"q": "haddad"}).get_data(as_text=True)
    assert "Farid Haddad" in page
    assert "Vérifier le rendez-vous" not in page


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, ["Trouvez la personne", "Choisissez un horaire."]),
        ({"given_name": "Odette"}, ["Choisissez un horaire."]),
        ({"phone": "12"}, ["dix chiffres"]),
        ({"email": "x"}, ["Écrivez une adresse comme"]),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, cast, changes, sentences):
    sign_in(client, cast.mediator)
    response = client.post(NEW, data=_first(cast, **({"family_name": ""} | changes)))
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert all(sentence in page for sentence in sentences)
    assert value_of(page, "given_name") == changes.get("given_name", "")


def test_a_time_of_another_service_is_no_choice(client, cast):
    sign_in(client, cast.mediator)
    sent = _first(cast, person_id=cast.resident.id, slot=_wish(cast, service_id=cast.first_steps.id))
    assert client.post(NEW, data=sent).status_code == 422


@pytest.mark.parametrize("slot", ["", "x", "1.2.3.venue", "1.99999999999.1.venue.1", "1.1.1.balloon.1", "²." * 4 + "1"])
def test_a_forged_time_is_refused(client, cast, slot):
    sign_in(client, cast.mediator)
    page = _check(client, cast, person_id=cast.resident.id)
    assert _confirm(client, page, slot=slot).status_code == 422
    assert _appointments() == []


class TestTakenMeanwhile:
    @pytest.fixture
    def refused(self, stopped_clock, client, cast):
        sign_in(client, cast.mediator)
        page = _check(client, cast, given_name="Odette", family_name="Roche", q="roche", asked="roche")
        booked(cast, newcomer=None, person_id=cast.resident.id)
        self.before = counts()
        return _confirm(client, page, companions=3, remark="Ses impôts")

    def test_says_so_and_offers_the_three_nearest(self, refused):
        page = refused.get_data(as_text=True)
        assert refused.status_code == 409
        assert "Les horaires libres les plus proches" in page
        near = page.split("Les horaires libres les plus proches")[1].split("</fieldset>")[0]
        assert len(re.findall(r"h\u202f\d\d", near)) == 3
        assert "9\u202fh\u202f30" in near
        assert counts() == self.before

    def test_keeps_what_was_typed_on_both_screens(self, client, cast, refused):
        page = refused.get_data(as_text=True)
        assert (value_of(page, "given_name"), value_of(page, "family_name")) == ("Odette", "Roche")
        again = client.post(NEW, data=_first(cast) | carried(page) | {
            "given_name": "Odette", "family_name": "Roche", "slot": _wish(cast, starts_at=local(11)), "do": "check",
        }).get_data(as_text=True)  # fmt: skip
        assert "Ses impôts" in again
        assert value_of(again, "companions") == "3"


def test_a_double_press_books_once(client, cast):
    sign_in(client, cast.mediator)
    page = _check(client, cast, person_id=cast.resident.id)
    first, second = _confirm(client, page), _confirm(client, page)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(_appointments()) == 1


def test_a_home_visit_asks_for_the_address(client, cast):
    sign_in(client, cast.mediator)
    wish = _wish(cast, service_id=cast.at_home.id, channel=Channel.HOME, venue_id=None, starts_at=local(9))
    page = _check(client, cast, person_id=cast.resident.id, service_id=cast.at_home.id, slot=wish)
    refused = _confirm(client, page, home_address=" ", remark="Frapper fort")
    assert refused.status_code == 422
    assert "Frapper fort" in refused.get_data(as_text=True)
    _confirm(client, page, home_address="3 rue Basse")
    assert _appointments()[0].home_address == "3 rue Basse"


def test_forbidden_numbers_are_refused_in_the_remark(client, cast):
    sign_in(client, cast.mediator)
    page = _check(client, cast, person_id=cast.resident.id)
    assert _confirm(client, page, remark="carte 4539 1488 0343 6467").status_code == 422
    assert _appointments() == []


def test_the_staff_book_at_the_last_minute_a_prescriber_does_not(client, cast):
    soon = _wish(cast, starts_at=local(9, day=10))
    sign_in(client, cast.prescriber)
    page = _check(client, cast, person_id=cast.resident.id, slot=soon)
    assert _confirm(client, page).status_code == 409
    sign_in(client, cast.mediator)
    page = _check(client, cast, person_id=cast.resident.id, slot=soon)
    assert _confirm(client, page).status_code == 303


class TestScope:
    def test_the_staff_book_with_their_structure_alone(self, client, cast):
        town_manager(cast, client)
        assert (
            "Atelier des Moulins"
            not in client.post(NEW, data=_first(cast, service_id=cast.first_steps.id, do="show"))
            .get_data(as_text=True)
            .split("Quand")[1]
            .split("<fieldset", 1)[1]
        )
        wish = _wish(
            cast, service_id=cast.first_steps.id, mediator_id=cast.other_mediator.id, venue_id=cast.workshop.id,
            starts_at=local(14),
        )  # fmt: skip
        page = _check(client, cast, person_id=cast.resident.id, service_id=cast.first_steps.id, slot=wish)
        assert _confirm(client, page).status_code == 404
        assert _appointments() == []

    def test_a_prescriber_books_what_is_open_to_prescribers_anywhere(self, client, cast):
        sign_in(client, cast.prescriber)
        wish = _wish(
            cast, service_id=cast.first_steps.id, mediator_id=cast.other_mediator.id, venue_id=cast.workshop.id,
            starts_at=local(14),
        )  # fmt: skip
        page = _check(client, cast, person_id=cast.resident.id, service_id=cast.first_steps.id, slot=wish)
        assert _confirm(client, page).status_code == 303
        assert _appointments()[0].origin is Origin.PRESCRIBER

    def test_a_prescriber_sees_only_the_end_of_a_number_a_colleague_all_of_it(self, client, cast):
        cast.resident.phone = "+33639980021"
        db.session.commit()
        whole, person_id = "06 39 98 00 21", cast.resident.id
        for who, seen, unseen in ((cast.prescriber, "… 0021", whole), (cast.mediator, whole, "… 0021")):
            sign_in(client, who)
            found = client.post(NEW, data=_first(cast, q="le goff", do="search")).get_data(as_text=True)
            for page in (found, client.get(f"{NEW}?personne={person_id}").get_data(as_text=True),
                         _check(client, cast, person_id=person_id)):  # fmt: skip
                assert seen in page
                assert unseen not in page

    def test_a_prescriber_reads_again_the_number_just_typed(self, client, cast):
        sign_in(client, cast.prescriber)
        assert "06 39 98 00 33" in _check(client, cast, given_name="Odette", family_name="Roche", phone="0639980033")

    def test_a_prescriber_books_nothing_that_is_for_the_staff(self, client, cast):
        sign_in(client, cast.administrator)
        page = _check(client, cast, person_id=cast.resident.id)
        service = cast.paperwork
        service.audience = "staff"
        db.session.commit()
        sign_in(client, cast.prescriber)
        assert "Une démarche en ligne" not in client.get(NEW).get_data(as_text=True)
        assert _confirm(client, page).status_code == 404
        assert _appointments() == []

    @pytest.mark.parametrize("role", [Role.HOST, Role.PARTNER])
    def test_hosts_and_partners_book_nothing(self, client, cast, role):
        sign_in(client, cast.account_of(role))
        assert client.get(NEW).status_code == 403
        assert client.post(CONFIRM, data={}).status_code == 403


def test_other_pages_lead_here_with_what_they_know(client, cast):
    sign_in(client, cast.mediator)
    page = client.get(f"{NEW}?personne={cast.resident.id}&motif={cast.at_home.id}&jour=2026-03-13").get_data(
        as_text=True
    )
    assert "Jeanne Le Goff" in page
    assert re.search(rf'<option selected value="{cast.at_home.id}"', page)
    assert "vendredi 13 mars" in page
    assert "jeudi 12 mars" not in page
    for wrong in ("personne=x", "motif=999", "jour=hier", "mediateur=0", "lieu=-1"):
        assert client.get(f"{NEW}?{wrong}").status_code == 200


def test_the_first_screen_asks_as_often_whatever_is_booked(client, cast):
    sign_in(client, account_in(cast, "town", Role.ADMINISTRATOR))
    client.get(NEW)
    with statements() as few:
        client.get(NEW)
    for hour in (9, 11, 13, 15):
        booked(cast, starts_at=local(hour), newcomer=None, person_id=cast.resident.id)
    client.get(NEW)
    with statements() as many:
        client.get(NEW)
    assert len(many) <= len(few)
