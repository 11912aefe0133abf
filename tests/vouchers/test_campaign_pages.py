"""Pages of campaigns: planned in words, refused beside their fields, opened, changed, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Account, AccountRole
from foundation.db import db, transaction
from foundation.security import Role
from places.models import Neighbourhood
from tests.cast import NOW, sign_in
from tests.papers import text as printed
from tests.vouchers.counters import words
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    TRAINING,
    act,
    campaign,
    card,
    category,
    fresh,
    handed,
    issued,
    paid,
    partner,
)
from vouchers.models import Campaign, CampaignState, Share
from vouchers.service import campaigns, ending, undoing

NEW = "/equipe/campagnes/nouvelle?type=device"
SENT = {
    "title": "Un ordinateur pour la rentrée", "budget": "12 000", "face": "150", "floor": "20", "price_ceiling": "400",
    "device_kinds": ["computer"], "starts_on": "2026-03-01", "ends_on": "2026-06-30", "tolerance_days": "15",
    "age_min": "0", "age_max": "120", "share": "person", "every_years": "3", "voucher_text": "Venez avec la carte.",
}  # fmt: skip


@pytest.fixture
def at_work():
    """It is the morning of the cast."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def manager(client, cast, at_work):
    return sign_in(client, cast.manager)


def newest():
    db.session.rollback()
    return db.session.query(Campaign).order_by(Campaign.id.desc()).first()


def test_the_kind_is_asked_first(manager):
    page = manager.get("/equipe/campagnes/nouvelle")
    assert "type=device" in page.text
    assert "type=training" in page.text


def test_a_campaign_is_written_down_as_a_draft(manager):
    answer = manager.post(NEW, data=SENT)
    made = newest()
    assert answer.status_code == 303
    assert answer.location == f"/equipe/campagnes/{made.id}"
    assert (made.state, made.budget_cents, made.face_cents) == (CampaignState.DRAFT, 1_200_000, 15_000)
    assert (made.floor_cents, made.price_ceiling_cents, made.device_kinds) == (2_000, 40_000, ["computer"])
    assert (made.tolerance_days, made.every_years, made.share) == (15, 3, Share.PERSON)
    assert made.structure_id is None


