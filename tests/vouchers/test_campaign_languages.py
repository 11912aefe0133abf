"""Residents read the title of a campaign and the text on its vouchers in their language; French where it is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation.forbidden import AccountNumber
from tests import papers
from tests.cast import sign_in
from tests.vouchers.carded import resident
from tests.vouchers.counters import TABLET, asked, confirmed, words
from tests.vouchers.given import DEVICE, act, campaign, card, fresh, handed, issued, person
from vouchers.models import Campaign
from vouchers.rules.campaigns import TextTooLong, check_plan
from vouchers.service import campaigns

pytestmark = pytest.mark.usefixtures("stopped_clock")
IN = {
    "en": {"title": "A computer for all", "voucher_text": "Bring your card."},
    "ar": {"title": "حاسوب للجميع"},
}
PLAN = replace(DEVICE, voucher_text="Venez avec la carte.", translations=IN)
FORM = {
    "title": "Un ordinateur", "budget": "2000", "ends_on": "2026-07-15", "tolerance_days": "10",
    "voucher_text": "Venez.", "title_en": " A computer ", "title_ar": "", "voucher_text_en": "Come.\r\nSoon.",
    "voucher_text_ar": " ",
}  # fmt: skip


def own_page(client, number: str, language: str):
    client.get(f"/langue/{language}")
    client.get("/ma-carte")
    return client.post("/ma-carte", data={"number": number, "year": "1957"}, follow_redirects=True).text


@pytest.mark.parametrize("opened", [False, True])
def test_they_are_written_with_the_campaign_also_while_it_is_open(client, cast, opened):
    made = campaign(cast) if opened else act(campaigns.create, DEVICE, by=cast.ids["manager"])
    sign_in(client, cast.manager)
    whole = {"face": "100", "starts_on": "2026-03-01", "age_min": "0", "age_max": "120", "share": "person"}
    sent = FORM if opened else FORM | whole | {"every_years": "0"}
    assert client.post(f"/equipe/campagnes/{made.id}/modifier", data=sent).status_code == 303
    kept = {"en": {"title": "A computer", "voucher_text": "Come.\nSoon."}}
    assert fresh(Campaign, made.id).translations == kept
    assert 'value="A computer"' in client.get(f"/equipe/campagnes/{made.id}/modifier").text


def test_the_page_of_the_team_says_what_is_not_translated_yet(client, cast):
    made = campaign(cast, PLAN)
    sign_in(client, cast.manager)
    page = words(client.get(f"/equipe/campagnes/{made.id}"))
    assert "Traduit : English." in page
    assert "Traduit en partie : العربية. Il manque : le texte du chèque." in page


@pytest.mark.parametrize(
    ("language", "title"), [("fr", DEVICE.title), ("en", IN["en"]["title"]), ("ar", IN["ar"]["title"])]
)
def test_a_resident_reads_the_title_in_their_language(client, cast, language, title):
    mine = card(cast, resident())
    handed(cast, campaign(cast, PLAN).id, mine.id)
    assert f"<h2><bdi>{title}</bdi></h2>" in own_page(client, mine.number, language)


def test_without_a_translation_it_is_french_and_said_to_be(client, cast):
    mine = card(cast, resident())
    handed(cast, campaign(cast).id, mine.id)
    assert f'<h2><bdi lang="fr" dir="ltr">{DEVICE.title}</bdi></h2>' in own_page(client, mine.number, "ar")


@pytest.mark.parametrize(("locale", "said"), [("en", "Bring your card."), ("fr", "Venez avec la carte.")])
def test_the_voucher_on_paper_is_in_the_language_of_its_person(client, cast, locale, said):
    voucher = issued(cast, campaign(cast, PLAN).id, card(cast, person(locale=locale)).id)
    sign_in(client, cast.mediator)
    assert said in papers.text(client.get(f"/equipe/cheques/{voucher.id}/cheque.pdf").data)


def test_so_are_the_counter_and_its_receipt(client, cast, till):
    voucher = handed(cast, campaign(cast, PLAN).id)
    sign_in(client, cast.partner)
    client.get("/langue/en")
    assert "A computer for all" in words(client.get(f"/partenaire/cheque/{voucher.code}"))
    receipt = confirmed(client, voucher.code, asked(client, voucher.code, **TABLET)).location
    assert "A computer for all" in words(client.get(receipt))


@pytest.mark.parametrize("name", ["title", "voucher_text"])
def test_a_translation_is_held_to_what_french_is_held_to(name):
    with pytest.raises(TextTooLong) as refused:
        check_plan(replace(DEVICE, translations={"ar": {name: "ا" * 1001}}))
    assert refused.value.field == f"{name}_ar"
    with pytest.raises(AccountNumber) as refused:
        check_plan(replace(DEVICE, translations={"en": {name: "FR7630006000011234567890189"}}))
    assert refused.value.field == f"{name}_en"
