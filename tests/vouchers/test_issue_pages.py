"""Vouchers issued from a person's page, handed over by one press, looked through, put right with a reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from foundation.db import db
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.mediation.days import TEN, planned
from tests.vouchers.counters import words
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    TRAINING,
    act,
    amounts,
    campaign,
    card,
    fresh,
    handed,
    issued,
    ledger,
    lesson,
    paid,
    partner,
    person,
    sums_hold,
)
from vouchers.acts import Acts, kinds_of_acts
from vouchers.models import HandedOver, MovementKind, PartnerKind, Voucher, VoucherState
from vouchers.rules.eligibility import Claim
from vouchers.service import cards, issuing, undoing


@pytest.fixture
def at_work():
    """It is the morning of the cast."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def mediator(client, cast, at_work):
    return sign_in(client, cast.mediator)


def vouchers_of(person_id):
    db.session.rollback()
    return db.session.query(Voucher).filter_by(person_id=person_id).order_by(Voucher.id).all()


def press(client, campaign_id, person_id, **fields):
    """The button on the page of a person, with the key that the page carries."""
    address = f"/equipe/habitants/{person_id}/cheques"
    page = client.get(address)
    name = f"c{campaign_id}-request_key"
    key = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page.text).group(1)
    return client.post(f"{address}/{campaign_id}", data={name: key, **fields}), {name: key}


def test_one_press_issues_to_the_person_and_leads_to_the_voucher(mediator, cast):
    made, holder = campaign(cast), card(cast)
    answer, _sent = press(mediator, made.id, holder.person_id)
    (voucher,) = vouchers_of(holder.person_id)
    assert answer.location == f"/equipe/cheques/{voucher.id}"
    assert (voucher.state, voucher.left_cents) == (VoucherState.ISSUED, 10_000)
    assert voucher.issued_by_id == cast.ids["mediator"]
    sums_hold()


def test_a_double_press_issues_once(mediator, cast):
    made, holder = campaign(cast), card(cast)
    first, sent = press(mediator, made.id, holder.person_id)
    again = mediator.post(f"/equipe/habitants/{holder.person_id}/cheques/{made.id}", data=sent)
    assert again.location == first.location
    assert len(vouchers_of(holder.person_id)) == 1


def test_the_page_says_why_not_and_has_no_button(mediator, cast):
    campaign(cast, replace(DEVICE, age_min=60))
    holder = card(cast, person(birth_year=1990))
    page = mediator.get(f"/equipe/habitants/{holder.person_id}/cheques")
    assert "autre âge" in page.text
    assert "request_key" not in page.text


def test_what_is_refused_meanwhile_is_said_on_the_page(mediator, cast):
    made, holder = campaign(cast), card(cast)
    address = f"/equipe/habitants/{holder.person_id}/cheques"
    mediator.get(address)
    issued(cast, made.id, holder.id)
    page = mediator.post(f"{address}/{made.id}", data={f"c{made.id}-request_key": "another"})
    assert page.status_code == 409
    assert 'role="alert"' in page.text
    assert len(vouchers_of(holder.person_id)) == 1


def test_a_prescriber_is_asked_for_where_one_is_needed(mediator, cast):
    made, holder = campaign(cast, replace(DEVICE, prescriber_needed=True)), card(cast)
    field = f"c{made.id}-prescribed_by"
    refused, _sent = press(mediator, made.id, holder.person_id)
    assert refused.status_code == 422
    assert f'id="{field}-fault"' in refused.text
    press(mediator, made.id, holder.person_id, **{field: str(cast.ids["prescriber"])})
    assert vouchers_of(holder.person_id)[0].prescribed_by_id == cast.ids["prescriber"]