def test_training_has_units_and_no_price(manager):
    page = manager.get("/equipe/campagnes/nouvelle?type=training")
    assert 'name="units"' in page.text
    assert 'name="price_ceiling"' not in page.text
    sent = {name: SENT[name] for name in SENT if name not in {"face", "floor", "price_ceiling", "device_kinds"}}
    manager.post("/equipe/campagnes/nouvelle?type=training", data={**sent, "units": "10", "unit_cents": "5,50"})
    assert (newest().units, newest().unit_cents, newest().face_cents) == (10, 550, 5_500)


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("budget", "12,505", "deux chiffres"),
        ("budget", "-5", "négatif"),
        ("budget", "1e3", "montant"),
        ("budget", "100", "au moins un chèque"),
        ("face", "0", "ne peut pas être nulle"),
        ("ends_on", "2026-02-01", "dernier jour"),
        ("ends_on", "2026-03-09", "déjà finie"),
        ("tolerance_days", "91", "tolérance"),
        ("age_min", "121", "âges"),
        ("price_ceiling", "20", "prix"),
        ("title", "", "titre"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_what_was_typed_stays(manager, field, sent, said):
    page = manager.post(NEW, data={**SENT, field: sent})
    assert page.status_code == 422
    assert f'id="{field}-fault"' in page.text
    assert said in page.text.split(f'id="{field}-fault"')[1][:400]
    assert 'value="12 000"' in page.text or field == "budget"
    assert f'value="{sent}"' in page.text
    assert newest() is None


def test_an_unknown_kind_asks_again(manager):
    assert manager.post("/equipe/campagnes/nouvelle?type=gold", data=SENT).status_code == 303
    assert newest() is None


def test_everything_of_a_draft_can_be_changed(manager, cast):
    made = act(campaigns.create, DEVICE, by=cast.ids["manager"])
    page = manager.get(f"/equipe/campagnes/{made.id}/modifier")
    assert 'value="100,00"' in page.text
    manager.post(f"/equipe/campagnes/{made.id}/modifier", data={**SENT, "face": "80,50"})
    assert fresh(Campaign, made.id).face_cents == 8_050


def test_of_an_open_campaign_only_what_vouchers_do_not_say(manager, cast):
    made = campaign(cast, replace(DEVICE, age_min=18))
    page = manager.get(f"/equipe/campagnes/{made.id}/modifier")
    assert 'name="face"' not in page.text
    assert 'name="age_min"' not in page.text
    sent = {"title": "Autre titre", "budget": "2000", "ends_on": "2026-07-15", "tolerance_days": "10"}
    assert manager.post(f"/equipe/campagnes/{made.id}/modifier", data=sent).status_code == 303
    after = fresh(Campaign, made.id)
    assert (after.title, after.budget_cents, after.tolerance_days) == ("Autre titre", 200_000, 10)
    assert (after.face_cents, after.floor_cents, after.age_min) == (10_000, 2_000, 18)


def test_a_budget_under_what_is_promised_is_refused_beside_it(manager, cast):
    made = campaign(cast)
    for _ in range(2):
        issued(cast, made.id, card(cast).id)
    sent = {"title": "Titre", "budget": "150", "ends_on": "2026-06-30", "tolerance_days": "0", "voucher_text": ""}
    page = manager.post(f"/equipe/campagnes/{made.id}/modifier", data=sent)
    assert page.status_code == 409
    assert "budget-fault" in page.text
    said = page.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "0,00 € sont dépensés et 200,00 € sont promis" in said
    assert "au moins 200,00 €" in said


def test_even_a_budget_under_one_voucher_names_what_is_promised(manager, cast):
    made = campaign(cast)
    issued(cast, made.id, card(cast).id)
    sent = {"title": "Titre", "budget": "1", "ends_on": "2026-06-30", "tolerance_days": "0", "voucher_text": ""}
    page = manager.post(f"/equipe/campagnes/{made.id}/modifier", data=sent)
    assert page.status_code == 409
    assert "100,00" in page.text.split('id="budget-fault"')[1][:400]


def test_it_is_opened_after_a_last_look_at_what_stays(manager, cast):
    made = act(campaigns.create, replace(DEVICE, voucher_text="Une\nDeux"), by=cast.ids["manager"])
    address = f"/equipe/campagnes/{made.id}"
    assert f'href="{address}/ouvrir"' in manager.get(address).text
    page = words(manager.get(f"{address}/ouvrir"))
    for part in ("ne change plus", "1 000,00 €", "100,00 €", "N’importe où"):
        assert part in page
    assert fresh(Campaign, made.id).state is CampaignState.DRAFT
    assert '<q class="lines">Une\nDeux</q>' in manager.get(address).text
    manager.post(f"{address}/ouvrir")
    assert fresh(Campaign, made.id).state is CampaignState.OPEN
    assert manager.get(f"{address}/ouvrir").location == address


def test_a_draft_whose_end_has_passed_is_not_opened_but_changed(manager, cast):
    made = act(campaigns.create, DEVICE, by=cast.ids["manager"])
    with time_machine.travel(AFTER, tick=False):
        sign_in(manager, cast.manager)
        for answer in (
            manager.get(f"/equipe/campagnes/{made.id}/ouvrir"),
            manager.post(f"/equipe/campagnes/{made.id}/ouvrir"),
        ):
            assert answer.status_code == 409
            assert "Changez d’abord ses dates" in answer.text
    assert fresh(Campaign, made.id).state is CampaignState.DRAFT


def test_bounds_are_told_and_the_summary_names_the_field(manager):
    page = manager.post(NEW, data={**SENT, "every_years": "1000", "floor": "x"})
    summary, _sep, rest = page.text.partition("</ul>\n</div>")
    assert "de 0 à 20" in rest.split('id="every_years-fault"')[1][:300] or "entre 0 et 20" in rest
    assert '<a href="#every_years">Tous les combien d’années' in summary
    assert '<a href="#floor">' in summary


def test_a_neighbourhood_of_a_chosen_commune_limits_nothing_and_is_refused(manager, cast):
    commune_id = db.session.get_one(Neighbourhood, cast.ids["mills"]).commune_id
    both = {"commune_ids": [str(commune_id)], "neighbourhood_ids": [str(cast.ids["mills"])]}
    page = manager.post(NEW, data=SENT | both)
    assert page.status_code == 422
    assert "neighbourhood_ids-fault" in page.text
    assert newest() is None
    for name, chosen in both.items():
        assert manager.post(NEW, data=SENT | {name: chosen}).status_code == 303


def test_a_partner_is_not_offered_to_run_what_pays_it(manager, cast):
    value = f'<option value="{cast.ids["association"]}"'
    assert value in manager.get(NEW).text
    partner(cast)
    assert value not in manager.get(NEW).text


def test_the_page_says_the_money_the_sums_and_the_conditions(manager, cast):
    chosen = category()
    made = campaign(cast, replace(DEVICE, category_ids=[chosen], age_min=60, every_years=3, prescriber_needed=False))
    page = manager.get(f"/equipe/campagnes/{made.id}")
    words = " ".join(page.text.replace("\u202f", " ").replace("\xa0", " ").split())
    assert "1 000,00 €" in words
    assert "Minima sociaux" in words
    assert "60 ans et plus" in words
    assert "tous les 3 ans" in words
    assert "N’importe où" in words


def test_the_list_says_what_each_has_left(manager, cast):
    made = campaign(cast)
    issued(cast, made.id, card(cast).id)
    page = manager.get("/equipe/campagnes")
    assert "Un ordinateur pour tous" in page.text
    assert "900,00" in page.text


def test_one_that_begins_in_another_year_than_it_ends_says_both(manager, cast):
    chosen = campaign(cast, replace(DEVICE, starts_on=date(2025, 12, 22))).id
    assert "lun. 22 déc. 2025 – mar. 30 juin 2026" in words(manager.get("/equipe/campagnes"))
    assert "du lun. 22 déc. 2025 au mar. 30 juin 2026" in words(manager.get(f"/equipe/campagnes/{chosen}"))


def test_it_closes_after_its_end_only_and_says_why_not(manager, cast, at_work):
    made = campaign(cast)
    voucher = handed(cast, made.id)
    assert f"/equipe/campagnes/{made.id}/fermer" not in manager.get(f"/equipe/campagnes/{made.id}").text
    page = manager.post(f"/equipe/campagnes/{made.id}/fermer")
    assert page.status_code == 422
    assert "tolérance" in page.text
    at_work.move_to(AFTER)
    manager = sign_in(manager, cast.manager)
    assert f"/equipe/campagnes/{made.id}/fermer" in manager.get(f"/equipe/campagnes/{made.id}").text
    page = manager.post(f"/equipe/campagnes/{made.id}/fermer")
    assert page.status_code == 409
    act(ending.cancel, voucher.id, "Rendu", by=cast.ids["manager"], now=AFTER)
    answer = manager.post(f"/equipe/campagnes/{made.id}/fermer")
    assert answer.location == f"/equipe/campagnes/{made.id}/bilan"


def test_the_report_stays_as_it_was_when_the_campaign_closed(manager, cast, at_work):
    shop = partner(cast)
    made = campaign(cast)
    voucher = handed(cast, made.id)
    paid(voucher.code, shop)
    spare = issued(cast, made.id, card(cast).id)
    assert manager.get(f"/equipe/campagnes/{made.id}/bilan").status_code == 404
    act(ending.cancel, spare.id, "Départ", by=cast.ids["manager"])
    at_work.move_to(AFTER)
    act(campaigns.close, made.id, by=cast.ids["manager"], now=AFTER)
    manager = sign_in(manager, cast.manager)
    page = manager.get(f"/equipe/campagnes/{made.id}/bilan")
    assert "100,00" in page.text
    assert cast.association.name in page.text
    kept = fresh(Campaign, made.id).report
    assert (kept["issued"], kept["first_used"], kept["unused"]) == (2, 1, 1)
    assert kept["ages"] == [{"key": "not_communicated", "issued": 2, "used": 1}]
    assert kept["categories"][0]["issued"] == 2


def test_a_closed_campaign_is_not_changed(manager, cast, at_work):
    made = campaign(cast)
    at_work.move_to(AFTER)
    act(campaigns.close, made.id, by=cast.ids["manager"], now=AFTER)
    manager = sign_in(manager, cast.manager)
    sent = {"title": "Titre", "budget": "1500", "ends_on": "2026-06-30", "tolerance_days": "0", "voucher_text": ""}
    for path in ("modifier", "serie"):
        address = f"/equipe/campagnes/{made.id}/{path}"
        for page in (manager.get(address), manager.post(address, data=sent)):
            assert page.status_code == 409
            assert "Cette campagne est close" in page.text
            assert 'name="title"' not in page.text
    assert fresh(Campaign, made.id).title == DEVICE.title


def test_what_is_undone_after_the_closing_is_a_dated_line_of_the_report(manager, cast, at_work):
    shop, made = partner(cast), campaign(cast)
    voucher = handed(cast, made.id)
    payment = paid(voucher.code, shop)
    at_work.move_to(AFTER)
    act(campaigns.close, made.id, by=cast.ids["manager"], now=AFTER)
    manager = sign_in(manager, cast.manager)
    address = f"/equipe/campagnes/{made.id}/bilan"
    assert "Annulé le" not in manager.get(address).text
    act(undoing.undo, payment.id, "Rendu au magasin", by=cast.ids["manager"], now=AFTER + timedelta(minutes=5))
    page = words(manager.get(address))
    assert "Annulé le mercredi 1er juillet 2026, après la clôture : 100,00 €." in page
    assert "après la clôture" in printed(manager.get(f"{address}.pdf").data)
    assert fresh(Campaign, made.id).report["spent_cents"] == 10_000


@pytest.fixture
def there(client, cast, at_work):
    """A manager of the association alone."""
    with transaction():
        made = Account(
            email="chef@asso.example", name="Noé Petit", password_hash="-", structure_id=cast.ids["association"],
            role_rows=[AccountRole(role=Role.MANAGER)], created_at=NOW,
        )  # fmt: skip
        db.session.add(made)
    return sign_in(client, made)


def test_who_works_for_a_structure_plans_for_it_alone(there, cast):
    there.post(NEW, data=SENT)
    assert newest().structure_id == cast.ids["association"]
    of_town = campaign(cast)
    assert there.get(f"/equipe/campagnes/{of_town.id}").status_code == 200
    assert there.get(f"/equipe/campagnes/{of_town.id}/modifier").status_code == 403
    assert there.post(f"/equipe/campagnes/{of_town.id}/fermer").status_code == 403


def test_the_campaign_of_another_structure_does_not_exist(there, cast):
    made = campaign(cast, TRAINING, structure_id=cast.ids["town"])
    for path in ("", "/modifier", "/serie", "/a-rappeler", "/bilan"):
        assert there.get(f"/equipe/campagnes/{made.id}{path}").status_code == 404
    assert "Culture numérique" not in there.get("/equipe/campagnes").text
