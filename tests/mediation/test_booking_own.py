"""One's own appointment: found with code and number, or by the link; seen, moved, cancelled, taken home."""

from __future__ import annotations

import contextlib
import io
import re
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from foundation.db import db, transaction
from mediation.models import Appointment, Attendance
from mediation.rules.booking import SlotTaken
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, booked, counts, local
from tests.mediation.residents import book, links, own

pytestmark = pytest.mark.usefixtures("stopped_clock")


def find(client, code, proof):
    client.get("/mon-rendez-vous")
    return client.post("/mon-rendez-vous", data={"code": code, "proof": proof})


def fresh(appointment_id):
    db.session.rollback()
    return db.session.get_one(Appointment, appointment_id)


@pytest.mark.parametrize("proof", ["06 12 34 56 78", "0612345678", "+33 6 12 34 56 78"])
def test_is_found_with_code_and_number(client, cast, proof):
    appointment = book(client, cast)
    found = find(client, f" {appointment.code[:3].lower()} {appointment.code[3:]}", proof)
    assert found.headers["Location"] == own(appointment)


@pytest.mark.parametrize("proof", ["sane", "SANÉ", "Sané Awa", "awa sané"])
def test_who_gave_no_number_is_found_by_name(client, cast, proof):
    appointment = book(client, cast, {"given_name": "Awa", "family_name": "Sané", "companions": "0"})
    assert find(client, appointment.code, proof).headers["Location"] == own(appointment)


@pytest.mark.parametrize(("code", "proof"), [
    (None, "06 99 99 99 99"), (None, "Benali"), (None, "?"), ("222222", "06 12 34 56 78"), ("é", "06 12 34 56 78"),
])  # fmt: skip
def test_what_does_not_go_together_opens_nothing_and_says_the_same(client, cast, code, proof):
    appointment = book(client, cast)
    page = find(client, code or appointment.code, proof)
    assert page.status_code == 422
    assert str(cast.territory.helpline)[-2:] in page.text
    assert appointment.code not in page.text.replace('value="' + appointment.code, "")


def test_guessing_is_slowed_down(client, cast):
    answers = [find(client, "222222", "06 12 34 56 78").status_code for _ in range(25)]
    assert answers[:20] == [422] * 20
    assert answers[-1] == 429


def test_a_right_guess_costs_nothing(client, cast):
    appointment = book(client, cast)
    assert {find(client, appointment.code, "06 12 34 56 78").status_code for _ in range(30)} == {303}


def test_shows_what_is_needed_and_the_ways_to_change_it(client, cast):
    appointment = book(client, cast)
    page = client.get(own(appointment))
    for text in (cast.library.name, cast.room.name, cast.mediator.name, cast.paperwork.label):
        assert text in page.text
    assert links(page, own(appointment, "/deplacer"))
    assert links(page, own(appointment, "/annuler"))


def test_a_link_that_was_cut_asks_for_the_code_instead(client, cast):
    page = client.get(own(book(client, cast))[:-2])
    assert page.status_code == 404
    assert 'action="/mon-rendez-vous"' in page.text
    assert "introuvable" in page.text


