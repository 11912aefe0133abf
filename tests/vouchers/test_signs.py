"""Signs of fraud: each is found, leads to its facts, and stays quiet for what is ordinary."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from accounts.models import Account
from agenda.models import CalendarDay, CalendarKind
from foundation.db import db, transaction
from foundation.security import Role
from places.hours.week import WeeklyOpening
from places.models import Venue
from tests.cast import NOW, TODAY, sign_in
from tests.counting import statements
from tests.mediation.planning import account_in
from tests.vouchers.counters import words
from tests.vouchers.given import act, campaign, card, handed, issued, paid, partner, person
from vouchers.models import DeviceKind, RefusedTry
from vouchers.rules.signs import MANY_REFUSED, SAME_NAME, Refusals, far_from_hours, many_refused
from vouchers.rules.states import Device
from vouchers.service import undoing

pytestmark = pytest.mark.usefixtures("stopped_clock")
PARIS = ZoneInfo("Europe/Paris")
PAGE = "/equipe/cheques/signes"
QUIET = "Rien à regarder."
SUNDAY = datetime(2026, 3, 8, 10, tzinfo=UTC)


@pytest.fixture
def desk(client, cast):
    return sign_in(client, cast.manager)


def refused(partner_id: int, count: int, reason: str = "NotTakenHere", at: datetime = NOW) -> None:
    with transaction():
        db.session.add_all(
            RefusedTry(partner_id=partner_id, at=at - timedelta(minutes=n), reason=reason) for n in range(count)
        )


def sold(cast, partner_id, serial="A", at=NOW, found=None):
    voucher = handed(cast, (found or campaign(cast)).id)
    return paid(voucher.code, partner_id, Device(15_000, DeviceKind.COMPUTER, serial), now=at)


def namesakes(cast, count: int, found, name: str = "Martin") -> list[int]:
    return [issued(cast, found.id, card(cast, person(family_name=name)).id).id for _one in range(count)]


def opened(client, kind: str) -> str:
    """The address of the first sign of a kind, from the list."""
    address = re.search(rf'href="({PAGE}/{kind}/[^"]+)"', client.get(PAGE).get_data(as_text=True))
    return address.group(1) if address else ""


def facts_of(client, kind: str) -> str:
    return client.get(opened(client, kind)).get_data(as_text=True)


def test_days_are_those_of_the_town():
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    tries = [(1, late, 1)] * (MANY_REFUSED - 1) + [(1, late - timedelta(hours=1), 2)] + [(2, late, 7)] * MANY_REFUSED
    assert many_refused(tries, PARIS) == [Refusals(2, date(2026, 3, 10), MANY_REFUSED, 7)]


@pytest.mark.parametrize(
    ("at", "far"),
    [
        ("2026-03-10 07:59", True), ("2026-03-10 08:00", False), ("2026-03-10 19:59", False),
        ("2026-03-10 20:00", True), ("2026-03-08 11:00", True), ("2026-03-07 11:00", False),
    ],
)  # fmt: skip
def test_hours_are_those_of_the_wall_clock(at, far):
    assert far_from_hours(datetime.fromisoformat(at).replace(tzinfo=PARIS).astimezone(UTC), PARIS) is far


@pytest.mark.parametrize(
    ("at", "far"),
    [
        ("2026-03-08 10:30", False), ("2026-03-10 10:30", True), ("2026-03-11 10:30", True),
        ("2026-03-11 13:00", False), ("2026-03-11 18:59", False), ("2026-03-11 19:00", True),
    ],
)  # fmt: skip
def test_hours_are_those_of_the_shop_where_they_are_known(at, far):
    openings = [WeeklyOpening(2, 14 * 60, 18 * 60), WeeklyOpening(6, 10 * 60, 12 * 60)]
    assert far_from_hours(datetime.fromisoformat(at).replace(tzinfo=PARIS), PARIS, openings) is far


@pytest.mark.parametrize("openings", [[], [WeeklyOpening(4, 0, 24 * 60)]])
def test_a_public_holiday_is_no_day_of_the_week(openings):
    first_of_may = datetime(2026, 5, 1, 11, tzinfo=PARIS)
    assert not far_from_hours(first_of_may, PARIS, openings)
    assert far_from_hours(first_of_may, PARIS, openings, {date(2026, 5, 1)})
    assert not far_from_hours(first_of_may - timedelta(days=7), PARIS, openings, {date(2026, 5, 1)})


@pytest.mark.parametrize(
    ("kind", "removed", "quiet"),
    [
        (CalendarKind.PUBLIC_HOLIDAY, None, 3), (CalendarKind.PUBLIC_HOLIDAY, NOW, 4),
        (CalendarKind.SCHOOL_HOLIDAY, None, 4), (CalendarKind.CLOSURE, None, 4),
    ],
)  # fmt: skip
def test_a_payment_on_a_public_holiday_is_one_and_on_a_day_off_of_the_town_is_none(cast, desk, kind, removed, quiet):
    shop = partner(cast)
    with transaction():
        db.session.add(CalendarDay(kind=kind, first_day=TODAY, last_day=TODAY, label="Congé", removed_at=removed))
    sold(cast, shop, at=NOW)
    assert words(desk.get(PAGE)).count(QUIET) == quiet


@pytest.mark.parametrize(
    ("hours", "quiet"), [("Sa-Su 10:00-17:00", 4), ("Mo-Fr 10:00-17:00", 3), ("nach Vereinbarung", 3), ("", 3)]
)
def test_a_shop_that_opens_on_sundays_is_no_sign(cast, desk, hours, quiet):
    shop = partner(cast)
    with transaction():
        db.session.add(
            Venue(
                structure_id=cast.ids["association"], external_id="boutique", name="Boutique", commune="Rives",
                postcode="99100", opening_hours=hours,
            )
        )  # fmt: skip
        for one in db.session.scalars(select(Venue).where(Venue.structure_id == cast.ids["association"])):
            one.opening_hours = hours
    sold(cast, shop, at=SUNDAY)
    assert words(desk.get(PAGE)).count(QUIET) == quiet


def test_nothing_happened(desk):
    assert words(desk.get(PAGE)).count(QUIET) == 4


def test_what_is_ordinary_is_no_sign(cast, desk):
    shop, found = partner(cast), campaign(cast)
    refused(shop, MANY_REFUSED - 1)
    sold(cast, shop, "A", NOW, found), sold(cast, shop, "B", NOW, found)
    namesakes(cast, SAME_NAME - 1, found)
    assert words(desk.get(PAGE)).count(QUIET) == 4


def test_many_refusals_lead_to_when_and_why(cast, desk):
    shop = partner(cast)
    refused(shop, MANY_REFUSED)
    refused(shop, 2, "VoucherExpired", NOW - timedelta(minutes=30))
    page = desk.get(PAGE)
    assert "12 codes refusés" in words(page)
    facts = f"{PAGE}/refus/{shop}/{TODAY.isoformat()}"
    assert facts in facts_of(desk, "refusals")
    said = words(desk.get(facts))
    assert said.count("Code inconnu") == MANY_REFUSED
    assert said.count("Expiré") == 2


@pytest.mark.parametrize("address", ["1/2026-03-11", "1/hier", "1/0001-01-01", "999/2026-03-10"])
def test_there_are_no_facts_of_what_did_not_happen(cast, desk, address):
    assert desk.get(f"{PAGE}/refus/{address}").status_code == 404


def test_a_payment_on_a_sunday_leads_to_it(cast, desk):
    made = sold(cast, partner(cast), at=SUNDAY)
    page = desk.get(PAGE)
    assert f"/equipe/encaissements/{made.id}" in facts_of(desk, "hours")
    assert words(page).count(QUIET) == 3


def test_a_payment_on_a_sunday_that_was_undone_is_no_sign(cast, desk):
    made = sold(cast, partner(cast), at=SUNDAY)
    act(undoing.undo, made.id, "Rendu", by=cast.ids["manager"])
    assert opened(desk, "hours") == ""
    assert words(desk.get(PAGE)).count(QUIET) == 4


def test_the_same_serial_twice_leads_to_both(cast, desk):
    shop, found = partner(cast), campaign(cast)
    ids = [sold(cast, shop, serial, NOW, found).id for serial in ("sn 7", "SN7", "other")]
    page = facts_of(desk, "serial")
    assert "SN7" in page
    assert [f"/equipe/encaissements/{id_}" in page for id_ in ids] == [True, True, False]


def test_a_sale_that_was_undone_is_no_second_one(cast, desk):
    shop, found = partner(cast), campaign(cast)
    first = sold(cast, shop, "SN7", NOW, found)
    act(undoing.undo, first.id, "Rendu", by=cast.ids["manager"])
    sold(cast, shop, "SN7", NOW, found)
    assert words(desk.get(PAGE)).count(QUIET) == 4


def test_one_of_the_team_issuing_to_one_name_leads_to_the_vouchers(cast, desk):
    ids = namesakes(cast, SAME_NAME, campaign(cast))
    page = desk.get(PAGE)
    assert f"{cast.mediator.name} → Martin · 3 chèques" in words(page)
    assert all(f"/equipe/cheques/{id_}" in facts_of(desk, "name") for id_ in ids)


def test_another_structure_sees_signs_of_its_own_campaigns_only(cast, client):
    shop = partner(cast)
    refused(shop, MANY_REFUSED)
    sold(cast, shop, at=SUNDAY, found=campaign(cast, structure_id=cast.ids["town"]))
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    assert words(client.get(PAGE)).count(QUIET) == 4
    assert client.get(f"{PAGE}/refus/{shop}/{TODAY.isoformat()}").status_code == 404


def test_more_signs_need_no_more_statements(cast, desk):
    shop, found = partner(cast), campaign(cast)
    sold(cast, shop, "A", SUNDAY, found), sold(cast, shop, "A", SUNDAY, found)
    with statements() as few:
        desk.get(PAGE)
    for serial in "BBCC":
        sold(cast, shop, serial, SUNDAY, found)
    with statements() as many:
        desk.get(PAGE)
    assert len(many) == len(few)


def test_whoever_signs_in_as_a_mediator_does_not_see_them(cast, client):
    sign_in(client, db.session.get_one(Account, cast.ids["mediator"]))
    assert client.get(PAGE).status_code == 403
