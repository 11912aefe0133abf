"""A reservation: its page, another time, another kit, cancelled, in one's own calendar; only for those of its place."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest

from equipment.models import Approval, Direction, Handover, Incident, IncidentState, Reservation, ReservationState
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation.db import db, transaction
from foundation.period import Period
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.borrowing import HOME, as_teacher, reservations
from tests.equipment.given import TUESDAY, by_rights, done, host_of_school, hours, kit, ledger, morning, reserved
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import coordinator, host_of, stranger
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def made_by_teacher(client, cast, period=None, blue=None, **wish):
    """A reservation of the school; its teacher is signed in."""
    host = as_teacher(client, cast)
    return reserved((blue or kit(home_venue_id=cast.ids["library"])).id, period or morning(), host.id, Wish(**wish))


def page_of(one):
    return f"{HOME}/{one.code}"


def become(one, state):
    with transaction():
        db.session.get(Reservation, one.id).state = state


def move_form(own_kit_id, **changes):
    usual = {"day": TUESDAY.isoformat(), "part": "heures", "starts": "09:00", "ends": "12:00", "last_day": ""}
    return usual | {"kit_id": str(own_kit_id)} | changes


def test_the_page_of_a_reservation_says_all_that_matters(client, cast):
    one = made_by_teacher(
        client, cast, group_label="CM1", activity="Scratch", head_count=24, units_wanted=3,
        contact_phone="+33639980055", sheet_url="https://example.org/fiche.pdf",
    )  # fmt: skip
    page = main_of(client.get(page_of(one)))
    for said in ("Réservée", "mardi 17 mars, de 9 h 00 à 12 h 00", "École des Peupliers, CM1", "Scratch", "24",
                 "Vous venez la chercher, Médiathèque du Port", "06 39 98 00 55", "Bruno Lacaze", "Tablette : 3",
                 f"{one.code[:3]} {one.code[3:]}"):  # fmt: skip
        assert said in page
    assert 'href="https://example.org/fiche.pdf"' in client.get(page_of(one)).get_data(as_text=True)
    assert main_of(client.get(page_of(one).lower().replace(HOME.lower(), HOME))) == page


def test_the_reservation_of_another_place_does_not_exist_on_any_page(client, cast):
    one = made_by_teacher(client, cast)
    red = kit("Rouge")
    for other in (stranger(), coordinator(cast), host_of("Nulle Part")):
        sign_in(client, other)
        expected = 404 if other.place else 403
        for page in ("", "/deplacer", "/autre-mallette", "/probleme", "/mallette.ics"):
            assert client.get(page_of(one) + page).status_code == expected
        for act, data in (
            ("deplacer", move_form(red.id)), ("autre-mallette", {"kit_id": red.id}), ("annuler", {}),
            ("probleme", {"what": "casse"}), ("accepter", {}), ("refuser", {"reason": "Non"}),
        ):  # fmt: skip
            assert client.post(f"{page_of(one)}/{act}", data=data).status_code == expected
    (same,) = reservations()
    assert (same.kit_id, same.state) == (one.kit_id, ReservationState.APPROVED)


def test_no_such_code_is_no_page(client, cast):
    as_teacher(client, cast)
    for code in ("AAAAAA", "x", "0", "é"):
        assert client.get(f"{HOME}/{code}").status_code == 404


def test_somebody_who_is_also_of_the_team_sees_their_own_place_here(client, cast):
    one = made_by_teacher(client, cast)
    sign_in(client, cast.manager)
    assert client.get(page_of(one)).status_code == 403


def test_a_colleague_of_the_school_sees_it_and_cancels_it(client, cast):
    one = made_by_teacher(client, cast)
    sign_in(client, host_of("Luc Martin", school_id=cast.school.id))
    assert "Bruno Lacaze" in main_of(client.get(page_of(one)))
    answer = client.post(f"{page_of(one)}/annuler", data={})
    assert "La réservation est annulée." in main_of(client.get(answer.location))
    assert reservations()[0].state is ReservationState.CANCELLED
    assert ledger() == set()
    assert client.post(f"{page_of(one)}/annuler", data={}).status_code == 303


def test_another_time_is_asked_for_as_the_first_one_was(client, cast):
    one = made_by_teacher(client, cast, hours(TUESDAY, time(8, 30), time(11, 30)))
    form = client.get(f"{page_of(one)}/deplacer").get_data(as_text=True)
    assert re.search(r'<input checked[^>]*value="matin"', form)
    assert f'<option selected value="{one.kit_id}">' in form
    answer = client.post(f"{page_of(one)}/deplacer", data=move_form(one.kit_id, part="apres-midi", starts="", ends=""))
    assert "La réservation est modifiée." in main_of(client.get(answer.location))
    assert reservations()[0].period == hours(TUESDAY, time(13, 30), time(16, 30))
    assert ledger() == by_rights()


def test_a_loan_over_days_shows_both_ends_when_it_is_changed(client, cast):
    first = hours(TUESDAY, time(16), time(17)).start
    last = hours(TUESDAY + timedelta(days=2), time(8), time(9)).end
    one = made_by_teacher(client, cast, Period(first, last))
    form = client.get(f"{page_of(one)}/deplacer").get_data(as_text=True)
    assert 'value="2026-03-19"' in form
    assert 'value="16:00"' in form
    assert "du mardi 17 mars à 16 h 00 au jeudi 19 mars à 9 h 00" in main_of(client.get(page_of(one)))


@ONE_ENGINE
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2026-03-03"}, "day"),
        ({"day": "2026-03-11", "part": "matin", "starts": "", "ends": ""}, "day"),
        ({"ends": "08:00"}, "ends"),
        ({"starts": ""}, "starts"),
        ({"kit_id": "987654"}, "kit_id"),
        ({"kit_id": "x"}, "kit_id"),
        ({"last_day": "2026-05-05"}, "ends"),
    ],
)
def test_what_is_wrong_with_another_time_is_said_beside_its_field(client, cast, changes, field):
    one = made_by_teacher(client, cast)
    response = client.post(f"{page_of(one)}/deplacer", data=move_form(one.kit_id, **changes))
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)
    assert reservations()[0].period == morning()


def test_to_a_time_that_is_taken_other_kits_are_one_press_away(client, cast):
    blue, red = kit(), kit("Mallette rouge")
    one = made_by_teacher(client, cast, blue=blue)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    wanted = move_form(blue.id, day=(TUESDAY + timedelta(weeks=1)).isoformat())
    response = client.post(f"{page_of(one)}/deplacer", data=wanted)
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert f'name="take" value="{red.id}">Prendre Mallette rouge' in page
    assert 'value="2026-03-24"' in page
    client.post(f"{page_of(one)}/deplacer", data=wanted | {"take": str(red.id)})
    moved = db.session.get(Reservation, one.id, populate_existing=True)
    assert (moved.kit_id, moved.period) == (red.id, morning(1))
    assert ledger() == by_rights()


@pytest.mark.parametrize("state", [ReservationState.HANDED_OVER, ReservationState.RETURNED, ReservationState.REFUSED])
def test_what_has_gone_out_or_is_over_is_not_changed_here(client, cast, state):
    one = made_by_teacher(client, cast)
    with transaction():
        row = db.session.get(Reservation, one.id)
        row.state, row.answer = state, "Prise par la ville"
    page = client.get(page_of(one)).get_data(as_text=True)
    assert "/deplacer" not in page
    assert "/annuler" not in page
    assert client.get(f"{page_of(one)}/deplacer").status_code == 409
    assert client.get(f"{page_of(one)}/autre-mallette").status_code == 409
    assert client.post(f"{page_of(one)}/annuler", data={}).status_code == 409
    assert client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": kit("Rouge").id}).status_code == 409


def broken(blue, count):
    with transaction():
        for item in db.session.get(type(blue), blue.id).items[:count]:
            item.condition = "damaged"


def test_when_the_kit_has_changed_the_pages_say_so_and_another_one_is_one_press_away(client, cast):
    blue, red, small = kit(units=12), kit("Mallette rouge", units=12), kit("Petite", units=4)
    taken = kit("Prise", units=12)
    one = made_by_teacher(client, cast, blue=blue, units_wanted=12)
    reserved(taken.id, morning(), cast.ids["mediator"])
    assert "ne contient plus" not in main_of(client.get(HOME))
    broken(blue, 1)
    assert "Mallette bleue ne contient plus tout ce qu’il vous faut" in main_of(client.get(HOME))
    assert f'href="{page_of(one)}/autre-mallette"' in client.get(page_of(one)).get_data(as_text=True)
    page = main_of(client.get(f"{page_of(one)}/autre-mallette"))
    assert "11 sur 12 fonctionnent" in page
    assert "il vous en faut 12" in page
    assert "Prendre Mallette rouge" in page
    assert "Petite" not in page
    assert "Prise" not in page
    for kit_id in (small.id + 1000, "x", 0):
        assert client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": kit_id}).status_code in {404, 422}
    answer = client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": red.id})
    assert "Une autre mallette est réservée pour vous." in main_of(client.get(answer.location))
    assert db.session.get(Reservation, one.id, populate_existing=True).kit_id == red.id
    assert ledger() == by_rights()
    assert "ne contient plus" not in main_of(client.get(HOME))


def test_on_the_eve_another_kit_is_still_to_be_had(client, cast, monkeypatch):
    blue, red = kit(units=3), kit("Mallette rouge")
    one = made_by_teacher(client, cast, blue=blue)
    broken(blue, 3)
    monkeypatch.setattr("foundation.clock.now", lambda: morning().start - timedelta(hours=14))
    sign_in(client, cast.host)
    assert client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": red.id}).status_code == 303
    assert db.session.get(Reservation, one.id, populate_existing=True).kit_id == red.id


def test_another_kit_that_was_taken_meanwhile_is_not_promised(client, cast):
    red = kit("Mallette rouge")
    one = made_by_teacher(client, cast)
    reserved(red.id, morning(), cast.ids["mediator"])
    response = client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": red.id})
    assert response.status_code == 409
    assert "n’est pas libre" in main_of(response)
    assert ledger() == by_rights()


def test_when_nothing_else_is_free_the_page_says_so(client, cast):
    one = made_by_teacher(client, cast)
    page = main_of(client.get(f"{page_of(one)}/autre-mallette"))
    assert "Aucune autre mallette qui convienne" in page


def test_a_kit_that_left_for_good_is_replaced_too(client, cast):
    blue = kit()
    one = made_by_teacher(client, cast, blue=blue)
    with transaction():
        db.session.get(type(blue), blue.id).retired_at = NOW
    assert "ne contient plus" in main_of(client.get(HOME))
    assert client.get(f"{page_of(one)}/autre-mallette").status_code == 200


def test_the_calendar_file_follows_the_reservation(client, cast):
    one = made_by_teacher(client, cast, group_label="CM1")
    answer = client.get(f"{page_of(one)}/mallette.ics")
    text = answer.get_data(as_text=True).replace("\r\n ", "")
    assert answer.mimetype == "text/calendar"
    for line in ("DTSTART:20260317T080000Z", "DTEND:20260317T110000Z", "STATUS:CONFIRMED", "METHOD:PUBLISH",
                 "SUMMARY:Mallette bleue\\, CM1", "LOCATION:À retirer"):  # fmt: skip
        assert line in text.replace("\u00a0", " ")
    assert f"UID:reservation-{one.id}@" in text
    first = int(re.search(r"SEQUENCE:(\d+)", text)[1])
    client.post(f"{page_of(one)}/annuler", data={})
    text = client.get(f"{page_of(one)}/mallette.ics").get_data(as_text=True)
    assert "STATUS:CANCELLED" in text
    assert int(re.search(r"SEQUENCE:(\d+)", text)[1]) > first


def test_what_waits_for_a_yes_is_tentative_in_the_calendar(client, cast):
    one = made_by_teacher(client, cast, blue=kit(approval=Approval.MANAGER))
    text = client.get(f"{page_of(one)}/mallette.ics").get_data(as_text=True)
    assert "STATUS:TENTATIVE" in text
    assert "LOCATION:École des Peupliers" in text


def test_receipts_and_problems_stand_on_the_page(client, cast):
    one = made_by_teacher(client, cast)
    with transaction():
        db.session.get(Reservation, one.id).state = ReservationState.HANDED_OVER
        db.session.add(
            Handover(
                reservation_id=one.id, request_key="h", direction=Direction.OUT, at=NOW, by_id=cast.ids["mediator"],
                signed_name="B. Lacaze",
            )
        )  # fmt: skip
        db.session.add(
            Incident(
                kit_id=one.kit_id, reservation_id=one.id, condition="missing", description="Un câble", opened_at=NOW,
                opened_by_id=cast.ids["host"], state=IncidentState.OPEN,
            )
        )  # fmt: skip
    page = client.get(page_of(one))
    assert "Reçu de la remise, mar. 10 mars (PDF)" in main_of(page)
    assert "Un câble" in main_of(page)
    assert "Toute la mallette" in main_of(page)


def test_a_refusal_is_told_with_its_reason(client, cast):
    one = made_by_teacher(client, cast, blue=kit(approval=Approval.MANAGER))
    done(lending.refuse, one.id, "Mallette en révision", by=cast.ids["manager"])
    page = main_of(client.get(page_of(one)))
    assert "Mallette en révision" in page
    assert "Refusée" in page


def test_a_page_asks_as_often_for_ten_dates_and_events_as_for_one(client, cast):
    blue = kit()
    one = made_by_teacher(client, cast, blue=blue)
    client.get(page_of(one))
    with statements() as few:
        client.get(page_of(one))
    for n in range(1, 8):
        reserved(kit(f"Mallette {n}").id, morning(n), cast.ids["host"])
    with transaction():
        for row in reservations():
            row.series = "ABCDEF"
    with statements() as many:
        client.get(page_of(one))
    assert len(many) <= len(few) + 1


def test_the_first_page_asks_as_often_for_ten_loans_as_for_two(client, cast):
    host = as_teacher(client, cast)
    for n in range(2):
        reserved(kit(f"Mallette {n}").id, morning(n), host.id)
    client.get(HOME)
    with statements() as few:
        client.get(HOME)
    for n in range(8):
        reserved(kit(f"Autre {n}").id, morning(n), host_of_school(cast).id)
    client.get(HOME)
    with statements() as many:
        client.get(HOME)
    assert len(few) == len(many)
