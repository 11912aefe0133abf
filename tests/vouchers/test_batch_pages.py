"""A series of vouchers: asked for on a page, made by the jobs, watched without script."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import time_machine

import jobs
from foundation.db import db, in_transaction
from tests.cast import NOW, sign_in
from tests.papers import facts
from tests.squares import read_all
from tests.vouchers.given import DEVICE, act, campaign, card, fresh, issued, person, sums_hold
from vouchers.models import BatchState, HandedOver, Voucher, VoucherBatch
from vouchers.rules.eligibility import Claim
from vouchers.service import batches, campaigns, cards, issuing, making


@pytest.fixture
def at_work():
    """It is the morning of the cast."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def manager(client, cast, at_work):
    return sign_in(client, cast.manager)


def asked(client, campaign_id, **fields):
    """Send the page as it was drawn."""
    address = f"/equipe/campagnes/{campaign_id}/serie"
    key = re.search(r'name="request_key"[^>]*value="([^"]+)"', client.get(address).text).group(1)
    sent = {"request_key": key, **fields}
    return client.post(address, data=sent), sent


def only_batch():
    db.session.rollback()
    return db.session.query(VoucherBatch).one()


def made_by_the_jobs():
    jobs.perform(jobs.JOBS["make-vouchers"])
    db.session.rollback()


def test_the_page_says_how_many_cards_and_how_far_the_budget_goes(manager, cast):
    made = campaign(cast)
    for _ in range(3):
        card(cast)
    text = manager.get(f"/equipe/campagnes/{made.id}/serie").text
    assert "3 cartes sont examinées." in text
    assert "10 chèques" in text


def test_it_is_asked_for_once_and_watched_until_it_is_made(manager, cast):
    made = campaign(cast)
    for _ in range(3):
        card(cast)
    answer, sent = asked(manager, made.id)
    batch = only_batch()
    assert answer.location == f"/equipe/campagnes/series/{batch.id}"
    assert manager.post(f"/equipe/campagnes/{made.id}/serie", data=sent).location == answer.location
    page = manager.get(answer.location)
    assert page.headers["Refresh"] == "3"
    assert '<progress id="far" max="3" value="0">' in page.text
    made_by_the_jobs()
    page = manager.get(answer.location)
    assert "Refresh" not in page.headers
    assert 'max="3" value="3"' in page.text
    assert f"/equipe/cheques?serie={batch.id}" in page.text
    assert (only_batch().state, only_batch().made) == (BatchState.DONE, 3)
    sums_hold()


def test_half_way_the_page_says_how_far(manager, cast):
    made = campaign(cast)
    for _ in range(3):
        card(cast)
    batch = act(batches.ask, made.id, Claim(), by=cast.ids["manager"])
    in_transaction(lambda: batches.make_some(batch.id, now=NOW, limit=2))
    page = manager.get(f"/equipe/campagnes/series/{batch.id}")
    assert 'max="3" value="2"' in page.text
    assert "Refresh" in page.headers


def test_a_budget_that_ends_first_is_said_in_words(manager, cast):
    made = campaign(cast, replace(DEVICE, budget_cents=20_000))
    for _ in range(3):
        card(cast)
    answer, _sent = asked(manager, made.id)
    made_by_the_jobs()
    assert "Le budget a été épuisé" in manager.get(answer.location).text
    assert "Le budget a été épuisé" in manager.get(f"/equipe/campagnes/{made.id}").text
    assert only_batch().made == 2
    sums_hold()


def test_who_may_not_have_one_is_counted(manager, cast):
    made = campaign(cast, replace(DEVICE, age_min=60))
    card(cast, person(birth_year=1950))
    card(cast, person(birth_year=2000))
    card(cast)
    asked(manager, made.id)
    made_by_the_jobs()
    assert (only_batch().made, only_batch().skipped) == (1, 2)


def test_series_are_made_in_the_order_in_which_they_were_asked_for(cast, at_work):
    first, second = campaign(cast), campaign(cast)
    card(cast)
    ids = [act(batches.ask, one.id, Claim(), by=cast.ids["manager"]).id for one in (first, second)]
    in_transaction(lambda: making.make_next(NOW))
    states = [fresh(VoucherBatch, one).made for one in ids]
    assert states == [1, 0]
    made_by_the_jobs()
    assert [fresh(VoucherBatch, one).state for one in ids] == [BatchState.DONE] * 2
    assert in_transaction(lambda: making.make_next(NOW)) == 0


def test_a_prescriber_is_named_for_all_where_one_is_needed(manager, cast):
    made = campaign(cast, replace(DEVICE, prescriber_needed=True))
    card(cast)
    asked(manager, made.id, prescribed_by=str(cast.ids["prescriber"]))
    made_by_the_jobs()
    assert db.session.query(Voucher).one().prescribed_by_id == cast.ids["prescriber"]


def test_without_a_prescriber_it_is_refused_beside_the_field(manager, cast):
    made = campaign(cast, replace(DEVICE, prescriber_needed=True))
    card(cast)
    assert "de la page de chaque" in manager.get(f"/equipe/campagnes/{made.id}/serie").text
    answer, _sent = asked(manager, made.id)
    assert answer.status_code == 422
    assert 'id="prescribed_by-fault"' in answer.text
    assert db.session.query(VoucherBatch).count() == 0


