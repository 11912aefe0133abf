"""Audit, outbox and job claims.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('email', 'sms')"
STATES = "state IN ('queued', 'sending', 'sent', 'failed', 'withdrawn')"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True, comment="the account; none for a resident or a job"),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject", "id"])
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column(
            "structure_id",
            sa.Integer(),
            nullable=True,
            comment="whose managers may read it; none: only those of the whole territory",
        ),
        sa.Column(
            "confidential",
            sa.Boolean(),
            nullable=False,
            comment="holds a link that opens an account: for administrators only",
        ),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(200), nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_message_attempts_not_negative")),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_message_channel")),
        sa.CheckConstraint(STATES, name=op.f("ck_message_message_state")),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("key", name="uq_message_key"),
    )
    op.create_index("ix_message_state_not_before", "message", ["state", "not_before", "id"])
    op.create_index("ix_message_reference", "message", ["reference"])
    op.create_table(
        "job_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(60), nullable=False),
        sa.Column("slot", UtcDateTime(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job_claim"),
        sa.UniqueConstraint("job", "slot", name="uq_job_claim_job_slot"),
    )


def downgrade() -> None:
    op.drop_table("job_claim")
    op.drop_table("message")
    op.drop_table("audit_entry")
