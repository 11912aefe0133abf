"""The checklists on a phone: one press each, everything at once, what is refused, and who sees them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from equipment.models import Approval, Condition, Direction, Handover, Reservation, ReservationState, Supply
from equipment.service import lending
from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import by_rights, done, host_of_school, kit, ledger, morning, reserved
from tests.equipment.handed import DUE, START, WORKING, all_of, back, condition_of, items_of, lent, lines, loan, out
from tests.workshops.given import count, planned, programme, reread

SIGNED = {"signed_name": "Bruno Lacaze", "everything": "y"}


@pytest.fixture
def nine():
    """It is nine on the Tuesday of the loan."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def camille(client, cast, nine):
    return sign_in(client, cast.mediator)


def at(reservation, what):
    return f"/equipe/materiel/reservations/{reservation.id}/{what}"


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text).group(1)


def send(client, address, **fields):
    """What the open page sends."""
    page = client.get(address)
    kept = {name: hidden(page, name) for name in ("request_key", "shown")}
    return client.post(address, data={**kept, **fields})


def newest(direction):
    found = db.session.query(Handover).filter_by(direction=direction).order_by(Handover.id.desc()).first()
    db.session.rollback()
    return found


def test_everything_that_works_goes_with_one_press_and_a_name(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast, broken=1, rules="Rendre chargée.")
    page = camille.get(at(made, "remise"))
    assert "Rendre chargée." in page.text
    assert "2 appareils." in page.text
    assert page.text.count("Abîmé</span>") == 1
    answer = send(camille, at(made, "remise"), **SIGNED)
    gone = newest(Direction.OUT)
    assert (answer.status_code, answer.location) == (303, f"/equipe/materiel/remises/{gone.id}")
    assert lines(gone) == [(item_id, WORKING) for item_id in items_of(made)[1:]]
    shown = camille.get(answer.location)
    assert "La mallette est remise." in shown.text
    assert "Bruno Lacaze" in shown.text


def test_one_by_one_what_is_ticked_goes_and_what_is_seen_broken_stays(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast, units=4)
    one, two, three, four = items_of(made)
    ticked = {f"i{one}": "y", f"i{two}": "y", f"c{two}": "incomplete", f"c{three}": "damaged"}
    send(camille, at(made, "remise"), signed_name="Bruno", **ticked)
    assert lines(newest(Direction.OUT)) == [(one, WORKING), (two, Condition.INCOMPLETE)]
    assert [condition_of(item_id) for item_id in (one, two, three, four)] == [
        WORKING, Condition.INCOMPLETE, Condition.DAMAGED, WORKING,
    ]  # fmt: skip


def test_what_is_ticked_and_missing_does_not_go(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast)
    one, two, _three = items_of(made)
    send(camille, at(made, "remise"), signed_name="Bruno", **{f"i{one}": "y", f"i{two}": "y", f"c{two}": "missing"})
    assert lines(newest(Direction.OUT)) == [(one, WORKING)]
    assert condition_of(two) is Condition.MISSING


def test_without_a_name_or_a_tick_the_page_says_so_and_keeps_what_was_pressed(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast)
    first = items_of(made)[0]
    page = send(camille, at(made, "remise"), **{f"i{first}": "y"})
    assert page.status_code == 422
    assert "écrit son nom ici" in page.text
    assert re.search(rf'<input[^>]*checked[^>]*name="i{first}"', page.text)
    page = send(camille, at(made, "remise"), signed_name="Bruno")
    assert page.status_code == 422
    assert "Cochez au moins un appareil" in page.text
    page = send(camille, at(made, "remise"), **SIGNED, **{f"c{first}": "retired"})
    assert page.status_code == 422
    assert (count(Handover), reread(made).state) == (0, ReservationState.APPROVED)


def test_early_it_asks_and_then_begins(camille, cast, nine):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast)
    nine.move_to(START - timedelta(hours=16))
    sign_in(camille, cast.mediator)
    assert 'name="early"' in camille.get(at(made, "remise")).text
    page = send(camille, at(made, "remise"), **SIGNED)
    assert page.status_code == 409
    assert "Ce prêt commence le" in page.text
    assert send(camille, at(made, "remise"), **SIGNED, early="y").status_code == 303
    assert reread(made).starts_at == START - timedelta(hours=16)
    assert ledger() == by_rights()


