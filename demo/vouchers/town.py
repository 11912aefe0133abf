"""All vouchers of the demonstration: planned, then lived in the order of time by the verbs that people press."""

from __future__ import annotations

from random import Random

from sqlalchemy import select

from demo.vouchers import cards, partners
from demo.vouchers.accounting import Accounting
from demo.vouchers.afterwards import Afterwards
from demo.vouchers.issuing import Issuing
from demo.vouchers.mishaps import Mishaps
from demo.vouchers.scene import Scene
from demo.vouchers.spending import Spending
from demo.vouchers.timeline import Timeline
from demo.workshops.stage import Stage
from foundation.db import db
from vouchers.models import Card, Voucher
from vouchers.rules.codes import VOUCHER_LENGTH


def live(stage: Stage, chance: Random) -> None:
    """Every cent is moved by a verb, so that the ledger, the budgets and the statements agree as those of a town do.

    The appointments must be written: vouchers are handed over at them.
    """
    scene = Scene(stage, chance, Timeline(stage.now))
    partners.sign(scene)
    cards.give(scene)
    issuing = Issuing(scene, Spending(scene))
    issuing.plan()
    Mishaps(scene, issuing).plan()
    Accounting(scene).plan()
    Afterwards(scene).plan()
    scene.timeline.run()
    _give_codes(scene)


def _give_codes(scene: Scene) -> None:
    """Codes that chance chooses: the same at each loading."""
    numbers: set[str] = set()
    for card in db.session.scalars(select(Card).order_by(Card.id)):
        card.number = cards.fresh_number(scene, numbers)
    codes: set[str] = set()
    for voucher in db.session.scalars(select(Voucher).order_by(Voucher.id)):
        voucher.code = cards.fresh_number(scene, codes, VOUCHER_LENGTH)
    db.session.flush()
