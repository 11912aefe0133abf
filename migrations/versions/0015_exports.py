"""Files of activity records that somebody asked for, part by part.

Revision: 0015
After: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press asks once"
        ),
        sa.Column("address", sa.String(500), nullable=False, comment="the filters, as addresses are"),
        sa.Column("structure_id", sa.Integer(), nullable=True, comment="of the scope"),
        sa.Column("mediator_id", sa.Integer(), nullable=True, comment="of the scope"),
        sa.Column("names", sa.Boolean(), nullable=False, comment="mediators are told by name"),
        sa.Column("wanted", sa.Integer(), nullable=False, comment="records to look at, when it was asked for"),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("failed_at", UtcDateTime(), nullable=True, comment="it can not be made: asked for anew, not again"),
        sa.CheckConstraint(
            "wanted >= 0 AND looked >= 0 AND lines >= 0 AND parts >= 0", name=op.f("ck_record_export_counts")
        ),
        sa.CheckConstraint("ended_at IS NULL OR failed_at IS NULL", name=op.f("ck_record_export_one_end")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_record_export_structure_id_structure"),
        sa.ForeignKeyConstraint(["mediator_id"], ["account.id"], name="fk_record_export_mediator_id_account"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_record_export_asked_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_record_export"),
        sa.UniqueConstraint("request_key", name="uq_record_export_request_key"),
    )
    op.create_index("ix_record_export_asked_by_id", "record_export", ["asked_by_id"])
    op.create_index("ix_record_export_ended_at", "record_export", ["ended_at"])
    op.create_table(
        "record_export_part",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["record_export.id"], name="fk_record_export_part_export_id_record_export",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("export_id", "number", name="pk_record_export_part"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("record_export_part")
    op.drop_table("record_export")