@pytest.mark.parametrize("rest", ["", "/confirme", "/deplacer", "/annuler", "/fiche", "/fiche.pdf", "/agenda.ics"])
def test_another_persons_link_opens_nothing(client, cast, rest):
    mine, other = book(client, cast), booked(cast, starts_at=local(14))
    secret = own(mine).rsplit("/", 1)[1]
    for path in (f"/r/{other.code}/{secret}{rest}", f"/r/{mine.code}/aaaaaaaaaa{rest}", f"/r/222222/{secret}{rest}"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("rest", ["/deplacer", "/annuler"])
def test_another_persons_appointment_is_not_changed(client, cast, rest):
    mine, other = book(client, cast), booked(cast, starts_at=local(14))
    before = counts()
    path = f"/r/{other.code}/{own(mine).rsplit('/', 1)[1]}{rest}"
    assert client.post(path, data={"debut": "20260312T1500Z"}).status_code == 404
    assert counts() == before


def test_moves_on_the_same_days_and_times(client, cast):
    appointment = book(client, cast)
    page = client.get(own(appointment, "/deplacer?jour=2026-03-13"))
    start = re.findall(r'name="debut" value="(\w+)"', page.text)[2]
    done = client.post(own(appointment, "/deplacer"), data={"debut": start})
    assert client.get(done.headers["Location"]).status_code == 200
    assert fresh(appointment.id).starts_at == local(10, 0, day=13)


def test_its_own_time_is_no_time_to_move_it_to(client, cast):
    appointment = book(client, cast)
    for path in (
        "/deplacer?jour=2026-03-12",
        "/deplacer?apres=2026-03-11",
        "/deplacer?apres=2026-03-11&jour=2026-03-12",
    ):
        page = client.get(own(appointment, path))
        assert 'value="20260312T0900Z"' not in page.text
        assert 'value="20260312T0930Z"' in page.text


def test_a_day_with_no_other_time_is_no_day_to_move_it_to(client, cast):
    appointment = book(client, cast)
    for minute in range(0, 8 * 60, 30):
        start = local(9) + timedelta(minutes=minute)
        if start != TEN:
            with contextlib.suppress(SlotTaken):
                booked(cast, starts_at=start, request_key=f"{minute}")
    page = client.get(own(appointment, "/deplacer"))
    assert "jour=2026-03-13" in page.text
    assert "jour=2026-03-12" not in page.text


def test_a_time_taken_while_moving_leaves_it_and_offers_the_nearest(client, cast):
    appointment = book(client, cast)
    client.get(own(appointment, "/deplacer"))
    booked(cast, starts_at=local(14))
    page = client.post(own(appointment, "/deplacer"), data={"debut": "20260312T1300Z"})
    assert page.status_code == 409
    assert len(re.findall(r'type="hidden" name="debut"', page.text)) == 3
    assert fresh(appointment.id).starts_at == TEN


def test_cancels_with_the_reason_or_without(client, cast):
    for reason, start in (("Malade", "20260312T0900Z"), ("", "20260312T1000Z")):
        appointment = book(client, cast, start=start)
        client.get(own(appointment, "/annuler"))
        done = client.post(own(appointment, "/annuler"), data={"reason": reason})
        page = client.get(done.headers["Location"])
        assert not links(page, own(appointment, "/annuler"))
        assert fresh(appointment.id).attendance is Attendance.EXCUSED
        assert fresh(appointment.id).events[-1].reason == reason


def test_a_reason_too_long_is_said_so(client, cast):
    appointment = book(client, cast)
    client.get(own(appointment, "/annuler"))
    assert client.post(own(appointment, "/annuler"), data={"reason": "x" * 301}).status_code == 422
    assert fresh(appointment.id).attendance is Attendance.EXPECTED


def test_a_reason_that_must_not_be_kept_is_refused_with_why(client, cast):
    appointment = book(client, cast)
    client.get(own(appointment, "/annuler"))
    page = client.post(own(appointment, "/annuler"), data={"reason": "mon mdp=Soleil12"})
    assert page.status_code == 422
    assert 'id="reason-fault"' in page.text
    assert fresh(appointment.id).attendance is Attendance.EXPECTED


@pytest.mark.parametrize("rest", ["/deplacer", "/annuler"])
def test_too_late_leads_to_the_telephone(client, cast, rest):
    appointment = book(client, cast)
    with time_machine.travel(TEN - timedelta(minutes=30), tick=False):
        page = client.get(own(appointment))
        assert not links(page, own(appointment, rest))
        assert f'href="tel:{cast.library.phone}"' in page.text
        assert client.get(own(appointment, rest)).headers["Location"] == own(appointment)
        client.get("/mon-rendez-vous")
        sent = client.post(own(appointment, rest), data={"debut": "20260312T1500Z"})
        assert sent.headers["Location"] == own(appointment)
    assert (fresh(appointment.id).starts_at, fresh(appointment.id).attendance) == (TEN, Attendance.EXPECTED)


@pytest.mark.parametrize("rest", ["/confirme", "/deplacer", "/annuler"])
def test_what_was_cancelled_says_so_wherever_one_comes_back_to(client, cast, rest):
    appointment = book(client, cast)
    client.get(own(appointment, "/annuler"))
    client.post(own(appointment, "/annuler"), data={"reason": ""})
    back = client.get(own(appointment, rest))
    assert back.headers["Location"] == own(appointment)
    assert "Vous avez annulé ce rendez-vous" in client.get(own(appointment)).text
    assert client.post(own(appointment, "/deplacer"), data={"debut": "20260312T1500Z"}).status_code == 303
    assert fresh(appointment.id).attendance is Attendance.EXCUSED


def test_what_is_over_offers_another_one(client, cast):
    appointment = book(client, cast)
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        page = client.get(own(appointment))
    assert links(page, "/rendez-vous")
    assert not links(page, own(appointment, "/deplacer"))


def test_the_calendar_entry_says_when_and_where(client, cast):
    appointment = book(client, cast)
    answer = client.get(own(appointment, "/agenda.ics"))
    assert answer.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (TEN, TEN + timedelta(minutes=30))
    assert cast.library.name in event["LOCATION"]


def test_the_slip_is_large_and_carries_the_square(client, cast):
    appointment = book(client, cast)
    page = client.get(own(appointment, "/fiche"))
    assert 'src="data:image/svg+xml' in page.text
    assert f"{appointment.code[:3]} {appointment.code[3:]}" in page.text


def test_a_number_within_arabic_words_keeps_its_own_order(client, cast):
    appointment = book(client, cast)
    client.get("/langue/ar")
    assert "\u206606 39 98 00 01\u2069" in client.get(own(appointment, "/fiche")).text
    assert 'dir="auto" id="proof"' in client.get("/mon-rendez-vous").text


@pytest.mark.parametrize("locale", ["fr", "en", "ar"])
def test_the_slip_is_one_sheet_with_its_own_letters_inside(client, cast, locale):
    client.get(f"/langue/{locale}")
    appointment = book(client, cast)
    answer = client.get(own(appointment, "/fiche.pdf"))
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
        fonts = [font for name, font in pdf.pages[0].Resources.Font.items()]
        embedded = [font for font in fonts if "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor]
        assert len(embedded) == 2
        assert str(pdf.Root.Lang) == locale


def test_no_thing_to_bring_is_written_larger_than_the_others(client, cast):
    with transaction():
        cast.paperwork.bring = "Une pièce\nVos courriers\nVos lunettes"
    few = client.get(own(book(client, cast), "/fiche.pdf")).data
    with pikepdf.open(io.BytesIO(few)) as pdf:
        sizes = [float(one[1]) for one, does in pikepdf.parse_content_stream(pdf.pages[0]) if str(does) == "Tf"]
    assert sizes.count(16) >= 4


def test_a_long_list_of_things_to_bring_stays_on_the_sheet(client, cast):
    with transaction():
        cast.paperwork.bring = "\n".join(f"Une chose de plus, numéro {number}" for number in range(9))
    content = client.get(own(book(client, cast), "/fiche.pdf")).data
    with pikepdf.open(io.BytesIO(content)) as pdf:
        lowest = min(float(one[5]) for one, does in pikepdf.parse_content_stream(pdf.pages[0]) if str(does) == "Tm")
    assert lowest > 40


def test_only_what_is_needed_reaches_the_database(client, cast):
    book(client, cast)
    before = counts()
    appointment = db.session.scalars(select(Appointment)).one()
    for rest in ("", "/confirme", "/deplacer", "/annuler", "/fiche", "/fiche.pdf", "/agenda.ics"):
        assert client.get(own(appointment, rest)).status_code == 200
    assert counts() == before
    assert appointment.starts_at > NOW


@pytest.mark.parametrize("rest", ["/fiche", "/fiche.pdf"])
def test_a_cancelled_appointment_has_no_slip_any_more(client, cast, rest):
    appointment = book(client, cast)
    client.post(own(appointment, "/annuler"), data={"reason": ""})
    answer = client.get(own(appointment, rest))
    assert (answer.status_code, answer.headers["Location"]) == (303, own(appointment))
