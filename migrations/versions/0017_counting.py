"""Appointments of a period are counted by what became of them, and by how they came about, from an index alone.

Revision: 0017
After: 0016
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "appointment"
BEFORE = ["attendance", "starts_at"]
SINCE = [*BEFORE, "origin"]


def upgrade() -> None:
    op.create_index(op.f("ix_appointment_attendance_starts_at_origin"), TABLE, SINCE)
    op.drop_index(op.f("ix_appointment_attendance_starts_at"), TABLE)


def downgrade() -> None:
    op.create_index(op.f("ix_appointment_attendance_starts_at"), TABLE, BEFORE)
    op.drop_index(op.f("ix_appointment_attendance_starts_at_origin"), TABLE)