def test_a_prescriber_prescribes_what_they_issue(client, cast, at_work):
    there = sign_in(client, cast.prescriber)
    made, holder = campaign(cast, replace(DEVICE, prescriber_needed=True)), card(cast)
    answer, _sent = press(there, made.id, holder.person_id)
    (voucher,) = vouchers_of(holder.person_id)
    assert answer.location == f"/equipe/habitants/{holder.person_id}/cheques"
    assert voucher.prescribed_by_id == cast.ids["prescriber"]
    said = there.get(answer.location).text
    assert "L’équipe de médiation le remet" in said
    assert "Remettez-le" not in said
    assert there.get(f"/equipe/cheques/{voucher.id}").status_code == 403
    page = there.get(f"/equipe/habitants/{holder.person_id}/cheques")
    assert "Chèque équipement" in page.text
    assert f"/equipe/cheques/{voucher.id}" not in page.text


def test_an_act_counts_for_who_did_it_alone(mediator, cast, monkeypatch):
    made = campaign(cast, replace(DEVICE, act_needed="cours:5"))
    did, did_not = card(cast), card(cast)
    told = Acts("cours", lambda: [("cours:5", "Premiers pas")], lambda _ref, _ids: {did.person_id})
    monkeypatch.setattr("vouchers.acts.kinds_of_acts", [*kinds_of_acts, told])
    press(mediator, made.id, did.person_id)
    assert vouchers_of(did.person_id)[0].act == "cours:5"
    page = mediator.get(f"/equipe/habitants/{did_not.person_id}/cheques")
    assert "request_key" not in page.text
    assert "Premiers pas" in mediator.get(f"/equipe/campagnes/{made.id}").text


def test_without_card_the_page_says_so(mediator, cast):
    someone = person()
    campaign(cast)
    page = mediator.get(f"/equipe/habitants/{someone}/cheques")
    assert "carte solidaire" in page.text
    assert "request_key" not in page.text
    refused = mediator.post(f"/equipe/habitants/{someone}/cheques/1", data={})
    assert refused.status_code == 422


def test_the_page_of_a_person_leads_to_their_vouchers(mediator, cast):
    made, holder = campaign(cast), card(cast)
    handed(cast, made.id, holder.id)
    page = mediator.get(f"/equipe/habitants/{holder.person_id}")
    assert f"/equipe/habitants/{holder.person_id}/cheques" in page.text
    assert "Chèque équipement" in page.text


@pytest.mark.parametrize("how", list(HandedOver))
def test_one_press_hands_it_over_in_person_or_by_post(mediator, cast, how):
    made = campaign(cast)
    voucher = issued(cast, made.id, card(cast).id)
    answer = mediator.post(f"/equipe/cheques/{voucher.id}/remettre", data={"how": how.value})
    assert answer.location == f"/equipe/cheques/{voucher.id}"
    after = fresh(Voucher, voucher.id)
    assert (after.state, after.handed_over_how, after.handed_over_at) == (VoucherState.HANDED_OVER, how, NOW)
    mediator.post(f"/equipe/cheques/{voucher.id}/remettre", data={"how": how.value})
    assert ledger(voucher.id) == [(MovementKind.ISSUED, 10_000), (MovementKind.HANDED_OVER, 0)]


@pytest.mark.parametrize("stop", ["suspend", "lose"])
def test_it_waits_while_its_card_is_stopped(mediator, cast, stop):
    holder, by = card(cast), cast.ids["manager"]
    voucher = issued(cast, campaign(cast).id, holder.id)
    address = f"/equipe/cheques/{voucher.id}"
    assert {f"{address}/remettre", f"{address}/cheque.pdf"} <= links(mediator.get(address).text)
    if stop == "suspend":
        act(cards.suspend, holder.id, "Dossier", by=by)
    else:
        act(cards.lose, holder.id, by=by)
    page = mediator.get(address).text
    assert "Sa carte est suspendue ou perdue" in page
    assert not {f"{address}/remettre", f"{address}/cheque.pdf"} & links(page)
    refused = mediator.post(f"{address}/remettre", data={"how": "in_person"})
    assert refused.status_code == 409
    assert "rien ne peut être payé avec elle" in refused.text
    paper = mediator.get(f"{address}/cheque.pdf")
    assert paper.status_code == 409
    assert "plus rapide" not in paper.text
    assert fresh(Voucher, voucher.id).state is VoucherState.ISSUED


