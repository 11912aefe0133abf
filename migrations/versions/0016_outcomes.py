"""What came of referrals, whether it helped people, and whether a town asks that.

Revision: 0016
After: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

REFERRALS = among(
    "referral", "administration", "mediation_place", "operator", "social_aid", "employment", "procedures", "other"
)


def upgrade() -> None:
    op.add_column(
        "territory",
        sa.Column(
            "asks_satisfaction", sa.Boolean(), nullable=False, server_default=sa.true(),
            comment="residents' pages ask whether it helped",
        ),
    )  # fmt: skip
    _referral_outcome()
    _satisfaction()


def _referral_outcome() -> None:
    op.create_table(
        "referral_outcome",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("referral", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(REFERRALS, name=op.f("ck_referral_outcome_referral")),
        sa.CheckConstraint(
            among("outcome", "helped", "not_helped", "did_not_go", "not_known"),
            name=op.f("ck_referral_outcome_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["activity_record.id"], name="fk_referral_outcome_record_id_activity_record",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["account.id"], name="fk_referral_outcome_noted_by_id_account"),
        sa.PrimaryKeyConstraint("record_id", "referral", name="pk_referral_outcome"),
    )  # fmt: skip
    op.create_index("ix_referral_outcome_noted_at", "referral_outcome", ["noted_at"])


def _satisfaction() -> None:
    op.create_table(
        "satisfaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False, comment="`appointment:12`, `session:3`"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column(
            "told_by_id", sa.Integer(), nullable=True,
            comment="who heard it said; none: they answered on their own page",
        ),
        sa.CheckConstraint(among("answer", "fully", "partly", "not_really"), name=op.f("ck_satisfaction_helped")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_satisfaction_person_id_person"),
        sa.ForeignKeyConstraint(["told_by_id"], ["account.id"], name="fk_satisfaction_told_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_satisfaction"),
    )  # fmt: skip
    op.create_index("uq_satisfaction_reference_person_id", "satisfaction", ["reference", "person_id"], unique=True)
    op.create_index("ix_satisfaction_person_id", "satisfaction", ["person_id"])
    op.create_index("ix_satisfaction_answered_at", "satisfaction", ["answered_at"])


def downgrade() -> None:
    op.drop_table("satisfaction")
    op.drop_table("referral_outcome")
    op.drop_column("territory", "asks_satisfaction")
