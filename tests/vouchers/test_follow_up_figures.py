"""What became of devices, counted by campaign and kind; corrections, late answers, and what nobody knows."""

from __future__ import annotations

import re
from datetime import timedelta

from accounts.models import Account
from foundation.db import db, in_transaction
from foundation.security import Role
from people.models import ContactMeans
from tests.cast import sign_in
from tests.counting import statements
from tests.mediation.planning import account_in
from tests.vouchers.counters import words
from tests.vouchers.given import campaign, card, handed, paid, partner, person
from tests.vouchers.test_follow_ups import LATER, LIST, asked, bought, later, only, own  # noqa: F401  fixtures
from vouchers.models import DeviceKind, FollowUp, FollowUpAnswer
from vouchers.queries import follow_ups as queries
from vouchers.queries.follow_up_figures import tallies
from vouchers.rules.states import Device
from vouchers.service import follow_ups

FIGURES = f"{LIST}/chiffres"
USED, BROKEN, UNKNOWN = FollowUpAnswer.USED, FollowUpAnswer.BROKEN, FollowUpAnswer.UNKNOWN


def say(id_, said, **more):
    in_transaction(lambda: follow_ups.answer(id_, said, **({"now": LATER} | more)))


def manager(cast):
    return db.session.get_one(Account, cast.ids["manager"])


def ids():
    db.session.rollback()
    return [one.id for one in db.session.query(FollowUp).order_by(FollowUp.id)]


def test_each_kind_of_a_campaign_is_counted_and_what_is_unknown_stays_unknown(cast, bought):  # noqa: F811
    for means in (ContactMeans.SMS, ContactMeans.SMS, ContactMeans.NONE, ContactMeans.NONE):
        bought(contact_means=means)
    asked()
    first, second, third, _fourth = ids()
    say(first, USED)
    say(second, BROKEN)
    say(third, UNKNOWN, actor_id=cast.ids["mediator"])
    (one,) = tallies(manager(cast))
    assert (one.kind, one.due, one.asked, one.answered, one.not_known) == (DeviceKind.COMPUTER, 4, 2, 2, 2)
    assert dict(one.said) == {USED: 1, BROKEN: 1, UNKNOWN: 1}


def test_campaigns_and_kinds_stand_apart_the_last_campaign_first(cast):
    shop = partner(cast)
    for kind in (DeviceKind.COMPUTER, DeviceKind.PHONE):
        found = campaign(cast)
        for number in range(2):
            code = handed(cast, found.id, card(cast, person()).id).code
            paid(code, shop, Device(15_000, kind if number else DeviceKind.TABLET, f"{kind}{number}"))
    asked()
    found = [(one.campaign_id, one.kind, one.due) for one in tallies(manager(cast))]
    assert found == [
        (found[0][0], DeviceKind.TABLET, 1), (found[0][0], DeviceKind.PHONE, 1),
        (found[2][0], DeviceKind.COMPUTER, 1), (found[2][0], DeviceKind.TABLET, 1),
    ]  # fmt: skip
    assert found[0][0] > found[2][0]


def test_the_page_says_so_to_a_manager(cast, client, bought, later):  # noqa: F811
    sign_in(client, cast.manager)
    assert "trois mois après le premier appareil" in words(client.get(FIGURES))
    bought()
    asked()
    assert "Un ordinateur pour tous" in words(client.get(FIGURES))
    assert FIGURES in client.get(LIST).get_data(as_text=True)


def test_a_mediator_asks_and_does_not_count(cast, client, later):  # noqa: F811
    sign_in(client, cast.mediator)
    assert client.get(FIGURES).status_code == 403
    assert FIGURES not in client.get(LIST).get_data(as_text=True)


def test_another_structure_counts_its_own_campaigns(cast, later):  # noqa: F811
    paid(handed(cast, campaign(cast, structure_id=cast.ids["town"]).id).code, partner(cast))
    asked()
    assert tallies(account_in(cast, "association", Role.MANAGER)) == []


def test_more_devices_need_no_more_statements(cast, client, bought, later):  # noqa: F811
    sign_in(client, cast.manager)
    bought()
    asked()
    with statements() as few:
        client.get(FIGURES)
    for _one in range(3):
        bought()
    asked()
    with statements() as many:
        client.get(FIGURES)
    assert len(many) == len(few)


def test_the_team_corrects_an_answer_and_it_is_said_who_did(cast, client, bought, later):  # noqa: F811
    bought(family_name="Zola")
    asked()
    say(only().id, USED)
    sign_in(client, cast.mediator)
    assert "Zola" not in words(client.get(LIST))
    page = client.get(f"{LIST}?reponses=1")
    assert "la personne elle-même" in words(page)
    address = re.search(rf'action="({LIST}/\d+[^"]*)"', page.get_data(as_text=True)).group(1)
    done = client.post(address, data={"answer": "broken"})
    assert "reponses=1" in done.location
    assert (only().answer, only().answered_by_id) == (BROKEN, cast.ids["mediator"])
    assert cast.mediator.name in words(client.get(f"{LIST}?reponses=1"))


def test_answers_come_page_by_page_the_last_first(cast, bought):  # noqa: F811
    for _one in range(3):
        bought()
    asked()
    for minutes, id_ in enumerate(ids()):
        say(id_, USED, now=LATER + timedelta(minutes=minutes))
    found = queries.answered_ones(manager(cast), page=1)
    assert [one.id for one in found] == ids()[::-1]
    assert queries.answered_ones(manager(cast), page=2) == []


def test_whoever_can_not_be_reached_leaves_the_list_and_may_still_answer(cast, client, bought, later):  # noqa: F811
    bought(family_name="Zola")
    asked()
    sign_in(client, cast.mediator)
    client.get(LIST)
    client.post(f"{LIST}/{only().id}", data={"answer": "unknown"})
    assert (only().answer, "Zola" in words(client.get(LIST))) == (UNKNOWN, False)
    page = client.get(own(only()))
    assert "sert-il encore" in words(page)
    client.post(own(only()), data={"answer": "used"})
    assert only().answer is USED


def test_a_resident_does_not_press_that_nobody_was_reached(client, bought, later):  # noqa: F811
    bought()
    asked()
    client.get(own(only()))
    assert client.post(own(only()), data={"answer": "unknown"}).status_code == 400


def test_an_answer_half_a_year_late_counts(client, bought):  # noqa: F811
    bought()
    asked()
    say(only().id, FollowUpAnswer.GONE, now=LATER + timedelta(days=200))
    assert only().answer is FollowUpAnswer.GONE
