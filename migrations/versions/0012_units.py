"""Registrations for workshops that are paid with units of a training voucher.

Revision: 0012
After: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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


def downgrade() -> None:
    op.drop_table("units_promised")
