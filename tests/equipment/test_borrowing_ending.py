"""Dates looked at before all are cancelled; what is over said as such; another try; and what goes back."""

from __future__ import annotations

import pytest
import time_machine

from equipment.models import Approval, Condition, Reservation, ReservationState
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation.codes import spoken
from foundation.db import db, transaction
from tests import papers
from tests.cast import sign_in
from tests.equipment.borrowing import HOME, as_teacher, reservations
from tests.equipment.given import done, host_of_school, kit, morning, reserved
from tests.equipment.handed import DUE, START, all_of, back, loan, out
from tests.equipment.lent import read
from tests.equipment.test_borrowing_wishes import series
from tests.workshops.asking import stranger
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def become(one, state):
    with transaction():
        db.session.get(Reservation, one.id).state = state


def test_all_dates_to_come_are_listed_before_they_are_cancelled(client, cast):
    rows = series(cast)
    become(rows[0], ReservationState.HANDED_OVER)
    as_teacher(client, cast)
    one = rows[1]
    page = client.get(f"{HOME}/{one.code}").text
    assert f'href="{HOME}/{one.code}/annuler"' in page
    assert 'name="series"' not in page
    listed = read(client, f"{HOME}/{one.code}/annuler").replace("\xa0", " ")
    assert "Annuler 2 dates ?" in listed
    assert "mardi 24 mars" in listed
    assert "mardi 31 mars" in listed
    assert "mardi 17 mars" not in listed
    assert [row.state.value for row in reservations()] == ["handed_over", "requested", "requested"]
    client.post(f"{HOME}/{one.code}/annuler", data={"series": "1"})
    assert [row.state.value for row in reservations()] == ["handed_over", "cancelled", "cancelled"]
    assert client.get(f"{HOME}/{one.code}/annuler").location == f"{HOME}/{one.code}"


def test_nobody_else_looks_at_the_dates_or_asks_again_with_the_answers(client, cast):
    one = series(cast)[0]
    sign_in(client, stranger())
    assert client.get(f"{HOME}/{one.code}/annuler").status_code == 404
    assert client.post(f"{HOME}/{one.code}/encore", data={}).status_code == 404


@pytest.mark.parametrize("state", [ReservationState.CANCELLED, ReservationState.HANDED_OVER])
@pytest.mark.parametrize("page", ["deplacer", "autre-mallette"])
def test_their_own_reservation_that_is_over_is_not_said_to_be_taken_by_somebody(client, cast, state, page):
    one = reserved(kit().id, morning(), host_of_school(cast).id)
    become(one, state)
    as_teacher(client, cast)
    response = client.get(f"{HOME}/{one.code}/{page}")
    words = main_of(response)
    assert response.status_code == 409
    assert "plus rapide" not in words
    assert words.count("Impossible pour cette réservation") == 1
    assert f'href="{HOME}/{one.code}"' in response.text


def test_a_problem_before_the_loan_began_is_refused_with_a_way_back(client, cast):
    one = reserved(kit().id, morning(), host_of_school(cast).id)
    as_teacher(client, cast)
    response = client.get(f"{HOME}/{one.code}/probleme")
    assert response.status_code == 409
    assert "Impossible pour cette réservation" in main_of(response)
    assert f'href="{HOME}/{one.code}"' in response.text


def test_what_was_declined_is_asked_for_again_with_another_kit_and_the_same_answers(client, cast):
    kit("Mallette rouge")
    slow = kit("Lente", approval=Approval.MANAGER)
    wish = Wish(group_label="CM1", activity="Scratch", units_wanted=3, head_count=24, contact_phone="+33298000000")
    one = reserved(slow.id, morning(), host_of_school(cast).id, wish)
    done(lending.refuse, one.id, "En révision", by=cast.ids["manager"])
    as_teacher(client, cast)
    assert f'action="{HOME}/{one.code}/encore"' in client.get(f"{HOME}/{one.code}").text
    answer = client.post(f"{HOME}/{one.code}/encore", data={})
    page = read(client, answer.location)
    assert "3 appareils, mardi 17 mars, de 9 h 00 à 12 h 00" in page
    assert "Prendre Mallette rouge" in page
    need = client.get(answer.location.replace("/choisir", "")).text
    for typed in ('value="CM1"', 'value="Scratch"', 'value="24"'):
        assert typed in need


def test_what_was_declined_for_a_time_that_is_over_is_not_offered_again(client, cast):
    one = reserved(kit(approval=Approval.MANAGER).id, morning(), host_of_school(cast).id)
    done(lending.refuse, one.id, "En révision", by=cast.ids["manager"])
    with time_machine.travel(morning(1).start, tick=False):
        as_teacher(client, cast)
        assert "/encore" not in client.get(f"{HOME}/{one.code}").text


def test_the_next_hand_over_is_told_while_another_kit_is_with_them(client, cast):
    host = as_teacher(client, cast)
    become(reserved(kit().id, morning(), host.id), ReservationState.HANDED_OVER)
    reserved(kit("Mallette rouge").id, morning(1), host.id)
    page = read(client, HOME).replace("\xa0", " ")
    first = page.index("Prochain retour : Mallette bleue")
    assert first < page.index("Prochaine remise : Mallette rouge mardi 24 mars à 9 h 00")


def test_what_went_out_comes_back_whether_it_works_or_not(client, cast):
    one = loan(cast, units=5)
    out(cast, one, conditions=all_of(one, _0=Condition.DAMAGED))
    with time_machine.travel(START, tick=False):
        as_teacher(client, cast)
        page = read(client, HOME).replace("\xa0", " ")
    assert "Tablette : 5" in page
    assert "4 sur 5" not in page


def test_a_loan_over_days_shows_its_end_in_the_lists(client, cast):
    host = as_teacher(client, cast)
    blue = kit(longest_loan_days=10)
    long = type(morning())(morning().start, morning(days=2).end)
    reserved(blue.id, long, host.id)
    assert "9 h 00 – jeu. 19 mars 12 h 00" in read(client, HOME).replace("\xa0", " ")


def test_receipts_are_told_apart_and_carry_the_code_of_the_reservation(client, cast):
    one = loan(cast)
    gone, returned = out(cast, one), back(cast, one)
    with time_machine.travel(DUE, tick=False):
        as_teacher(client, cast)
        page = read(client, f"{HOME}/{one.code}")
        assert page.count("Reçu de la remise, mar. 17 mars (PDF)") == 1
        assert page.count("Reçu du retour, mar. 17 mars (PDF)") == 1
        for paper in (gone, returned):
            text = papers.text(client.get(f"/equipe/materiel/remises/{paper.id}/recu.pdf").data)
            assert spoken(one.code) in text


def test_my_kits_stays_lit_on_the_page_of_calendar_addresses(client, cast):
    as_teacher(client, cast)
    page = client.get("/equipe/materiel/agendas").text
    assert f'<a href="{HOME}" aria-current="true">' in page


def test_a_date_that_has_begun_is_not_among_those_to_cancel(client, cast):
    rows = series(cast)
    with time_machine.travel(rows[0].starts_at, tick=False):
        as_teacher(client, cast)
        page = read(client, f"{HOME}/{rows[0].code}/annuler")
    assert "mardi 17 mars, de" not in page
