"""A sign that somebody found in order leaves the list, with who, when and why, until something new comes."""

from __future__ import annotations

import re

import pytest

from accounts.models import Account
from foundation import audit
from foundation.db import db, in_transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.mediation.planning import account_in
from tests.vouchers.counters import words
from tests.vouchers.given import act, campaign, partner
from tests.vouchers.test_signs import PAGE, QUIET, SUNDAY, namesakes, opened, refused, sold
from vouchers.models import SignKind, SignLookedAt
from vouchers.queries import looked_at
from vouchers.rules.signs import MANY_REFUSED, SAME_NAME, MoreMeanwhile, NoSuchSign
from vouchers.service import signs

pytestmark = pytest.mark.usefixtures("stopped_clock")
FAMILY = "Une famille de cinq"


@pytest.fixture
def desk(client, cast):
    return sign_in(client, cast.manager)


def newest(client, address):
    return re.search(r'name="newest"[^>]*value="(\d+)"', client.get(address).get_data(as_text=True)).group(1)


def said(client, address, reason=FAMILY):
    return client.post(address, data={"newest": newest(client, address), "reason": reason})


def rows():
    db.session.rollback()
    return list(db.session.query(SignLookedAt).order_by(SignLookedAt.id))


def test_each_kind_has_a_page_with_its_facts(cast, desk):
    shop, found = partner(cast), campaign(cast)
    refused(shop, MANY_REFUSED)
    payments = [sold(cast, shop, "SN7", SUNDAY, found).id for _twice in range(2)]
    ids = namesakes(cast, SAME_NAME, found)
    facts = {
        "refusals": [f"{PAGE}/refus/{shop}/"],
        "hours": [f"/equipe/encaissements/{payments[1]}"],
        "serial": [f"/equipe/encaissements/{one}" for one in payments],
        "name": [f"/equipe/cheques/{one}" for one in ids],
    }
    for kind, wanted in facts.items():
        shown = desk.get(opened(desk, kind))
        assert shown.status_code == 200
        assert all(one in shown.get_data(as_text=True) for one in wanted), kind


def test_what_was_found_in_order_leaves_the_list_and_stays_written_down(cast, desk):
    namesakes(cast, SAME_NAME, campaign(cast))
    address = opened(desk, "name")
    done = said(desk, address)
    assert (done.status_code, done.location) == (303, PAGE)
    shown = words(desk.get(PAGE))
    assert shown.count(QUIET) == 4
    assert FAMILY in shown
    assert cast.manager.name in shown
    (row,) = rows()
    assert (row.kind, row.reason, row.by_id) == (SignKind.NAME, FAMILY, cast.ids["manager"])
    assert audit.history(row.reference)[0].action == "sign.cleared"
    assert "Martin" not in row.mark
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["refusals", "hours", "serial", "name"])
def test_a_press_sent_twice_writes_it_once(cast, desk, kind):
    shop, found = partner(cast), campaign(cast)
    refused(shop, MANY_REFUSED)
    sold(cast, shop, "SN7", SUNDAY, found), sold(cast, shop, "SN7", SUNDAY, found)
    namesakes(cast, SAME_NAME, found)
    address = opened(desk, kind)
    sent = {"newest": newest(desk, address), "reason": FAMILY}
    assert [desk.post(address, data=sent).status_code for _press in range(2)] == [303, 404]
    assert [row.kind for row in rows()] == [kind]
    assert desk.get(PAGE).status_code == 200


def test_something_new_brings_it_back(cast, desk):
    found = campaign(cast)
    namesakes(cast, SAME_NAME, found)
    said(desk, opened(desk, "name"))
    assert opened(desk, "name") == ""
    namesakes(cast, 1, found)
    assert "4 chèques" in words(desk.get(opened(desk, "name")))


def test_what_came_while_the_page_was_open_is_looked_at_first(cast, desk):
    found = campaign(cast)
    namesakes(cast, SAME_NAME, found)
    address = opened(desk, "name")
    old = newest(desk, address)
    namesakes(cast, 1, found)
    late = desk.post(address, data={"newest": old, "reason": FAMILY})
    assert late.status_code == 409
    assert "Du nouveau" in words(late)
    assert FAMILY in late.get_data(as_text=True)
    assert rows() == []


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_short_reason_it_stays(cast, desk, reason):
    namesakes(cast, SAME_NAME, campaign(cast))
    refused_page = said(desk, opened(desk, "name"), reason)
    assert refused_page.status_code == 422
    assert 'href="#reason"' in refused_page.get_data(as_text=True)
    assert rows() == []


def test_a_number_that_was_made_up_is_refused(cast, desk):
    namesakes(cast, SAME_NAME, campaign(cast))
    address = opened(desk, "name")
    desk.get(address)
    for made_up in ("0", "x", "99999999"):
        assert desk.post(address, data={"newest": made_up, "reason": FAMILY}).status_code == 409


@pytest.mark.parametrize("address", ["name/nothing", "colour/x"])
def test_there_is_no_page_of_what_is_no_sign(cast, desk, address):
    assert desk.get(f"{PAGE}/{address}").status_code == 404


def test_another_structure_neither_sees_nor_settles_it(cast, client, desk):
    sold(cast, partner(cast), at=SUNDAY, found=campaign(cast, structure_id=cast.ids["town"]))
    address = opened(desk, "hours")
    stranger = account_in(cast, "association", Role.MANAGER)
    with pytest.raises(NoSuchSign):
        act(signs.look_at, SignKind.HOURS, address.rsplit("/", 1)[1], 1, FAMILY, by=stranger.id)
    said(desk, address)
    assert len(looked_at.looked_at(db.session.get_one(Account, cast.ids["manager"]))) == 1
    assert looked_at.looked_at(db.session.get_one(Account, stranger.id)) == []


def test_the_verb_refuses_an_older_look(cast, desk):
    namesakes(cast, SAME_NAME, campaign(cast))
    mark = opened(desk, "name").rsplit("/", 1)[1]
    with pytest.raises(MoreMeanwhile):
        act(signs.look_at, SignKind.NAME, mark, 1, FAMILY, by=cast.ids["manager"])


def test_two_managers_at_once_write_it_once(cast, desk):
    """The database has the last word: both looked before either wrote."""
    ids = namesakes(cast, SAME_NAME, campaign(cast))
    mark = opened(desk, "name").rsplit("/", 1)[1]

    by_id = cast.ids["manager"]

    def twice():
        again = SignLookedAt(kind=SignKind.NAME, mark=mark, newest=max(ids), reason="x", at=SUNDAY, by_id=by_id)
        db.session.add(again)
        db.session.flush()

    in_transaction(twice)
    with pytest.raises(NoSuchSign):
        in_transaction(twice)
