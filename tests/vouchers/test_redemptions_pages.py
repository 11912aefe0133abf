"""Managers find what was paid with a voucher by its receipt, and undo it after the day itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Account
from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.vouchers.counters import words
from tests.vouchers.given import TRAINING, amounts, campaign, card, fresh, handed, lesson, paid, partner, sums_hold
from vouchers.models import DeviceKind, Redemption
from vouchers.rules.codes import spoken
from vouchers.rules.states import Device

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/encaissements"
WHY = {"reason": "Appareil rendu"}


@pytest.fixture
def voucher(cast):
    return handed(cast, campaign(cast).id, card(cast, cast.ids["resident"]).id)


@pytest.fixture
def made(cast, voucher):
    return paid(voucher.code, partner(cast), Device(5_000, DeviceKind.TABLET, "SN 12"), by=cast.ids["partner"])


@pytest.fixture
def desk(client, cast):
    return sign_in(client, cast.manager)


def test_nothing_yet(desk):
    assert "Rien n’a encore été payé avec un chèque." in words(desk.get(LIST))


def test_what_was_paid_where_and_for_what(cast, desk, made):
    units = handed(cast, campaign(cast, TRAINING).id)
    paid(units.code, None, lesson(2), reference="registration:5")
    said = words(desk.get(LIST))
    for part in ("Jeanne L.", "Les Clics solidaires", "Tablette, SN12", "30,00 €", "Atelier de la ville", "2 unités"):
        assert part in said, part


def test_it_is_found_by_receipt_and_by_code(cast, desk, voucher, made):
    other = paid(handed(cast, voucher.campaign_id).code, made.partner_id, Device(9_000, DeviceKind.PHONE, "B"))
    for text in (str(made.id), f" {made.id} ", voucher.code, spoken(voucher.code).lower()):
        said = words(desk.get(LIST, query_string={"q": text}))
        assert f"N° {made.id} Jeanne" in said, text
        assert f"N° {other.id} " not in said, text


@pytest.mark.parametrize("text", ["Le Goff", "0", "9" * 60, "-1", "%", "2222222222"])
def test_what_is_no_number_and_no_code_finds_nothing(desk, made, text):
    assert "Aucun paiement" in words(desk.get(LIST, query_string={"q": text}))


def test_days_later_a_manager_undoes_it(cast, client, voucher, made):
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        desk = sign_in(client, cast.manager)
        assert "Inès Robert" in words(desk.get(f"{LIST}/{made.id}"))
        for _press in "ab":
            assert desk.post(f"{LIST}/{made.id}/annuler", data=WHY).location == f"{LIST}/{made.id}"
        assert "Appareil rendu (Claire Vasseur)" in words(desk.get(f"{LIST}/{made.id}"))
    assert amounts(voucher.id) == (10_000, 0, 0, 0)
    assert fresh(Redemption, made.id).undone_by_id == cast.ids["manager"]
    sums_hold()


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_not_without_a_reason(desk, voucher, made, reason):
    assert desk.post(f"{LIST}/{made.id}/annuler", data={"reason": reason}).status_code == 422
    assert amounts(voucher.id) == (7_000, 3_000, 0, 0)


def test_another_structures_campaign_is_not_there(cast, client):
    theirs = campaign(cast, structure_id=cast.ids["association"])
    with transaction():
        db.session.get_one(Account, cast.ids["mediator"]).structure_id = cast.ids["association"]
    made = paid(handed(cast, theirs.id).code, partner(cast))
    with transaction():
        db.session.get_one(Account, cast.ids["manager"]).structure_id = cast.ids["town"]
    desk = sign_in(client, cast.manager)
    assert desk.get(f"{LIST}/{made.id}").status_code == 404
    assert desk.post(f"{LIST}/{made.id}/annuler", data=WHY).status_code == 404
    assert "Rien n’a encore été payé" in words(desk.get(LIST))


def test_the_ledger_of_a_voucher_leads_there(desk, voucher, made):
    assert f'href="{LIST}/{made.id}"' in desk.get(f"/equipe/cheques/{voucher.id}").get_data(as_text=True)


def test_more_payments_ask_no_more_of_the_database(cast, desk, voucher, made):
    desk.get(LIST)
    with statements() as few:
        desk.get(LIST)
    for _one in range(4):
        paid(handed(cast, voucher.campaign_id).code, made.partner_id)
    with statements() as many:
        desk.get(LIST)
    assert len(many) == len(few)


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_only_managers_and_administrators(client, cast, made, role):
    known = sign_in(client, cast.account_of(role))
    for path in (LIST, f"{LIST}/{made.id}"):
        assert known.get(path).status_code == 403