def test_a_kit_under_its_minimum_stays_and_others_are_named(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast, minimum_units=3)
        kit("Mallette rouge", units=4)
    first, *_rest = items_of(made)
    page = send(camille, at(made, "remise"), **SIGNED, **{f"c{first}": "damaged"})
    assert page.status_code == 409
    assert "Mallette rouge" in page.text
    assert condition_of(first) is WORKING
    with transaction():
        db.session.get_one(Reservation, made.id).kit.minimum_units = 4
    page = camille.get(at(made, "remise"))
    assert "Mallette rouge" in page.text
    assert 'name="signed_name"' not in page.text


def test_what_can_not_go_out_or_come_back_leads_to_its_reservation(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast, approval=Approval.MANAGER)
    for what in ("remise", "retour"):
        answer = camille.get(at(made, what))
        assert (answer.status_code, answer.location) == (303, f"/equipe/materiel/reservations/{made.id}")
    done(lending.refuse, made.id, "Non.", by=cast.ids["manager"])
    answer = camille.post(at(made, "remise"), data={**SIGNED, "request_key": "late"})
    assert answer.location == f"/equipe/materiel/reservations/{made.id}"
    assert "la mallette reste ici" in camille.get(answer.location).text


def test_everything_is_back_with_one_press(camille, cast, nine):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
    nine.move_to(DUE)
    answer = send(camille, at(made, "retour"), **SIGNED, minutes_in_use="90", head_count="24", came_back_flat="y")
    assert answer.status_code == 303
    again = reread(made)
    assert (again.state, again.minutes_in_use, again.head_count) == (ReservationState.RETURNED, 90, 24)
    shown = camille.get(answer.location).text
    assert "La mallette est revenue." in shown
    assert "De nouveau prête le" in shown
    assert ledger() == by_rights()


