"""Staff accounts, roles, sessions, one-time links and failed tries.

Revision ID: 0004_accounts
Revises: 0003_places
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def choice(name: str, *values: str) -> sa.Enum:
    """Text limited to `values` by a CHECK named after `name`."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    create_account()
    create_account_role()
    create_staff_session()
    create_account_link()
    create_failed_try()


def create_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=True),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("approves", sa.Boolean(), nullable=False, comment="a head teacher: answers for their own school"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("password_changed_at", UtcDateTime(), nullable=True),
        sa.Column("last_signed_in_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower_case")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_account_name_given")),
        sa.CheckConstraint("school_id IS NULL OR care_home_id IS NULL", name=op.f("ck_account_one_place")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_account_structure_id_structure"),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name="fk_account_resource_id_resource"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_account_school_id_school"),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_account_care_home_id_care_home"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("resource_id", name="uq_account_resource_id"),
    )
    op.create_index("ix_account_structure_id", "account", ["structure_id"])
    op.create_index("ix_account_school_id", "account", ["school_id"])
    op.create_index("ix_account_care_home_id", "account", ["care_home_id"])


def create_account_role() -> None:
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            choice("role", "mediator", "prescriber", "host", "partner", "manager", "administrator"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_role_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", "role", name="pk_account_role"),
    )


def create_staff_session() -> None:
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("user_agent", sa.String(80), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_staff_session_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
        sa.UniqueConstraint("token_hash", name="uq_staff_session_token_hash"),
    )
    op.create_index("ix_staff_session_account_id_revoked_at", "staff_session", ["account_id", "revoked_at"])


def create_account_link() -> None:
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("link_kind", "reset", "invitation"), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_account_link_expires_after_creation")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_link_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.UniqueConstraint("token_hash", name="uq_account_link_token_hash"),
    )
    op.create_index("ix_account_link_account_id", "account_link", ["account_id"])


def create_failed_try() -> None:
    op.create_table(
        "failed_try",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("failures > 0", name=op.f("ck_failed_try_failures_positive")),
        sa.PrimaryKeyConstraint("key", name="pk_failed_try"),
    )
    op.create_index("ix_failed_try_last_at", "failed_try", ["last_at"])


def downgrade() -> None:
    op.drop_table("failed_try")
    op.drop_table("account_link")
    op.drop_table("staff_session")
    op.drop_table("account_role")
    op.drop_table("account")
