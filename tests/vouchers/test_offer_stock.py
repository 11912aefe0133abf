"""A device of a partner's list that is sold with a voucher: price and kind are filled in, and one less is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from foundation.db import db, in_transaction, table_of, transaction
from tests.cast import NOW, sign_in
from tests.racing import RACERS, race
from tests.vouchers import racers
from tests.vouchers.counters import agreed, asked, changed, confirmed, hidden, words
from tests.vouchers.given import DEVICE, LAPTOP, act, amounts, campaign, card, fresh, handed, paid, partner, sums_hold
from tests.workshops.given import count
from vouchers.models import DeviceKind, Grade, Offer, PartnerKind, Redemption
from vouchers.rules.offers import NoSuchOffer, OfferDetails, SoldOut
from vouchers.rules.refusals import NothingLeft
from vouchers.service import catalogue, undoing

SERIAL = {"serial": "SN 7", "price": ""}


def offer(cast, partner_id: int, **more: object) -> int:
    """A laptop at 180 € of which there are two; its id."""
    usual = OfferDetails(DeviceKind.COMPUTER, "Portable 14 pouces", Grade.GOOD, 18_000, 12, 2)
    details = replace(usual, **more)
    return in_transaction(lambda: catalogue.add(partner_id, details, now=NOW, actor_id=cast.ids["partner"]).id)


def stock(offer_id: int) -> int | None:
    return fresh(Offer, offer_id).stock


@pytest.fixture
def codes(cast):
    """Vouchers of several people, ready to be spent."""
    chosen = campaign(cast).id
    return [handed(cast, chosen).code for _one in range(4)]


class TestVerb:
    def test_a_sale_counts_one_less_and_its_undoing_one_more(self, cast, till, codes):
        mine = offer(cast, till)
        made = paid(codes[0], till, replace(LAPTOP, offer_id=mine))
        assert (made.offer_id, stock(mine)) == (mine, 1)
        act(undoing.undo, made.id, "Rendu", by=cast.ids["manager"])
        assert stock(mine) == 2
        act(undoing.undo, made.id, "Rendu", by=cast.ids["manager"])
        assert stock(mine) == 2
        sums_hold()

    def test_one_page_sent_twice_counts_once(self, cast, till, codes):
        mine = offer(cast, till)
        for _time in range(2):
            paid(codes[0], till, replace(LAPTOP, offer_id=mine), key="one page")
        assert stock(mine) == 1

    def test_the_last_is_sold_once_and_what_is_refused_leaves_the_voucher_as_it_was(self, cast, till, codes):
        mine = offer(cast, till, stock=1)
        paid(codes[0], till, replace(LAPTOP, offer_id=mine))
        with pytest.raises(SoldOut):
            paid(codes[1], till, replace(LAPTOP, serial="SN 2", offer_id=mine))
        assert (stock(mine), count(Redemption)) == (0, 1)
        sums_hold()

    def test_a_voucher_that_is_refused_counts_nothing(self, cast, till, codes):
        mine = offer(cast, till)
        paid(codes[0], till)
        with pytest.raises(NothingLeft):
            paid(codes[0], till, replace(LAPTOP, offer_id=mine))
        assert stock(mine) == 2

    def test_a_list_that_is_not_counted_stays_so(self, cast, till, codes):
        mine = offer(cast, till, stock=None)
        made = paid(codes[0], till, replace(LAPTOP, offer_id=mine))
        act(undoing.undo, made.id, "Rendu", by=cast.ids["manager"])
        assert stock(mine) is None

    def test_what_comes_back_to_a_full_list_does_not_break_it(self, cast, till, codes):
        mine = offer(cast, till)
        made = paid(codes[0], till, replace(LAPTOP, offer_id=mine))
        with transaction():
            db.session.execute(update(Offer).values(stock=100_000))
        act(undoing.undo, made.id, "Rendu", by=cast.ids["manager"])
        assert stock(mine) == 100_000

    @pytest.mark.parametrize("wrong", [{"kind": DeviceKind.TABLET}, {"offer_id": 404}])
    def test_another_kind_or_none_of_the_list(self, cast, till, codes, wrong):
        mine = offer(cast, till)
        with pytest.raises(NoSuchOffer):
            paid(codes[0], till, replace(LAPTOP, **{"offer_id": mine} | wrong))
        assert count(Redemption) == 0

    def test_another_partners_list_is_never_touched(self, cast, till, codes):
        theirs = offer(cast, partner(cast, structure="town"))
        with pytest.raises(NoSuchOffer):
            paid(codes[0], till, replace(LAPTOP, offer_id=theirs))
        assert stock(theirs) == 2

    def test_one_that_is_off_the_list_is_not_sold(self, cast, till, codes):
        mine = offer(cast, till, active=False)
        with pytest.raises(SoldOut):
            paid(codes[0], till, replace(LAPTOP, offer_id=mine))

    def test_the_database_has_the_last_word(self, cast, till):
        mine = offer(cast, till, stock=0)
        with pytest.raises(SoldOut), transaction():
            db.session.execute(update(Offer).values(stock=Offer.stock - 1))
        assert stock(mine) == 0

    def test_only_a_device_is_of_a_list(self, cast, till, codes):
        mine, made = offer(cast, till), paid(codes[0], till)
        row = {one.name: getattr(made, one.name) for one in table_of(Redemption).columns if one.name != "id"}
        row |= {"request_key": "x", "device_kind": None, "serial": "", "units": 1, "session_on": NOW.date()}
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(insert(table_of(Redemption)), [row | {"offer_id": mine}])


@pytest.mark.usefixtures("stopped_clock")
class TestAtTheTill:
    @pytest.fixture
    def shop(self, client, cast, till):
        return sign_in(client, cast.partner)

    def test_without_a_list_nothing_is_offered(self, shop, codes):
        assert 'name="offer"' not in shop.get(f"/partenaire/cheque/{codes[0]}").get_data(as_text=True)

    def test_chosen_it_fills_in_price_and_kind_without_a_script(self, cast, shop, till, codes):
        mine = offer(cast, till)
        assert "Portable 14 pouces, 180,00 €" in words(shop.get(f"/partenaire/cheque/{codes[0]}"))
        page = asked(shop, codes[0], offer=str(mine), **SERIAL)
        for part in ("L’appareil coûte 180,00 €.", "Vous payez encore 80,00 €.", "SN7"):
            assert part in words(page), part
        assert stock(mine) == 2
        assert confirmed(shop, codes[0], page).status_code == 303
        assert confirmed(shop, codes[0], page).status_code == 303
        made = db.session.scalars(select(Redemption)).one()
        assert (made.price_cents, made.device_kind, made.offer_id) == (18_000, DeviceKind.COMPUTER, mine)
        assert stock(mine) == 1

    def test_a_price_that_is_typed_counts_more_than_that_of_the_list(self, cast, shop, till, codes):
        mine = offer(cast, till)
        page = asked(shop, codes[0], offer=str(mine), **SERIAL | {"price": "150"})
        assert "L’appareil coûte 150,00 €." in words(page)
        assert "Dans votre liste, il coûte 180,00 € ; vous avez saisi 150,00 €." in words(page)
        confirmed(shop, codes[0], page)
        assert db.session.scalars(select(Redemption)).one().device_kind is DeviceKind.COMPUTER

    def test_another_kind_than_that_of_the_list_is_told_and_never_overridden(self, cast, shop, till, codes):
        page = asked(shop, codes[0], offer=str(offer(cast, till)), **SERIAL | {"device_kind": "tablet"})
        assert page.status_code == 422
        assert "Dans votre liste, cet appareil est d’un autre type : Ordinateur." in words(page)

    def test_its_name_is_read_before_it_is_taken(self, cast, shop, till, codes):
        page = asked(shop, codes[0], offer=str(offer(cast, till)), **SERIAL)
        assert "Ordinateur, Portable 14 pouces, SN7" in words(page)
        assert "Dans votre liste" not in words(page)

    def test_changing_something_keeps_what_was_chosen(self, cast, shop, till, codes):
        mine = offer(cast, till)
        page = changed(shop, asked(shop, codes[0], offer=str(mine), **SERIAL)).get_data(as_text=True)
        assert f'<option selected value="{mine}">' in page

    def test_typed_by_hand_the_list_stays_as_it_is(self, cast, shop, till, codes):
        mine = offer(cast, till)
        typed = {"offer": "", "serial": "SN 7", "price": "150", "device_kind": "computer"}
        assert confirmed(shop, codes[0], asked(shop, codes[0], **typed)).status_code == 303
        assert stock(mine) == 2

    def test_neither_chosen_nor_typed_is_asked_for(self, cast, shop, till, codes):
        offer(cast, till)
        page = asked(shop, codes[0], offer="", **SERIAL)
        assert page.status_code == 422
        for field in ("price", "device_kind"):
            assert f'id="{field}-fault"' in page.get_data(as_text=True)

    def test_a_bad_price_is_refused_with_a_device_chosen_too(self, cast, shop, till, codes):
        page = asked(shop, codes[0], offer=str(offer(cast, till)), **SERIAL | {"price": "12,505"})
        assert (page.status_code, 'id="price-fault"' in page.get_data(as_text=True)) == (422, True)

    @pytest.mark.parametrize("how", ["sold out", "another partner's", "made up"])
    def test_what_is_not_on_the_list_is_refused_beside_it(self, cast, shop, till, codes, how):
        offer(cast, till)
        ids = {
            "sold out": lambda: str(offer(cast, till, stock=0)),
            "another partner's": lambda: str(offer(cast, partner(cast, structure="town"))),
            "made up": lambda: "x",
        }
        page = asked(shop, codes[0], offer=ids[how](), **SERIAL | {"price": "150", "device_kind": "computer"})
        assert (page.status_code, 'id="offer-fault"' in page.get_data(as_text=True)) == (422, True)
        assert count(Redemption) == 0

    def test_sold_between_the_page_and_the_press_it_says_so_and_takes_nothing(self, cast, shop, till, codes):
        mine = offer(cast, till, stock=1)
        page = asked(shop, codes[0], offer=str(mine), **SERIAL)
        paid(codes[1], till, replace(LAPTOP, offer_id=mine))
        answer = confirmed(shop, codes[0], page)
        assert answer.status_code == 422
        assert "Il n’en reste plus" in words(answer)
        assert (stock(mine), count(Redemption)) == (0, 1)

    def test_a_price_that_changed_meanwhile_is_read_again(self, cast, shop, till, codes):
        mine = offer(cast, till, price_cents=9_000)
        page = asked(shop, codes[0], offer=str(mine), **SERIAL)
        with transaction():
            db.session.get_one(Offer, mine).price_cents = 8_000
        answer = agreed(shop, confirmed(shop, codes[0], page))
        assert "les montants ont changé" in answer.get_data(as_text=True)
        assert "80,00 €" in words(answer)
        assert stock(mine) == 2

    def test_only_kinds_that_the_campaign_pays_are_listed(self, cast, shop, till):
        offer(cast, till)
        offer(cast, till, device_kind=DeviceKind.PHONE, title="Téléphone 6 pouces")
        plan = replace(DEVICE, title="Téléphones", device_kinds=["phone"])
        code = handed(cast, campaign(cast, plan).id, card(cast, cast.ids["resident"]).id).code
        said = words(shop.get(f"/partenaire/cheque/{code}"))
        assert "Téléphone 6 pouces" in said
        assert "Portable" not in said

    def test_who_trains_has_no_list(self, client, cast):
        partner(cast, PartnerKind.TRAINING)
        assert sign_in(client, cast.partner).get("/partenaire").status_code == 200


@pytest.mark.usefixtures("stopped_clock")
class TestWhileItsPageIsOpen:
    """The list is changed on one screen while a till sells."""

    SENT = {
        "device_kind": "computer", "title": "Portable 15 pouces", "grade": "good", "price": "180",
        "warranty_months": "12", "active": "y",
    }  # fmt: skip

    @pytest.mark.parametrize(("typed", "becomes"), [("2", 1), ("5", 5), ("", None)])
    def test_a_number_that_nobody_changed_stays_what_sales_made_of_it(self, client, cast, till, codes, typed, becomes):
        mine, shop = offer(cast, till), sign_in(client, cast.partner)
        seen = hidden(shop.get(f"/partenaire/catalogue/{mine}"))
        paid(codes[0], till, replace(LAPTOP, offer_id=mine))
        sent = self.SENT | {"stock": typed, "stock_seen": seen["stock_seen"]}
        assert shop.post(f"/partenaire/catalogue/{mine}", data=sent).status_code == 303
        assert (fresh(Offer, mine).title, stock(mine)) == ("Portable 15 pouces", becomes)


@pytest.mark.long
def test_of_forty_tills_as_many_sell_as_there_are(cast, till, database):
    """The vouchers are of four campaigns, so that the device alone is what all wait for."""
    plans = [replace(DEVICE, title=f"Campagne {number}", budget_cents=1_000_000) for number in range(4)]
    campaigns = [campaign(cast, plan).id for plan in plans]
    stakes = []
    for _round in range(3):
        codes = [handed(cast, campaigns[number % 4]).code for number in range(RACERS)]
        stakes.append((codes, till, offer(cast, till, stock=3)))
    db.session.rollback()
    rounds = race(database.url, racers.one_of_the_list, stakes)
    for got in rounds:
        assert Counter(got) == {"sold": 3, "SoldOut": RACERS - 3}, got
    assert db.session.scalar(select(func.sum(Offer.stock))) == 0
    assert count(Redemption) == 9
    assert amounts(1)[1] in {0, DEVICE.face}
    sums_hold()
