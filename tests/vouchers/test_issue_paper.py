"""The voucher on paper and the closing report: what stands on them, and what the square says."""

from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine

from foundation.db import in_transaction
from tests.cast import NOW, sign_in
from tests.papers import facts, lowest, text
from tests.squares import read_pdf
from tests.vouchers.given import AFTER, DEVICE, TRAINING, act, campaign, card, handed, issued, paid, partner, person
from vouchers.models import DeviceKind, PartnerKind
from vouchers.rules.states import Device
from vouchers.service import campaigns, ending

LONG = "Apportez votre carte solidaire et une pièce d’identité. " * 17


@pytest.fixture
def at_work():
    """It is the morning of the cast."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def mediator(client, cast, at_work):
    return sign_in(client, cast.mediator)


def paper(client, voucher):
    answer = client.get(f"/equipe/cheques/{voucher.id}/cheque.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return answer.data


def test_it_says_who_how_much_until_when_where_and_the_code(mediator, cast):
    partner(cast)
    made = campaign(cast, replace(DEVICE, price_ceiling_cents=40_000, voucher_text="Venez avec la carte."))
    holder = card(cast, person(given_name="Jeanne", family_name="Roy"))
    voucher = issued(cast, made.id, holder.id)
    pdf = paper(mediator, voucher)
    written = text(pdf)
    for words in (
        "Chèque équipement", "Jeanne Roy", "100,00 €", "mardi 30 juin 2026", "20,00 €", "400,00 €",
        cast.association.name, "Venez avec la carte.",
        f"{voucher.code[:3]} {voucher.code[3:6]} {voucher.code[6:]}",
    ):  # fmt: skip
        assert words in written, words
    assert facts(pdf)["sheets"] == 1
    assert facts(pdf)["embedded"]
    assert read_pdf(pdf).endswith(f"/cheque/{voucher.code}")


def test_training_is_told_in_units(mediator, cast):
    partner(cast, PartnerKind.TRAINING)
    voucher = issued(cast, campaign(cast, TRAINING).id, card(cast).id)
    written = text(paper(mediator, voucher))
    assert "Chèque culture numérique" in written
    assert "10 unités" in written
    assert "10,00 €" in written


def test_printed_again_it_says_what_is_left_and_where_to_look(mediator, cast):
    voucher = handed(cast, campaign(cast).id, card(cast).id)
    paid(voucher.code, partner(cast), Device(5_000, DeviceKind.TABLET, "SN 1"))
    written = text(paper(mediator, voucher))
    assert "70,00 €" in written
    assert "100,00 €" not in written
    assert "Il peut servir en plusieurs fois" in written
    assert "/ma-carte" in written


@pytest.mark.parametrize("over", ["cancelled", "replaced", "used", "expired"])
def test_what_is_over_is_not_printed(mediator, cast, over):
    voucher, by = handed(cast, campaign(cast).id, card(cast).id), cast.ids["manager"]
    if over == "used":
        paid(voucher.code, partner(cast))
    elif over == "expired":
        in_transaction(lambda: ending.expire(now=AFTER))
    else:
        act(ending.cancel if over == "cancelled" else ending.replace, voucher.id, "Perdu", by=by)
    answer = mediator.get(f"/equipe/cheques/{voucher.id}/cheque.pdf")
    assert answer.status_code == 409
    assert "plus rapide" not in answer.text
    assert "il ne s’imprime plus" in answer.text


def test_units_are_taken_in_the_towns_workshops_too(mediator, cast):
    voucher = issued(cast, campaign(cast, TRAINING).id, card(cast).id)
    assert "ateliers" in text(paper(mediator, voucher)).partition("Où")[2]


def test_it_speaks_the_language_of_its_person(mediator, cast):
    voucher = issued(cast, campaign(cast).id, card(cast, person(locale="ar")).id)
    pdf = paper(mediator, voucher)
    assert facts(pdf)["language"] == "ar"
    assert "قسيمة" in text(pdf)


def test_a_long_text_still_is_one_sheet(mediator, cast):
    partner(cast)
    made = campaign(cast, replace(DEVICE, voucher_text=LONG[:1000], price_ceiling_cents=40_000))
    pdf = paper(mediator, issued(cast, made.id, card(cast).id))
    assert facts(pdf)["sheets"] == 1
    assert lowest(pdf) > 0


def test_the_report_on_paper_says_what_the_page_says(client, cast, at_work):
    shop = partner(cast)
    made = campaign(cast)
    voucher = handed(cast, made.id)
    paid(voucher.code, shop)
    spare = issued(cast, made.id, card(cast).id)
    act(ending.cancel, spare.id, "Départ", by=cast.ids["manager"])
    at_work.move_to(AFTER)
    act(campaigns.close, made.id, by=cast.ids["manager"], now=AFTER)
    there = sign_in(client, cast.manager)
    answer = there.get(f"/equipe/campagnes/{made.id}/bilan.pdf")
    written = text(answer.data)
    for words in ("Un ordinateur pour tous", "Chèques émis", "100,00 €", "1 000,00 €", cast.association.name):
        assert words in written, words
    assert there.get(f"/equipe/campagnes/{made.id}/bilan.pdf").data == answer.data