def test_a_part_comes_back_then_the_rest_with_what_is_damaged(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
    one, two, three = items_of(made)
    answer = send(camille, at(made, "retour"), signed_name="Bruno", **{f"i{one}": "y"})
    shown = camille.get(answer.location).text
    assert "2 appareils sont encore sortis" in shown
    assert at(made, "retour") in shown
    rest = camille.get(at(made, "retour")).text
    assert f'name="i{one}"' not in rest
    answer = send(camille, at(made, "retour"), signed_name="Bruno", **{f"i{two}": "y", f"c{three}": "damaged"})
    assert lines(newest(Direction.BACK)) == [(two, WORKING), (three, Condition.DAMAGED)]
    assert "Incidents de ce prêt" in camille.get(answer.location).text
    assert reread(made).state is ReservationState.RETURNED


def test_what_is_still_out_is_shown_wherever_the_loan_is(camille, cast, nine):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
    first, *_rest = items_of(made)
    pages = ["/equipe/materiel", "/equipe/materiel/reservations?vue=sorties"]
    assert not any("encore sorti" in camille.get(page).text for page in pages)
    code = reread(made).kit.items[-1].code
    back(cast, made, now=START, conditions={first: WORKING})
    assert all("2 appareils encore sortis" in camille.get(page).text for page in pages)
    assert code in camille.get(f"/equipe/materiel/reservations/{made.id}").text
    sign_in(camille, host_of_school(cast))
    assert code in camille.get(f"/hote/mallettes/{made.code}").text


def test_what_is_not_ticked_may_be_missing(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
    one, *rest = items_of(made)
    send(camille, at(made, "retour"), signed_name="Bruno", rest_missing="y", **{f"i{one}": "y"})
    assert [condition_of(item_id) for item_id in rest] == [Condition.MISSING] * 2
    assert reread(made).state is ReservationState.RETURNED


def test_a_report_made_while_the_page_was_open_does_not_tick_anything(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
    one, two, _three = items_of(made)
    page = camille.get(at(made, "retour"))
    kept = {name: hidden(page, name) for name in ("request_key", "shown")}
    with transaction():
        db.session.get_one(Reservation, made.id).kit.items[1].condition = Condition.DAMAGED
    sent = {f"i{one}": "y", f"c{one}": "working", f"c{two}": "working"}
    camille.post(at(made, "retour"), data={**kept, "signed_name": "Bruno", **sent})
    assert lines(newest(Direction.BACK)) == [(one, WORKING)]


@pytest.mark.parametrize("what", ["remise", "retour"])
def test_the_same_page_pressed_twice_is_one_act_and_another_phone_is_shown_it(camille, cast, what):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast) if what == "remise" else lent(cast)
    before = count(Handover)
    page = camille.get(at(made, what))
    kept = {name: hidden(page, name) for name in ("request_key", "shown")} | SIGNED
    once, twice = (camille.post(at(made, what), data=kept) for _ in range(2))
    assert once.status_code == 303
    assert once.location == twice.location
    other = camille.post(at(made, what), data={**kept, "request_key": "another phone"})
    assert other.location == once.location
    assert "Rien n’a été écrit deux fois" in camille.get(other.location).text
    assert camille.get(at(made, what)).location == once.location
    assert count(Handover) == before + 1


def test_numbers_that_are_none_are_said_beside_their_field(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
    page = send(camille, at(made, "retour"), **SIGNED, minutes_in_use="beaucoup", head_count="501")
    assert page.status_code == 422
    assert page.text.count('class="fault"') == 2
    assert reread(made).state is ReservationState.HANDED_OVER


def test_supplies_are_counted_on_the_same_page(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast)
    with transaction():
        cups = Supply(kit_id=made.kit_id, label="Casques", count=10)
        db.session.add(cups)
    send(camille, at(made, "remise"), **SIGNED, **{f"s{cups.id}": "8"})
    page = camille.get(at(made, "retour"))
    assert hidden(page, f"s{cups.id}") == "8"
    answer = send(camille, at(made, "retour"), **SIGNED, **{f"s{cups.id}": "7"})
    assert "7 × Casques" in camille.get(answer.location).text
    assert reread(cups).count == 9


def test_what_the_loan_before_still_has_can_not_be_ticked(camille, cast, nine):
    with time_machine.travel(NOW, tick=False):
        made = lent(cast)
        first, *rest = items_of(made)
        back(cast, made, conditions=dict.fromkeys(rest, WORKING))
        after = reserved(made.kit_id, morning(1), cast.ids["manager"])
    nine.move_to(morning(1).start)
    sign_in(camille, cast.mediator)
    page = camille.get(at(after, "remise")).text
    assert "Encore sorti avec un autre prêt" in page
    assert cast.school.name in page
    assert f'name="i{first}"' not in page
    assert send(camille, at(after, "remise"), **SIGNED).status_code == 303
    assert lines(newest(Direction.OUT)) == [(item_id, WORKING) for item_id in rest]


def test_the_mediator_signs_for_what_a_workshop_takes(camille, cast):
    with time_machine.travel(NOW, tick=False):
        kit()
        planned(cast, programme(cast), [morning()], kits={"Tablettes": 1})
    taken = db.session.query(Reservation).one()
    db.session.rollback()
    assert hidden(camille.get(at(taken, "remise")), "signed_name") == cast.mediator.name
    assert send(camille, at(taken, "remise"), everything="y", signed_name="Salima Benali").status_code == 303
    assert reread(taken).state is ReservationState.HANDED_OVER


def ticked(page):
    """The devices whose box is ticked on a page."""
    return {int(found) for found in re.findall(r'<input checked [^>]*name="i(\d+)"', page.text)}


def test_each_scan_opens_the_list_with_all_scanned_before_ticked(camille, cast, nine):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast, units=4, broken=1)
    broken, one, two, _three = items_of(made)
    list_of = at(made, "remise")
    assert ticked(camille.get(f"{list_of}?coche={one}")) == {one}
    for again in (two, one, broken, 4711):
        page = camille.get(f"{list_of}?coche={again}")
    assert ticked(page) == {one, two}
    assert "2 appareils scannés" in page.text
    assert ticked(camille.get(f"{list_of}?coche=nothing")) == {one, two}
    send(camille, list_of, signed_name="Bruno", **{f"i{one}": "y", f"i{two}": "y"})
    back_of = at(made, "retour")
    assert ticked(camille.get(back_of)) == set()
    assert ticked(camille.get(f"{back_of}?coche={two}")) == {two}


def test_what_was_scanned_for_another_loan_or_yesterday_is_forgotten(camille, cast, nine):
    with time_machine.travel(NOW, tick=False):
        made, other = loan(cast), loan(cast, name="Mallette rouge")
    first = items_of(made)[0]
    camille.get(f"{at(made, 'remise')}?coche={first}")
    assert ticked(camille.get(at(other, "remise"))) == set()
    assert ticked(camille.get(at(made, "remise"))) == {first}
    nine.shift(timedelta(days=1))
    sign_in(camille, cast.mediator)
    assert ticked(camille.get(at(made, "remise"))) == set()


@pytest.mark.parametrize("role", [Role.HOST, Role.PRESCRIBER, Role.PARTNER])
def test_checklists_are_for_the_team(client, cast, nine, role):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast)
        gone = out(cast, made)
    sign_in(client, cast.account_of(role))
    for address in (at(made, "remise"), at(made, "retour"), f"/equipe/materiel/remises/{gone.id}"):
        assert client.get(address).status_code == 403


def test_another_structure_finds_nothing(camille, cast):
    with time_machine.travel(NOW, tick=False):
        made = loan(cast, structure_id=cast.ids["association"])
        gone = out(cast, made, by="manager")
    for address in (at(made, "remise"), at(made, "retour"), f"/equipe/materiel/remises/{gone.id}"):
        assert camille.get(address).status_code == 404
        assert camille.get(f"{address}/recu.pdf").status_code == 404
    assert camille.post(at(made, "retour"), data=SIGNED).status_code == 404
    assert camille.get("/equipe/materiel/reservations/4711/remise").status_code == 404


def test_more_devices_cost_no_more_statements(camille, cast):
    with time_machine.travel(NOW, tick=False):
        small, big = lent(cast), lent(cast, name="Mallette rouge", units=30)

    def sent(address):
        with statements() as found:
            assert camille.get(address).status_code == 200
        return len(found)

    papers = [f"/equipe/materiel/remises/{one.id}" for one in db.session.query(Handover).order_by(Handover.id)]
    db.session.rollback()
    for few, many in ((at(small, "retour"), at(big, "retour")), papers):
        sent(few)
        assert sent(few) == sent(many)
    assert len(all_of(big)) == 30


def test_a_kit_that_another_school_still_has_is_not_signed_for_but_taken_back_first(client, cast, camille):
    first = lent(cast)
    second = reserved(first.kit_id, morning(1), host_of_school(cast).id)
    page = client.get(at(second, "remise")).get_data(as_text=True)
    assert "Cette mallette est encore chez\u00a0: École des Peupliers." in page
    assert f'href="{at(first, "retour")}"' in page
    assert 'name="signed_name"' not in page
    sent = client.post(at(second, "remise"), data=SIGNED | {"early": "y"})
    assert sent.status_code == 409
    assert "Enregistrez d’abord son retour." in sent.get_data(as_text=True)
    back(cast, first)
    assert 'name="signed_name"' in client.get(at(second, "remise")).get_data(as_text=True)


def test_of_a_kit_without_labels_the_loan_that_has_it_is_known_too(client, cast, camille):
    first = lent(cast, units=0, unit_kind="", minimum_units=0)
    second = reserved(first.kit_id, morning(1), host_of_school(cast).id)
    assert 'name="signed_name"' not in client.get(at(second, "remise")).get_data(as_text=True)
    assert client.post(at(second, "remise"), data=SIGNED | {"early": "y"}).status_code == 409
    assert db.session.get(Reservation, second.id).state is ReservationState.APPROVED


def test_where_a_late_kit_should_go_out_its_return_is_offered_instead(client, cast):
    first = lent(cast)
    second = reserved(first.kit_id, morning(1), host_of_school(cast).id)
    with time_machine.travel(morning(1).start, tick=False):
        sign_in(client, cast.mediator)
        for path in (f"/equipe/materiel/reservations/{second.id}", "/equipe/materiel"):
            page = client.get(path).get_data(as_text=True)
            assert f'href="{at(first, "retour")}"' in page
            assert f'href="{at(second, "remise")}"' not in page
        assert "Pas encore rendue" in page
