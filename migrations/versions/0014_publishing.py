"""Reports as they were published, and which of them are sent by themselves.

Revision: 0014
After: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KINDS = "'year', 'quarter', 'neighbourhood', 'structure'"


def upgrade() -> None:
    _create_reports()
    _create_schedules()


def _kind() -> sa.Column[str]:
    return sa.Column("kind", sa.String(40), nullable=False)


def _subjects(table: str) -> list[sa.SchemaItem]:
    """The checks that a sheet is of something, and what it is of."""
    return [
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f(f"ck_{table}_report_kind")),
        sa.CheckConstraint(
            "(kind = 'neighbourhood') = (neighbourhood_id IS NOT NULL)", name=op.f(f"ck_{table}_of_a_neighbourhood")
        ),
        sa.CheckConstraint(
            "(kind = 'structure') = (structure_id IS NOT NULL)", name=op.f(f"ck_{table}_of_a_structure")
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=f"fk_{table}_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=f"fk_{table}_structure_id_structure"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=f"fk_{table}_by_id_account"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _create_reports() -> None:
    op.create_table(
        "published_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press asks once"
        ),
        _kind(),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False, comment="as an address writes them"),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True, comment="figures and words, as published"),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revises_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False, comment="why it was revised"),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True, comment="none: by a schedule alone"),
        sa.CheckConstraint("first <= last", name=op.f("ck_published_report_first_before_last")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_published_report_version_counts")),
        sa.CheckConstraint(
            "(version = 1) = (revises_id IS NULL)", name=op.f("ck_published_report_revision_of_something")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (content IS NOT NULL AND position IS NOT NULL AND published_at IS NOT NULL)",
            name=op.f("ck_published_report_published_whole"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'published', 'refused')", name=op.f("ck_published_report_report_state")
        ),
        sa.ForeignKeyConstraint(
            ["revises_id"], ["published_report.id"], name="fk_published_report_revises_id_published_report"
        ),
        sa.UniqueConstraint("request_key", name="uq_published_report_request_key"),
        sa.UniqueConstraint("position", name="uq_published_report_position"),
        *_subjects("published_report"),
    )
    standing = sa.text("state <> 'refused'")
    op.create_index(
        "uq_published_report_revision", "published_report", ["revises_id"], unique=True, sqlite_where=standing,
        postgresql_where=standing,
    )  # fmt: skip
    for column in ("state", "neighbourhood_id", "structure_id", "by_id"):
        op.create_index(f"ix_published_report_{column}", "published_report", [column])


def _create_schedules() -> None:
    op.create_table(
        "report_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        _kind(),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.String(40), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=True, comment="the report that is being published to be sent"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("repeats IN ('quarter', 'year')", name=op.f("ck_report_schedule_repeat")),
        sa.ForeignKeyConstraint(
            ["sending_id"], ["published_report.id"], name="fk_report_schedule_sending_id_published_report"
        ),
        *_subjects("report_schedule"),
    )
    op.create_index("ix_report_schedule_active_next_on", "report_schedule", ["active", "next_on"])
    for column in ("neighbourhood_id", "structure_id", "by_id", "sending_id"):
        op.create_index(f"ix_report_schedule_{column}", "report_schedule", [column])


def downgrade() -> None:
    op.drop_table("report_schedule")
    op.drop_table("published_report")
