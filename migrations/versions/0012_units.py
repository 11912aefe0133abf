"""Registrations that are paid with units of a training voucher; signs that somebody looked at and found in order.

Revision: 0012
After: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "units_promised",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units > 0", name=op.f("ck_units_promised_units")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_units_promised_registration_id_registration"
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name="fk_units_promised_voucher_id_voucher"),
        sa.PrimaryKeyConstraint("registration_id", name="pk_units_promised"),
    )
    op.create_index("ix_units_promised_voucher_id", "units_promised", ["voucher_id"])
    op.create_table(
        "sign_looked_at",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column(
            "newest",
            sa.Integer(),
            nullable=False,
            comment="id of its newest fact: a code refused, a payment, a voucher",
        ),
        sa.Column("reason", sa.String(300), nullable=False, comment="names nobody"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            among("kind", "refusals", "hours", "serial", "name"), name=op.f("ck_sign_looked_at_sign_kind")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_sign_looked_at_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_sign_looked_at_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_looked_at"),
        sa.UniqueConstraint("kind", "mark", "newest", name="uq_sign_looked_at_kind_mark_newest"),
    )


def downgrade() -> None:
    op.drop_table("sign_looked_at")
    op.drop_table("units_promised")
