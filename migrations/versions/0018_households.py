"""Households are compared without case, spaces, dashes and dots; what was typed stays. Serial numbers are without them.

Revision: 0018
After: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CARD = sa.table(
    "card", sa.column("id", sa.Integer()), sa.column("household", sa.String(40)),
    sa.column("household_key", sa.String(40)),
)  # fmt: skip


PAYMENT = sa.table("redemption", sa.column("id", sa.Integer()), sa.column("serial", sa.String(60)))


def upgrade() -> None:
    op.add_column(
        "card",
        sa.Column(
            "household_key", sa.String(40), nullable=False, server_default="",
            comment="the same without case, spaces, dashes and dots",
        ),
    )  # fmt: skip
    _fill()
    _fold_serials()
    op.create_index(op.f("ix_card_household_key"), "card", ["household_key"])
    op.drop_index(op.f("ix_card_household"), "card")


def _fill() -> None:
    """As `vouchers.models.household_key` did when this was written."""
    known = op.get_bind().execute(sa.select(CARD.c.id, CARD.c.household).where(CARD.c.household != "")).all()
    rows = [{"card": id_, "key": "".join(sign for sign in typed.lower() if sign.isalnum())} for id_, typed in known]
    change = sa.update(CARD).where(CARD.c.id == sa.bindparam("card"))
    if rows:
        op.get_bind().execute(change.values(household_key=sa.bindparam("key")), rows)


def _fold_serials() -> None:
    """A number that was typed with dashes is found by one without: they were capitals without spaces until now."""
    known = op.get_bind().execute(sa.select(PAYMENT.c.id, PAYMENT.c.serial).where(PAYMENT.c.serial != "")).all()
    folded = [(id_, serial, "".join(sign for sign in serial if sign.isalnum())) for id_, serial in known]
    rows = [{"payment": id_, "number": number} for id_, serial, number in folded if number and number != serial]
    change = sa.update(PAYMENT).where(PAYMENT.c.id == sa.bindparam("payment"))
    if rows:
        op.get_bind().execute(change.values(serial=sa.bindparam("number")), rows)


def downgrade() -> None:
    op.create_index(op.f("ix_card_household"), "card", ["household"])
    op.drop_index(op.f("ix_card_household_key"), "card")
    op.drop_column("card", "household_key")
