"""Whoever can not be written to is called: who was leaves the list, with who called and when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import Account
from foundation import audit
from foundation.db import db, in_transaction
from people.models import ContactMeans
from tests.cast import NOW, sign_in
from tests.vouchers.carded import text
from tests.vouchers.given import LAST, act, campaign, card, handed, paid, partner, person
from tests.workshops.given import count
from vouchers.models import Voucher, VoucherCall
from vouchers.rules.refusals import NoSuchCampaign, NotYourCampaign
from vouchers.service import calling, ending, reminding

SOON = datetime.combine(LAST - timedelta(days=20), time(9), NOW.tzinfo)
NUMBER = "+33639980055"


@pytest.fixture
def soon():
    """It is twenty days before the end."""
    with time_machine.travel(SOON, tick=False) as clock:
        yield clock


@pytest.fixture
def two(cast):
    """A campaign of which Odile and Maël have a voucher each, and no address."""
    made = campaign(cast).id
    return made, *(
        handed(cast, made, card(cast, person(given_name=name, phone=NUMBER)).id).id for name in ("Odile", "Maël")
    )


def noted(cast, campaign_id: int, *ids: int, by: str = "mediator") -> int:
    return act(calling.note_calls, campaign_id, ids, by=cast.ids[by], now=SOON)


def listed(browser, campaign_id: int, way: str = "") -> str:
    return text(browser.get(f"/equipe/campagnes/{campaign_id}/a-rappeler?vue={way}")).partition("<tbody>")[2]


class TestVerb:
    def test_who_and_when_are_written_down_and_told_in_the_journal(self, cast, two):
        made, odile, mael = two
        assert noted(cast, made, odile) == 1
        [call] = db.session.scalars(select(VoucherCall)).all()
        assert (call.voucher_id, call.last_day, call.at, call.by_id) == (odile, LAST, SOON, cast.ids["mediator"])
        assert audit.history(f"voucher:{odile}", limit=1)[0].action == "voucher.holder_called"
        assert audit.history(f"voucher:{mael}", limit=1)[0].action != "voucher.holder_called"

    def test_twice_changes_nothing(self, cast, two):
        made, odile, _mael = two
        assert [noted(cast, made, odile) for _time in range(2)] == [1, 0]
        assert count(VoucherCall) == 1

    def test_two_who_press_at_once_note_it_once(self, app, cast, two):
        made, *both_ids = two
        together, who = Barrier(2), cast.ids["mediator"]
        db.session.rollback()

        def run(_worker: int) -> int:
            with app.app_context():
                together.wait()
                try:
                    return in_transaction(
                        lambda: calling.note_calls(made, both_ids, db.session.get_one(Account, who), now=SOON)
                    )
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(run, range(2))) == [0, 2]
        assert count(VoucherCall) == 2

    def test_vouchers_of_another_campaign_or_with_nothing_left_are_left_alone(self, cast, two):
        made, odile, mael = two
        other = handed(cast, campaign(cast).id).id
        paid(db.session.get_one(Voucher, mael).code, partner(cast))
        act(ending.cancel, odile, "Erreur", by=cast.ids["manager"])
        assert noted(cast, made, odile, mael, other, 404) == 0
        assert count(VoucherCall) == 0

    def test_given_more_time_they_are_to_be_told_once_more(self, cast, two):
        made, odile, _mael = two
        noted(cast, made, odile)
        act(ending.extend, odile, LAST + timedelta(days=30), "Malade", by=cast.ids["manager"])
        assert noted(cast, made, odile) == 1

    def test_who_was_called_is_not_written_to_as_well(self, cast):
        made = campaign(cast).id
        reachable = person(contact_means=ContactMeans.EMAIL, email="ada@ville.example")
        voucher = handed(cast, made, card(cast, reachable).id).id
        noted(cast, made, voucher)
        assert in_transaction(lambda: reminding.queue_reminders(SOON)) == 0

    def test_another_structures_campaign_is_theirs(self, cast):
        made = campaign(cast, structure_id=cast.ids["association"]).id
        with pytest.raises(NotYourCampaign):
            noted(cast, made, 1)
        with pytest.raises(NoSuchCampaign):
            noted(cast, 404, 1)


@pytest.mark.usefixtures("soon")
class TestPage:
    @pytest.fixture
    def browser(self, client, cast):
        return sign_in(client, cast.mediator)

    def test_ticked_ones_leave_the_list_for_that_of_whom_somebody_called(self, browser, two):
        made, odile, _mael = two
        assert f'name="voucher" value="{odile}"' in listed(browser, made)
        answer = browser.post(f"/equipe/campagnes/{made}/a-rappeler", data={"voucher": [str(odile)]})
        assert (answer.status_code, answer.location) == (303, f"/equipe/campagnes/{made}/a-rappeler")
        assert "Odile" not in listed(browser, made)
        assert "Maël" in listed(browser, made)
        called = listed(browser, made, "appeles")
        assert "Odile" in called
        assert "Maël" not in called
        assert "10 juin" in called
        page = text(browser.get(f"/equipe/campagnes/{made}/a-rappeler"))
        assert "À prévenir (1)" in page
        assert "Prévenus par l’équipe (1)" in page

    @pytest.mark.parametrize("sent", [{}, {"voucher": "x"}, {"voucher": ["0", "-3", "9" * 40]}])
    def test_nothing_ticked_is_asked_for(self, browser, two, sent):
        made, *_ids = two
        answer = browser.post(f"/equipe/campagnes/{made}/a-rappeler", data=sent, follow_redirects=True)
        assert "Cochez" in text(answer)
        assert count(VoucherCall) == 0

    def test_all_called_nobody_is_left(self, browser, two):
        made, *ids = two
        browser.post(f"/equipe/campagnes/{made}/a-rappeler", data={"voucher": [str(one) for one in ids]})
        assert "Personne n’est à prévenir." in text(browser.get(f"/equipe/campagnes/{made}/a-rappeler"))

    def test_who_has_no_telephone_gets_a_voucher_to_post_and_is_ticked_too(self, cast, browser):
        made = campaign(cast).id
        voucher = handed(cast, made, card(cast, person(given_name="Anna")).id).id
        shown = listed(browser, made)
        assert f"/equipe/cheques/{voucher}/cheque.pdf" in shown
        assert "Aucun : à prévenir à l’accueil ou par courrier" in shown
        browser.post(f"/equipe/campagnes/{made}/a-rappeler", data={"voucher": [str(voucher)]})
        assert "Anna" in listed(browser, made, "appeles")

    def test_who_has_one_is_called(self, browser, two):
        assert "cheque.pdf" not in listed(browser, two[0])

    @pytest.mark.parametrize("odd", ["x", "a-appeler", "PREVENUS"])
    def test_another_list_than_there_is_is_that_of_whom_to_call(self, browser, two, odd):
        assert "Odile" in listed(browser, two[0], odd)

    @pytest.mark.parametrize("role", ["prescriber", "host", "partner"])
    def test_is_not_for_others(self, client, cast, two, role):
        other = sign_in(client, getattr(cast, role))
        assert other.post(f"/equipe/campagnes/{two[0]}/a-rappeler", data={"voucher": [str(two[1])]}).status_code == 403

    def test_an_unknown_campaign_is_not_there(self, browser):
        assert browser.post("/equipe/campagnes/404/a-rappeler", data={"voucher": ["1"]}).status_code == 404