def test_once_the_card_counts_again_it_is_handed_over(mediator, cast):
    holder, by = card(cast), cast.ids["manager"]
    voucher = issued(cast, campaign(cast).id, holder.id)
    act(cards.suspend, holder.id, "Dossier", by=by)
    act(cards.resume, holder.id, by=by)
    mediator.post(f"/equipe/cheques/{voucher.id}/remettre", data={"how": "in_person"})
    assert fresh(Voucher, voucher.id).state is VoucherState.HANDED_OVER


def links(page: str) -> set[str]:
    """Where a page leads and sends."""
    return set(re.findall(r'(?:href|action)="([^"]+)"', page))


def test_a_way_that_does_not_exist_hands_nothing_over(mediator, cast):
    voucher = issued(cast, campaign(cast).id, card(cast).id)
    assert mediator.post(f"/equipe/cheques/{voucher.id}/remettre", data={"how": "thrown"}).status_code == 404
    assert fresh(Voucher, voucher.id).state is VoucherState.ISSUED


def test_the_day_of_a_mediator_offers_the_voucher_beside_the_appointment(mediator, cast, at_work):
    planned(cast, TEN, person_id=cast.ids["neighbour"])
    holder = card(cast, cast.ids["neighbour"])
    voucher = issued(cast, campaign(cast).id, holder.id)
    page = mediator.get("/equipe/journee")
    assert f'action="/equipe/cheques/{voucher.id}/remettre"' in page.text
    assert f'href="/equipe/cheques/{voucher.id}/cheque.pdf"' in page.text
    act(cards.suspend, holder.id, "Dossier", by=cast.ids["manager"])
    assert f"/equipe/cheques/{voucher.id}/" not in mediator.get("/equipe/journee").text
    act(cards.resume, holder.id, by=cast.ids["manager"])
    back = re.search(r'name="next" value="(/equipe/journee[^"]*#rdv-\d+)"', page.text).group(1)
    answer = mediator.post(f"/equipe/cheques/{voucher.id}/remettre", data={"how": "in_person", "next": back})
    assert answer.location == back
    assert f"/equipe/cheques/{voucher.id}/remettre" not in mediator.get("/equipe/journee").text


def test_on_a_day_to_come_it_is_printed_and_not_handed_over(mediator, cast):
    planned(cast, TEN + timedelta(days=1), person_id=cast.ids["neighbour"])
    voucher = issued(cast, campaign(cast).id, card(cast, cast.ids["neighbour"]).id)
    page = mediator.get("/equipe/journee/2026-03-11").text
    assert f'href="/equipe/cheques/{voucher.id}/cheque.pdf"' in page
    assert f"/equipe/cheques/{voucher.id}/remettre" not in page


def test_the_day_asks_once_for_all_vouchers(mediator, cast):
    holder = card(cast, cast.ids["neighbour"])
    planned(cast, TEN, person_id=cast.ids["neighbour"])
    with statements() as before:
        mediator.get("/equipe/journee")
    made = campaign(cast)
    issued(cast, made.id, holder.id)
    planned(cast, TEN + timedelta(hours=2), person_id=cast.ids["resident"])
    issued(cast, made.id, card(cast, cast.ids["resident"]).id)
    with statements() as after:
        mediator.get("/equipe/journee")
    assert len(after) <= len(before)


def test_the_page_of_a_voucher_is_its_ledger(mediator, cast):
    shop = partner(cast)
    voucher = handed(cast, campaign(cast).id)
    paid(voucher.code, shop)
    page = mediator.get(f"/equipe/cheques/{voucher.id}")
    assert cast.association.name in page.text
    assert cast.mediator.name in page.text
    assert "En main propre" in page.text
    assert f"{voucher.code[:3]} {voucher.code[3:6]} {voucher.code[6:]}" in page.text


