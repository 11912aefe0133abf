"""Pages of vouchers as the demonstration town fills them: nothing for axe to say, at a desk and on a small phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import Select, select

from accounts.models import Account
from foundation.db import db
from tests.browser.conftest import DESKTOP, NARROW, Site, live
from tests.browser.measures import new_faults_of, overflow_of
from tests.cast import Cast
from tests.demo.town import NOW
from tests.test_routes_access import ONE_ENGINE
from vouchers.models import (
    Campaign,
    CampaignState,
    Offer,
    Partner,
    Redemption,
    Statement,
    Voucher,
    VoucherBatch,
    VoucherState,
)

pytestmark = [pytest.mark.long, ONE_ENGINE]
MANAGER, SHOP, SCHOOL = "helene", "didier", "salima"


@pytest.fixture
def valbriac(app, browser, sqlite_database, town) -> Iterator[Site]:
    sqlite_database.become(db.engine, town.file)
    with time_machine.travel(NOW, tick=True), live(app, Cast({}), browser) as site:
        yield site


def first(query: Select[Any]) -> Any:
    return db.session.scalars(query.limit(1)).one()


def of_the_team() -> Iterator[str]:
    """Each kind of page, and each state in which it looks otherwise."""
    yield from (
        "campagnes",
        "campagnes/nouvelle",
        "campagnes/nouvelle?type=device",
        "campagnes/nouvelle?type=training",
    )
    yield from ("cheques", "encaissements", "partenaires", "partenaires/nouveau", "tresorerie", "tresorerie/compte")
    yield from ("cheques/signes", "cheques/appareils")
    closed, running = (first(select(Campaign.id).where(Campaign.state == one))
                       for one in (CampaignState.CLOSED, CampaignState.OPEN))  # fmt: skip
    yield from (f"campagnes/{closed}", f"campagnes/{closed}/bilan", f"campagnes/{running}")
    yield from (f"campagnes/{running}/{page}" for page in ("modifier", "serie", "a-rappeler"))
    yield f"campagnes/series/{first(select(VoucherBatch.id))}"
    yield from (f"cheques/{first(select(Voucher.id).where(Voucher.state == one))}" for one in VoucherState)
    yield f"habitants/{first(select(Voucher.person_id))}/cheques"
    yield from (f"encaissements/{first(one)}" for one in _payments())
    seller = first(select(Partner.id))
    yield from (f"partenaires/{seller}", f"partenaires/{seller}/modifier", f"partenaires/{seller}/compte")


def of_a_partner(login: str) -> Iterator[str]:
    """What a counter opens, and a statement of its own."""
    yield from ("partenaire", "partenaire/encaissements", "partenaire/encaissements?jour=2026-11-20", "releves")
    yield from ("partenaire/catalogue", "partenaire/catalogue/nouveau") if login == SHOP else ()
    own = first(select(Partner).join(Account, Account.structure_id == Partner.structure_id).where(_is(login)))
    yield from (
        f"partenaire/encaissements/{first(one.where(Redemption.partner_id == own.id))}" for one in _payments()[:1]
    )
    yield f"releves/{first(select(Statement.id).where(Statement.partner_id == own.id))}"
    if login == SHOP:
        yield f"partenaire/catalogue/{first(select(Offer.id).where(Offer.partner_id == own.id))}"


def _payments() -> list[Select[int]]:
    """One that holds, and one that was undone."""
    undone = Redemption.undone_at
    return [select(Redemption.id).where(one) for one in (undone.is_(None), undone.is_not(None))]


def _is(login: str) -> Any:
    return Account.email.like(f"{login}@%")


def faults_on(site: Site, login: str, pages: list[str], size: tuple[int, int]) -> list[str]:
    page = site.visit("/sante", size=size, account=first(select(Account).where(_is(login))))
    wrong = []
    for path in pages:
        answer = page.goto(f"{site.home}/{path}")
        assert answer is not None
        wrong += [] if answer.status == 200 else [f"{path} answered {answer.status}"]
        wrong += new_faults_of(page) + overflow_of(page)
    return wrong


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_pages_full_of_a_year_have_no_fault(valbriac, size):
    wrong = faults_on(valbriac, MANAGER, [f"equipe/{one}" for one in of_the_team()] + ["releves", "releves/1"], size)
    for login in (SHOP, SCHOOL):
        wrong += faults_on(valbriac, login, list(of_a_partner(login)), size)
    wrong += faults_on(valbriac, MANAGER, ["cheques/offres"], size)
    assert not wrong, "\n".join(wrong)