@pytest.mark.parametrize(
    ("plan", "cards", "said"),
    [
        (DEVICE, 0, "aucune carte valable"),
        (replace(DEVICE, act_needed="programme:999", prescriber_needed=True), 1, "suivi cet atelier"),
        (replace(DEVICE, budget_cents=10_000), 2, "ne suffit plus"),
    ],
)
def test_a_series_that_would_make_nothing_says_why_and_has_no_button(manager, cast, plan, cards, said):
    made = campaign(cast, plan)
    holders = [card(cast) for _ in range(cards)]
    if cards == 2:
        issued(cast, made.id, holders[0].id)
    page = manager.get(f"/equipe/campagnes/{made.id}/serie")
    assert said in page.text
    assert "request_key" not in page.text
    assert ("une par une" in page.text or "un par un" in page.text) is plan.prescriber_needed
    assert manager.post(f"/equipe/campagnes/{made.id}/serie", data={"request_key": "a"}).status_code == 422
    assert db.session.query(VoucherBatch).count() == 0


def test_a_draft_has_no_series(manager, cast):
    card(cast)
    made = act(campaigns.create, DEVICE, by=cast.ids["manager"])
    answer, _sent = asked(manager, made.id)
    assert answer.status_code == 422
    assert db.session.query(VoucherBatch).count() == 0


def test_mediators_watch_and_do_not_ask(client, cast, at_work):
    there = sign_in(client, cast.mediator)
    made = campaign(cast)
    batch = act(batches.ask, made.id, Claim(), by=cast.ids["manager"])
    assert there.get(f"/equipe/campagnes/series/{batch.id}").status_code == 200
    assert there.get(f"/equipe/campagnes/{made.id}/serie").status_code == 403
    assert there.get("/equipe/campagnes/series/99").status_code == 404


def test_the_list_shows_one_series_alone(manager, cast):
    made = campaign(cast)
    single = issued(cast, made.id, card(cast).id)
    card(cast)
    batch = act(batches.ask, made.id, Claim(), by=cast.ids["manager"])
    made_by_the_jobs()
    page = manager.get(f"/equipe/cheques?serie={batch.id}")
    assert single.code not in page.text
    assert page.text.count('class="who"') == 1


def test_a_series_is_printed_then_noted_as_posted(manager, cast):
    made = campaign(cast)
    holders = [card(cast), card(cast, person(locale="ar")), card(cast)]
    batch = act(batches.ask, made.id, Claim(), by=cast.ids["manager"])
    made_by_the_jobs()
    address = f"/equipe/campagnes/series/{batch.id}"
    until = re.search(r'name="until" value="(\d+)"', manager.get(address).text).group(1)
    printed = manager.get(f"{address}/cheques.pdf?jusqua={until}")
    assert facts(printed.data)["sheets"] == 3
    assert len({*read_all(printed.data)}) == 3
    by_hand = db.session.query(Voucher).filter_by(card_id=holders[0].id).one().id
    act(issuing.hand_over, by_hand, HandedOver.IN_PERSON, by=cast.ids["manager"])
    for _ in range(2):
        manager.post(f"{address}/postes", data={"until": until})
    db.session.rollback()
    ways = [one.handed_over_how for one in db.session.query(Voucher).order_by(Voucher.card_id)]
    assert ways == [HandedOver.IN_PERSON, HandedOver.POSTED, HandedOver.POSTED]
    assert "/postes" not in manager.get(address).text
    assert manager.get(f"{address}/cheques.pdf").status_code == 404


def test_a_voucher_whose_card_is_stopped_is_neither_printed_nor_posted(manager, cast):
    made, by = campaign(cast), cast.ids["manager"]
    holders = [card(cast) for _ in range(2)]
    batch = act(batches.ask, made.id, Claim(), by=by)
    made_by_the_jobs()
    act(cards.suspend, holders[0].id, "Dossier", by=by)
    address = f"/equipe/campagnes/series/{batch.id}"
    until = re.search(r'name="until" value="(\d+)"', manager.get(address).text).group(1)
    assert facts(manager.get(f"{address}/cheques.pdf?jusqua={until}").data)["sheets"] == 1
    manager.post(f"{address}/postes", data={"until": until})
    waits = db.session.query(Voucher).filter_by(handed_over_at=None).one().card_id
    db.session.rollback()
    assert waits == holders[0].id


def test_a_long_series_is_posted_in_parts(manager, cast, monkeypatch):
    monkeypatch.setattr("vouchers.queries.listing.MOST_POSTED", 2)
    made = campaign(cast)
    for _ in range(3):
        card(cast)
    batch = act(batches.ask, made.id, Claim(), by=cast.ids["manager"])
    made_by_the_jobs()
    address = f"/equipe/campagnes/series/{batch.id}"
    for left in (1, 0):
        until = re.search(r'name="until" value="(\d+)"', manager.get(address).text).group(1)
        manager.post(f"{address}/postes", data={"until": until})
        db.session.rollback()
        assert db.session.query(Voucher).filter_by(handed_over_at=None).count() == left


def test_without_saying_which_nothing_is_noted_as_posted(manager, cast):
    made = campaign(cast)
    card(cast)
    batch = act(batches.ask, made.id, Claim(), by=cast.ids["manager"])
    made_by_the_jobs()
    page = manager.post(f"/equipe/campagnes/series/{batch.id}/postes", data={}, follow_redirects=True).text
    assert "Il ne restait rien à noter" in page
    assert "0 chèque" not in page.split("<h1")[0]
    assert db.session.query(Voucher).one().handed_over_at is None
