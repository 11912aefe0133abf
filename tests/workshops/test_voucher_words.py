"""What somebody reads who pays a workshop with their voucher: before, when it can not pay, and when they cancel."""

from __future__ import annotations

import pytest

from tests.vouchers.given import DEVICE, act, amounts, campaign, card, handed, issued, person
from tests.workshops.enrolments import adult, opened, registered
from tests.workshops.pages import main_of
from tests.workshops.paying import voucher_of
from tests.workshops.test_registering_pages import last, own, through, who
from vouchers.service import cards, ending

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def programme(cast):
    return opened(cast, training_units=2)


def holder(cast):
    return card(cast, person(given_name="Alix", family_name="Martin"))


def refused(client, programme, code) -> str:
    answer = who(client, programme, voucher_code=code)
    assert answer.status_code == 422
    return main_of(answer)


def test_a_device_voucher_is_told_so(client, cast, programme):
    code = handed(cast, campaign(cast, DEVICE).id, holder(cast).id).code
    assert "C’est un chèque équipement" in refused(client, programme, code)


def test_one_that_was_not_handed_over_and_one_that_was_cancelled(client, cast, programme):
    found = voucher_of(cast, "Martin")
    code = issued(cast, found.campaign_id, card(cast, person(given_name="Alix", family_name="Martin")).id).code
    assert "ne vous a pas encore été remis. Appelez-nous." in refused(client, programme, code)
    act(ending.cancel, found.id, "Départ", by=cast.ids["manager"])
    assert "a été annulé. Appelez-nous." in refused(client, programme, found.code)


def test_a_stopped_card_speaks_to_its_holder(client, cast, programme):
    found = voucher_of(cast, "Martin")
    act(cards.suspend, found.card_id, "à revoir", by=cast.ids["manager"])
    page = refused(client, programme, found.code)
    assert "Votre carte est bloquée" in page
    assert "titulaire" not in page


def test_too_few_units_say_how_many_are_needed_and_what_to_do(client, cast):
    page = refused(client, opened(cast, training_units=11), voucher_of(cast, "Martin").code)
    assert "Il reste 10 unités sur ce chèque. Cet atelier prend 11 unités." in page
    assert "Payez avec un autre chèque, ou autrement." in page


def test_somebody_elses_voucher_gets_one_short_sentence(client, cast, programme):
    page = refused(client, programme, voucher_of(cast, "Autre").code)
    assert "Ce code et ce nom ne vont pas ensemble." in page


def test_whoever_will_wait_reads_that_nothing_is_paid_yet(client, cast):
    programme = opened(cast, training_units=2, capacity=1)
    registered(adult(programme, 8))
    page = main_of(client.get(who(client, programme, voucher_code=voucher_of(cast, "Martin").code).location))
    assert "À payer avec un chèque culture numérique" in page
    assert "Payé avec" not in page
    assert "Rien n’est payé" in page


@pytest.mark.parametrize(
    ("price_cents", "said"), [(500, "5,00 €, autrement qu’avec un chèque"), (None, "avec l’équipe")]
)
def test_paying_otherwise_stands_on_the_page_that_is_checked(client, cast, price_cents, said):
    programme = opened(cast, training_units=2, price_cents=price_cents)
    assert said in main_of(client.get(who(client, programme, pays_with="otherwise").location))


def test_whoever_cancels_reads_where_the_units_go(client, cast, programme):
    found = voucher_of(cast, "Martin")
    through(client, programme, voucher_code=found.code)
    assert "Vos 2 unités reviennent sur votre chèque." in main_of(client.get(own(last(), "/annuler")))
    done = client.post(own(last(), "/annuler"), follow_redirects=True)
    assert "Vos 2 unités sont revenues sur votre chèque." in done.get_data(as_text=True)
    assert amounts(found.id)[0] == 10_000


def test_whoever_paid_nothing_reads_of_no_units(client, cast):
    through(client, opened(cast))
    assert "unité" not in main_of(client.get(own(last(), "/annuler")))
