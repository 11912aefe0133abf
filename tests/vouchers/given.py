"""What tests of vouchers begin with: cards, campaigns, partners and vouchers of the small town.

`NOW` of the cast is Tuesday 10 March 2026; campaigns run from 1 March to 30 June.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select, true

from accounts.models import Account
from foundation.db import db, in_transaction, transaction
from people.models import Person
from people.rules.names import search_key
from tests.cast import NOW, TODAY, Cast
from vouchers.models import (
    Campaign,
    CampaignKind,
    Card,
    CardCategory,
    DeviceKind,
    HandedOver,
    MovementKind,
    Partner,
    PartnerKind,
    Redemption,
    Statement,
    Voucher,
    VoucherMovement,
)
from vouchers.queries.statement_lines import lines
from vouchers.rules.campaigns import Plan
from vouchers.rules.cards import NewCard
from vouchers.rules.eligibility import Claim
from vouchers.rules.states import Bought, Device, Training
from vouchers.service import campaigns, cards, issuing, redeeming
from vouchers.service.redeeming import Payment

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
YEAR_END = date(2026, 12, 31)
AFTER = datetime.combine(LAST + timedelta(days=1), NOW.timetz())
DEVICE = Plan(
    CampaignKind.DEVICE, "Un ordinateur pour tous", 100_000, FIRST, LAST, face_cents=10_000, floor_cents=2_000
)
TRAINING = Plan(CampaignKind.TRAINING, "Culture numérique", 100_000, FIRST, LAST, units=10, unit_cents=1_000)
LAPTOP = Device(15_000, DeviceKind.COMPUTER, "SN 001")
_numbers = count(1)


def act(verb: Callable[..., Any], *rest: Any, by: int, **more: Any) -> Any:
    """What a verb of somebody of the staff makes of it; `now` is that of the cast unless told otherwise."""
    return in_transaction(lambda: verb(*rest, db.session.get_one(Account, by), **({"now": NOW} | more)))


def category(label: str = "Minima sociaux") -> int:
    """Its id."""
    found = db.session.scalar(select(CardCategory.id).where(CardCategory.label == label))
    db.session.rollback()
    if found:
        return found
    with transaction():
        made = CardCategory(label=label)
        db.session.add(made)
    return made.id


def person(**traits: Any) -> int:
    """Somebody new; their id."""
    number = next(_numbers)
    with transaction():
        given, family = traits.pop("given_name", "Ada"), traits.pop("family_name", f"Numéro {number}")
        made = Person(
            code=f"P{number:05}", given_name=given, family_name=family, search_key=search_key(given, family),
            created_at=NOW, last_contact_at=NOW, **traits,
        )  # fmt: skip
        db.session.add(made)
    return made.id


def card(cast: Cast, person_id: int | None = None, **more: Any) -> Card:
    """A live card of somebody new, or of this person."""
    usual = {"category_id": category(), "valid_from": FIRST, "valid_until": YEAR_END}
    wanted = NewCard(person_id=person_id or person(), **(usual | more))
    return act(cards.create, wanted, by=cast.ids["manager"])


def campaign(cast: Cast, plan: Plan = DEVICE, **more: Any) -> Campaign:
    """An open one of the territory; one that is over was opened on its first day."""
    now = NOW if plan.ends_on >= TODAY else datetime.combine(plan.starts_on, NOW.timetz())
    made = act(campaigns.create, plan, by=cast.ids["manager"], **({"now": now} | more))
    return act(campaigns.open_, made.id, by=cast.ids["manager"], now=now)


def partner(cast: Cast, kind: PartnerKind = PartnerKind.REFURBISHER, structure: str = "association") -> int:
    """A partner of the cast; its id."""
    with transaction():
        made = Partner(structure_id=cast.ids[structure], kind=kind, agreement_from=FIRST, created_at=NOW)
        db.session.add(made)
    return made.id


def issued(cast: Cast, campaign_id: int, card_id: int, claim: Claim = Claim(), **more: Any) -> Voucher:  # noqa: B008
    return in_transaction(
        lambda: issuing.issue(
            campaign_id, card_id, claim, db.session.get_one(Account, cast.ids["mediator"]), **({"now": NOW} | more)
        )
    )


def handed(cast: Cast, campaign_id: int, card_id: int | None = None, **more: Any) -> Voucher:
    """A voucher that can be spent."""
    made = issued(cast, campaign_id, card_id or card(cast).id, **more)
    return act(issuing.hand_over, made.id, HandedOver.IN_PERSON, by=cast.ids["mediator"])


def paid(
    code: str, partner_id: int | None, bought: Bought = LAPTOP, *, key: str | None = None, now: datetime = NOW,
    by: int | None = None, reference: str = "",
) -> Redemption:  # fmt: skip
    payment = Payment(code, bought, key or f"page {next(_numbers)}", partner_id, reference)
    return in_transaction(lambda: redeeming.redeem(payment, now=now, actor_id=by))


def lesson(units: int = 1, day: date = TODAY) -> Training:
    return Training(units, day)


def ledger(voucher_id: int) -> list[tuple[MovementKind, int]]:
    """What is written of a voucher, in order."""
    query = select(VoucherMovement.kind, VoucherMovement.amount_cents).where(VoucherMovement.voucher_id == voucher_id)
    rows = db.session.execute(query.order_by(VoucherMovement.id)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]


def fresh(model: Any, id_: int) -> Any:
    """A row as the database holds it."""
    db.session.rollback()
    return db.session.get_one(model, id_, populate_existing=True)


def amounts(voucher_id: int) -> tuple[int, int, int, int]:
    """Left, spent, cancelled, expired."""
    one = fresh(Voucher, voucher_id)
    return one.left_cents, one.spent_cents, one.cancelled_cents, one.expired_cents


def sums_hold() -> None:
    """Every voucher adds up, to its ledger too; every campaign adds up to its vouchers; statements to redemptions."""
    db.session.rollback()
    vouchers = db.session.scalars(select(Voucher).execution_options(populate_existing=True)).all()
    ledgers, redeemed = by_ledger(), _redeemed(Redemption.voucher_id)
    for one in vouchers:
        parts = (one.left_cents, one.spent_cents, one.cancelled_cents, one.expired_cents)
        assert one.face_cents == sum(parts)
        assert min(parts) >= 0
        assert parts == ledgers[one.id], one.id
        assert one.spent_cents == redeemed[one.id]
    for budget in db.session.scalars(select(Campaign).execution_options(populate_existing=True)):
        own = [one for one in vouchers if one.campaign_id == budget.id]
        assert budget.committed_cents == sum(one.left_cents for one in own)
        assert budget.spent_cents == sum(one.spent_cents for one in own)
        assert budget.left_cents >= 0
    db.session.rollback()


def statements_hold() -> None:
    """Each statement is the sum of its lines; all of a partner are its ledger up to the last end, and what is not
    stated yet is the rest of what its vouchers came to. Each movement is on one of them, and once.
    """
    db.session.rollback()
    redeemed = _redeemed(Redemption.partner_id)
    for one in db.session.scalars(select(Partner).execution_options(populate_existing=True)).all():
        query = select(Statement).where(Statement.partner_id == one.id).order_by(Statement.number)
        stated = db.session.scalars(query.execution_options(populate_existing=True)).all()
        seen: list[tuple[int, bool]] = []
        for place, statement in enumerate(stated):
            found = list(lines(statement))
            assert (statement.number, statement.count) == (place + 1, len(found))
            assert statement.total_cents == sum(line.cents for line in found)
            assert statement.since == (stated[place - 1].until if place else None)
            seen += [(line.redemption_id, line.undone) for line in found]
        assert one.stated_until == (stated[-1].until if stated else None)
        assert len(seen) == len(set(seen))
        told = sum(statement.total_cents for statement in stated)
        assert told == (ledger_of_partner(one.id, one.stated_until) if stated else 0)
        assert ledger_of_partner(one.id) == redeemed[one.id]
    db.session.rollback()


def ledger_of_partner(partner_id: int, until: datetime | None = None) -> int:
    """Redeemed less undone at its counters, before `until`."""
    query = select(VoucherMovement.kind, func.sum(VoucherMovement.amount_cents)).where(
        VoucherMovement.partner_id == partner_id, VoucherMovement.at < until if until else true()
    )
    sums: dict[MovementKind, int] = dict(db.session.execute(query.group_by(VoucherMovement.kind)).all())
    return sums.get(MovementKind.REDEEMED, 0) - sums.get(MovementKind.UNDONE, 0)


def by_ledger() -> dict[int, tuple[int, int, int, int]]:
    """Left, spent, cancelled, expired of each voucher, by its id, as its lines say."""
    totals: dict[int, Counter[MovementKind]] = defaultdict(Counter)
    for voucher_id, kind, cents in db.session.execute(
        select(VoucherMovement.voucher_id, VoucherMovement.kind, VoucherMovement.amount_cents)
    ):
        totals[voucher_id][kind] += cents
    return {voucher_id: _parts(total) for voucher_id, total in totals.items()}


def _parts(total: Counter[MovementKind]) -> tuple[int, int, int, int]:
    spent = total[MovementKind.REDEEMED] - total[MovementKind.UNDONE]
    cancelled = total[MovementKind.CANCELLED] + total[MovementKind.REPLACED]
    left = total[MovementKind.ISSUED] - spent - cancelled - total[MovementKind.EXPIRED]
    return left, spent, cancelled, total[MovementKind.EXPIRED]


def _redeemed(by: Any) -> Counter[int]:
    """Cents that were paid and not undone, by voucher or by partner."""
    query = select(by, func.sum(Redemption.amount_cents)).where(Redemption.undone_at.is_(None))
    return Counter(dict(db.session.execute(query.group_by(by)).all()))
