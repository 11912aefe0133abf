"""A teacher reserves a kit: by need, step by step; what is wrong, what is taken, what is sent twice."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest

from equipment.models import Approval, Borrowers, Handing, ReservationState
from foundation.db import db, transaction
from tests.cast import sign_in
from tests.equipment.borrowing import (
    ASK,
    HOME,
    as_teacher,
    asked,
    chosen,
    details,
    faults,
    need,
    reservations,
    send,
)
from tests.equipment.given import (
    TUESDAY,
    by_rights,
    host_of_home,
    host_of_school,
    hours,
    kit,
    ledger,
    morning,
    reserved,
)
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import stranger
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def plain(response):
    """The page with its attributes in one order and plain spaces."""
    page = response.get_data(as_text=True).replace("\u202f", " ").replace("\xa0", " ")
    return re.sub(
        r"<input ([^>]+)>", lambda tag: "<input " + " ".join(sorted(re.findall(ATTRIBUTE, tag[1]))) + ">", page
    )


ATTRIBUTE = r'[\w-]+="[^"]*"|\w+'
HALF = hours(TUESDAY, time(8, 30), time(11, 30))


def test_from_the_need_to_the_kit_in_four_steps(client, cast):
    blue = kit(rules="Charger le soir\nCompter avec la classe", home_venue_id=cast.ids["library"])
    as_teacher(client, cast, phone="+33639980055")
    first = main_of(client.get(ASK))
    assert "Étape 1 sur 4" in first
    assert "Avant la récréation du matin, de 8 h 30 à 10 h 00" in first

    key = asked(client)
    second = main_of(client.get(f"{ASK}/choisir?d={key}"))
    assert "3 appareils, mardi 17 mars, de 8 h 30 à 11 h 30" in second
    assert "1 mallette est libre" in second
    assert "Tablette : 3" in second

    took = client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id})
    assert took.location == f"{ASK}/conditions?d={key}"
    third = client.get(took.location)
    assert "Compter avec la classe" in main_of(third)
    assert "Médiathèque du Port, 2 quai des Lampes" in main_of(third)
    assert 'name="contact_phone" type="text" value="06 39 98 00 55"' in plain(third)

    typed = details(outward="delivered", contact_phone="06 39 98 00 56", sheet_url="https://example.org/fiche.pdf")
    checked = client.post(f"{ASK}/conditions?d={key}", data=typed)
    fourth = main_of(client.get(checked.location))
    for said in ("École des Peupliers, CM1", "Mallette bleue", "mardi 17 mars, de 8 h 30 à 11 h 30", "Scratch",
                 "L’équipe l’apporte", "06 39 98 00 56", "https://example.org/fiche.pdf"):  # fmt: skip
        assert said in fourth

    done = send(client, key)
    (made,) = reservations()
    assert done.location == f"{HOME}/{made.code}?fait=1"
    assert (made.kit_id, made.period, made.school_id) == (blue.id, HALF, cast.ids["school"])
    assert (made.group_label, made.activity, made.head_count, made.units_wanted) == ("CM1", "Scratch", 24, 3)
    assert (made.outward, made.homeward) == (Handing.DELIVERED, Handing.DELIVERED)
    assert (made.contact_phone, made.sheet_url) == ("+33639980056", "https://example.org/fiche.pdf")
    assert made.state is ReservationState.APPROVED
    assert ledger() == by_rights() != set()
    page = main_of(client.get(done.location))
    assert "La mallette est réservée." in page
    assert "Vous recevez un courriel." in page


def test_the_same_answers_sent_twice_reserve_once_and_lead_to_the_same_page(client, cast):
    blue = kit()
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    first, again = send(client, key), send(client, key)
    assert first.location == again.location
    assert len(reservations()) == 1
    for step in ("", "/choisir", "/conditions", "/verifier"):
        assert client.get(f"{ASK}{step}?d={key}").location == first.location


def test_a_second_press_before_the_first_was_answered_finds_what_it_reserved(client, cast):
    blue = kit()
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    send(client, key)
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert send(client, key).location == f"{HOME}/{reservations()[0].code}?fait=1"
    assert len(reservations()) == 1
    assert ledger() == by_rights()


def test_the_way_back_finds_all_that_was_typed(client, cast):
    blue = kit(rules="Charger")
    as_teacher(client, cast)
    key = chosen(client, blue.id, activity="Dessiner & coder", part="heures", starts="09:10", ends="10:40")
    page = client.get(f"{ASK}?d={key}").get_data(as_text=True)
    for value in ('value="CM1"', 'value="Dessiner &amp; coder"', 'value="2026-03-17"', 'value="09:10"', 'value="24"'):
        assert value in page
    assert re.search(r'<input checked[^>]*value="heures"', page)
    third = client.get(f"{ASK}/conditions?d={key}").get_data(as_text=True)
    assert re.search(r'<input checked[^>]*name="homeward"[^>]*value="delivered"', third)
    assert re.search(r'<input checked[^>]*name="accepted"', third)
    assert f'name="kit_id" type="hidden" value="{blue.id}"' in plain(client.get(f"{ASK}?d={key}"))
    again = client.post(f"{ASK}?d={key}", data=need(group_label="CM2", kit_id=str(blue.id)))
    assert client.get(again.location).location == f"{ASK}/conditions?d={key}"
    checked = main_of(client.get(f"{ASK}/verifier?d={key}"))
    assert "École des Peupliers, CM2" in checked
    assert "L’équipe vient la reprendre" in checked


@ONE_ENGINE
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "17/03"}, "day"),
        ({"day": "1026-03-17"}, "day"),
        ({"day": "2026-03-03"}, "day"),
        ({"day": "2029-03-13"}, "day"),
        ({"part": "minuit"}, "part"),
        ({"day": "2026-03-18", "part": "apres-midi"}, "part"),
        ({"day": "2026-03-21"}, "part"),
        ({"part": "heures"}, "starts"),
        ({"part": "heures", "starts": "9h"}, "starts"),
        ({"part": "heures", "starts": "09:00"}, "ends"),
        ({"part": "heures", "starts": "11:00", "ends": "10:00"}, "ends"),
        ({"last_day": "2026-03-16"}, "last_day"),
        ({"every": "1"}, "until"),
        ({"every": "3", "until": "2026-05-05"}, "every"),
        ({"every": "1", "until": "2026-05-05", "last_day": "2026-03-18"}, "last_day"),
        ({"units_wanted": "-1"}, "units_wanted"),
        ({"units_wanted": "201"}, "units_wanted"),
        ({"units_wanted": "9" * 300}, "units_wanted"),
        ({"units_wanted": "douze"}, "units_wanted"),
        ({"head_count": "501"}, "head_count"),
        ({"group_label": "é" * 121}, "group_label"),
        ({"activity": "é" * 301}, "activity"),
        ({"kind": "Drones"}, "kind"),
    ],
)
def test_what_is_wrong_with_the_need_is_said_beside_its_field_and_all_is_kept(client, cast, wrong, field):
    kit()
    as_teacher(client, cast)
    response = client.post(ASK, data=need(**wrong))
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert f'href="#{field}"' in page
    assert 'value="Scratch"' in page or "activity" in wrong
    assert reservations() == []


@ONE_ENGINE
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outward": "by drone"}, "outward"),
        ({"homeward": ""}, "homeward"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"sheet_url": "javascript:alert(1)"}, "sheet_url"),
        ({"sheet_url": "https://x.fr/" + "a" * 500}, "sheet_url"),
        ({"accepted": ""}, "accepted"),
    ],
)
def test_what_is_wrong_with_the_details_is_said_beside_its_field(client, cast, wrong, field):
    blue = kit(rules="Charger")
    as_teacher(client, cast)
    key = asked(client)
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id})
    typed = {name: value for name, value in details(**wrong).items() if value != "" or name != "accepted"}
    response = client.post(f"{ASK}/conditions?d={key}", data=typed)
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)


def test_a_kit_without_conditions_asks_for_no_tick(client, cast):
    blue = kit()
    as_teacher(client, cast)
    key = asked(client)
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id})
    assert 'name="accepted"' not in client.get(f"{ASK}/conditions?d={key}").get_data(as_text=True)


def test_a_step_that_was_passed_over_is_asked_first(client, cast):
    kit()
    as_teacher(client, cast)
    for step in ("choisir", "conditions", "verifier"):
        answer = client.get(f"{ASK}/{step}?d=unknown")
        if answer.location.startswith(f"{ASK}/choisir"):
            answer = client.get(answer.location)
        assert answer.location == ASK
    key = asked(client)
    assert client.get(f"{ASK}/conditions?d={key}").location == f"{ASK}/choisir?d={key}"
    assert client.get(f"{ASK}/verifier?d={key}").location == f"{ASK}/choisir?d={key}"
    assert send(client, key).location == f"{ASK}/choisir?d={key}"
    assert reservations() == []


def test_answers_are_those_of_one_browser(client, cast, app):
    blue = kit()
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    other = sign_in(app.test_client(), stranger())
    assert other.get(f"{ASK}/verifier?d={key}").location == f"{ASK}/choisir?d={key}"
    assert other.get(f"{ASK}/choisir?d={key}").location == ASK


def test_a_kit_taken_meanwhile_is_answered_with_what_is_free_and_nothing_is_lost(client, cast):
    blue, red = kit(), kit("Mallette rouge")
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    reserved(blue.id, morning(), cast.ids["mediator"])
    response = send(client, key)
    page = main_of(response)
    assert response.status_code == 409
    assert "Rien n’est encore réservé" in page
    assert "Prendre Mallette rouge" in page
    assert len(reservations()) == 1
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": red.id})
    client.post(f"{ASK}/conditions?d={key}", data=details())
    assert send(client, key).status_code == 303
    assert reservations()[0].kit_id == red.id
    assert ledger() == by_rights()


def test_a_kit_under_its_minimum_meanwhile_is_not_promised(client, cast):
    blue = kit(units=3, minimum_units=3)
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    with transaction():
        db.session.get(type(blue), blue.id).items[0].condition = "damaged"
    response = send(client, key)
    assert response.status_code == 409
    assert reservations() == []


def test_another_time_is_one_press(client, cast):
    blue = kit()
    as_teacher(client, cast)
    reserved(blue.id, morning(), cast.ids["mediator"])
    key = asked(client)
    page = client.get(f"{ASK}/choisir?d={key}").get_data(as_text=True)
    starts = re.findall(r'name="start" value="([^"]+)"', page)
    assert len(starts) == 3
    forged = client.post(f"{ASK}/autre-heure?d={key}", data={"kit_id": blue.id, "start": "2026-03-17T08:00:00+00:00"})
    assert forged.location == f"{ASK}/choisir?d={key}"
    took = client.post(f"{ASK}/autre-heure?d={key}", data={"kit_id": blue.id, "start": starts[0]})
    assert took.location == f"{ASK}/conditions?d={key}"
    client.post(took.location, data=details())
    send(client, key)
    (mine,) = [one for one in reservations() if one.school_id]
    assert mine.starts_at.isoformat() == starts[0]


def test_a_kit_with_one_device_less_is_taken_all_the_same(client, cast):
    blue = kit(units=12, broken=1)
    as_teacher(client, cast)
    key = asked(client, units_wanted="12")
    page = main_of(client.get(f"{ASK}/choisir?d={key}"))
    assert "11 sur 12 fonctionnent" in page
    assert "1 appareil de moins que souhaité" in page
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": blue.id})
    client.post(f"{ASK}/conditions?d={key}", data=details())
    send(client, key)
    assert reservations()[0].units_wanted == 11


def test_when_no_kit_is_enough_the_fullest_is_told(client, cast):
    kit(units=5)
    as_teacher(client, cast)
    key = asked(client, units_wanted="30")
    assert "La plus fournie en a 5" in main_of(client.get(f"{ASK}/choisir?d={key}"))


def test_when_there_is_no_kit_at_all_the_page_says_so(client, cast):
    kit(borrowers=Borrowers.CARE_HOMES)
    as_teacher(client, cast)
    assert "ne prête pas encore de mallette" in main_of(client.get(ASK))
    assert "ne vous prête pas encore" in main_of(client.get(f"{HOME}/calendrier"))


@pytest.mark.parametrize("forged", ["0", "-1", "987654", "x", "9" * 40, ""])
def test_a_kit_that_was_made_up_does_not_exist(client, cast, forged):
    kit()
    as_teacher(client, cast)
    key = asked(client)
    assert client.post(f"{ASK}/choisir?d={key}", data={"kit_id": forged}).status_code == 404
    assert client.get(f"{ASK}/conditions?d={key}").location == f"{ASK}/choisir?d={key}"


def test_a_kit_for_others_can_not_be_reserved_by_its_number(client, cast):
    kit()
    for_homes = kit("Maisons", borrowers=Borrowers.CARE_HOMES)
    as_teacher(client, cast)
    key = asked(client)
    assert client.post(f"{ASK}/choisir?d={key}", data={"kit_id": for_homes.id}).status_code == 404
    page = main_of(client.get(f"{ASK}?mallette={for_homes.id}"))
    assert "Maisons" not in page
    assert client.post(ASK, data=need(kit_id=str(for_homes.id))).status_code == 422
    assert reservations() == []


def test_what_needs_a_yes_is_asked_for_and_kept_meanwhile(client, cast):
    blue = kit(approval=Approval.MANAGER)
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    assert "Demander la mallette" in main_of(client.get(f"{ASK}/verifier?d={key}"))
    page = main_of(client.get(send(client, key).location))
    assert "Votre demande est envoyée." in page
    assert reservations()[0].state is ReservationState.REQUESTED
    assert ledger() == by_rights() != set()


def test_a_care_home_reserves_for_wednesday_afternoon_without_lessons(client, cast):
    blue = kit()
    sign_in(client, host_of_home(cast))
    assert "récréation" not in main_of(client.get(ASK))
    assert client.post(ASK, data=need(part="m1")).status_code == 422
    key = chosen(client, blue.id, day="2026-03-18", part="apres-midi")
    send(client, key)
    (made,) = reservations()
    assert (made.care_home_id, made.school_id) == (cast.ids["care_home"], None)


def test_a_host_without_a_place_reads_whom_to_ask(client, cast):
    kit()
    sign_in(client, host_of_school(cast, school_id=None))
    assert client.get(HOME).status_code == 200
    assert "Paul Ndiaye" in main_of(client.get(HOME))
    for address in (ASK, f"{HOME}/calendrier", f"{HOME}/a-repondre"):
        assert client.get(address).status_code == 403
    assert client.post(ASK, data=need()).status_code == 403


@ONE_ENGINE
def test_what_is_typed_is_never_markup(client, cast):
    blue = kit("<b>Bleue</b>")
    as_teacher(client, cast)
    key = chosen(client, blue.id, group_label='<b>CM1</b>"', activity="<script>")
    for address in (f"{ASK}?d={key}", f"{ASK}/choisir?d={key}", f"{ASK}/verifier?d={key}", send(client, key).location):
        page = client.get(address).get_data(as_text=True)
        assert "<b>CM1" not in page
        assert "<b>Bleue" not in page
        assert "<script>" not in page


@ONE_ENGINE
def test_too_much_typed_for_the_cookie_is_refused_in_a_sentence(client, cast, monkeypatch):
    kit()
    as_teacher(client, cast)
    monkeypatch.setattr("foundation.drafts.LARGEST", 300)
    response = client.post(ASK, data=need(activity="a1b2c3 é" * 30))
    assert response.status_code == 422
    assert faults(response)


def test_of_very_many_kits_the_ones_that_fit_best_are_listed_and_the_others_counted(client, cast, monkeypatch):
    monkeypatch.setattr("equipment.views.borrowing.choosing.SHOWN", 2)
    for n in range(4):
        kit(f"Mallette {n}", units=3 + n)
    as_teacher(client, cast)
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client)}"))
    assert "Mallette 1" in page
    assert "Mallette 2" not in page
    assert "2 autres mallettes conviennent moins bien." in page


def test_a_date_names_a_few_kits_that_are_free_then_not_all(client, cast):
    blue = kit("Bleue")
    for n in range(7):
        other = kit(f"Autre {n}")
        reserved(other.id, hours(TUESDAY + timedelta(weeks=1), time(8), time(9)), cast.ids["mediator"])
    as_teacher(client, cast)
    reserved(blue.id, morning(), cast.ids["mediator"])
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client, every='1', until='2026-03-24')}"))
    assert "libre ce jour-là : Autre 0 , Autre 1 , Autre 2 , Autre 3 , Autre 4" in page.replace(",", " ,").replace(
        "  ", " "
    )
    assert "Autre 5, Autre 6" not in page