def test_each_line_of_the_ledger_says_which_way_it_goes(mediator, cast):
    voucher = handed(cast, campaign(cast).id)
    made = paid(voucher.code, partner(cast))
    act(undoing.undo, made.id, "Rendu", by=cast.ids["manager"])
    page = mediator.get(f"/equipe/cheques/{voucher.id}").text
    assert re.findall(r"([+−])\u00a0?100,00", page.replace(" ", "\u00a0")) == ["+", "−", "+"]


def test_a_lost_one_is_replaced_with_a_reason(mediator, cast):
    voucher = handed(cast, campaign(cast).id)
    page = mediator.post(f"/equipe/cheques/{voucher.id}/remplacer", data={"replace-reason": "  "})
    assert page.status_code == 422
    assert 'id="replace-reason-fault"' in page.text
    answer = mediator.post(f"/equipe/cheques/{voucher.id}/remplacer", data={"replace-reason": "Perdu dans le bus"})
    new = vouchers_of(voucher.person_id)[-1]
    assert answer.location == f"/equipe/cheques/{new.id}"
    assert new.replaces_id == voucher.id
    assert f"/equipe/cheques/{new.id}" in mediator.get(f"/equipe/cheques/{voucher.id}").text
    page = mediator.get(answer.location).text
    assert "À la place du chèque" in page
    assert f'href="/equipe/cheques/{voucher.id}"' in page
    assert f"{voucher.code[:3]} {voucher.code[3:6]} {voucher.code[6:]}" in page
    sums_hold()


def test_while_its_card_waits_a_lost_one_is_replaced_and_is_handed_over_later(mediator, cast):
    lost = handed(cast, campaign(cast).id)
    act(cards.suspend, lost.card_id, "à revoir", by=cast.ids["manager"])
    answer = mediator.post(f"/equipe/cheques/{lost.id}/remplacer", data={"replace-reason": "Perdu"})
    assert "Remettez-le quand la carte comptera de nouveau." in mediator.get(answer.location).text


def test_only_who_plans_cancels_and_gives_more_time(mediator, cast):
    voucher = handed(cast, campaign(cast).id)
    page = mediator.get(f"/equipe/cheques/{voucher.id}")
    assert "/annuler" not in page.text
    for verb in ("annuler", "prolonger"):
        assert mediator.post(f"/equipe/cheques/{voucher.id}/{verb}", data={}).status_code == 403


def test_a_manager_gives_more_time_and_cancels(client, cast, at_work):
    manager = sign_in(client, cast.manager)
    voucher = handed(cast, campaign(cast).id)
    address = f"/equipe/cheques/{voucher.id}"
    late = {"extend-until": "2027-06-30", "extend-reason": "Hospitalisation"}
    page = manager.post(f"{address}/prolonger", data=late)
    assert page.status_code == 422
    assert 'id="extend-until-fault"' in page.text
    assert "Hospitalisation" in page.text
    manager.post(f"{address}/prolonger", data={**late, "extend-until": "2026-09-15"})
    assert fresh(Voucher, voucher.id).valid_until.isoformat() == "2026-09-15"
    manager.post(f"{address}/annuler", data={"cancel-reason": "Déménagement"})
    assert amounts(voucher.id) == (0, 0, 10_000, 0)
    assert "Déménagement" in manager.get(address).text
    sums_hold()


def test_a_used_up_voucher_has_nothing_to_put_right(client, cast, at_work):
    manager = sign_in(client, cast.manager)
    shop = partner(cast)
    voucher = handed(cast, campaign(cast).id)
    paid(voucher.code, shop)
    page = manager.get(f"/equipe/cheques/{voucher.id}")
    assert "/remplacer" not in page.text
    refused = manager.post(f"/equipe/cheques/{voucher.id}/annuler", data={"cancel-reason": "Trop tard"})
    assert refused.status_code == 409


