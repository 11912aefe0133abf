"""What the team finds when it opens equipment: today and tomorrow, what is late, what waits, what is not whole."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import time_machine

from equipment.models import Approval, Condition, Item, Kit, ReservationState
from equipment.rules.lending import Wish
from equipment.service import incidents
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import host_of_school, hours, kit, morning, reserved
from tests.equipment.handed import DUE, START, loan, out
from tests.equipment.lent import TODAY, as_stranger, of, read, reservations
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
TABS = ["Aujourd’hui", "Semaine", "Réservations", "Mallettes", "Incidents", "Inventaires", "Chiffres"]


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_the_team_finds_equipment_in_its_menu_and_managers_its_figures_too(client, cast, role):
    page = sign_in(client, cast.account_of(role)).get(TODAY)
    assert page.status_code == 200
    assert 'href="/equipe/materiel" aria-current="page"' in page.text
    words = read(client, TODAY)
    assert [tab for tab in TABS if tab in words] == TABS[: 6 if role is Role.MEDIATOR else 7]


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_nobody_else_does(client, cast, role):
    sign_in(client, cast.account_of(role))
    assert client.get(TODAY).status_code == 403
    assert 'href="/equipe/materiel"' not in client.get("/equipe/mon-compte").text


def test_without_any_kit_the_page_leads_to_the_first_one(client, cast):
    sign_in(client, cast.manager)
    words = read(client, TODAY)
    assert "Il n’y a pas encore de mallette" in words
    assert "Inscrire la première" in words


def test_on_a_quiet_day_it_says_so(client, cast):
    kit()
    sign_in(client, cast.mediator)
    words = read(client, TODAY)
    assert "Aucun départ aujourd’hui ni demain" in words
    assert "Aucun retour attendu aujourd’hui ni demain" in words
    for heading in ("En attente de votre réponse", "En retard", "Mallettes incomplètes"):
        assert heading not in words


def test_what_goes_out_today_and_tomorrow_is_there_with_one_press_to_hand_it_over(client, cast):
    one = loan(cast, wish=Wish(group_label="CM1", contact_phone="+33298000000"), name="Mallette bleue")
    reserved(kit("Verte").id, morning(days=2), cast.ids["manager"], Wish(group_label="Plus tard"))
    sign_in(client, cast.mediator)
    assert "Mallette bleue" not in read(client, TODAY)
    for day in (-1, 0):
        with time_machine.travel(hours().start + timedelta(days=day, hours=-1), tick=False):
            sign_in(client, cast.mediator)
            words = read(client, TODAY)
            assert f"{cast.school.name} · CM1 · L’emprunteur vient la chercher" in words
            assert "02 98 00 00 00" in words
            assert "Plus tard" not in words
            assert f"/reservations/{one.id}/remise" in client.get(TODAY).text


def test_what_the_team_takes_for_itself_says_nothing_of_a_borrower_who_collects_it(client, cast):
    reserved(kit().id, hours(NOW.date(), time(12), time(14)), cast.ids["manager"], Wish(group_label="Étage 2"))
    sign_in(client, cast.mediator)
    words = read(client, TODAY)
    assert "L’équipe · Étage 2" in words
    assert "L’emprunteur" not in words


def test_what_was_not_fetched_at_its_hour_stands_out_until_the_loan_is_over(client, cast):
    loan(cast)
    with time_machine.travel(START + timedelta(hours=1), tick=False):
        sign_in(client, cast.mediator)
        page = client.get(TODAY).text
        assert 'class="due"' in page
    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        assert "Aucun départ" in read(client, TODAY)


def test_what_comes_back_is_there_with_one_press_and_late_once_it_is_due(client, cast):
    one = loan(cast)
    with time_machine.travel(START, tick=False):
        out(cast, one)
        sign_in(client, cast.mediator)
        page = client.get(TODAY).text
        assert f"/reservations/{one.id}/retour" in page
        assert "En retard" not in page
    with time_machine.travel(DUE + timedelta(minutes=1), tick=False):
        words = read(client, TODAY)
        assert "En retard" in words
        assert "devrait être de retour" in words
        assert "Aucun retour attendu" in words


def test_a_manager_says_yes_from_there_and_a_mediator_is_not_asked(client, cast):
    host = host_of_school(cast)
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host.id, Wish(group_label="CM1", activity="Scratch"))
    sign_in(client, cast.mediator)
    assert "En attente de votre réponse" not in read(client, TODAY)
    sign_in(client, cast.manager)
    words = read(client, TODAY)
    assert "En attente de votre réponse" in words
    assert f"{cast.school.name}, CM1" in words
    assert client.post(f"{TODAY}/reservations/{made.id}/accepter").status_code == 303
    assert reread(made).state is ReservationState.APPROVED
    assert "En attente de votre réponse" not in read(client, TODAY)


def test_kits_that_are_not_whole_are_told_with_the_borrowers_who_wait_for_them(client, cast):
    blue = kit("Bleue", units=12, minimum_units=3)
    made = reserved(blue.id, morning(), host_of_school(cast).id, Wish(units_wanted=12, group_label="CM1"))
    item_id = db.session.query(Item).filter(Item.kit_id == blue.id).first().id
    manager_id = cast.ids["manager"]

    def report():
        actor = db.session.get_one(type(cast.manager), manager_id)
        return incidents.open_incident(blue.id, Condition.DAMAGED, "Écran", actor, now=NOW, item_id=item_id)

    in_transaction(report)
    sign_in(client, cast.mediator)
    words = read(client, TODAY)
    assert "Prêts dont la mallette ne suffit plus" in words
    assert "11 sur 12 · 12 demandés" in words
    assert "averti" in words
    assert "Mallettes incomplètes" in words
    assert f"/reservations/{made.id}/deplacer" in client.get(TODAY).text


def test_a_borrower_whom_nobody_could_write_to_is_telephoned_and_it_is_noted(client, cast):
    blue = kit(units=2, broken=1)
    wish = Wish(units_wanted=2, school_id=cast.ids["school"], contact_phone="+33298000000")
    made = reserved(kit("Entière", units=2).id, morning(), cast.ids["manager"], wish)
    with transaction():
        for account in (cast.host, cast.manager):
            account.active = False
        row = reread(made)
        row.kit_id = blue.id
    sign_in(client, cast.mediator)
    assert "Personne n’a pu être averti" in read(client, TODAY)
    for _ in range(2):
        assert client.post(f"{TODAY}/reservations/{made.id}/appele").status_code == 303
    assert "Personne n’a pu être averti" not in read(client, TODAY)


def test_a_blocked_kit_is_said_loudly(client, cast):
    kit("Verte", units=10, broken=6, minimum_units=8)
    sign_in(client, cast.mediator)
    assert "Verte Bloquée : 4 sur 10" in read(client, TODAY)


def test_another_structure_sees_none_of_it(client, cast):
    of(cast, "manager", "town")
    blue = kit("Bleue", units=2, broken=1, structure_id=cast.ids["town"], approval=Approval.MANAGER)
    reserved(blue.id, morning(), host_of_school(cast).id)
    with time_machine.travel(START, tick=False):
        as_stranger(cast, client)
        assert "Bleue" not in read(client, TODAY)


def test_a_busy_day_asks_as_much_as_a_quiet_one(client, cast):
    host = host_of_school(cast)
    sign_in(client, cast.manager)

    def more(count):
        for number in range(count):
            blue = kit(f"Kit {number}", approval=Approval.MANAGER, units=2, broken=1)
            reserved(blue.id, hours(NOW.date() + timedelta(days=3)), host.id, Wish(units_wanted=1))
            reserved(blue.id, hours(NOW.date(), time(12), time(14)), cast.ids["manager"])

    more(1)
    client.get(TODAY)
    with statements() as few:
        client.get(TODAY)
    more(4)
    client.get(TODAY)
    with statements() as many:
        client.get(TODAY)
    assert len(many) == len(few) <= 22
    assert sum("FROM account_role" in one for one in many) <= 3, (
        "roles of the viewer, and of who is waited for or warned"
    )
    assert len(reservations()) == 10
    assert db.session.query(Kit).count() == 5
