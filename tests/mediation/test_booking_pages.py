"""A resident books through the pages: one question each, nothing typed is lost, a press books once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from activity.models import Channel
from foundation.db import db, transaction
from mediation.models import Appointment
from places.models import Address
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, booked, counts
from tests.mediation.residents import ANSWERS, NAME, action, book, links, own, place, to_check

pytestmark = pytest.mark.usefixtures("stopped_clock")


def test_every_page_leads_to_the_next(client, cast):
    home = client.get("/")
    what = client.get(links(home, "/rendez-vous")[0])
    where = client.get(links(what, f"/rendez-vous/lieu?motif={cast.first_steps.id}")[0])
    when = client.get(links(where, "/rendez-vous/jour")[0])
    start = re.search(r'name="debut" value="([^"]+)"', when.text).group(1)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', when.text))
    who = client.get(action(when), query_string=fields | {"debut": start})
    check = client.get(client.post(action(who), data=ANSWERS).headers["Location"])
    done = client.post(action(check, "/rendez-vous/confirmer"))
    confirmed = client.get(done.headers["Location"])
    appointment = db.session.scalars(select(Appointment)).one()
    assert f"{appointment.code[:3]} {appointment.code[3:]}" in confirmed.text
    assert (appointment.person.name, appointment.person.phone) == ("Nadia Benali", "+33612345678")


def test_only_what_everyone_may_book_is_shown(client, cast):
    page = client.get("/rendez-vous")
    assert cast.paperwork.label in page.text
    assert cast.at_home.label not in page.text


def test_one_place_only_is_not_asked_for(client, cast):
    skipped = client.get("/rendez-vous/lieu", query_string={"motif": cast.paperwork.id})
    assert skipped.headers["Location"].endswith(f"/rendez-vous/jour?motif={cast.paperwork.id}&ou={cast.library.id}")


def test_the_nearest_place_comes_first_once_a_neighbourhood_is_chosen(client, cast):
    for near, first in ((cast.harbour, cast.library), (cast.mills, cast.workshop)):
        page = client.get("/rendez-vous/lieu", query_string={"motif": cast.first_steps.id, "quartier": near.id})
        assert f"ou={first.id}" in links(page, "/rendez-vous/jour")[0]


def test_an_address_is_asked_for_when_the_town_has_loaded_them(client, cast):
    with transaction():
        door = Address(
            external_id="1", label="9 rue du Bief 99100 Rives-sur-Aure", street_key="rue du bief", house_number=9,
            postcode="99100", commune="Rives-sur-Aure", latitude=48.01, longitude=-0.97,
        )  # fmt: skip
        db.session.add(door)
    query = {"motif": cast.first_steps.id, "rue": "9 rue du Bief", "changer": 1}
    found = client.get("/rendez-vous/lieu", query_string=query)
    near = client.get(links(found, "/rendez-vous/lieu")[0])
    assert "9 rue du Bief" in near.text
    assert f"ou={cast.workshop.id}" in links(near, "/rendez-vous/jour")[0]


def test_one_day_at_a_time_and_the_times_of_the_day_that_is_open(client, cast):
    query = {"motif": cast.paperwork.id, "ou": cast.library.id}
    page = client.get("/rendez-vous/jour", query_string=query | {"jour": "2026-03-12"})
    assert len(re.findall(r'name="debut" value="20260312T', page.text)) == 16
    later = client.get(links(page, "/rendez-vous/jour")[-1])
    assert "20260320T" in later.text


def test_a_day_without_free_time_says_so(client, cast):
    query = {"motif": cast.paperwork.id, "ou": cast.library.id, "jour": "2026-03-14"}
    page = client.get("/rendez-vous/jour", query_string=query)
    assert 'role="status"' in page.text
    assert 'name="debut"' not in page.text


@pytest.mark.parametrize("path", ["/rendez-vous", "/rendez-vous/lieu", "/rendez-vous/jour", "/lieux"])
def test_where_nothing_is_free_or_listed_the_number_to_call_stands_beside(client, cast, path):
    with transaction():
        cast.shift.services, cast.other_shift.services = [], []
        for venue in (cast.library, cast.workshop):
            venue.active = False
        for service in (cast.paperwork, cast.first_steps):
            service.active = path != "/rendez-vous"
    query = {} if path == "/lieux" else {"motif": cast.ids["paperwork"], "ou": cast.ids["library"]}
    page = client.get(path, query_string=query)
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert f'href="tel:{cast.territory.helpline}"' in main


def test_as_soon_as_possible_is_one_press(client, cast):
    page = client.get("/rendez-vous/jour", query_string={"motif": cast.paperwork.id, "ou": cast.library.id})
    assert "debut=20260310T0900Z" in links(page, "/rendez-vous/qui")[0]


def test_what_was_typed_wrong_is_said_beside_the_field(client, cast):
    client.get("/rendez-vous/qui", query_string=place(cast))
    before = counts()
    wrong = {"family_name": "", "phone": "12", "email": "nadia@", "remark": "x" * 301, "companions": "0"}
    page = client.post("/rendez-vous/qui", query_string=place(cast), data=wrong)
    assert page.status_code == 422
    for field in ("family_name", "phone", "email", "remark"):
        assert f'href="#{field}"' in page.text
        assert f'id="{field}-fault"' in page.text
    assert 'value="nadia@"' in page.text
    assert counts() == before


@pytest.mark.parametrize(("path", "query", "question"), [
    ("/rendez-vous/lieu", {}, "/rendez-vous"),
    ("/rendez-vous/jour", {"motif": 1}, "/rendez-vous/lieu?motif=1"),
    ("/rendez-vous/qui", {}, "/rendez-vous"),
    ("/rendez-vous/qui", {"motif": 1, "ou": 1}, "/rendez-vous/jour?motif=1&ou=1"),
    ("/rendez-vous/verifier", {"motif": 1, "ou": 1}, "/rendez-vous/jour?motif=1&ou=1"),
])  # fmt: skip
def test_a_question_that_was_passed_over_is_asked(client, cast, path, query, question):
    assert client.get(path, query_string=query).headers["Location"] == question


def test_neither_phone_nor_e_mail_is_enough(client, cast):
    check = to_check(client, cast, {"family_name": "Sané", "companions": "2"})
    assert "06" not in re.sub(r"<footer.*", "", check.text, flags=re.DOTALL).split("<main")[1]
    appointment = book(client, cast, {"family_name": "Sané", "companions": "2"})
    assert (appointment.person.phone, appointment.person.email, appointment.companions) == (None, None, 2)


def test_the_answers_are_shown_once_more_each_with_a_way_back(client, cast):
    page = to_check(client, cast, ANSWERS | {"remark": "Mes <b>impôts</b>"})
    assert "Mes &lt;b&gt;impôts&lt;/b&gt;" in page.text
    for step in ("/rendez-vous?", "/rendez-vous/lieu", "/rendez-vous/jour", "/rendez-vous/qui"):
        assert all("d=" in link for link in links(page, step))
    again = client.get(links(page, "/rendez-vous/qui")[0])
    assert 'value="Benali"' in again.text


def test_another_time_keeps_the_answers(client, cast):
    page = to_check(client, cast)
    when = client.get(links(page, "/rendez-vous/jour")[0])
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', when.text))
    check = client.get(action(when, "/rendez-vous/verifier"), query_string=fields | {"debut": "20260313T0900Z"})
    assert "Benali" in check.text
    client.post(action(check, "/rendez-vous/confirmer"))
    assert db.session.scalars(select(Appointment)).one().starts_at.day == 13


def test_nothing_typed_stands_in_an_address(client, cast):
    client.get("/rendez-vous/qui", query_string=place(cast))
    typed = client.post("/rendez-vous/qui", query_string=place(cast), data=ANSWERS)
    assert not any(word in typed.headers["Location"] for word in ("Benali", "Nadia", "6123"))


def test_two_tabs_never_mix_two_people(client, cast):
    one = to_check(client, cast, {"family_name": "Un", "companions": "0"})
    two = to_check(client, cast, {"family_name": "Deux", "companions": "0"}, start="20260312T1000Z")
    client.post(action(one, "/rendez-vous/confirmer"))
    client.post(action(two, "/rendez-vous/confirmer"))
    people = db.session.scalars(select(Appointment).order_by(Appointment.starts_at)).all()
    assert [one.person.family_name for one in people] == ["Un", "Deux"]


def test_a_double_press_books_once(client, cast):
    confirm = action(to_check(client, cast), "/rendez-vous/confirmer")
    first, second = client.post(confirm), client.post(confirm)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(db.session.scalars(select(Appointment)).all()) == 1


@pytest.mark.parametrize("page", ["/rendez-vous/qui", "/rendez-vous/verifier"])
def test_the_way_back_after_booking_leads_to_the_appointment(client, cast, page):
    check = to_check(client, cast)
    confirmed = client.post(action(check, "/rendez-vous/confirmer")).headers["Location"]
    (who, *_rest) = links(check, "/rendez-vous/qui")
    back = client.get(who.replace("/rendez-vous/qui", page))
    assert back.headers["Location"] == confirmed
    assert "Prendre un autre rendez‑vous" in client.get(confirmed).text


def test_an_address_that_somebody_was_sent_never_opens_the_sender_s_appointment(app, cast):
    sender, other = app.test_client(), app.test_client()
    check = to_check(sender, cast)
    (who, *_rest) = links(check, "/rendez-vous/qui")
    sender.post(action(check, "/rendez-vous/confirmer"))
    assert other.get(who).headers["Location"].startswith("/rendez-vous/jour")
    assert other.get(who.replace("/qui", "/verifier")).headers["Location"].startswith("/rendez-vous/jour")
    other.get(who.replace("debut=20260312T0900Z", "debut=20260312T1000Z"))
    confirm = other.post(who.replace("/qui", "/confirmer"))
    assert confirm.headers["Location"].startswith("/rendez-vous/qui")
    theirs = other.post(who.replace("debut=20260312T0900Z", "debut=20260312T1000Z"), data=ANSWERS)
    other.post(action(other.get(theirs.headers["Location"]), "/rendez-vous/confirmer"))
    assert len(db.session.scalars(select(Appointment)).all()) == 2


def test_an_hour_later_the_way_back_leads_to_other_times(client, cast):
    check = to_check(client, cast)
    client.post(action(check, "/rendez-vous/confirmer"))
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert client.get(links(check, "/rendez-vous/qui")[0]).location.startswith("/rendez-vous/jour")


def test_a_time_that_goes_while_somebody_types_is_told_before_the_last_press(client, cast):
    client.get("/rendez-vous/qui", query_string=place(cast))
    typed = client.post("/rendez-vous/qui", query_string=place(cast), data=ANSWERS)
    booked(cast)
    page = client.get(typed.headers["Location"])
    assert page.status_code == 409
    assert "Rien de ce que vous avez écrit n’est perdu" in page.text
    client.post(action(page, "/rendez-vous/confirmer"))
    _first, second = db.session.scalars(select(Appointment).order_by(Appointment.id))
    assert second.person.name == "Nadia Benali"


@pytest.mark.parametrize("remark", ["2 84 05 49 588 157", "mdp : Soleil12", "4111 1111 1111 1111"])
def test_a_remark_that_must_not_be_kept_is_refused_with_why(client, cast, remark):
    client.get("/rendez-vous/qui", query_string=place(cast))
    before = counts()
    page = client.post("/rendez-vous/qui", query_string=place(cast), data=ANSWERS | {"remark": remark})
    assert page.status_code == 422
    assert 'id="remark-fault"' in page.text
    assert counts() == before


def test_answers_that_are_gone_are_asked_for_again(client, cast):
    confirm = action(to_check(client, cast), "/rendez-vous/confirmer")
    with client.session_transaction() as session:
        session.pop("drafts")
    back = client.post(confirm)
    assert back.headers["Location"].startswith("/rendez-vous/qui")
    assert client.get(back.headers["Location"]).status_code == 200


def test_a_time_taken_in_between_loses_nothing_and_offers_the_three_nearest(client, cast):
    check = to_check(client, cast, ANSWERS | {"remark": "Mes impôts"})
    booked(cast)
    before = counts()
    taken = client.post(action(check, "/rendez-vous/confirmer"))
    assert taken.status_code == 409
    assert counts() == before
    presses = re.findall(r'action="(/rendez-vous/confirmer[^"]*)"', taken.text)
    assert [re.search(r"debut=(\w+)", one).group(1) for one in presses] == [
        "20260312T0800Z", "20260312T0830Z", "20260312T0930Z",
    ]  # fmt: skip
    client.post(presses[2].replace("&amp;", "&"))
    mine = db.session.scalars(select(Appointment).where(Appointment.starts_at != TEN)).one()
    assert (mine.person.name, mine.remark) == ("Nadia Benali", "Mes impôts")


def test_a_call_needs_a_number_and_says_so_in_place(client, cast):
    with transaction():
        cast.paperwork.channels = ["venue", "phone"]
    by_phone = place(cast, ou="phone")
    client.get("/rendez-vous/qui", query_string=by_phone)
    refused = client.post("/rendez-vous/qui", query_string=by_phone, data=NAME | {"companions": "0"})
    assert refused.status_code == 422
    assert 'id="phone-fault"' in refused.text
    appointment = book(client, cast, ou="phone")
    assert (appointment.channel, appointment.venue_id) == (Channel.PHONE, None)


def test_a_visit_needs_an_address(client, cast):
    with transaction():
        cast.paperwork.channels = ["home"]
    at_home = place(cast, ou="home")
    client.get("/rendez-vous/qui", query_string=at_home)
    refused = client.post("/rendez-vous/qui", query_string=at_home, data=ANSWERS)
    assert 'id="home_address-fault"' in refused.text
    appointment = book(client, cast, ANSWERS | {"home_address": "3 rue du Bief"}, ou="home")
    assert appointment.home_address == "3 rue du Bief"


def test_the_language_of_the_pages_is_kept_for_the_messages(client, cast):
    client.get("/langue/ar")
    page = client.get("/rendez-vous")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "خطواتي الأولى مع الحاسوب" in page.text
    assert book(client, cast).locale == "ar"


def test_places_are_listed_for_everyone_with_hours_and_access(client, cast):
    page = client.get("/lieux")
    assert cast.library.name in page.text
    assert cast.harbour.name in page.text
    near = client.get("/lieux", query_string={"quartier": cast.mills.id}).text
    assert near.index(cast.workshop.name) < near.index(cast.library.name)


def test_places_that_are_closed_or_not_for_residents_are_not_listed(client, cast):
    with transaction():
        cast.library.bookable = False
        cast.workshop.active = False
    page = client.get("/lieux")
    assert cast.library.name not in page.text
    assert cast.workshop.name not in page.text


@pytest.mark.parametrize("path", ["/rendez-vous/lieu", "/rendez-vous/jour", "/lieux"])
def test_more_rows_need_no_more_queries(client, cast, count_queries, path):
    query = place(cast, motif=cast.ids["first_steps"]) | {"changer": 1}
    client.get(path, query_string=query)
    few = count_queries(lambda: client.get(path, query_string=query))
    for day in (11, 12, 13):
        for hour in (8, 9, 10):
            booked(cast, starts_at=NOW.replace(day=day, hour=hour), request_key=f"{day}-{hour}")
    with transaction():
        cast.other_shift.venue_id = cast.library.id
    assert count_queries(lambda: client.get(path, query_string=query)) == few


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_pages_stay_light(client, cast, locale):
    client.get(f"/langue/{locale}")
    appointment = book(client, cast)
    pages = ["/", "/rendez-vous", "/lieux", "/mon-rendez-vous", *(own(appointment, rest) for rest in ("", "/fiche"))]
    query = place(cast, "20260312T1300Z", motif=cast.ids["first_steps"], changer=1)
    for path in [*pages, "/rendez-vous/lieu", "/rendez-vous/jour", "/rendez-vous/qui"]:
        page = client.get(path, query_string=None if path in pages else query)
        assert page.status_code == 200
        assert len(re.findall(r"<[a-z]", page.text)) <= 350
        assert len(page.data) <= 20_000


@pytest.mark.parametrize(
    ("sends", "days", "said"),
    [
        (True, 9, "Vous recevez un SMS maintenant, et un autre deux jours avant."),
        (True, 1, "Vous recevez un SMS de confirmation."),
        (False, 9, "Nous ne pouvons pas vous envoyer de message"),
    ],
)
def test_only_messages_that_will_leave_are_promised(client, cast, monkeypatch, sends, days, said):
    monkeypatch.setattr("foundation.outbox.sending.leaves_by", lambda _channel: sends)
    appointment = book(client, cast)
    start = NOW + timedelta(days=days, hours=3)
    with transaction():
        appointment.starts_at = appointment.held_from = start
        appointment.ends_at = appointment.held_until = start + timedelta(hours=1)
    assert said in client.get(own(appointment, "/confirme")).text


@pytest.mark.parametrize("page", ["/rendez-vous/qui", "/rendez-vous/verifier"])
@pytest.mark.parametrize(
    "ahead",
    [timedelta(days=-1), timedelta(days=400), timedelta(days=2, hours=2, minutes=1), timedelta(days=2, hours=-4)],
    ids=["passed", "too far ahead", "between two starts", "before the doors open"],
)
def test_a_time_that_can_not_be_is_told_before_anything_is_typed(client, cast, page, ahead):
    start = (NOW + ahead).strftime("%Y%m%dT%H%MZ")
    response = client.get(page, query_string=place(cast) | {"debut": start})
    assert response.status_code == 303
    assert response.location.startswith("/rendez-vous/jour?")
    assert "debut" not in response.location
    assert "Cette heure ne peut pas être réservée" in client.get(response.location).text
