"""What a resident takes home of a registration: the slip on paper and on screen, and the dates for a calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar

from foundation.codes import spoken
from foundation.db import in_transaction
from tests.cast import NOW
from tests.papers import facts, lowest, sheets, text
from tests.workshops.changes import moved
from tests.workshops.enrolments import FIRST, WEEK, adult, counts, family, fill, group, opened, registered, sessions_of
from tests.workshops.pages import as_mediator
from tests.workshops.papers import set_on
from workshops.models import Enrolment, ProgrammeAudience, SessionState
from workshops.service import changing, registering
from workshops.service.links import link_to

pytestmark = pytest.mark.usefixtures("stopped_clock")


def own(registration, rest="") -> str:
    return f"/mon-inscription/{link_to(registration).partition('/i/')[2]}{rest}"


def cancelled(registration):
    return in_transaction(lambda: registering.cancel(registration.id, now=NOW, by_resident=True))


def entries(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    found = Calendar.from_ical(answer.data)
    return found, list(found.walk("VEVENT"))


def test_the_slip_says_what_when_where_who_and_the_code(cast, client):
    course = opened(cast, sessions=3, enrolment=Enrolment.CYCLE, material="Un téléphone\nSon chargeur")
    one = registered(adult(course))
    answer = client.get(own(one, "/fiche.pdf"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="atelier-{one.code}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    lines = sheets(answer.data)[0]
    for line in (
        "Votre inscription", "Alix Numéro 1", "Atelier photo", "mercredi 18 mars 2026", "16 h 00 – 18 h 00",
        "mercredi 25 mars, 16 h 00 – 18 h 00", "mercredi 1er avril, 17 h 00 – 19 h 00", "Médiathèque du Port",
        "2 quai des Lampes, 99100 Rives-sur-Aure", "Un téléphone · Son chargeur", spoken(one.code),
    ):  # fmt: skip
        assert line in lines
    assert "parvis.test avec votre code" in " ".join(lines)
    assert "Ou appelez le 06" in text(answer.data)


@pytest.mark.parametrize(
    ("locale", "title"), [("fr", "Votre inscription"), ("en", "Your registration"), ("ar", "تسجيلكم")]
)
def test_it_is_one_sheet_in_the_readers_language_with_its_own_letters(cast, client, locale, title):
    client.get(f"/langue/{locale}")
    answer = client.get(own(registered(adult(opened(cast))), "/fiche.pdf"))
    assert facts(answer.data) == {
        "title": title, "language": locale, "sheets": 1, "wide": False, "embedded": True,
    }  # fmt: skip
    assert title in text(answer.data)


def test_many_dates_many_children_and_long_words_stay_on_the_sheet(cast, client):
    club = opened(
        cast, sessions=30, capacity=8, enrolment=Enrolment.CYCLE, audience=ProgrammeAudience.CHILDREN,
        title=("Une après-midi après l’autre, sans se presser, " * 3)[:118],
        material="\n".join(f"Une chose de plus, numéro {n}" for n in range(8)),
    )  # fmt: skip
    one = registered(family(club, "Lina", "Noé", "Sami", "Anouk", "Maëlys", "Gaspard"))
    answer = client.get(own(one, "/fiche.pdf"))
    assert "et 24 autres dates" in text(answer.data)
    assert "Gaspard Moreau" in " ".join(sheets(answer.data)[0])
    assert lowest(answer.data) > 30


@pytest.mark.parametrize("moved_one", [0, 1])
def test_the_slip_says_in_place_of_which_date_a_session_is(cast, client, moved_one):
    course = opened(cast, sessions=2, capacity=3, enrolment=Enrolment.CYCLE)
    one, session = registered(adult(course)), sessions_of(course)[moved_one]
    was = ("mercredi 18 mars à 16 h 00", "mercredi 25 mars à 16 h 00")[moved_one]
    moved(session, session.starts_at + timedelta(days=1), now=NOW + timedelta(hours=1))
    assert f"au lieu du {was}" in " ".join(sheets(client.get(own(one, "/fiche.pdf")).data)[0])
    page = client.get(own(one, "/fiche")).get_data(as_text=True)
    assert page.count("au lieu du") == 1
    assert f"au lieu du {was}" in page.replace("\u202f", " ")
    newer = registered(adult(course, 2), now=NOW + timedelta(hours=2))
    assert "au lieu du" not in client.get(own(newer, "/fiche")).get_data(as_text=True)


def test_of_one_date_the_slip_says_what_it_is_about(cast, client):
    found = opened(cast, sessions=2)
    for one in sessions_of(found):
        set_on(one, title=f"Sujet {one.number}")
    made = registered(adult(found))
    assert "Sujet 1" in sheets(client.get(own(made, "/fiche.pdf")).data)[0]
    page = client.get(own(made, "/fiche")).get_data(as_text=True)
    assert "Sujet 1" in page
    assert "Sujet 2" not in page


def test_of_children_it_names_them_and_nothing_else(cast, client):
    one = registered(family(opened(cast, capacity=3)))
    for rest in ("/fiche", "/fiche.pdf"):
        answer = client.get(own(one, rest))
        told = answer.text if rest == "/fiche" else text(answer.data)
        assert "Lina Moreau" in told
        assert "Mamie Jo" not in told


def test_who_waits_is_not_told_that_they_have_a_seat(cast, client):
    fill(course := opened(cast, capacity=1), 1)
    waits = registered(adult(course, 2))
    assert "liste d’attente" in text(client.get(own(waits, "/fiche.pdf")).data)
    assert "liste d’attente" in client.get(own(waits, "/fiche")).text
    assert own(waits, "/agenda.ics") not in client.get(own(waits)).text
    assert client.get(own(waits, "/agenda.ics")).location == own(waits)


def test_the_slip_on_screen_is_made_for_the_printer_and_carries_the_square(cast, client):
    one = registered(adult(opened(cast)))
    page = client.get(own(one, "/fiche"))
    assert 'class="slip"' in page.text
    assert 'src="data:image/svg+xml' in page.text
    assert spoken(one.code) in page.text
    assert own(one, "/fiche.pdf") in page.text


def test_on_screen_too_a_long_series_takes_one_sheet(cast, client):
    one = registered(adult(opened(cast, sessions=9, enrolment=Enrolment.CYCLE, material="Un téléphone\nSon chargeur")))
    page = client.get(own(one, "/fiche")).text
    assert "et 3 autres dates" in page
    assert page.count("mercredi") == 6
    assert "Un téléphone · Son chargeur" in page


def test_the_page_of_the_registration_leads_to_them_until_it_is_over(cast, client):
    one = registered(adult(opened(cast)))
    papers = [own(one, rest) for rest in ("/fiche", "/fiche.pdf", "/agenda.ics")]
    page = client.get(own(one)).text
    assert all(f'"{path}"' in page for path in papers)
    with time_machine.travel(FIRST + WEEK, tick=False):
        page = client.get(own(one)).text
        assert not any(f'"{path}"' in page for path in papers)


def test_the_desk_prints_the_slip_for_whoever_has_no_telephone(cast, client):
    one = registered(adult(opened(cast)))
    page = f"/equipe/inscriptions/{one.id}"
    assert f'"{own(one, "/fiche")}"' in as_mediator(cast, client).get(page).text
    cancelled(one)
    assert "/fiche" not in client.get(page).text


def test_a_group_has_a_slip_with_its_number(cast, client):
    one = registered(group(opened(cast, capacity=30), 12))
    lines = sheets(client.get(own(one, "/fiche.pdf")).data)[0]
    assert {"CM1", "12"} <= set(lines)
    assert "Bruno Lacaze" not in lines


def test_of_what_was_cancelled_there_is_no_slip(cast, client):
    one = registered(adult(opened(cast)))
    cancelled(one)
    for rest in ("/fiche", "/fiche.pdf"):
        assert client.get(own(one, rest)).location == own(one)


def test_the_calendar_holds_all_dates_with_the_way_back(cast, client):
    one = registered(adult(opened(cast, sessions=3, enrolment=Enrolment.CYCLE)))
    calendar, events = entries(client.get(own(one, "/agenda.ics")))
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert [event["DTSTART"].dt for event in events] == [FIRST + n * WEEK for n in range(3)]
    assert len({str(event["UID"]) for event in events}) == 3
    for event in events:
        assert one.code in str(event["DESCRIPTION"])
        assert str(event["URL"]) == link_to(one)
        assert "Médiathèque du Port" in str(event["LOCATION"])
        assert str(event["STATUS"]) == "CONFIRMED"


def test_a_registration_for_one_date_has_that_one(cast, client):
    course = opened(cast, sessions=3)
    one = registered(adult(course, session_id=sessions_of(course)[1].id))
    assert [event["DTSTART"].dt for event in entries(client.get(own(one, "/agenda.ics")))[1]] == [FIRST + WEEK]


def test_a_date_that_was_moved_or_called_off_replaces_its_entry(cast, client):
    course = opened(cast, sessions=2, enrolment=Enrolment.CYCLE)
    one = registered(adult(course))
    before = entries(client.get(own(one, "/agenda.ics")))[1]
    manager, called_off = cast.ids["manager"], sessions_of(course)[0].id
    in_transaction(lambda: changing.cancel(called_off, reason="", now=NOW + timedelta(hours=1), actor_id=manager))
    after = entries(client.get(own(one, "/agenda.ics")))[1]
    assert [str(event["UID"]) for event in before] == [str(event["UID"]) for event in after]
    assert [str(event["STATUS"]) for event in after] == ["CANCELLED", "CONFIRMED"]
    assert after[0]["SEQUENCE"] > before[0]["SEQUENCE"]
    assert after[0]["DTSTAMP"].dt > before[0]["DTSTAMP"].dt


def test_of_a_registration_that_was_cancelled_the_file_takes_the_dates_away(cast, client):
    one = registered(adult(opened(cast)))
    before = entries(client.get(own(one, "/agenda.ics")))[1][0]
    cancelled(one)
    calendar, (event,) = entries(client.get(own(one, "/agenda.ics")))
    assert str(calendar["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), str(event["STATUS"])) == (str(before["UID"]), "CANCELLED")
    assert event["SEQUENCE"] > before["SEQUENCE"]


def test_whoever_joins_a_series_late_gets_what_was_not_over(cast, client):
    course = opened(cast, sessions=3, enrolment=Enrolment.CYCLE)
    set_on(sessions_of(course)[0], state=SessionState.HELD)
    with time_machine.travel(FIRST + timedelta(days=1), tick=False):
        one = registered(adult(course), now=FIRST + timedelta(days=1))
        assert len(entries(client.get(own(one, "/agenda.ics")))[1]) == 2


@pytest.mark.parametrize("rest", ["/fiche", "/fiche.pdf", "/agenda.ics", "/attestation.pdf"])
def test_a_link_that_was_cut_or_is_of_somebody_else_opens_nothing(cast, client, rest):
    course = opened(cast)
    one, other = fill(course, 2)
    secret = own(other).rpartition("/")[2]
    for path in (f"/mon-inscription/{one.code}/{secret}{rest}", own(one)[:-1] + rest):
        assert client.get(path).status_code == 404


def test_looking_at_them_writes_nothing(cast, client):
    one = registered(adult(opened(cast)))
    before = counts()
    for rest in ("", "/fiche", "/fiche.pdf", "/agenda.ics"):
        assert client.get(own(one, rest)).status_code == 200
    assert counts() == before
