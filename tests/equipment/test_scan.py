"""The label of a kit or a device, scanned: everybody is led to what they need of it, and nobody reads more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from equipment.models import Destination, Reservation, ReservationState, StockTaking
from equipment.rules.handing import Checked
from equipment.rules.lending import Wish
from equipment.service import handing, items
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.equipment.given import host_of_home, host_of_school, kit, morning, reserved
from tests.equipment.shelves import act, added, by, item
from tests.mediation.planning import account_in
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def led_to(client, code: str) -> str:
    """Where the label leads: path and place on it."""
    answer = client.get(f"/m/{code}")
    assert answer.status_code == 303, main_of(answer)
    return answer.headers["Location"]


@pytest.fixture
def case(cast):
    """A kit of the town at the library with one device, and a loan of the school next week."""
    made = kit(units=0, structure_id=cast.ids["town"], home_venue_id=cast.ids["library"])
    added(cast, made.id, "TAB-01")
    loan = reserved(made.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    return made, loan


def hand_over(cast, loan_id: int) -> None:
    """The whole kit is handed over, as its checklist does."""
    conditions = {one.id: one.condition for one in db.session.get_one(Reservation, loan_id).kit.items}
    db.session.rollback()
    checked = Checked(conditions=conditions, signed_name="Bruno Lacaze")
    in_transaction(
        lambda: handing.hand_over(
            loan_id, checked, by(cast.ids["mediator"]), now=morning().start, request_key="remise"
        )
    )  # fmt: skip


def test_the_team_is_led_to_the_device_or_the_kit(client, cast, case):
    sign_in(client, cast.mediator)
    assert led_to(client, "TAB-01") == "/equipe/materiel/appareils/TAB-01"
    assert led_to(client, "tab-01") == "/equipe/materiel/appareils/TAB-01"
    assert led_to(client, case[0].code) == f"/equipe/materiel/mallettes/{case[0].id}"


def test_before_a_loan_it_leads_to_its_checklist(client, cast, case):
    item_id = item("TAB-01").id
    with time_machine.travel(morning().start - timedelta(hours=3), tick=False):
        sign_in(client, cast.mediator)
        address = f"/equipe/materiel/reservations/{case[1].id}/remise"
        assert led_to(client, "TAB-01") == f"{address}?coche={item_id}#i{item_id}"
        assert led_to(client, case[0].code) == address


def test_while_it_is_out_to_that_of_its_return(client, cast, case):
    hand_over(cast, case[1].id)
    item_id = item("TAB-01").id
    with time_machine.travel(morning().start + timedelta(hours=1), tick=False):
        sign_in(client, cast.mediator)
        address = f"/equipe/materiel/reservations/{case[1].id}/retour"
        assert led_to(client, "TAB-01") == f"{address}?coche={item_id}#i{item_id}"
        assert led_to(client, case[0].code) == address


def test_its_page_tells_who_has_it(client, cast, case):
    sign_in(client, cast.mediator)
    page = "/equipe/materiel/appareils/TAB-01"
    assert "École des Peupliers" not in main_of(client.get(page))
    hand_over(cast, case[1].id)
    assert "En prêt École des Peupliers, retour mardi 17 mars à 12 h 00" in main_of(client.get(page))


def test_while_the_kit_is_counted_to_the_stock_taking(client, cast, case):
    with transaction():
        taking = StockTaking(kit_id=case[0].id, begun_at=NOW, begun_by_id=cast.ids["mediator"])
        db.session.add(taking)
    sign_in(client, cast.mediator)
    item_id = item("TAB-01").id
    assert led_to(client, "TAB-01") == f"/equipe/materiel/inventaires/{taking.id}#i{item_id}"


def test_what_has_left_for_good_leads_to_its_past(client, cast, case):
    act(items.retire, item("TAB-01").id, Destination.LOST, "", who=cast.ids["manager"])
    with time_machine.travel(morning().start - timedelta(hours=1), tick=False):
        sign_in(client, cast.mediator)
        assert led_to(client, "TAB-01") == "/equipe/materiel/appareils/TAB-01"


def test_a_host_who_has_the_kit_reports_a_problem(client, cast, case):
    host_of_school(cast)
    hand_over(cast, case[1].id)
    sign_in(client, cast.host)
    code = db.session.get_one(Reservation, case[1].id).code
    assert led_to(client, "TAB-01") == f"/hote/mallettes/{code}/probleme?appareil=TAB-01"
    assert led_to(client, case[0].code) == f"/hote/mallettes/{code}/probleme"


def test_a_host_who_has_it_not_reads_whose_it_is(client, cast, case):
    host_of_school(cast)
    sign_in(client, cast.host)
    assert "Médiathèque du Port" in main_of(client.get("/m/TAB-01"))
    hand_over(cast, case[1].id)
    host_of_home(cast)
    said = client.get("/m/TAB-01")
    assert (said.status_code, "École des Peupliers" in main_of(said)) == (200, False)


@pytest.mark.parametrize("role", [None, Role.PRESCRIBER, Role.PARTNER])
def test_everybody_else_reads_whose_it_is_and_whom_to_call(client, cast, case, role):
    if role:
        sign_in(client, cast.account_of(role))
    page = client.get("/m/TAB-01")
    said = main_of(page)
    for words in ("TAB-01", "Ville de Rives-sur-Aure", "2 quai des Lampes", "Appeler 06 39 98 00 10"):
        assert words in said, words
    for words in ("École des Peupliers", "SN-0042", "Fonctionne", "Mallette bleue"):
        assert words not in said, words
    assert ("/connexion?next=/m/TAB-01" in page.get_data(as_text=True)) is (role is None)


def test_the_team_of_another_structure_reads_no_more(client, cast, case):
    sign_in(client, account_in(cast, "association", Role.MEDIATOR))
    page = client.get("/m/TAB-01")
    assert (page.status_code, "Appeler" in main_of(page)) == (200, True)
    assert client.get("/equipe/materiel/appareils/TAB-01").status_code == 404


def test_a_kit_without_a_place_is_the_town_s(client, cast):
    made = kit(units=0)
    said = main_of(client.get(f"/m/{made.code}"))
    assert "Rives-sur-Aure" in said
    assert "Appeler 06 39 98 00 01" in said


def test_a_resident_reads_it_in_arabic(client, cast, case):
    client.get("/langue/ar?next=/")
    page = client.get("/m/TAB-01").get_data(as_text=True)
    assert 'dir="rtl"' in page
    assert "هل عثرتم عليه" in page


def test_a_label_that_is_on_nothing_leads_nowhere(client, cast):
    for code in ("TAB-99", "x" * 300, "../../etc", "é"):
        assert client.get(f"/m/{code}").status_code == 404


def test_a_loan_that_came_back_is_not_in_hand(client, cast, case):
    host_of_school(cast)
    with transaction():
        db.session.get_one(Reservation, case[1].id).state = ReservationState.RETURNED
    sign_in(client, cast.host)
    assert client.get("/m/TAB-01").status_code == 200