def test_the_list_is_narrowed_by_state_campaign_code_card_and_name(mediator, cast):
    first, second = campaign(cast), campaign(cast, replace(DEVICE, title="Deuxième"))
    one = handed(cast, first.id, card(cast, cast.ids["resident"]).id)
    other_card = card(cast)
    other = issued(cast, second.id, other_card.id)

    def shown(**asked):
        page = mediator.get("/equipe/cheques", query_string=asked)
        return [f"/equipe/cheques/{each.id}" in page.text for each in (one, other)]

    assert shown() == [True, True]
    assert shown(vue="a-remettre") == [False, True]
    assert shown(vue="remis") == [True, False]
    assert shown(campagne=second.id) == [False, True]
    assert shown(q=one.code.lower()) == [True, False]
    assert shown(q=other_card.number) == [False, True]
    assert shown(q=cast.resident.family_name.lower()) == [True, False]
    assert shown(q="personne de ce nom") == [False, False]
    assert shown(vue="rien", campagne="x") == [True, True]


def test_a_long_list_has_pages(mediator, cast, monkeypatch):
    monkeypatch.setattr("vouchers.views.issuing.index.PER_PAGE", 2)
    monkeypatch.setattr("vouchers.queries.listing.PER_PAGE", 2)
    made = campaign(cast)
    codes = [issued(cast, made.id, card(cast).id).code for _ in range(3)]
    page = mediator.get("/equipe/cheques")
    assert [code in page.text for code in codes] == [False, True, True]
    assert 'rel="next"' in page.text
    assert codes[0] in mediator.get("/equipe/cheques?page=2").text


def test_a_card_that_was_replaced_keeps_its_vouchers(mediator, cast):
    made, holder = campaign(cast), card(cast)
    handed(cast, made.id, holder.id)
    act(cards.lose, holder.id, by=cast.ids["manager"])
    act(cards.replace, holder.id, by=cast.ids["manager"])
    page = mediator.get(f"/equipe/habitants/{holder.person_id}/cheques")
    assert "Un ordinateur pour tous" in page.text


def test_a_voucher_of_another_structure_does_not_exist(client, cast, at_work):
    made = campaign(cast, structure_id=cast.ids["association"])
    voucher = act(issuing.issue, made.id, card(cast).id, Claim(), by=cast.ids["manager"])
    there = sign_in(client, cast.mediator)
    for path in ("", "/cheque.pdf"):
        assert there.get(f"/equipe/cheques/{voucher.id}{path}").status_code == 404
    for verb in ("remettre", "remplacer"):
        assert there.post(f"/equipe/cheques/{voucher.id}/{verb}", data={}).status_code == 404
    assert voucher.code not in there.get("/equipe/cheques").text


def test_after_its_last_day_it_is_not_handed_over_from_the_page(mediator, cast, at_work):
    voucher = issued(cast, campaign(cast).id, card(cast).id)
    at_work.move_to(AFTER)
    there = sign_in(mediator, cast.mediator)
    assert f"/equipe/cheques/{voucher.id}/remettre" not in there.get(f"/equipe/cheques/{voucher.id}").text


def test_without_card_whoever_gives_cards_is_led_there(client, cast):
    way = f'href="/equipe/cartes/nouvelle?habitant={cast.ids["resident"]}"'
    address = f"/equipe/habitants/{cast.ids['resident']}/cheques"
    sign_in(client, cast.prescriber)
    assert way in client.get(address).text


def test_without_card_a_mediator_reads_so_and_is_led_nowhere(client, cast):
    sign_in(client, cast.mediator)
    page = client.get(f"/equipe/habitants/{cast.ids['resident']}/cheques")
    assert "n’a pas de carte solidaire" in words(page)
    assert "/equipe/cartes/nouvelle" not in page.text


def test_training_is_told_in_units_wherever_the_team_reads_of_it(client, cast):
    school = partner(cast, PartnerKind.TRAINING)
    voucher = handed(cast, campaign(cast, TRAINING).id)
    paid(voucher.code, school, lesson(3))
    sign_in(client, cast.mediator)
    for address in (f"/equipe/cheques/{voucher.id}", "/equipe/cheques"):
        assert "reste 7 unités sur 10" in words(client.get(address))
    assert "7 unités sur 10" in words(client.get(f"/equipe/cartes/{voucher.card_id}"))
