"""Codes that are tried in vain: written down without the code, and too many of them make a counter wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW, sign_in
from tests.vouchers.counters import TABLET, asked, confirmed, hidden, words
from tests.vouchers.given import act, campaign, handed, paid, partner
from tests.workshops.given import count
from vouchers.models import PartnerKind, Redemption, RefusedTry
from vouchers.rules.guessing import GUESSES, LIMITS, OF_ADDRESS, TooManyRefused, free_again
from vouchers.service import ending, tills
from vouchers.service.tills import Till

MINUTES, MOST = LIMITS[0]
DAY, MOST_A_DAY = LIMITS[1]
UNKNOWN = "2222222222"
HOME, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def tries() -> list[RefusedTry]:
    db.session.rollback()
    return db.session.query(RefusedTry).order_by(RefusedTry.id).all()


class TestTheRule:
    def test_slips_cost_nothing(self):
        assert free_again([NOW] * (MOST - 1), NOW) is None

    def test_too_many_wait_until_the_first_of_them_is_old(self):
        tried = [NOW - timedelta(minutes=one) for one in range(MOST)]
        assert free_again(tried, NOW) == tried[-1] + MINUTES

    def test_then_one_may_try_again(self):
        tried = [NOW] * MOST
        assert free_again(tried, NOW + MINUTES) is None

    def test_slow_and_steady_ends_as_well(self):
        tried = [NOW - timedelta(minutes=20 * one) for one in range(MOST_A_DAY)]
        assert free_again(tried, NOW) == tried[-1] + DAY

    def test_only_what_a_guesser_meets_counts(self):
        assert {"Mistyped", "NotTakenHere"} == GUESSES


@pytest.mark.usefixtures("stopped_clock")
class TestAtTheCounter:
    @pytest.fixture
    def till(self, cast):
        return partner(cast)

    @pytest.fixture
    def shop(self, client, cast, till):
        return sign_in(client, cast.partner)

    def typed(self, shop, code, **more):
        return shop.post("/partenaire", data={"code": code}, **more)

    def test_a_refused_code_is_written_down_without_the_code(self, shop, till):
        self.typed(shop, UNKNOWN)
        self.typed(shop, "AAAAAAAAAA")
        assert [(one.partner_id, one.reason, one.at) for one in tries()] == [
            (till, "NotTakenHere", NOW), (till, "Mistyped", NOW),
        ]  # fmt: skip
        for one in tries():
            assert len(one.address) == 64
            assert "127.0.0.1" not in one.address

    def test_also_when_the_address_of_a_sale_is_made_up(self, shop):
        answer = shop.get(f"/partenaire/cheque/{UNKNOWN}")
        assert answer.status_code == 422
        assert len(tries()) == 1

    def test_a_mistyped_code_is_told_from_an_unknown_one_by_its_check_alone(self, shop, cast):
        theirs = handed(cast, campaign(cast).id).code
        other = ("B" if theirs[0] == "A" else "A") + theirs[1:]
        mistyped, made_up = (words(self.typed(shop, code)).replace(code, "") for code in (other, "AAAAAAAAAA"))
        assert mistyped == made_up
        assert "contient une erreur" in mistyped

    def test_what_is_known_is_written_down_and_is_no_guess(self, cast, shop, till):
        one = handed(cast, campaign(cast).id)
        act(ending.cancel, one.id, "Erreur", by=cast.ids["manager"])
        for _try in range(MOST + 1):
            assert self.typed(shop, one.code).status_code == 422
        assert {one.reason for one in tries()} == {"VoucherCancelled"}

    def test_too_many_and_even_a_good_code_waits(self, cast, shop):
        good = handed(cast, campaign(cast).id).code
        for _try in range(MOST):
            assert self.typed(shop, UNKNOWN).status_code == 422
        answer = self.typed(shop, good)
        assert answer.status_code == 429
        assert "à partir de mardi 10 mars à 8 h 15" in words(answer)
        assert "06 39 98 00 01" in words(answer)
        assert shop.get(f"/partenaire/cheque/{good}").status_code == 429
        assert len(tries()) == MOST
        assert shop.get("/partenaire").status_code == 200

    def test_after_a_quarter_of_an_hour_it_goes_on(self, cast, shop):
        good = handed(cast, campaign(cast).id).code
        for _try in range(MOST):
            self.typed(shop, UNKNOWN)
        with time_machine.travel(NOW + MINUTES, tick=False):
            assert self.typed(shop, good).status_code == 303

    def test_a_sale_under_way_waits_as_well_and_what_was_taken_is_still_answered(self, cast, shop):
        good, other = (handed(cast, campaign(cast).id).code for _one in "ab")
        begun, done = asked(shop, good, **TABLET), asked(shop, other, **TABLET | {"serial": "B"})
        made = confirmed(shop, other, done)
        for _try in range(MOST):
            self.typed(shop, UNKNOWN)
        assert confirmed(shop, good, begun).status_code == 429
        assert confirmed(shop, other, done).location == made.location
        assert count(Redemption) == 1

    def test_another_address_does_not_help_a_partner(self, cast, shop):
        for number in range(MOST):
            self.typed(shop, UNKNOWN, environ_base={"REMOTE_ADDR": f"192.0.2.{number + 1}"})
        answer = self.typed(shop, UNKNOWN, environ_base={"REMOTE_ADDR": "192.0.2.200"})
        assert answer.status_code == 429

    def test_the_shop_next_door_goes_on_at_the_same_address(self, cast, till):
        other = partner(cast, PartnerKind.TRAINING, "town")
        for _try in range(MOST):
            looked(till, HOME)
        with pytest.raises(TooManyRefused):
            looked(till, HOME)
        assert type(looked(other, HOME)).__name__ == "NotTakenHere"

    def test_ten_partners_do_not_help_an_address(self, cast, till):
        other = partner(cast, PartnerKind.TRAINING, "town")
        kept = Till(other, HOME).kept_address
        with transaction():
            db.session.add_all(
                RefusedTry(partner_id=None, at=NOW, reason="NotTakenHere", address=kept)
                for _try in range(OF_ADDRESS[0][1])
            )
        for one in (till, other):
            with pytest.raises(TooManyRefused):
                looked(one, HOME)
        assert type(looked(other, ELSEWHERE)).__name__ == "NotTakenHere"

    def test_taking_without_looking_is_counted_too(self, cast, shop):
        sent = hidden(asked(shop, handed(cast, campaign(cast).id).code, **TABLET))
        for _try in range(MOST):
            assert shop.post(f"/partenaire/cheque/{UNKNOWN}/encaisser", data=sent).status_code == 422
        assert shop.post(f"/partenaire/cheque/{UNKNOWN}/encaisser", data=sent).status_code == 429
        assert count(Redemption) == 0

    def test_what_is_wrong_with_a_price_is_nobodys_business(self, cast, shop):
        asked(shop, handed(cast, campaign(cast).id).code, **TABLET | {"price": "1"})
        assert tries() == []

    def test_a_code_that_another_till_used_up_meanwhile_is_written_down(self, cast, shop, till):
        one = handed(cast, campaign(cast).id)
        page = asked(shop, one.code, **TABLET)
        paid(one.code, till)
        assert confirmed(shop, one.code, page).status_code == 409
        assert [one.reason for one in tries()] == ["NothingLeft"]


def looked(partner_id: int, address: str):
    return in_transaction(lambda: tills.look(UNKNOWN, Till(partner_id, address), now=NOW))


def test_nobody_outside_of_a_counter_tries_codes(app, client):
    client.get("/connexion")
    assert client.post("/partenaire", data={"code": UNKNOWN}).location.startswith("/connexion")
    assert count(RefusedTry) == 0


def test_after_a_year_nobody_knows_from_where_it_was_tried(cast):
    till = partner(cast)
    looked(till, HOME)
    assert in_transaction(lambda: tills.forget_addresses(NOW + timedelta(days=365))) == 0
    assert in_transaction(lambda: tills.forget_addresses(NOW + timedelta(days=366))) == 1
    assert in_transaction(lambda: tills.forget_addresses(NOW + timedelta(days=366))) == 0
    assert [(one.reason, one.address) for one in tries()] == [("NotTakenHere", "")]
